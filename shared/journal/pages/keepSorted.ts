/**
 * A long list in another order, following as it changes: of twenty thousand cards one changes with every pause in
 * typing, and the screen must not wait for the others. What stands at the ends of the list as before is passed over;
 * what lies between is taken out and put in anew. `compare` never gives 0 for two items of a list.
 */
export const keepSorted = <Item>(
  belongs: (item: Item) => boolean,
  compare: (one: Item, other: Item) => number,
): ((items: readonly Item[]) => readonly Item[]) => {
  let given: readonly Item[] = [];
  let sorted: readonly Item[] = [];
  return (items) => {
    const most = Math.min(given.length, items.length);
    let start = 0;
    while (start < most && given[start] === items[start]) start += 1;
    let end = 0;
    while (end < most - start && given[given.length - 1 - end] === items[items.length - 1 - end])
      end += 1;
    const old = new Set(given.slice(start, given.length - end));
    const now = new Set(items.slice(start, items.length - end).filter(belongs));
    given = items;
    if (old.size === 0 && now.size === 0) return sorted;
    const stay = without(sorted, new Set([...old].filter((item) => !now.has(item))));
    const come = [...now].filter((item) => !old.has(item));
    if (stay.length === sorted.length && come.length === 0) return sorted;
    sorted = mergeSorted(stay, come.toSorted(compare), compare);
    return sorted;
  };
};

/** To look for a few of many is far quicker than to ask of each of the many whether it is one of them. */
export const without = <Item>(many: readonly Item[], these: ReadonlySet<Item>): readonly Item[] => {
  if (these.size > fewLookedFor) return many.filter((item) => !these.has(item));
  let left = many;
  for (const item of these) {
    const at = left.indexOf(item);
    if (at !== -1) left = left.toSpliced(at, 1);
  }
  return left;
};

const fewLookedFor = 8;

/** `few` into `many`, both in order. */
export const mergeSorted = <Item>(
  many: readonly Item[],
  few: readonly Item[],
  compare: (one: Item, other: Item) => number,
): readonly Item[] => {
  const [only] = few;
  if (only === undefined) return many;
  if (many.length === 0) return few;
  if (few.length === 1) return many.toSpliced(placeOf(only, many, 0, compare), 0, only);
  const merged: Item[] = [];
  let from = 0;
  for (const item of few) {
    const to = placeOf(item, many, from, compare);
    for (; from < to; from++) merged.push(many[from] as Item);
    merged.push(item);
  }
  for (; from < many.length; from++) merged.push(many[from] as Item);
  return merged;
};

/** The first place, from `low` on, before which it belongs. */
const placeOf = <Item>(
  item: Item,
  many: readonly Item[],
  from: number,
  compare: (one: Item, other: Item) => number,
): number => {
  let low = from;
  let high = many.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(item, many[middle] as Item) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
};
