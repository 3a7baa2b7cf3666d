import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { readThanks, type Thanks } from "../../shared/page/thanks.ts";
import { useSetting } from "../settings/useSetting.ts";
import { LineList } from "../ui/LineList.tsx";
import { SayLine } from "../ui/SayLine.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** Thank-you lines, for whoever chose to take part. Whether one does stays on this computer. */
export const ThanksLines = () => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const { settings, change, task } = useSetting();
  return (
    <section className="stack" aria-labelledby="thanks">
      <h2 id="thanks">{t("thanks.title")}</h2>
      <Toggle
        label={t("thanks.takePart")}
        help={t("thanks.takePartHelp", names)}
        on={settings.thanks}
        onChange={(thanks) => change({ thanks })}
      />
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      {settings.thanks ? <TakingPart /> : null}
    </section>
  );
};

const TakingPart = () => {
  const { t } = useTranslation("us");
  const journal = useJournal();
  const names = usePartnerName();
  const cards = useLive(journal.cards);
  const ended = useEnded();
  const all = useMemo(() => readThanks(cards), [cards]);
  const task = useTask<PageCode | "NOT_PAIRED">();
  return (
    <>
      {ended ? null : (
        <SayLine
          label={t("thanks.label")}
          help={t("thanks.help")}
          openers={[t("thanks.for"), t("thanks.helped"), t("thanks.liked")]}
          button={t("thanks.button", names)}
          busy={task.busy}
          onSay={(line, said) =>
            task.run(
              () => journal.sayPractice({ kind: "thanks", line }),
              () => said(),
            )
          }
        />
      )}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {all.length === 0 ? null : (
        <LineList items={all}>
          {(thanks) => <ThanksLine key={thanks.card.id} thanks={thanks} />}
        </LineList>
      )}
    </>
  );
};

const ThanksLine = ({ thanks: { card, line } }: { readonly thanks: Thanks }) => {
  const { t } = useTranslation(["us", "app"]);
  const journal = useJournal();
  const names = usePartnerName();
  const dates = useDates();
  const ended = useEnded();
  const task = useTask<PageCode>();
  const mine = card.author === "me";
  return (
    <li className={mine ? "plan-line mine" : "plan-line theirs"}>
      <p dir="auto">{line}</p>
      <p className="help">
        {`${t(mine ? "thanks.by.me" : "thanks.by.partner", names)} · ${dates.day(card.writtenAt)}`}
        {card.dateDoubtful ? ` ${t("app:dates.doubtful")}` : ""}
      </p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {mine && !ended ? (
        <TaskButton
          className="btn quiet"
          busy={task.busy}
          onPress={() => task.run(() => journal.withdraw(card.id))}
        >
          {t("thanks.takeBack")}
        </TaskButton>
      ) : null}
    </li>
  );
};
