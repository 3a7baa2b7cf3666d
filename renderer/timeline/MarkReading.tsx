import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { consentTo, readSaidTo } from "../../shared/page/consent.ts";
import { saidOf } from "../../shared/page/said.ts";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { nameOf } from "./markWords.ts";

/** The words behind a mark; of a milestone, how it stands and what can be done about it. */
export const MarkReading = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation(["timeline", "app"]);
  const dates = useDates();
  const dayWords = useDayWords();
  const names = usePartnerName();
  const mine = card.author === "me";
  const what = t(
    `mark.${nameOf({ what: card.kind === "newer" ? "entry" : card.kind, card, at: 0 })}`,
  );
  if (card.withdrawnAt !== undefined)
    return (
      <article className="stack">
        <PageTitle>{what}</PageTitle>
        <Withdrawn card={card} />
      </article>
    );
  const day =
    card.said !== undefined && "day" in card.said && card.said.day !== undefined
      ? dayWords(card.said.day)
      : undefined;
  const helped = saidOf("setback", card.said)?.helped;
  const who = mine ? t("who.mine") : t("who.theirs", names);
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>
        {[what, who, dates.day(card.writtenAt)].join(" · ")}
      </Voice>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{card.title === "" ? what : card.title}</span>
      </PageTitle>
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <CameBack card={card} />
      {day === undefined ? null : <p className="help">{t("onDay", { day })}</p>}
      {card.kind === "milestone" ? <Standing card={card} /> : null}
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      {helped === undefined ? null : (
        <p>
          {t("helped")} <span dir="auto">{helped}</span>
        </p>
      )}
      {card.kind === "milestone" ? <Acts card={card} /> : null}
      {mine && card.kind === "milestone" ? (
        <OwnPageTools card={card} onChanging={undefined} />
      ) : null}
    </article>
  );
};

const useStanding = (card: Card) => {
  const cards = useLive(useJournal().cards);
  return consentTo(card, readSaidTo(cards));
};

const Standing = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("timeline");
  const names = usePartnerName();
  const standing = useStanding(card);
  const mine = card.author === "me";
  const says = (): string => {
    if (standing.state === "proposed")
      return mine ? t("milestone.proposed", names) : t("milestone.asked");
    if (standing.state === "agreed") return t("milestone.placed");
    if (standing.state === "changed") return t("milestone.changed");
    return standing.by === "me" ? t("milestone.off.me") : t("milestone.off.partner", names);
  };
  return (
    <p className="agreement-standing" role="status">
      {says()}
    </p>
  );
};

/** Taking it off is one press and asks nothing. */
const Acts = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("timeline");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const { state } = useStanding(card);
  const open = state === "proposed" || state === "agreed";
  if (useEnded() || !open) return null;
  const theirs = card.author === "partner";
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {state === "proposed" && theirs ? (
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(() => journal.agreeTo(card.id))}
          >
            {t("milestone.yes")}
          </TaskButton>
        ) : null}
        <TaskButton
          className="btn"
          busy={task.busy}
          onPress={() => task.run(() => journal.endIt(card.id))}
        >
          {t(state === "agreed" ? "milestone.takeOff" : theirs ? "milestone.no" : "milestone.back")}
        </TaskButton>
      </div>
    </>
  );
};
