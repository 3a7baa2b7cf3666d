import * as Y from "yjs";
import type { PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { PageBody } from "../../page/card.ts";
import { newPageDoc, pageWords, type PageDoc } from "../../page/pageDoc.ts";
import type { PageRules } from "../../page/replayPage.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { PageRecord } from "../../page/pageRecord.ts";
import type { PageMessage } from "../../page/replayPage.ts";
import { versionsOf, wordsAt, type StandingWords, type VersionId } from "../../page/versions.ts";
import type { History, PageCode, Photos, Version } from "../openPage.ts";
import { noPhotos } from "./photos.ts";

export type HistoryShelf = {
  readonly pages: Pick<Shelf["pages"], "read" | "facts">;
  readonly messagesOf: Shelf["messagesOf"];
};

/** A page as it was kept, or shared: there its partner reads the same versions. */
export type HistoryOf = { readonly page: PageId; readonly rules: PageRules };

/**
 * The words of a page as they stood, read anew from the ledger; of a shared one the same for both (PRODUCT safety 11).
 * At most 200 versions, the first of all among them. Whether its reader has opened the page is for the caller to ask.
 * A long one is read in pieces, with a `pause` between them.
 */
export const openHistory = async (
  shelf: HistoryShelf,
  of: HistoryOf,
  random: Random,
  pause: () => Promise<void> = async () => {},
  photos: Photos = noPhotos,
): Promise<Result<History, PageCode>> => {
  const standing = await readVersions(shelf, of, random, pause);
  return standing.ok ? accept(showVersions(standing.value, random, photos)) : standing;
};

export const readVersions = (
  shelf: HistoryShelf,
  of: HistoryOf,
  random: Random,
  pause: () => Promise<void>,
): Promise<Result<readonly StandingWords[], PageCode>> =>
  readSaid(shelf, of, (now, said) => versionsOf(now, said, random, pause, of.rules));

/** As one update; NO_PAGE where there is no such version. */
export const readVersion = async (
  shelf: HistoryShelf,
  of: HistoryOf,
  version: VersionId,
  random: Random,
  pause: () => Promise<void>,
): Promise<Result<Uint8Array, PageCode>> => {
  const state = await readSaid(shelf, of, (_, said) =>
    wordsAt(version, said, random, pause, of.rules),
  );
  if (!state.ok) return state;
  return state.value === undefined ? refuse("NO_PAGE") : accept(state.value);
};

const readSaid = async <Value>(
  { pages, messagesOf }: HistoryShelf,
  { page, rules }: HistoryOf,
  read: (now: PageRecord, said: readonly PageMessage[]) => Promise<Value>,
): Promise<Result<Value, PageCode>> => {
  const facts = pages.facts.read().get(page);
  const record = await pages.read(page);
  if (!record.ok) return refuse(record.code === "CACHE_DAMAGED" ? "PAGE_DAMAGED" : record.code);
  if (record.value.gone || facts === undefined) return refuse("NO_PAGE");
  if (record.value.withdrawnAt !== undefined) return refuse("WITHDRAWN");
  if (facts.kind === "newer") return refuse("NEWER_KIND");
  if (rules === "shared" && !facts.whole) return refuse("NO_PAGE");
  const said = await messagesOf(page);
  if (!said.ok) return said;
  const value = await read(record.value, said.value);
  // While it was read, the words may have been taken away.
  const now = pages.facts.read().get(page);
  if (now === undefined) return refuse("NO_PAGE");
  return now.withdrawnAt === undefined ? accept(value) : refuse("WITHDRAWN");
};

/** A document is made only of the version that is looked at. */
export const showVersions = (
  standing: readonly StandingWords[],
  random: Random,
  photos: Photos,
): History => {
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
    versions: standing.map(({ id, writtenAt, dateDoubtful, title }, index): Version => ({
      id,
      writtenAt,
      dateDoubtful,
      title,
      get body() {
        return pageWords(docs.get(index) ?? openDoc(index)) as unknown as PageBody;
      },
    })),
    photos,
    close: () => {
      states = [];
      for (const doc of docs.values()) doc.destroy();
      docs.clear();
    },
  };
};
