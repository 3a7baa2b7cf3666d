import * as Y from "yjs";
import { accept, refuse, type Result } from "../base/result.ts";

/**
 * Yjs trusts whoever sends. A few dozen kilobytes, well-formed, can keep it busy for minutes or eat the memory
 * (test/unit/guardCost.test.ts has the shapes), and since what was received is digested again at the next
 * start, one such update would lock a person out of their journal for good. Nothing that a person's editor
 * writes comes near these bounds.
 */
export const yjsBounds = {
  /** Insertions in one update that have to search for their place: a lone writer's never do. */
  searches: 64,
  /** Types within types. */
  depth: 200,
  /** Different formatting attributes in one page. */
  formats: 128,
  /** Yjs client ids in one update; an evening at one window is one. */
  writers: 1_024,
  /** Arrays and objects within one plain value. */
  valueDepth: 64,
} as const;

export type HeavyCode = "UPDATE_HEAVY";

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded["structs"][number];

/** Looks at an update before any document sees it; what it holds by way of plain values and formatting. */
export const checkContents = ({ structs }: Decoded): Result<void, HeavyCode> => {
  if (new Set(structs.map(({ id }) => id.client)).size > yjsBounds.writers)
    return refuse("UPDATE_HEAVY", "writers");
  const formats = new Set<string>();
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue;
    const { content } = struct;
    if (content instanceof Y.ContentDoc)
      return refuse("UPDATE_HEAVY", "a document within the page");
    if (content instanceof Y.ContentFormat) formats.add(content.key);
    if (formats.size > yjsBounds.formats) return refuse("UPDATE_HEAVY", "formats");
    if (!plainValues(content).every(isShallow)) return refuse("UPDATE_HEAVY", "nested values");
  }
  return accept(undefined);
};

/** Looks at a document after the update: what only both together show. */
export const checkShape = (doc: Y.Doc, { structs }: Decoded): Result<void, HeavyCode> => {
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    return refuse("UPDATE_HEAVY", "waits for what its writer never sent");
  }
  if (structs.some(hasFormat) && formatsIn(doc) > yjsBounds.formats)
    return refuse("UPDATE_HEAVY", "formats");
  return checkDepth(doc, structs);
};

export const checkDepth = (doc: Y.Doc, structs: readonly Struct[]): Result<void, HeavyCode> => {
  for (const type of typesAmong(doc, structs)) {
    if (depthOf(type) > yjsBounds.depth) return refuse("UPDATE_HEAVY", "depth");
  }
  return accept(undefined);
};

/**
 * As `applyBounded`, where two write in one text: insertions that cross search for their place, and rightly so. What is
 * bounded is how far they look, all of them together.
 */
export const applyWithin = (doc: Y.Doc, update: Uint8Array, steps: number): void => {
  let left = steps;
  const stop = guardInsertions(doc, (item) => {
    left -= 1 + searchLength(item, left);
    return left >= 0;
  });
  try {
    applyAsItIs(doc, update);
  } finally {
    stop();
  }
};

/**
 * Danger: reaches into Yjs. Where an update brings formats, Yjs tidies those of the page that mean nothing now, in a
 * change of its own that would have to be sent. To hear words must send none; and where it is not sent, one of two who
 * write in one text has let go of what the other still builds on. So nothing is tidied.
 */
export const applyAsItIs = (doc: Y.Doc, update: Uint8Array, origin?: unknown): void => {
  const leaveFormats = (transaction: Y.Transaction): void => {
    transaction._needFormattingCleanup = false;
  };
  doc.on("afterTransaction", leaveFormats);
  try {
    Y.applyUpdate(doc, update, origin);
  } finally {
    doc.off("afterTransaction", leaveFormats);
  }
};

/** Throws from inside Yjs where the searches are spent: the document is then to be thrown away. */
export const applyBounded = (doc: Y.Doc, update: Uint8Array): void => {
  let searches: number = yjsBounds.searches;
  const stop = guardInsertions(doc, (item, offset) => {
    if (offset > 0 || mustSearch(item)) searches -= 1;
    return searches >= 0;
  });
  try {
    Y.applyUpdate(doc, update);
  } finally {
    stop();
  }
};

export type AllowInsertion = (item: Y.Item, offset: number) => boolean;

/**
 * Asks before each insertion into this document, one's own and others'. Refused, the update ends with a throw and
 * the document is not to be trusted any more.
 */
export const guardInsertions = (doc: Y.Doc, allow: AllowInsertion): (() => void) => {
  guards.set(doc, allow);
  return () => guards.delete(doc);
};

const guards = new WeakMap<Y.Doc, AllowInsertion>();

type Integrate = (this: Y.Item, transaction: Y.Transaction, offset: number) => void;
const integrate: Integrate = Reflect.get(Y.Item.prototype, "integrate");

/**
 * Danger: reaches into Yjs. `Item.integrate` is where an insertion walks its neighbours one by one to find its
 * place, and Yjs offers no other way to stop it. Documents without a guard are not touched.
 */
Y.Item.prototype.integrate = function integrateIfAllowed(
  transaction: Y.Transaction,
  offset: number,
): void {
  if (guards.get(transaction.doc)?.(this, offset) === false)
    throw new RangeError("an insertion that is not allowed");
  integrate.call(this, transaction, offset);
};

/** As `Item.integrate` decides it. An empty list, or the first value under a key, needs no search. */
const mustSearch = ({ left, right, parent, parentSub }: Y.Item): boolean => {
  if (!(parent instanceof Y.AbstractType)) return false;
  if (left !== null) return left.right !== right;
  if (right !== null && right.left === null) return false;
  return parentSub === null ? parent._start !== null : parent._map.has(parentSub);
};

/** How many neighbours lie between what it was written behind and what it was written before; no further than `most`. */
const searchLength = (item: Y.Item, most: number): number => {
  if (!mustSearch(item)) return 0;
  const { left, right, parent, parentSub } = item;
  let at: Y.Item | null = left?.right ?? null;
  if (left === null && parent instanceof Y.AbstractType)
    at = parentSub === null ? parent._start : (parent._map.get(parentSub) ?? null);
  let steps = 0;
  while (at !== null && at !== right && steps <= most) {
    steps += 1;
    at = at.right;
  }
  return steps;
};

const plainValues = (content: Y.Item["content"]): readonly unknown[] => {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr;
  if (content instanceof Y.ContentEmbed) return [content.embed];
  return content instanceof Y.ContentFormat ? [content.value] : [];
};

/** Level by level, so that what is nested deeper than the stack is only refused. */
const isShallow = (value: unknown): boolean => {
  if (!isContainer(value)) return true;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > yjsBounds.valueDepth) return false;
    level = level
      .flatMap((one) => (isContainer(one) ? Object.values(one) : []))
      .filter(isContainer);
  }
  return true;
};

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(value instanceof Uint8Array);

const hasFormat = (struct: Struct): boolean =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentFormat;

const formatsIn = (doc: Y.Doc): number => {
  const formats = new Set<string>();
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentFormat)
        formats.add(struct.content.key);
    }
  }
  return formats.size;
};

/** The types that these structs became in the document; deleted ones may be gone again. */
const typesAmong = function* (doc: Y.Doc, structs: readonly Struct[]): Iterable<Y.Item> {
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) continue;
    const found = Y.getItem(doc.store, struct.id);
    if (found instanceof Y.Item && found.content instanceof Y.ContentType) yield found;
  }
};

const depthOf = (item: Y.Item): number => {
  let depth = 0;
  let at: Y.Item | null = item;
  while (at !== null && depth <= yjsBounds.depth) {
    depth += 1;
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null;
  }
  return depth;
};
