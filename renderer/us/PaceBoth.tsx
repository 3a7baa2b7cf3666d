import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { PaceView } from "../../shared/page/pace.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";

type PaceBothProps = { readonly last: PaceView["last"]; readonly mayPutAway: boolean };

/** What both chose when the cards were last turned. */
export const PaceBoth = ({ last, mayPutAway }: PaceBothProps) => {
  const { t } = useTranslation("pace");
  const journal = useJournal();
  const dates = useDates();
  const task = useTask<PageCode>();
  return last === undefined ? null : (
    <section className="stack" aria-labelledby="pace-both">
      <h2 id="pace-both">{t("both.title")}</h2>
      <Voice who="ours">{t("both.since", { day: dates.day(last.at) })}</Voice>
      {last.both.length === 0 ? (
        <p>{t("both.none")}</p>
      ) : (
        <>
          <ul className="pace-both">
            {last.both.map((card) => (
              <li key={card}>{t(`deck.cards.${card}`)}</li>
            ))}
          </ul>
          <p className="note">{t("both.note")}</p>
        </>
      )}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {mayPutAway ? (
        <div className="row">
          <TaskButton
            className="btn quiet"
            busy={task.busy}
            onPress={() => task.run(() => journal.clearPace())}
          >
            {t("putAway")}
          </TaskButton>
        </div>
      ) : null}
    </section>
  );
};
