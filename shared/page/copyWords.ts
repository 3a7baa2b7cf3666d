import * as Y from "yjs";
import { u32 } from "../base/bytes.ts";
import { updateLimit } from "./guard.ts";
import { draftOnly, newPageDoc, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";

/**
 * The words of a draft as they stand, in a fresh document: no history, no deleted text, no client ids of
 * the draft. This is what sharing sends, as updates small enough for one message each (PROTOCOL §7); the
 * last one says that the page is whole. The same draft and hand give the same updates, so that sharing can be
 * taken up again after a killed process.
 */
export const copyForSharing = (draft: PageDoc, hand: number): readonly Uint8Array[] => {
  const fresh = newPageDoc(() => u32(hand));
  const updates: Uint8Array[] = [];
  fresh.on("update", (update: Uint8Array) => updates.push(update));
  fresh.transact(() => {
    for (const [name, value] of pageMeta(draft).entries()) {
      if (!draftOnly.includes(name)) pageMeta(fresh).set(name, value);
    }
  });
  cloneWords(draft, fresh);
  pageMeta(fresh).set("whole", true);
  fresh.destroy();
  return gather(updates);
};

/**
 * Into a page without words. First the blocks, empty and side by side, then what stands in each: once they are
 * deleted again, blocks that were written one after the other are a single gap, and a page that has been changed
 * fifty times is not fifty pages long. Each block is an update of its own, and none has to look for its place.
 */
export const cloneWords = (from: PageDoc, to: PageDoc): void => {
  const blocks = pageWords(from).toArray().filter(isBlock);
  const empty = blocks.map((block) =>
    block instanceof Y.XmlElement ? new Y.XmlElement(block.nodeName) : new Y.XmlText(),
  );
  for (let at = 0; at < empty.length; at += blocksAtOnce)
    pageWords(to).insertAfter(empty[at - 1] ?? null, empty.slice(at, at + blocksAtOnce));
  for (const [index, block] of blocks.entries()) to.transact(() => fill(empty[index], block));
};

type Block = Y.XmlElement | Y.XmlText;

/** Their beginnings fit one message. */
const blocksAtOnce = 4_096;

const isBlock = (node: unknown): node is Block =>
  node instanceof Y.XmlElement || node instanceof Y.XmlText;

const fill = (block: Block | undefined, from: Block): void => {
  if (block === undefined) return;
  for (const [name, value] of Object.entries(from.getAttributes()))
    if (value !== undefined) block.setAttribute(name, value);
  if (block instanceof Y.XmlElement && from instanceof Y.XmlElement)
    block.insert(0, from.toArray().filter(isBlock).map(clone));
  if (block instanceof Y.XmlText && from instanceof Y.XmlText) block.applyDelta(from.toDelta());
};

const clone = (block: Block): Block => block.clone();

/** Joins neighbours while they fit one message, with room for what joining adds. */
export const gather = (updates: readonly Uint8Array[]): readonly Uint8Array[] => {
  const groups: Uint8Array[][] = [];
  let size = 0;
  for (const update of updates) {
    const last = groups.at(-1);
    if (last === undefined || size + update.length > updateLimit * 0.9) {
      groups.push([update]);
      size = update.length;
    } else {
      last.push(update);
      size += update.length;
    }
  }
  return groups.map(join);
};

/** A few at a time: Yjs sorts all that it joins again for each of them. */
const join = (updates: readonly Uint8Array[]): Uint8Array => {
  let level = updates;
  while (level.length > joinedAtOnce) {
    const next: Uint8Array[] = [];
    for (let from = 0; from < level.length; from += joinedAtOnce)
      next.push(Y.mergeUpdates(level.slice(from, from + joinedAtOnce)));
    level = next;
  }
  return Y.mergeUpdates([...level]);
};

const joinedAtOnce = 32;
