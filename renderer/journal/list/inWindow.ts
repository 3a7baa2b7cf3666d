import { defaultRangeExtractor, type Range, type VirtualItem } from "@tanstack/react-virtual";
import type { LineRow, MonthRow, Row } from "./rows.ts";

/** Rows beyond the edges that stand ready where somebody came by a leap: the others would have to wait for them. */
const readyAfterLeap = 1;

/**
 * The rows that are on the screen: those near the window, the line that Tab reaches wherever it is, and the heading
 * of each month that any of them belongs to.
 */
export const withStanding =
  (rows: readonly Row[], active: number, isLeap: (range: Range) => boolean) =>
  (range: Range): number[] => {
    const overscan = isLeap(range) ? readyAfterLeap : range.overscan;
    const shown = new Set(defaultRangeExtractor({ ...range, overscan }));
    if (rows[active] !== undefined) shown.add(active);
    for (const index of [...shown]) {
      const row = rows[index];
      if (row?.kind === "line") shown.add(row.month);
    }
    return [...shown].toSorted((one, other) => one - other);
  };

/**
 * Whether somebody came here by a leap from where they were when it was last asked. One for as long as a list stands:
 * when a line arrives, or the keys go on by one, nobody has leapt, and what stands ready stays.
 */
export const watchLeaps = (): ((range: Range) => boolean) => {
  let last: Range | undefined;
  return (now) => {
    const before = last;
    last = now;
    return (
      before === undefined || now.startIndex > before.endIndex || now.endIndex < before.startIndex
    );
  };
};

type MonthInWindow = {
  readonly month: MonthRow;
  readonly heading: VirtualItem;
  readonly items: readonly { readonly item: VirtualItem; readonly row: LineRow }[];
};

/** Each month's heading with those of its lines that are on the screen. */
export const groupByMonth = (
  rows: readonly Row[],
  items: readonly VirtualItem[],
): readonly MonthInWindow[] => {
  const months: {
    month: MonthRow;
    heading: VirtualItem;
    items: { item: VirtualItem; row: LineRow }[];
  }[] = [];
  for (const item of items) {
    const row = rows[item.index];
    if (row?.kind === "month") months.push({ month: row, heading: item, items: [] });
    else if (row !== undefined) months.at(-1)?.items.push({ item, row });
  }
  return months;
};
