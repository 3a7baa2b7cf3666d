import type { Offered } from "../../../shared/carry/airlock.ts";
import { mailboxSizes } from "./times.ts";

/** As many as fit into one message of mine; one that is larger goes alone. */
export const firstSlice = (waiting: Iterable<Offered>): readonly Offered[] => {
  const slice: Offered[] = [];
  let bytes = 0;
  for (const one of waiting) {
    bytes += one.envelope.length;
    if (slice.length > 0 && bytes > mailboxSizes.slice) break;
    slice.push(one);
  }
  return slice;
};
