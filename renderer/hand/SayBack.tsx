import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Hand } from "../../shared/page/hands.ts";
import { longestLine } from "../../shared/page/said.ts";
import { Field } from "../ui/Field.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

type SayBackProps = {
  readonly hand: Hand;
  readonly open: boolean;
  readonly onClose: () => void;
};

/** Words to begin with are only laid into the field: what goes is what its writer then says. */
export const SayBack = ({ hand, open, onClose }: SayBackProps) => {
  const { t } = useTranslation("hand");
  const journal = useJournal();
  const names = usePartnerName();
  const task = useTask<PageCode | "NOT_PAIRED">();
  const [words, setWords] = useState("");
  const offered = t(`words.${hand.need}`, { returnObjects: true }) as readonly string[];
  const close = () => {
    setWords("");
    task.forget();
    onClose();
  };
  const say = () =>
    task.run(
      () =>
        journal.sayPractice({
          kind: "handBack",
          of: hand.card.id,
          line: words,
          until: hand.until,
        }),
      close,
    );
  return (
    <Sheet title={t("answer.title")} open={open} onClose={close}>
      <div className="stack">
        <p>{t("answer.lead", names)}</p>
        <ul className="chips" aria-label={t("answer.offered")}>
          {offered.map((one) => (
            <li key={one}>
              <Button className="chip offered" onPress={() => setWords(one)}>
                {one}
              </Button>
            </li>
          ))}
        </ul>
        <Field
          label={t("answer.words")}
          value={words}
          onChange={(typed) => setWords(typed.slice(0, longestLine))}
        />
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            isDisabled={words.trim() === ""}
            onPress={say}
          >
            {t("answer.say", names)}
          </TaskButton>
          <Button className="btn quiet" onPress={close}>
            {t("answer.later")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
};
