import * as Y from "yjs";
import type { Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { createOutbox } from "../../carry/outbox.ts";
import { applyAsItIs } from "../../page/boundedYjs.ts";
import type { Card, PageBody } from "../../page/card.ts";
import { updateLimit } from "../../page/guard.ts";
import { describeEntry } from "../../page/entryMeta.ts";
import { newPageDoc, pageKindOf, pageMeta, pageWords, type PageDoc } from "../../page/pageDoc.ts";
import type { PageRecord } from "../../page/pageRecord.ts";
import type { PageNews } from "../../page/pages.ts";
import type { PhotoBox } from "../../page/photoBox.ts";
import { mostPhotosOnPage } from "../../page/photo.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import { photosIn } from "../../page/photosIn.ts";
import type { Shelf, ShelfCode } from "../../page/shelf.ts";
import { emptyWords } from "../../page/trace.ts";
import type { OpenPage, PageCode, SaveState } from "../openPage.ts";
import { noPhotos, photosOf } from "./photos.ts";

/** When typed words are sealed, ms. What travels waits longer, so that the rhythm of keys does not show. */
export type Rhythm = { readonly pauseMs: number; readonly everyMs: number };
export const carriedRhythm: Rhythm = { pauseMs: 2_000, everyMs: 10_000 };
export const keptRhythm: Rhythm = { pauseMs: 700, everyMs: 3_000 };
const retryMs = 5_000;

export type LivePageParts = LiveWordsParts & { readonly card: Live<Card> };

export type LiveWordsParts = {
  readonly page: PageId;
  readonly shelf: WordsShelf;
  /** Empty, under the client id that writes here. */
  readonly doc?: PageDoc;
  readonly editable: boolean;
  readonly rhythm: Rhythm;
  /** Of a draft: where the photos of the page that it changes are. */
  readonly photosElsewhere?: () => PhotoBox | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Called once when it has been closed. */
  readonly onClosed: () => void;
};

/** What an open page needs of its shelf. */
export type WordsShelf = Pick<Shelf, "write"> & {
  readonly pages: Pick<Shelf["pages"], "watch"> & {
    readonly read: (
      page: PageId,
    ) => Promise<
      Result<
        Pick<PageRecord, "state" | "gone" | "withdrawnAt">,
        "NO_PAGE" | StoreCode | "CACHE_DAMAGED"
      >
    >;
  };
  /** Undefined: no photos stand on it. */
  readonly photos: PhotoBox | undefined;
};

export type LivePage = LiveWords & Pick<OpenPage, "card">;

/** A page without what lists say of it. */
export type LiveWords = Omit<OpenPage, "card"> & {
  readonly doc: PageDoc;
  /** Lets go of a page that could not be closed because the disk refuses: nothing of it stays behind a lock. */
  readonly abandon: () => void;
  /** What the disk has refused so far, as one update; undefined while nothing waits. */
  readonly unsealed: () => Uint8Array | undefined;
};

const fromLedger = Symbol("ledger");

export const openLivePage = async (parts: LivePageParts): Promise<Result<LivePage, PageCode>> => {
  const opened = await openLiveWords(parts);
  return opened.ok ? accept({ ...opened.value, card: parts.card }) : opened;
};

/** A page in the clear, in memory, with an outbox behind it. Words of others are shown and never sealed. */
export const openLiveWords = async (
  parts: LiveWordsParts,
): Promise<Result<LiveWords, PageCode>> => {
  const { shelf, page, doc = newPageDoc(parts.random) } = parts;
  const missed: PageNews[] = [];
  let hear = (news: PageNews): void => void missed.push(news);
  const unwatch = shelf.pages.watch(page, (news) => hear(news));
  const record = await shelf.pages.read(page);
  if (!record.ok || record.value.gone) {
    unwatch();
    if (record.ok) return refuse("NO_PAGE");
    return refuse(record.code === "CACHE_DAMAGED" ? "PAGE_DAMAGED" : record.code);
  }
  /** From then on nothing that is still in the editor is sealed. */
  let withdrawn = record.value.withdrawnAt !== undefined;
  const sealedUpTo = new Map<number, number>();
  hear = (news) => {
    if (news !== "withdrawn") {
      applyQuietly(doc, news);
      // What came from the ledger lies there, whosever it is.
      for (const [client, clock] of Y.parseUpdateMeta(news).to)
        sealedUpTo.set(client, Math.max(clock, sealedUpTo.get(client) ?? 0));
      return;
    }
    withdrawn = true;
    emptyWords(doc, fromLedger);
  };
  for (const news of [record.value.state, ...missed])
    if (typeof news === "string" || news.length > 0) hear(news);
  const editable = parts.editable && !withdrawn;

  /** An oversized paste that was taken out again is small once it is read from the document. */
  const seal = async (update: Uint8Array): Promise<Result<void, ShelfCode>> => {
    if (withdrawn) return accept(undefined);
    const fitting =
      update.length <= updateLimit
        ? update
        : Y.encodeStateAsUpdate(doc, Y.encodeStateVector(sealedUpTo));
    const written = await shelf.write(page, "change", fitting);
    if (written.ok)
      for (const [client, clock] of Y.parseUpdateMeta(fitting).to) sealedUpTo.set(client, clock);
    return written;
  };
  const outbox = createOutbox<ShelfCode>({
    clock: parts.clock,
    ...parts.rhythm,
    retryMs,
    limit: updateLimit,
    merge: (updates) => Y.mergeUpdates([...updates]),
    seal,
  });
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== fromLedger && editable && !withdrawn) outbox.add(update);
  });
  const saved: Live<SaveState> = outbox.state;

  let closed = false;
  const releasePhotos = editable ? (shelf.photos?.hold() ?? (() => {})) : () => {};
  const letGo = (): void => {
    if (closed) return;
    closed = true;
    releasePhotos();
    outbox.dispose();
    unwatch();
    doc.destroy();
    parts.onClosed();
  };
  return accept({
    doc,
    abandon: letGo,
    unsealed: () => {
      const before = Y.encodeStateVector(sealedUpTo);
      return outbox.state.read().state === "failed" && !withdrawn
        ? Y.encodeStateAsUpdate(doc, before)
        : undefined;
    },
    body: pageWords(doc) as unknown as PageBody,
    editable,
    saved,
    setTitle: (title) => {
      if (editable && !closed && pageMeta(doc).get("title") !== title)
        pageMeta(doc).set("title", title);
    },
    describe: (description) => {
      if (editable && !closed && pageKindOf(doc) === "entry") describeEntry(doc, description);
    },
    photos:
      shelf.photos === undefined
        ? noPhotos
        : photosOf({
            box: shelf.photos,
            elsewhere: parts.photosElsewhere,
            mayAdd: () =>
              editable &&
              !closed &&
              !withdrawn &&
              photosIn(pageWords(doc)).length < mostPhotosOnPage,
          }),
    flush: outbox.flush,
    close: async () => {
      if (closed) return;
      const flushed = await outbox.flush();
      if (flushed.ok) letGo();
    },
  });
};

const applyQuietly = (doc: PageDoc, update: Uint8Array): void => {
  try {
    applyAsItIs(doc, update, fromLedger);
  } catch {
    // The guard has applied it apart before; an editor that cannot follow is reopened from the record.
  }
};

/** For screens that show a page that is not there any more. */
export const followCard = (
  cards: Live<readonly Card[]>,
  page: PageId,
  first: Card,
): Live<Card> & { readonly stop: () => void } => {
  const cell = createCell(first);
  const stop = cards.subscribe(() => {
    const found = cards.read().find((card) => card.id === page);
    if (found !== undefined) cell.set(found);
  });
  return { ...cell, stop };
};
