import type { PageId } from "../../../shared/base/ids.ts";
import type { Card } from "../../../shared/page/card.ts";

export type MonthRow = { readonly kind: "month"; readonly start: number; readonly lines: number };
/** `month`: where its heading stands among the rows. `place`: which one of that month it is, from 1. */
export type LineRow = {
  readonly kind: "line";
  readonly card: Card;
  readonly month: number;
  readonly place: number;
};
export type Row = MonthRow | LineRow;

/**
 * Cards, newest first, each month's after its heading. A date after now counts as now: a clock that was wrong
 * makes no month that has not come.
 */
export const layOutRows = (cards: readonly Card[], now: number): readonly Row[] => {
  const rows: Row[] = [];
  let month = { from: Infinity, at: -1, lines: 0 };
  const close = (): void => {
    if (month.at >= 0) rows[month.at] = { kind: "month", start: month.from, lines: month.lines };
  };
  for (const card of cards) {
    const about = Math.min(card.aboutAt, now);
    // Newest first: as long as it is not before the month that is open, it belongs there.
    if (month.at < 0 || about < month.from) {
      close();
      month = { from: startOfMonth(about), at: rows.length, lines: 0 };
      rows.push({ kind: "month", start: month.from, lines: 0 });
    }
    month.lines++;
    rows.push({ kind: "line", card, month: month.at, place: month.lines });
  }
  close();
  return rows;
};

/** The newest line that is about this moment or one before it; the oldest there is, where all came later. */
export const lineAtOrBefore = (rows: readonly Row[], at: number): number | undefined => {
  const found = rows.findIndex((row) => row.kind === "line" && row.card.aboutAt <= at);
  if (found >= 0) return found;
  const last = rows.length - 1;
  return last >= 0 ? last : undefined;
};

export const lineOf = (rows: readonly Row[], page: PageId | undefined): number | undefined => {
  if (page === undefined) return undefined;
  const found = rows.findIndex((row) => row.kind === "line" && row.card.id === page);
  return found < 0 ? undefined : found;
};

/** So many lines on (or back), never past the first or the last; headings are no lines. */
export const lineFrom = (rows: readonly Row[], from: number, by: number): number => {
  const step = by < 0 ? -1 : 1;
  let reached = from;
  let left = Math.abs(by);
  for (let index = from + step; left > 0 && index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind !== "line") continue;
    reached = index;
    left--;
  }
  return reached;
};

/** A line's is its page, a month's its first moment. */
export const keyOf = (row: Row): PageId | number => (row.kind === "line" ? row.card.id : row.start);

const startOfMonth = (at: number): number => {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), 1).getTime();
};
