import * as Y from "yjs";
import { readU32 } from "../base/bytes.ts";
import { idBytes, type PageId } from "../base/ids.ts";
import { hash } from "../crypto/hash.ts";
import { cloneWords, gather } from "./copyWords.ts";
import { pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";
import { sameBody } from "./sameWords.ts";

/** What a draft may change of a page besides its words; a page that has no such thing has none in its draft. */
const described = ["title", "need", "depth", "helpsBy", "pauseHours"];

export type Edition = {
  readonly shared: PageDoc;
  readonly draft: PageDoc;
  /** The page that the draft is. */
  readonly id: PageId;
};

/**
 * The updates that make a shared page say what this draft says: the old words out, the draft's in, each update small
 * enough for one message (PROTOCOL §7); the last one says whose edition this is. None where it is that edition
 * already. Only an owner's page: deletions of another's words are whited out.
 *
 * The hand that writes follows from the draft, and the updates from the draft and the page as it was before that
 * hand came to it. So a change that the disk or a killed process cut short is written again from its beginning,
 * and what had come through the first time is not said twice.
 */
export const replaceWords = ({ shared, draft, id }: Edition): readonly Uint8Array[] => {
  if (pageMeta(shared).get("edition") === id) return [];
  const changed = withoutHand(shared, editionHand(id));
  const updates: Uint8Array[] = [];
  changed.on("update", (update: Uint8Array) => updates.push(update));
  if (!sameBody(changed, draft)) {
    pageWords(changed).delete(0, pageWords(changed).length);
    cloneWords(draft, changed);
  }
  changed.transact(() => {
    for (const name of described) setMeta(changed, name, pageMeta(draft).get(name));
    pageMeta(changed).set("edition", id);
  });
  changed.destroy();
  return gather(updates);
};

const setMeta = (page: PageDoc, name: string, value: unknown): void => {
  const meta = pageMeta(page);
  if (meta.get(name) === value) return;
  if (value === undefined) meta.delete(name);
  else meta.set(name, value);
};

const editionHand = (draft: PageId): number =>
  readU32(hash("TF/1 edition hand", idBytes(draft)), 0);

/** As it was before this hand; what it deleted stays deleted, as it will be deleted again. */
const withoutHand = (page: PageDoc, hand: number): PageDoc => {
  const upToHand = Y.encodeStateVector(new Map([[hand, Number.MAX_SAFE_INTEGER]]));
  const before = new Y.Doc({ gc: true, guid: "before" });
  Y.applyUpdate(before, Y.diffUpdate(Y.encodeStateAsUpdate(page), upToHand));
  before.clientID = hand;
  return before;
};
