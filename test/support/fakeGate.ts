import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { createCell, type Live } from "../../shared/base/live.ts";
import { accept } from "../../shared/base/result.ts";
import { type ArrivalsGate, createArrivals } from "../../shared/journal/arrive/arrivals.ts";
import type { Settings } from "../../shared/journal/journal.ts";
import type { CameAt } from "../../shared/page/hands.ts";
import type { Card, Day } from "../../shared/page/card.ts";

type Parts = {
  readonly everything: Live<readonly Card[]>;
  readonly settings: Live<Settings>;
  readonly clock: Clock;
};

/** What stands before the reader, by the real rules and over marks in memory: a screen is to show what they say. */
export const fakeGate = (parts: Parts): ArrivalsGate => {
  const letIn = createCell<ReadonlySet<string>>(new Set());
  const done = async () => accept(undefined);
  return createArrivals({
    ...parts,
    marks: {
      opened: createCell<ReadonlySet<PageId>>(new Set()),
      open: done,
      putOff: createCell<ReadonlyMap<PageId, Day | "session">>(new Map()),
      setPutOff: done,
      enough: createCell<Day | undefined>(undefined),
      setEnough: done,
      letIn,
      addLetIn: async (names) => accept(letIn.set(new Set([...letIn.read(), ...names]))),
      came: createCell<CameAt>(new Map()),
      keepCame: done,
    },
  });
};
