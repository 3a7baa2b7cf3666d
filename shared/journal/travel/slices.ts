import type { Offered } from "../../carry/airlock.ts";

/** Envelopes taken in at one go: enough to be quick, few enough that the screen stays alive. */
export const sliceLimits = { count: 128, bytes: 4 * 1024 * 1024 };

/** What arrived, in pieces to be taken in one after the other. */
export const slicesOf = function* (arrived: readonly Offered[]): Iterable<readonly Offered[]> {
  let slice: Offered[] = [];
  let bytes = 0;
  for (const one of arrived) {
    if (
      slice.length === sliceLimits.count ||
      (slice.length > 0 && bytes + one.envelope.length > sliceLimits.bytes)
    ) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(one);
    bytes += one.envelope.length;
  }
  if (slice.length > 0) yield slice;
};
