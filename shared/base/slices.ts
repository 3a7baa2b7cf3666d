export type SliceLimits = {
  readonly bytes: number;
  readonly count?: number;
};

/** In order, none empty: as many in each as the limits allow, and one alone where it is over them by itself. */
export const slicesOf = function* <Item>(
  items: Iterable<Item>,
  bytesOf: (item: Item) => number,
  { bytes: most, count = Infinity }: SliceLimits,
): Iterable<readonly Item[]> {
  let slice: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const length = bytesOf(item);
    if (slice.length === count || (slice.length > 0 && bytes + length > most)) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(item);
    bytes += length;
  }
  if (slice.length > 0) yield slice;
};
