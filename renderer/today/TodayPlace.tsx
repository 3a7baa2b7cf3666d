import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { checkInsOf, readCheckIns } from "../../shared/page/checkins.ts";
import { MyHand } from "../hand/MyHand.tsx";
import { TheirHand } from "../hand/TheirHand.tsx";
import { useCanAsk } from "../hand/useCanAsk.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useWishes } from "../ui/wishes.tsx";
import { CheckInLine, MyCheckIn } from "./CheckInLines.tsx";
import { PlannedLines } from "./PlannedLines.tsx";
import { useToday } from "./useToday.ts";
import { readPlanned, readWaits } from "./waiting.ts";
import { WaitingLines } from "./WaitingLines.tsx";

/** One calm screen: how the two are, what is asked for now, what is planned, and what waits until its reader is ready. */
export const TodayPlace = () => {
  const { t } = useTranslation("today");
  const begins = useTranslation("begin").t;
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const { now, today } = useToday();
  const cards = useLive(journal.cards);
  const hands = useLive(journal.hands);
  const enough = useLive(journal.enough);
  const canAsk = useCanAsk();
  const wishes = useWishes();
  const checkIns = useMemo(() => readCheckIns(cards), [cards]);
  const { mine, theirs } = useMemo(() => checkInsOf(checkIns, today), [checkIns, today]);
  const before = checkIns.some(({ card }) => card !== mine?.card && card !== theirs?.card);
  const waits = useMemo(() => (enough ? [] : readWaits(cards)), [cards, enough]);
  const planned = useMemo(() => readPlanned(cards, now, today), [cards, now, today]);
  const asked = hands.mine !== undefined || hands.theirs !== undefined;
  const none = !asked && theirs === undefined && waits.length === 0 && planned.length === 0;
  return (
    <div className="stack measured today">
      <div>
        <PageTitle>{t("title")}</PageTitle>
        <p className="quiet-state">
          <time dateTime={today}>{dayWords(today)}</time>
        </p>
      </div>
      {asked ? (
        <section className="stack" aria-label={t("asks")}>
          {hands.theirs === undefined ? null : <TheirHand hand={hands.theirs} />}
          {hands.mine === undefined ? null : <MyHand hand={hands.mine} />}
        </section>
      ) : null}
      <MyCheckIn checkIn={mine} today={today} />
      {theirs === undefined ? null : (
        <CheckInLine checkIn={theirs} label={t("checkin.theirs", names)} />
      )}
      <PlannedLines planned={planned} />
      <WaitingLines waits={waits} />
      {none ? <p className="today-nothing">{t("nothing")}</p> : null}
      <div className="row">
        {canAsk && hands.mine === undefined ? (
          <Button className="btn quiet" onPress={() => wishes?.wish("hand")}>
            {t("ask", names)}
          </Button>
        ) : null}
        {cards.length === 0 ? (
          <Link className="btn quiet" href="/begin">
            {begins("title")}
          </Link>
        ) : null}
        {before ? (
          <Link className="btn quiet" href="/today/before">
            {t("checkin.earlier")}
          </Link>
        ) : null}
      </div>
    </div>
  );
};
