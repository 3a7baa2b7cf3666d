import type { Clock } from "../base/clock.ts";
import { type Cost, costFloor } from "./header.ts";

/** Unlocking takes at most this long (milliseconds), except where even the floor is slower. */
const longestDerivation = 1500;

const start: Cost = { ops: 3, memKiB: 256 * 1024 };

export type CalibrateParts = {
  /** Runs one derivation of that cost, in a worker; rejects where the memory cannot be had. */
  readonly measure: (cost: Cost) => Promise<unknown>;
  readonly clock: Pick<Clock, "now">;
};

/**
 * PROTOCOL §3: from 256 MiB and three passes, halving the memory to what fits the time. The floor of 64 MiB is
 * taken without measuring: nothing weaker is ever made, however slow the computer.
 */
export const calibrate = async ({ measure, clock }: CalibrateParts): Promise<Cost> => {
  let cost = start;
  while (cost.memKiB > costFloor.memKiB) {
    if (await fitsTheTime(measure, clock, cost)) return cost;
    cost = { ops: cost.ops, memKiB: cost.memKiB / 2 };
  }
  return cost;
};

const fitsTheTime = async (
  measure: CalibrateParts["measure"],
  clock: CalibrateParts["clock"],
  cost: Cost,
): Promise<boolean> => {
  const before = clock.now();
  try {
    await measure(cost);
  } catch {
    return false;
  }
  return clock.now() - before <= longestDerivation;
};
