import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { ClosedAnswer } from "./ClosedAnswer.tsx";
import type { AnsweredCard } from "./threads.ts";

type FanProps = {
  readonly answers: readonly AnsweredCard[];
  /** What can be done after reading the newest. */
  readonly under: ReactNode;
};

/** Letters in a box: older ones as thin slips, the newest open, closed ones folded below it. */
export const Fan = ({ answers, under }: FanProps) => {
  const opened = answers.filter(({ answer }) => answer.opened);
  const closed = answers.filter(({ answer }) => !answer.opened);
  const newest = opened.at(-1);
  const [justOpened, setJustOpened] = useState<string>();
  return (
    <>
      {opened.slice(0, -1).map((card) => (
        <Slip key={card.id} card={card} />
      ))}
      {newest === undefined ? null : (
        <Letter key={newest.id} card={newest} focused={justOpened === newest.id}>
          {closed.length === 0 ? under : null}
        </Letter>
      )}
      {closed.map((card) => (
        <ClosedAnswer key={card.id} card={card} onOpened={() => setJustOpened(card.id)} />
      ))}
    </>
  );
};

const Letter = ({
  card,
  focused,
  children,
}: {
  readonly card: AnsweredCard;
  readonly focused: boolean;
  readonly children: ReactNode;
}) => {
  const letter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) letter.current?.focus();
  }, [focused]);
  return (
    <div className="letter" tabIndex={-1} ref={letter}>
      <AnswerVoice card={card} />
      <PageWords id={card.id} />
      {children}
    </div>
  );
};

const AnswerVoice = ({ card }: { readonly card: AnsweredCard }) => {
  const { t } = useTranslation(["questions", "app", "journal"]);
  const dates = useDates();
  const names = usePartnerName();
  const day = dates.day(card.writtenAt);
  const mine = card.author === "me";
  return (
    <Voice who={mine ? "mine" : "theirs"}>
      {mine ? t("thread.youAnswered", { day }) : t("thread.theyAnswered", { ...names, day })}
      {card.changedAt === undefined
        ? null
        : ` · ${t("journal:changedOn", { day: dates.day(card.changedAt) })}`}
      {card.dateDoubtful ? ` · ${t("app:dates.doubtful")}` : null}
    </Voice>
  );
};

const Slip = ({ card }: { readonly card: AnsweredCard }) => {
  const { t } = useTranslation("questions");
  const dates = useDates();
  const [open, setOpen] = useState(false);
  const day = dates.day(card.writtenAt);
  return (
    <Disclosure className="letter old" isExpanded={open} onExpandedChange={setOpen}>
      <Heading level={2} className="slip-heading">
        <Button slot="trigger" className="slip">
          <span>
            {card.author === "me" ? t("thread.slipMine", { day }) : t("thread.slipTheirs", { day })}
          </span>
          <span className="slip-do">{open ? t("thread.fold") : t("thread.open")}</span>
        </Button>
      </Heading>
      <DisclosurePanel className="slip-panel">
        {open ? <PageWords id={card.id} /> : null}
      </DisclosurePanel>
    </Disclosure>
  );
};
