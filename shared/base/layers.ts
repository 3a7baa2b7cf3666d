/**
 * A map made from another one by changing a few of its values, at the cost of those few: of twenty thousand pages one
 * changes with every pause in typing. The one before stays as it was, and must not be changed by anybody afterwards.
 * @param changes undefined takes a value away
 */
export const layOver = <Key, Value extends object>(
  before: ReadonlyMap<Key, Value>,
  changes: Changes<Key, Value>,
): ReadonlyMap<Key, Value> => {
  const known = layersOf(before);
  const base = known?.base ?? before;
  const over = new Map([...(known?.over ?? []), ...changes]);
  return over.size > fewest && over.size * oneIn > base.size
    ? new Map(walk(base, over))
    : layered(base, over);
};

/** All keys whose values may differ, some more perhaps; undefined where only a look at everything can tell. */
export const keysApart = <Key, Value extends object>(
  one: ReadonlyMap<Key, Value>,
  other: ReadonlyMap<Key, Value>,
): ReadonlySet<Key> | undefined => {
  const [first, second] = [layersOf(one), layersOf(other)];
  if ((first?.base ?? one) !== (second?.base ?? other)) return undefined;
  return new Set([...(first?.over.keys() ?? []), ...(second?.over.keys() ?? [])]);
};

type Changes<Key, Value> = ReadonlyMap<Key, Value | undefined>;

type Layers<Key, Value> = {
  readonly base: ReadonlyMap<Key, Value>;
  readonly over: Changes<Key, Value>;
};

/** A layer is worked into a new map once it has more than so many changes, and more than one in forty of all. */
const fewest = 32;
const oneIn = 40;

const layersOf = <Key, Value>(map: ReadonlyMap<Key, Value>): Layers<Key, Value> | undefined =>
  "layers" in map ? (map.layers as Layers<Key, Value>) : undefined;

const layered = <Key, Value extends object>(
  base: ReadonlyMap<Key, Value>,
  over: Changes<Key, Value>,
): ReadonlyMap<Key, Value> & { readonly layers: Layers<Key, Value> } => {
  let size = base.size;
  for (const [key, value] of over) size += (value === undefined ? 0 : 1) - (base.has(key) ? 1 : 0);
  const map = {
    layers: { base, over },
    size,
    get: (key: Key) => (over.has(key) ? over.get(key) : base.get(key)),
    has: (key: Key) => (over.has(key) ? over.get(key) !== undefined : base.has(key)),
    entries: () => walk(base, over),
    keys: () => pick(walk(base, over), ([key]) => key),
    values: () => pick(walk(base, over), ([, value]) => value),
    forEach: (hear: (value: Value, key: Key, all: ReadonlyMap<Key, Value>) => void) => {
      for (const [key, value] of walk(base, over)) hear(value, key, map);
    },
    [Symbol.iterator]: () => walk(base, over),
  };
  return map;
};

type Walk<Item> = Generator<Item, undefined>;

/** What was there stands where it stood, and what is new behind it. */
const walk = function* <Key, Value extends object>(
  base: ReadonlyMap<Key, Value>,
  over: Changes<Key, Value>,
): Walk<[Key, Value]> {
  for (const entry of base) {
    const value = over.has(entry[0]) ? over.get(entry[0]) : entry[1];
    if (value !== undefined) yield value === entry[1] ? entry : [entry[0], value];
  }
  for (const [key, value] of over) if (value !== undefined && !base.has(key)) yield [key, value];
  return undefined;
};

const pick = function* <Item, Part>(items: Walk<Item>, part: (item: Item) => Part): Walk<Part> {
  for (const item of items) yield part(item);
  return undefined;
};
