import type { Clock } from "../base/clock.ts";
import type { ChainHead } from "../envelope/chain.ts";
import type { Book } from "./book.ts";

const minuteMs = 60_000;

/**
 * The time that a shared message bears, ms: the minute in which it was written, and in the place of what lies below it
 * a count, so that what its writer had written or read in that minute stays before it. The moment itself would tell the
 * partner's computer what the pace holds back; a screen never says more than the minute.
 */
export const minuteAfter = (now: number, before: number): number => {
  const minute = Math.floor(now / minuteMs) * minuteMs;
  const isWithin = before >= minute && before < minute + minuteMs;
  return isWithin ? Math.min(before + 1, minute + minuteMs - 1) : minute;
};

/** Of what is written next, by all that is held here. Acks tell the day alone, so they say nothing here. */
export const createWrittenTime =
  ({ book, clock }: { readonly book: Pick<Book, "chains" | "linesOf">; readonly clock: Clock }) =>
  (previous = 0): number => {
    const timeOf = ({ notebook, device, seq }: ChainHead): number => {
      const lines = book.linesOf(notebook, device);
      let at = seq - 1;
      while (lines[at]?.kind === "ack") at -= 1;
      return lines[at]?.time ?? 0;
    };
    return minuteAfter(clock.now(), Math.max(previous, ...book.chains.heads().map(timeOf)));
  };
