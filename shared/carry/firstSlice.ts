import type { Offered } from "./airlock.ts";

/** As many as fit into so many bytes; one that is larger goes alone. */
export const firstSlice = (waiting: Iterable<Offered>, most: number): readonly Offered[] => {
  const slice: Offered[] = [];
  let bytes = 0;
  for (const one of waiting) {
    bytes += one.envelope.length;
    if (slice.length > 0 && bytes > most) break;
    slice.push(one);
  }
  return slice;
};
