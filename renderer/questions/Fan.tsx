import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { Card } from "../../shared/page/card.ts";
import { Heard } from "../heard/Heard.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { ClosedPaper } from "../ui/paper/ClosedPaper.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { layOut } from "./layOut.ts";
import { OwnAnswer } from "./OwnWords.tsx";
import type { AnsweredCard, Thread } from "./threads.ts";
import { useArrival } from "./useArrival.ts";
import type { DeskInHand } from "./useDeskInHand.ts";

type FanProps = {
  readonly thread: Thread;
  readonly hand: DeskInHand;
  /** What can be done after reading the newest. */
  readonly under: ReactNode;
};

type AnswerProps = Omit<FanProps, "thread"> & {
  readonly thread: Thread;
  readonly card: AnsweredCard;
};

/** Letters in a box, in their order: older ones as thin slips, the newest open, closed ones folded. */
export const Fan = ({ thread, hand, under }: FanProps) => {
  const { t } = useTranslation("questions");
  const [unfolded, setUnfolded] = useState(false);
  const { earlier, shown } = layOut(thread.answers, hand.arrived);
  const firstClosed = shown.find(({ as }) => as === "closed")?.card.id;
  const newest = shown.findLast(({ as }) => as === "letter")?.card.id;
  const show = ({ card, as }: (typeof shown)[number]) => {
    const what = { thread, hand, card, under: card.id === newest ? under : null };
    return (
      <li key={card.id}>
        {as === "trace" ? <Trace {...what} /> : null}
        {as === "slip" ? <Slip {...what} /> : null}
        {as === "letter" ? <Letter {...what} /> : null}
        {as === "closed" ? (
          <Closed {...what} among={hand.draft !== undefined || card.id !== firstClosed} />
        ) : null}
      </li>
    );
  };
  return (
    <>
      {earlier.length === 0 ? null : (
        <Disclosure
          className="earlier-answers"
          isExpanded={unfolded}
          onExpandedChange={setUnfolded}
        >
          <Heading level={2} className="slip-heading">
            <Button slot="trigger" className="slip">
              <span>{t("thread.earlier")}</span>
              <span className="slip-do">{unfolded ? t("thread.fold") : t("thread.open")}</span>
            </Button>
          </Heading>
          <DisclosurePanel>
            {unfolded ? <ol className="answers">{earlier.map(show)}</ol> : null}
          </DisclosurePanel>
        </Disclosure>
      )}
      {shown.length === 0 ? null : <ol className="answers">{shown.map(show)}</ol>}
    </>
  );
};

const useName = (card: AnsweredCard): string => {
  const { t } = useTranslation("questions");
  const day = useDates().day(card.writtenAt);
  const names = usePartnerName();
  return card.author === "me"
    ? t("thread.youAnsweredName", { day })
    : t("thread.theyAnsweredName", { ...names, day });
};

const Letter = ({ card, hand, ...rest }: AnswerProps) => {
  const arrived = hand.arrival?.page === card.id ? hand.arrival : undefined;
  const place = useArrival<HTMLElement>(arrived);
  return (
    <article className="letter" aria-label={useName(card)} tabIndex={-1} ref={place}>
      <div role="heading" aria-level={2}>
        <AnswerVoice card={card} />
      </div>
      <Words card={card} hand={hand} {...rest} />
    </article>
  );
};

const Slip = (props: AnswerProps) => {
  const { t } = useTranslation("questions");
  const dates = useDates();
  const [open, setOpen] = useState(false);
  const { card } = props;
  const day = dates.day(card.writtenAt);
  return (
    <article aria-label={useName(card)}>
      <Disclosure className="letter old" isExpanded={open} onExpandedChange={setOpen}>
        <Heading level={2} className="slip-heading">
          <Button slot="trigger" className="slip">
            <span>
              {card.author === "me"
                ? t("thread.slipMine", { day })
                : t("thread.slipTheirs", { day })}
            </span>
            <span className="slip-do">{open ? t("thread.fold") : t("thread.open")}</span>
          </Button>
        </Heading>
        <DisclosurePanel className="slip-panel">
          {open ? (
            <div className="slip-words">
              <AnswerVoice card={card} />
              <Words {...props} />
            </div>
          ) : null}
        </DisclosurePanel>
      </Disclosure>
    </article>
  );
};

const Closed = ({ card, hand, among }: AnswerProps & { readonly among: boolean }) => {
  const { t } = useTranslation("questions");
  const dates = useDates();
  const { partner } = usePartnerName();
  const day = dates.day(card.writtenAt);
  return (
    <article aria-label={t("thread.closedName", { partner, day })}>
      <ClosedPaper
        card={card}
        label={t("thread.closedFrom", { partner, day })}
        onOpened={() => hand.arrive(card.id)}
        among={among}
      />
    </article>
  );
};

const Trace = ({ card, hand }: AnswerProps) => (
  <article aria-label={useName(card)}>
    <Withdrawn card={card} />
    <Heard about={card} level={3} inThread={hand} />
  </article>
);

const AnswerVoice = ({ card }: { readonly card: AnsweredCard }) => {
  const { t } = useTranslation(["questions", "app"]);
  const dates = useDates();
  const names = usePartnerName();
  const day = dates.day(card.writtenAt);
  const mine = card.author === "me";
  return (
    <Voice who={mine ? "mine" : "theirs"}>
      {mine ? t("thread.youAnswered", { day }) : t("thread.theyAnswered", { ...names, day })}{" "}
      <Changed card={card} />
      {card.dateDoubtful ? ` · ${t("app:dates.doubtful")}` : null}
    </Voice>
  );
};

/** Its writer can have seen no other change than the newest, whatever later one they name. */
const changedAfter = ({ changedAt, withdrawnAt }: Card, { answer }: AnsweredCard): boolean =>
  withdrawnAt === undefined && changedAt !== undefined && changedAt !== answer.saw;

const Words = ({ thread, card, hand, under }: AnswerProps) => {
  const { t } = useTranslation("questions");
  const { question } = thread;
  return (
    <>
      {changedAfter(question, card) ? (
        <p className="quiet-state">{t("thread.changedAfter")}</p>
      ) : null}
      <CameBack card={card} />
      {card.author === "me" ? <OwnAnswer card={card} hand={hand} /> : <PageWords id={card.id} />}
      <Heard about={card} beside={under} level={3} inThread={hand} />
    </>
  );
};
