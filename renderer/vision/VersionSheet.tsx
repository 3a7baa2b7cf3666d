import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { VisionVersion } from "../../shared/page/visions.ts";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** Words that were proposed as they stand here, and how they stand. Whoever says yes says it to these. */
export const VersionSheet = ({ version }: { readonly version: VisionVersion }) => {
  const { t } = useTranslation(["vision", "app"]);
  const dates = useDates();
  const heading = useId();
  const says = useSays(version);
  const { card, standing } = version;
  const agreed = standing.state === "agreed";
  const who = agreed ? "ours" : card.author === "me" ? "mine" : "theirs";
  return (
    <section className="vision-version stack" aria-labelledby={heading}>
      <h2 className="month" id={heading}>
        {t(agreed ? "version.agreed" : `version.${card.author}`, {
          day: dates.day(card.writtenAt),
        })}
      </h2>
      <Voice who={who}>{says}</Voice>
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <div className={`letter vision-sheet ${who}`}>
        <PageWords id={card.id} />
      </div>
      <Acts version={version} />
    </section>
  );
};

/** "You both said yes, on 12 November." */
const useSays = ({ card, standing }: VisionVersion): string => {
  const { t } = useTranslation("vision");
  const names = usePartnerName();
  const dates = useDates();
  switch (standing.state) {
    case "proposed":
      return t(card.author === "me" ? "standing.proposed" : "standing.asked", names);
    case "agreed":
      return t("standing.agreed", { day: dates.day(standing.since) });
    case "ended":
    case "declined":
      return t(`standing.${standing.state}.${standing.by}`, {
        ...names,
        day: dates.day(standing.at),
      });
    default:
      return t(`standing.${standing.state}`);
  }
};

/** A yes, or not; and either ends it with one press. */
const Acts = ({ version: { card, standing } }: { readonly version: VisionVersion }) => {
  const { t } = useTranslation("vision");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const open = standing.state === "proposed" || standing.state === "agreed";
  if (useEnded() || !open) return null;
  const asked = standing.state === "proposed" && card.author === "partner";
  const end = standing.state === "agreed" ? "end" : asked ? "no" : "takeBack";
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {asked ? (
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(() => journal.agreeTo(card.id))}
          >
            {t("acts.yes")}
          </TaskButton>
        ) : null}
        <TaskButton
          className={asked ? "btn" : "btn quiet"}
          busy={task.busy}
          onPress={() => task.run(() => journal.endIt(card.id))}
        >
          {t(`acts.${end}`)}
        </TaskButton>
      </div>
    </>
  );
};
