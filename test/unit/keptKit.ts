import * as Y from "yjs";
import { newId, type PageId } from "../../shared/base/ids.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { newPageDoc, pageWords, startPage } from "../../shared/page/pageDoc.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import type { KeptShelf, ShelfWrite } from "../../shared/page/shelf.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

export const keptClock = (): ManualClock => createManualClock(1_790_000_000_000);

export type OpenKept = { readonly shelf: KeptShelf; readonly troubles: readonly string[] };

/** Each opening has other nonces: what is looked for on the disk must be there once. */
let openings = 0;

export const openKept = async (
  stores: LedgerStores,
  clock: ManualClock = keptClock(),
): Promise<OpenKept> => {
  const troubles: string[] = [];
  const shelf = await openKeptShelf({
    rootKey: new Uint8Array(32).fill(7),
    stores,
    clock,
    random: seededRandom(++openings),
    onTrouble: (code) => troubles.push(code),
  });
  return { shelf: must(shelf), troubles };
};

const random = seededRandom(4_711);

export const newPage = (): PageId => newId<PageId>(random);

/** An entry that says this, in so many messages: its beginning, then a paragraph more in each. */
export const entryOf = (page: PageId, words: string, messages = 1): readonly ShelfWrite[] => {
  const doc = newPageDoc(random);
  const add = (text: string): void => {
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText(text)]);
    pageWords(doc).push([paragraph]);
  };
  startPage(doc, { kind: "entry" });
  add(words);
  const writes: ShelfWrite[] = [{ page, act: "begin", body: Y.encodeStateAsUpdate(doc) }];
  for (let index = 1; index < messages; index++) {
    const before = Y.encodeStateVector(doc);
    add(`${words} ${index}`);
    writes.push({ page, act: "change", body: Y.encodeStateAsUpdate(doc, before) });
  }
  doc.destroy();
  return writes;
};

export const excerptOf = ({ pages }: KeptShelf, page: PageId): string | undefined =>
  pages.facts.read().get(page)?.excerpt;

/** Every byte that lies in the volumes and in the cache of this ledger: envelopes by their keys, values by theirs. */
export const bytesOn = async (stores: LedgerStores): Promise<ReadonlyMap<string, Uint8Array>> => {
  const all = new Map<string, Uint8Array>();
  for (const number of must(await stores.volumes.list())) {
    const volume = must(await stores.volumes.open(number));
    for (const key of volume.keys()) all.set(key, volume.get(key) ?? new Uint8Array());
    await volume.close();
  }
  for (const section of ["pages", "cards", "index"] as const)
    for (const [key, value] of must(await stores.cache.readAll(section)))
      all.set(`${section} ${key}`, value);
  return all;
};
