import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { noonOf } from "../../shared/page/day.ts";
import type { Day } from "../../shared/page/card.ts";
import type { Month, TimelineMark, TimelineMonth } from "../../shared/page/timeline.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { MarkShape, shapeOf } from "./MarkShape.tsx";
import { nameOf, placeOf, whoseIs } from "./markWords.ts";

type MonthListProps = {
  readonly months: readonly TimelineMonth[];
  /** The newest that is shown; undefined: of all. */
  readonly from: Month | undefined;
  readonly onFrom: (month: Month | undefined) => void;
};

/** How many months stand there at first, and how many come with each press. */
const atOnce = 12;

/** Newest first, from the month that was gone to; years of them open at once. */
export const MonthList = ({ months, from, onFrom }: MonthListProps) => {
  const { t } = useTranslation(["timeline", "app"]);
  const dates = useDates();
  const [shown, setShown] = useState(atOnce);
  const list = useRef<HTMLDivElement>(null);
  const begun = useRef(from);
  useEffect(() => {
    if (begun.current === from) return;
    begun.current = from;
    setShown(atOnce);
    list.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [from]);
  const those = from === undefined ? months : months.filter(({ month }) => month <= from);
  return (
    <>
      {those.length === months.length ? null : (
        <Button className="btn quiet earlier" onPress={() => onFrom(undefined)}>
          {t("newest")}
        </Button>
      )}
      <div ref={list} className="stack">
        {those.slice(0, shown).map(({ month, marks }) => (
          <section key={month} aria-labelledby={`month-${month}`}>
            <h2 className="month" id={`month-${month}`} tabIndex={-1}>
              {dates.month(noonOf(`${month}-01` as Day))}
            </h2>
            <ul className="lines">
              {marks.map((mark) => (
                <MarkLine
                  key={mark.what === "closed" ? "closed" : `${mark.card.id} ${mark.what}`}
                  mark={mark}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {those.length <= shown ? null : (
        <Button className="btn quiet earlier" onPress={() => setShown(shown + atOnce)}>
          {t("app:earlier")}
        </Button>
      )}
    </>
  );
};

const MarkLine = ({ mark }: { readonly mark: TimelineMark }) => {
  const { t } = useTranslation("timeline");
  const dates = useDates();
  const names = usePartnerName();
  const name = nameOf(mark);
  const shape = <MarkShape shape={shapeOf(name)} />;
  if (mark.what === "closed")
    return (
      <li>
        <div className="line mark-line">
          {shape}
          <p className="mark-closed">{t("closed")}</p>
        </div>
      </li>
    );
  const { card, at } = mark;
  const whose = whoseIs(card);
  const who =
    whose === "ours" ? t("who.ours") : whose === "mine" ? t("who.mine") : t("who.theirs", names);
  // Of an end only the day is told, not which of the two it was.
  const said = name === "agreementEnded" ? [] : [who];
  return (
    <li>
      <Link href={placeOf(card)} className="line mark-line">
        {shape}
        <div>
          <Voice who={whose}>{[t(`mark.${name}`), ...said, dates.day(at)].join(" · ")}</Voice>
          {card.title === "" ? null : (
            <h3 className="line-title" dir="auto">
              {card.title}
            </h3>
          )}
          {card.excerpt === "" ? null : (
            <p className="line-words" dir="auto">
              {card.excerpt}
            </p>
          )}
        </div>
      </Link>
    </li>
  );
};
