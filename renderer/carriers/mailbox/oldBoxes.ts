import type { BoxTime } from "../../../shared/people/mailboxKeys.ts";
import { openBox, type Box } from "./box.ts";
import type { Line } from "./line.ts";
import { mostAttempts } from "./times.ts";

export type OldBoxesParts = {
  readonly line: Line;
  readonly nameOf: (which: BoxTime) => string;
  /** The period that is written now, with everything that waits. */
  readonly period: number;
  /** All were looked into. Not told when it is closed before: the next connection begins again. */
  readonly onDone: () => void;
};

/**
 * Empties the own boxes of the three periods before, one after the other: what still waits lies in the newest. After a
 * box that was ever used or is spoiled comes the next attempt of its period, as when it was written.
 */
export const emptyOldBoxes = (parts: OldBoxesParts): { close: () => void } => {
  const { line, nameOf, period } = parts;
  let box: Box | undefined;
  let closed = false;

  const empty = (back: number, attempt: number): void => {
    if (closed) return;
    if (back > 3 || period - back < 0) return parts.onDone();
    let left = false;
    const leave = (mayBeMore: boolean): void => {
      if (left) return;
      left = true;
      box?.close();
      box = undefined;
      if (mayBeMore && attempt + 1 < mostAttempts) empty(back, attempt + 1);
      else empty(back + 1, 0);
    };
    const leaveWhenTaken = (): void => {
      if (opened.underWay() === 0) leave(opened.wasUsed());
    };
    const opened: Box = openBox(line, nameOf({ period: period - back, attempt }), {
      onSynced: () => {
        opened.clear([...opened.keys()]);
        leaveWhenTaken();
      },
      onStored: leaveWhenTaken,
      onRefused: () => leave(false),
      onSpoiled: () => leave(true),
    });
    box = opened;
  };
  empty(1, 0);

  return {
    close: () => {
      closed = true;
      box?.close();
    },
  };
};
