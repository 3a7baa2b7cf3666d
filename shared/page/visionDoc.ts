import * as Y from "yjs";
import { readU32, u32 } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { applyAsItIs, applyWithin, checkContents, checkDepth } from "./boundedYjs.ts";
import type { Card } from "./card.ts";
import { decodeUpdate, type GuardCode, updateLimit } from "./guard.ts";
import { newPageDoc, pageWords, type PageDoc } from "./pageDoc.ts";

/**
 * The page that both write (PROTOCOL §7, the vision). Nobody owns it, so nothing may depend on whose words came first:
 * what is refused follows from an update and from what it was built upon, and from nothing that crosses with it. Then
 * both stand before the same words, in whatever order they came.
 */
export type VisionMessage = {
  readonly author: Card["author"];
  /** By the author's clock, ms. */
  readonly time: number;
  readonly doubtful: boolean;
  readonly body: Uint8Array;
  /** It came from the partner's hands: theirs, or mine by way of their copy. */
  readonly bound: boolean;
};

/** The lowest bit of the Yjs client ids of each: nobody writes under the other's. */
export type VisionHands = { readonly me: 0 | 1; readonly partner: 0 | 1 };

/** `me`, `partner`: the first device of each. Both come to the same. */
export const visionHands = (me: DeviceId, partner: DeviceId): VisionHands =>
  me < partner ? { me: 0, partner: 1 } : { me: 1, partner: 0 };

/** A document to write in: under a client id of this hand. */
export const visionDocFor = (hand: 0 | 1, random: Random): PageDoc =>
  newPageDoc(() => u32(((readU32(random(4), 0) & ~1) | hand) >>> 0));

/** How far all insertions of one update may look for their places. Two who write for a week apart stay far below. */
const mostSteps = 4_000_000;

export type VisionReplay = {
  /** What is refused leaves the document as it was. */
  readonly take: (message: VisionMessage) => Result<void, GuardCode>;
  readonly doc: () => PageDoc;
  /** As one update. */
  readonly state: () => Uint8Array;
  readonly close: () => void;
};

export const openVisionReplay = (
  state: Uint8Array,
  hands: VisionHands,
  random: Random,
): VisionReplay => {
  let doc = openVisionState(state, random);
  /** What the document is made of, to make it anew after an update that broke it. */
  let base = state;
  let since: Uint8Array[] = [];

  const stateNow = (): Uint8Array => {
    if (since.length > 0) base = Y.encodeStateAsUpdate(doc);
    since = [];
    return base;
  };
  const reopen = (): void => {
    doc.destroy();
    doc = openVisionState(base, random);
    for (const update of since) applyAsItIs(doc, update);
    // Once for each of them, however many are refused after it.
    stateNow();
  };

  return {
    take: (message) => {
      const checked = checkVision(message, hands);
      if (!checked.ok) return checked;
      const code = message.bound
        ? applyBound(doc, message.body, checked.value)
        : applyOwn(doc, message.body);
      if (code !== undefined) {
        reopen();
        return refuse(code);
      }
      since.push(message.body);
      return accept(undefined);
    },
    doc: () => doc,
    state: stateNow,
    close: () => doc.destroy(),
  };
};

export const openVisionState = (state: Uint8Array, random: Random): PageDoc => {
  const doc = newPageDoc(random);
  if (state.length > 0) applyAsItIs(doc, state);
  return doc;
};

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded["structs"][number];

/** Before any document sees it. */
const checkVision = (
  { body, author, bound }: VisionMessage,
  hands: VisionHands,
): Result<Decoded, GuardCode> => {
  if (body.length > updateLimit) return refuse("UPDATE_TOO_LARGE");
  const decoded = decodeUpdate(body);
  if (!decoded.ok) return decoded;
  const { structs } = decoded.value;
  if (structs.some(({ id }) => (id.client & 1) !== hands[author])) return refuse("NOT_YOUR_HAND");
  if (!bound) return decoded;
  const contents = checkContents(decoded.value);
  if (!contents.ok) return contents;
  return structs.every(staysInBody) ? decoded : refuse("PAGE_REMADE");
};

const staysInBody = (struct: Struct): boolean =>
  !(struct instanceof Y.Item) || typeof struct.parent !== "string" || struct.parent === "body";

/** One's own words are on the disk, and on the screen: they are never refused for what they would look like. */
const applyOwn = (doc: PageDoc, update: Uint8Array): GuardCode | undefined => {
  try {
    applyAsItIs(doc, update);
    return undefined;
  } catch {
    return "UPDATE_MALFORMED";
  }
};

const applyBound = (
  doc: PageDoc,
  update: Uint8Array,
  { structs }: Decoded,
): GuardCode | undefined => {
  // While a ledger is read anew, words of mine may wait here for the partner's; theirs never wait for anything.
  const waited = isWaiting(doc);
  try {
    pageWords(doc);
    applyWithin(doc, update, mostSteps);
    if (!waited && isWaiting(doc)) return "UPDATE_HEAVY";
    if (!checkDepth(doc, structs.filter(isIn(doc))).ok) return "UPDATE_HEAVY";
    return itemsOf(doc, structs).every(isOfWords) ? undefined : "PAGE_REMADE";
  } catch {
    return "UPDATE_HEAVY";
  }
};

const isWaiting = ({ store }: PageDoc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null;

const isIn =
  ({ store }: PageDoc) =>
  ({ id }: Struct): boolean =>
    Y.getState(store, id.client) > id.clock;

/** What these became in the document, as far as it still says anything. */
const itemsOf = (doc: PageDoc, structs: readonly Struct[]): readonly Y.Item[] =>
  structs.filter(isIn(doc)).flatMap(({ id }) => {
    const found = Y.getItem(doc.store, id);
    return found instanceof Y.Item && !found.deleted ? [found] : [];
  });

/** As ui/editor/schema.ts has them; photos are for pages that have a place for them. */
const elements: readonly string[] = [
  ...["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem"],
  ...["taskList", "taskItem", "horizontalRule", "hardBreak"],
];
const marks: readonly string[] = ["bold", "italic", "link"];

const isOfWords = ({ content, parent, parentSub }: Y.Item): boolean => {
  const inText = parent instanceof Y.XmlText;
  if (parentSub !== null) return !inText && content instanceof Y.ContentAny;
  if (content instanceof Y.ContentString) return inText;
  if (content instanceof Y.ContentFormat) return inText && marks.includes(content.key);
  if (inText || !(parent instanceof Y.XmlFragment)) return false;
  if (!(content instanceof Y.ContentType)) return false;
  const { type } = content;
  return (
    type instanceof Y.XmlText || (type instanceof Y.XmlElement && elements.includes(type.nodeName))
  );
};

/** Lists and quotes that crossing deletions left with nothing in them. Whoever drops them, and however often, it is the same. */
export const dropEmpty = (doc: PageDoc): void => {
  doc.transact(() => dropIn(pageWords(doc), 0));
};

const containers: readonly string[] = [
  ...["blockquote", "bulletList", "orderedList", "listItem", "taskList", "taskItem"],
];
/** Deeper than any editor nests. */
const depthLimit = 64;

const dropIn = (parent: Y.XmlFragment, depth: number): void => {
  if (depth > depthLimit) return;
  for (const [index, child] of [...parent.toArray().entries()].toReversed()) {
    if (!(child instanceof Y.XmlElement) || !containers.includes(child.nodeName)) continue;
    dropIn(child, depth + 1);
    if (child.length === 0) parent.delete(index);
  }
};
