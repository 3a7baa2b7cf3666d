import * as Y from "yjs";
import type { Imported, ImportedPart } from "../../archive/imported.ts";
import { breathe, type Clock } from "../../base/clock.ts";
import { readU32 } from "../../base/bytes.ts";
import type { PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Work } from "../../base/work.ts";
import type { PageBody } from "../../page/card.ts";
import { copyForSharing } from "../../page/copyWords.ts";
import { describeEntry } from "../../page/entryMeta.ts";
import { updateLimit } from "../../page/guard.ts";
import { newPageDoc, pageMeta, pageWords, startPage } from "../../page/pageDoc.ts";
import { writePieces, type Piece } from "../../page/pieces.ts";
import type { KeptShelf, ShelfWrite } from "../../page/shelf.ts";
import type { BookCode, TakenIn } from "../entryBook.ts";
import { sharedPageOf } from "../pages/writing.ts";

export type TakingInParts = {
  readonly shelf: KeptShelf;
  /** Whether this page stands on the shared side: an entry that came in before may have been shared since. */
  readonly isShared: (page: PageId) => boolean;
  readonly clock: Clock;
  readonly random: Random;
};

/** Entries written together, and bytes. */
const mostTogether = 64;
const mostBytes = 2 * 1024 ** 2;
/** Milliseconds of work before the screen has its turn. */
const turn = 24;

/**
 * Each entry is written whole or not at all, and its photos before it: whenever the process dies, what is there is
 * entries, and doing it again goes on behind them. Progress in entries; how many there will be is not known here.
 */
export const takeIn = async (
  parts: TakingInParts,
  entries: AsyncIterable<Imported>,
  work: Work,
): Promise<Result<TakenIn, BookCode>> => {
  // However long it takes until the page that names a photo is written.
  const release = parts.shelf.photos.hold();
  try {
    return await takeAll(parts, entries, work);
  } finally {
    release();
  }
};

const takeAll = async (
  { shelf, isShared, clock, random }: TakingInParts,
  entries: AsyncIterable<Imported>,
  work: Work,
): Promise<Result<TakenIn, BookCode>> => {
  const pages: PageId[] = [];
  const begun = new Set<PageId>();
  let known = 0;
  let waiting: ShelfWrite[] = [];
  let waitingPages: PageId[] = [];
  let rested = clock.now();

  const write = async (): Promise<Result<void, BookCode>> => {
    const written = waiting.length === 0 ? accept(undefined) : await shelf.writeAll(waiting);
    if (!written.ok) return written;
    pages.push(...waitingPages);
    waiting = [];
    waitingPages = [];
    work.progress(pages.length + known, 0);
    await breathe(clock);
    rested = clock.now();
    return accept(undefined);
  };

  let cancelled = work.cancelled();
  if (cancelled) return accept({ pages, known, cancelled });
  for await (const entry of entries) {
    cancelled = work.cancelled();
    if (cancelled) break;
    const place = await placeFor(entry.source, shelf, isShared);
    if (!place.ok) return place;
    if (place.value === undefined || begun.has(place.value)) {
      known += 1;
      work.progress(pages.length + known, 0);
      continue;
    }
    const pieces = await takePictures(entry.parts, shelf);
    if (!pieces.ok) return pieces;
    if (pieces.value.length === 0 && entry.title === "") continue;
    const page = place.value;
    const updates = makePage(entry, pieces.value, random);
    if (updates.some(({ length }) => length > updateLimit)) return refuse("TOO_LARGE");
    begun.add(page);
    waitingPages.push(page);
    waiting.push(...updates.map((body) => ({ page, act: "begin" as const, body })));
    const bytes = waiting.reduce((sum, { body }) => sum + body.length, 0);
    if (waitingPages.length >= mostTogether || bytes >= mostBytes) {
      const written = await write();
      if (!written.ok) return written;
    } else if (clock.now() - rested >= turn) {
      work.progress(pages.length + waitingPages.length + known, 0);
      await breathe(clock);
      rested = clock.now();
    }
  }
  const written = await write();
  return written.ok ? accept({ pages, known, cancelled }) : written;
};

/**
 * The page that this source becomes; undefined where it is here, in the trash or shared. What was deleted for good may
 * come again, as another page: the old one takes no words any more.
 */
const placeFor = async (
  source: string,
  shelf: KeptShelf,
  isShared: (page: PageId) => boolean,
): Promise<Result<PageId | undefined, BookCode>> => {
  const facts = shelf.pages.facts.read();
  for (let times = 0; ; times++) {
    const page = shelf.pageFor(times === 0 ? source : `${source} ${times}`);
    if (facts.has(page) || isShared(sharedPageOf(page))) return accept(undefined);
    const record = await shelf.pages.read(page);
    if (!record.ok && record.code === "NO_PAGE") return accept(page);
    if (!record.ok) return refuse(record.code === "CACHE_DAMAGED" ? "PAGE_DAMAGED" : record.code);
    if (!record.value.gone) return accept(undefined);
  }
};

/** What is no picture leaves nothing in its place: whoever reads it has said so. */
const takePictures = async (
  parts: readonly ImportedPart[],
  shelf: KeptShelf,
): Promise<Result<readonly Piece[], BookCode>> => {
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (part.kind === "piece") {
      pieces.push(part.piece);
      continue;
    }
    const photo = await part.read();
    if (photo === undefined) continue;
    const added = await shelf.photos.add(photo);
    if (added.ok) pieces.push({ kind: "photo", photo: added.value });
    else if (added.code !== "PHOTO_TOO_LARGE" && added.code !== "PHOTO_DAMAGED")
      return refuse(added.code);
  }
  return accept(pieces);
};

/** Small enough for one message each. */
const makePage = (
  { title, writtenAt, tags, feelings }: Imported,
  pieces: readonly Piece[],
  random: Random,
): readonly Uint8Array[] => {
  const doc = newPageDoc(random);
  doc.transact(() => {
    startPage(doc, { kind: "entry" });
    if (title !== "") pageMeta(doc).set("title", title);
    describeEntry(doc, {
      ...(writtenAt === undefined ? {} : { aboutAt: writtenAt }),
      tags,
      feelings,
    });
    writePieces(pageWords(doc) as unknown as PageBody, pieces);
  });
  const whole = Y.encodeStateAsUpdate(doc);
  const updates =
    whole.length <= updateLimit * 0.9 ? [whole] : copyForSharing(doc, readU32(random(4), 0));
  doc.destroy();
  return updates;
};
