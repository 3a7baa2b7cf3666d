import type { BoxTime } from "../../../shared/people/mailboxKeys.ts";
import { openBox, type Box } from "./box.ts";
import type { Line } from "./line.ts";

export type OldBoxesParts = {
  readonly line: Line;
  readonly nameOf: (which: BoxTime) => string;
  /** The period that is written now, with everything that waits. */
  readonly period: number;
};

/** Empties the own boxes of the three periods before, one after the other: what still waits lies in the newest. */
export const emptyOldBoxes = ({ line, nameOf, period }: OldBoxesParts): { close: () => void } => {
  let box: Box | undefined;
  let closed = false;

  const empty = (back: number): void => {
    if (closed || back > 3 || period - back < 0) return;
    const next = (): void => {
      box?.close();
      box = undefined;
      empty(back + 1);
    };
    const opened: Box = openBox(line, nameOf({ period: period - back, attempt: 0 }), {
      onSynced: () => {
        opened.clear(opened.keys());
        if (opened.underWay() === 0) next();
      },
      onStored: () => {
        if (opened.underWay() === 0) next();
      },
      onRefused: next,
      onSpoiled: next,
    });
    box = opened;
  };
  empty(1);

  return {
    close: () => {
      closed = true;
      box?.close();
    },
  };
};
