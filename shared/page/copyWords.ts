import * as Y from "yjs";
import { u32 } from "../base/bytes.ts";
import { updateLimit } from "./guard.ts";
import { newPageDoc, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";

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
      if (name !== "sharing") pageMeta(fresh).set(name, value);
    }
  });
  for (const block of pageWords(draft).toArray()) {
    if (block instanceof Y.XmlElement || block instanceof Y.XmlText) {
      pageWords(fresh).push([block.clone()]);
    }
  }
  pageMeta(fresh).set("whole", true);
  fresh.destroy();
  return gather(updates);
};

/** Joins neighbours while they fit one message, with room for what joining adds. */
const gather = (updates: readonly Uint8Array[]): readonly Uint8Array[] => {
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
  return groups.map((group) => Y.mergeUpdates(group));
};
