import * as Y from "yjs";
import type { PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { PageBody } from "../page/card.ts";
import { pageMessages } from "../page/digest.ts";
import { newPageDoc, pageWords, type PageDoc } from "../page/pageDoc.ts";
import { versionsOf, type StandingWords } from "../page/versions.ts";
import type { History, PageCode, Version } from "./journal.ts";
import type { SharedShelf } from "./sharedShelf.ts";

export type HistoryShelf = {
  readonly pages: Pick<SharedShelf["pages"], "read" | "facts">;
  readonly ledger: Pick<SharedShelf["ledger"], "messagesOf">;
};

/**
 * The words of a shared page as they stood, read anew from the ledger, the same for both (PRODUCT safety 11); at
 * most 200 versions, the first of all among them. Whether its reader has opened the page is for the caller to ask.
 * A long one is read in pieces, with a `pause` between them.
 */
export const openHistory = async (
  { pages, ledger }: HistoryShelf,
  page: PageId,
  random: Random,
  pause: () => Promise<void> = async () => {},
): Promise<Result<History, PageCode>> => {
  const facts = pages.facts.read().get(page);
  const record = await pages.read(page);
  if (!record.ok) return refuse(record.code === "CACHE_DAMAGED" ? "PAGE_DAMAGED" : record.code);
  if (record.value.gone || facts === undefined) return refuse("NO_PAGE");
  if (record.value.withdrawnAt !== undefined) return refuse("WITHDRAWN");
  if (facts.kind === "newer") return refuse("NEWER_KIND");
  if (!facts.whole) return refuse("NO_PAGE");
  const { notebook, owner } = record.value;
  const said = await ledger.messagesOf(notebook, owner, page);
  if (!said.ok) return said;
  const standing = await versionsOf(record.value, pageMessages(said.value), random, pause);
  // While it was read, the words may have been taken away.
  return pages.facts.read().get(page)?.withdrawnAt === undefined
    ? accept(showVersions(standing, random))
    : refuse("WITHDRAWN");
};

/** A document is made only of the version that is looked at. */
const showVersions = (standing: readonly StandingWords[], random: Random): History => {
  let states = standing.map(({ state }) => state);
  const docs = new Map<number, PageDoc>();
  const openDoc = (index: number): PageDoc => {
    const doc = newPageDoc(random);
    const state = states[index];
    if (state !== undefined) Y.applyUpdate(doc, state);
    docs.set(index, doc);
    return doc;
  };
  return {
    versions: standing.map(({ writtenAt, dateDoubtful, title }, index): Version => ({
      writtenAt,
      dateDoubtful,
      title,
      get body() {
        return pageWords(docs.get(index) ?? openDoc(index)) as unknown as PageBody;
      },
    })),
    close: () => {
      states = [];
      for (const doc of docs.values()) doc.destroy();
      docs.clear();
    },
  };
};
