import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { systemRandom } from "../../shared/base/random.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { Field } from "../ui/Field.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import type { Task } from "../ui/useTask.ts";
import { pickPlaces } from "./pickPlaces.ts";

type AskWordsProps = {
  readonly words: readonly string[];
  /** Noting that they were right. */
  readonly task: Task<StoreCode>;
  readonly onAgain: () => void;
  readonly onDone: () => void;
};

export const AskWords = ({ words, task, onAgain, onDone }: AskWordsProps) => {
  const { t } = useTranslation("words");
  const [places] = useState(() => pickPlaces(systemRandom, words.length, 3));
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [tried, setTried] = useState(false);
  const fits = (place: number) => (typed[place] ?? "").trim().toLowerCase() === words[place];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (places.every(fits)) onDone();
  };
  return (
    <form className="form" onSubmit={submit}>
      <PageTitle>{t("ask.title")}</PageTitle>
      <p>{t("ask.lead")}</p>
      {places.map((place) => (
        <Field
          key={place}
          label={t("ask.word", { place: place + 1 })}
          value={typed[place] ?? ""}
          onChange={(word) => {
            setTried(false);
            setTyped({ ...typed, [place]: word });
          }}
          plain
          wrong={tried && !fits(place) ? t("ask.wrong", { place: place + 1 }) : undefined}
        />
      ))}
      {task.code === undefined ? null : <Trouble group="words" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("ask.check")}
        </TaskButton>
        <Button className="btn quiet" onPress={onAgain} isDisabled={task.busy}>
          {t("ask.again")}
        </Button>
      </div>
      <p className="quiet-state" role="status">
        {task.busy ? t("keeping") : ""}
      </p>
    </form>
  );
};
