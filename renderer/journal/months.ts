import type { Card } from "../../shared/page/card.ts";

type Month = { readonly start: number; readonly cards: readonly Card[] };

/** Cards, newest first, under the local month they were written in. A date after now counts as now. */
export const byMonth = (cards: readonly Card[], now: number): readonly Month[] => {
  const months: { start: number; cards: Card[] }[] = [];
  for (const card of cards) {
    const start = startOfMonth(Math.min(card.writtenAt, now));
    const last = months.at(-1);
    if (last?.start === start) last.cards.push(card);
    else months.push({ start, cards: [card] });
  }
  return months;
};

const startOfMonth = (at: number): number => {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), 1).getTime();
};
