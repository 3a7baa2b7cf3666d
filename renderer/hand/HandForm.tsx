import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { type HandLasts, handLasts, handUntil } from "../../shared/page/hands.ts";
import { type HandNeed, handNeeds, longestLine } from "../../shared/page/said.ts";
import { Choice } from "../ui/Choice.tsx";
import { Field } from "../ui/Field.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { MyHand } from "./MyHand.tsx";

/** One need, said with one press; the one that stands, with the way to take it down. */
export const HandForm = () => {
  const { t } = useTranslation("hand");
  const journal = useJournal();
  const { mine } = useLive(journal.hands);
  const { clock } = useSurroundings();
  const names = usePartnerName();
  const dates = useDates();
  const task = useTask<PageCode | "NOT_PAIRED">();
  const [need, setNeed] = useState<HandNeed>();
  const [line, setLine] = useState("");
  const [lasts, setLasts] = useState<HandLasts>("hours");
  const [said, setSaid] = useState(false);
  const say = () => {
    if (need === undefined) return;
    task.run(
      () => journal.sayPractice({ kind: "hand", need, line, until: handUntil(lasts, clock.now()) }),
      () => setSaid(true),
    );
  };
  if (said && mine !== undefined)
    return (
      <div className="stack">
        <p role="status">{t("said", names)}</p>
        <MyHand hand={mine} />
        <p className="help">{t("note")}</p>
      </div>
    );
  return (
    <div className="stack">
      {mine === undefined ? null : <MyHand hand={mine} />}
      <p>{t("lead", names)}</p>
      <Choice
        across
        label={t("need")}
        options={handNeeds.map((value) => ({ value, label: t(`needs.${value}`) }))}
        value={need}
        onChange={setNeed}
      />
      <Field
        label={t("line")}
        value={line}
        onChange={(typed) => setLine(typed.slice(0, longestLine))}
      />
      <Choice
        across
        label={t("lasts")}
        options={handLasts.map((value) => ({
          value,
          label: t(`lastsFor.${value}`),
          help:
            value === "evening"
              ? t("untilMidnight")
              : t("until", { when: dates.moment(handUntil(value, clock.now())) }),
        }))}
        value={lasts}
        onChange={setLasts}
      />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          isDisabled={need === undefined}
          onPress={say}
        >
          {task.busy ? t("saying", names) : t("say", names)}
        </TaskButton>
      </div>
      <p className="help">{mine === undefined ? t("note") : `${t("replaces")} ${t("note")}`}</p>
    </div>
  );
};
