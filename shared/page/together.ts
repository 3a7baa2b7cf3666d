import { byTime, type Card, type Day } from "./card.ts";
import { type Consent, consentTo, readSaidTo } from "./consent.ts";
import { dayAt, daysFrom, noonOf } from "./day.ts";
import { type Rhythm, saidOf } from "./said.ts";

/** over: its only day has passed. */
export type TogetherState = Consent | { readonly state: "over"; readonly wasAgreed: boolean };

export type Together = {
  readonly card: Card;
  /** The first day, where one was named. */
  readonly day: Day | undefined;
  readonly rhythm: Rhythm;
  /** The next of its days, today among them. */
  readonly next: Day | undefined;
  readonly standing: TogetherState;
};

/** What the two want to do together, newest first. */
export const readTogether = (cards: readonly Card[], now: number): readonly Together[] => {
  const said = readSaidTo(cards);
  const today = dayAt(now);
  return cards
    .filter(
      ({ kind, place, withdrawnAt }) =>
        kind === "together" && place === "shared" && withdrawnAt === undefined,
    )
    .toSorted((one, other) => byTime(other, one))
    .map((card) => {
      const { day, rhythm = "once" } = saidOf("together", card.said) ?? {};
      const next = day === undefined ? undefined : nextDay(day, rhythm, today);
      const consent = consentTo(card, said);
      const open = consent.state === "proposed" || consent.state === "agreed";
      const standing: TogetherState =
        open && day !== undefined && next === undefined
          ? { state: "over", wasAgreed: consent.state === "agreed" }
          : consent;
      return { card, day, rhythm, next, standing };
    });
};

/** Agreed, and this is one of its days. */
export const isOn = ({ standing, next }: Together, today: Day): boolean =>
  standing.state === "agreed" && next === today;

/** The first of its days that is today or later. */
export const nextDay = (day: Day, rhythm: Rhythm, today: Day): Day | undefined => {
  if (day >= today) return day;
  if (rhythm === "once") return undefined;
  if (rhythm === "weekly") {
    const since = Math.round((noonOf(today) - noonOf(day)) / 86_400_000);
    return daysFrom(noonOf(today), (7 - (since % 7)) % 7);
  }
  const date = Number(day.slice(8));
  const ofYear = rhythm === "yearly" ? Number(day.slice(5, 7)) - 1 : undefined;
  const year = Number(today.slice(0, 4));
  const month = ofYear ?? Number(today.slice(5, 7)) - 1;
  const first = inMonth(year, month, date);
  if (first >= today) return first;
  return ofYear === undefined ? inMonth(year, month + 1, date) : inMonth(year + 1, month, date);
};

/** A month that has no such day has its last one instead. */
const inMonth = (year: number, month: number, date: number): Day => {
  const last = new Date(year, month + 1, 0, 12).getDate();
  return dayAt(new Date(year, month, Math.min(date, last), 12).getTime());
};
