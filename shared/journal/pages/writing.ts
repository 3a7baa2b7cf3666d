import * as Y from "yjs";
import { readU32 } from "../../base/bytes.ts";
import { idBytes, idFrom, newId, type PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { hash } from "../../crypto/hash.ts";
import type { AnswerCard } from "../../page/card.ts";
import { copyForSharing } from "../../page/copyWords.ts";
import { describeEntry, type EntryMeta } from "../../page/entryMeta.ts";
import {
  newPageDoc,
  pageMeta,
  pageWords,
  startPage,
  type PageDoc,
  type PageStart,
} from "../../page/pageDoc.ts";
import { saysEnough } from "../../page/practices.ts";
import { chunksIn } from "../../page/photosIn.ts";
import type { Shelf, ShelfCode } from "../../page/shelf.ts";
import type { PageCode } from "../openPage.ts";

/** A new page on a kept shelf: a draft, or an entry in my room. */
export const beginPage = async (
  shelf: Shelf,
  start: PageStart,
  random: Random,
  entry?: EntryMeta,
): Promise<Result<PageId, ShelfCode>> => {
  const page = newId<PageId>(random);
  const doc = newPageDoc(random);
  startPage(doc, start);
  if (entry !== undefined) describeEntry(doc, entry);
  const written = await shelf.write(page, "begin", Y.encodeStateAsUpdate(doc));
  doc.destroy();
  return written.ok ? accept(page) : written;
};

/** A page that is whole from its first message on, written straight to the shared shelf: a kill leaves all or none. */
export const beginWhole = async (
  shared: Shelf,
  start: PageStart,
  random: Random,
  more: (doc: PageDoc) => void = () => {},
  page = newId<PageId>(random),
): Promise<Result<void, ShelfCode>> => {
  const doc = newPageDoc(random);
  startPage(doc, start);
  more(doc);
  pageMeta(doc).set("whole", true);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return shared.write(page, "begin", update);
};

/** Takes a page away from its shelf; only its writer's own shelf is ever passed. */
export const removePage = (shelf: Shelf, page: PageId): Promise<Result<void, ShelfCode>> =>
  shelf.write(page, "remove", new Uint8Array());

/** Changes a page that no editor has open: what `change` does to it is written as one update. */
export const changePage = async (
  shelf: Shelf,
  page: PageId,
  random: Random,
  change: (doc: PageDoc) => void,
): Promise<Result<void, PageCode>> => {
  const doc = await readPage(shelf, page, random);
  if (!doc.ok) return doc;
  const before = Y.encodeStateVector(doc.value);
  change(doc.value);
  const update = Y.encodeStateAsUpdate(doc.value, before);
  doc.value.destroy();
  return shelf.write(page, "change", update);
};

export const readPage = async (
  shelf: Shelf,
  page: PageId,
  random: Random,
): Promise<Result<PageDoc, PageCode>> => {
  const record = await shelf.pages.read(page);
  if (!record.ok) return refuse(record.code === "CACHE_DAMAGED" ? "PAGE_DAMAGED" : record.code);
  if (record.value.gone) return refuse("NO_PAGE");
  const doc = newPageDoc(random);
  Y.applyUpdate(doc, record.value.state);
  return accept(doc);
};

export const isEmpty = (drafts: Shelf, draft: PageId): boolean => {
  const facts = drafts.pages.facts.read().get(draft);
  return (
    facts?.excerpt === "" &&
    facts.title === "" &&
    facts.chunks.length === 0 &&
    !saysEnough(facts.said)
  );
};

/** The page that a draft becomes, and the Yjs client id that writes it: both follow from the draft alone. */
export const sharedPageOf = (draft: PageId): PageId =>
  idFrom<PageId>(hash("TF/1 shared page", idBytes(draft)).subarray(0, 16));

const sharingHand = (draft: PageId): number =>
  readU32(hash("TF/1 sharing hand", idBytes(draft)), 0);

/**
 * Sends the words as they stand, without their history, to the shared shelf, then puts the draft away: the
 * partner's copy never holds what was typed and deleted before sharing. First the draft is marked, and from
 * then on it does not change: however often the disk refuses or the process dies, it goes on with the same words.
 */
export const shareDraft = async (
  drafts: Shelf,
  shared: Shelf,
  draft: PageId,
  answers: AnswersTo,
  random: Random,
): Promise<Result<PageId, PageCode>> => {
  if (isEmpty(drafts, draft)) return refuse("EMPTY");
  const marked = await markSharing(drafts, draft, answers, random);
  if (!marked.ok) return marked;
  const page = sharedPageOf(draft);
  if (shared.pages.facts.read().get(page)?.whole !== true) {
    const doc = await readPage(drafts, draft, random);
    if (!doc.ok) return doc;
    // A draft that was a shared page once, under another pairing, says so of itself.
    for (const name of ["whole", "edition"]) pageMeta(doc.value).delete(name);
    const pieces = copyForSharing(doc.value, sharingHand(draft));
    const names = chunksIn(pageWords(doc.value));
    doc.value.destroy();
    // The photos are on the disk before the first word that names them can be.
    const brought = await shared.photos.bring(names, drafts.photos);
    if (!brought.ok) return brought;
    for (const piece of pieces) {
      const written = await shared.write(page, "begin", piece);
      if (!written.ok) return written;
    }
  }
  const removed = await removePage(drafts, draft);
  return removed.ok ? accept(page) : removed;
};

/** Of an answer, how its question stands before whoever sends it; empty for everything else. */
export type AnswersTo = Partial<Pick<AnswerCard, "saw" | "round">>;

/** From now on the draft does not change, and does not rest any more. */
export const markSharing = async (
  drafts: Shelf,
  draft: PageId,
  answers: AnswersTo,
  random: Random,
): Promise<Result<void, PageCode>> => {
  const facts = drafts.pages.facts.read().get(draft);
  if (facts === undefined) return refuse("NO_PAGE");
  if (facts.sharing) return accept(undefined);
  return changePage(drafts, draft, random, (doc) => {
    const meta = pageMeta(doc);
    meta.set("sharing", true);
    meta.delete("restsUntil");
    for (const [name, value] of Object.entries(answers))
      if (meta.get(name) !== value) meta.set(name, value);
  });
};

export const describe = (
  drafts: Shelf,
  draft: PageId,
  random: Random,
  facts: Readonly<Record<string, string | undefined>>,
) =>
  changePage(drafts, draft, random, (doc) => {
    for (const [name, value] of Object.entries(facts)) {
      if (value === undefined) pageMeta(doc).delete(name);
      else pageMeta(doc).set(name, value);
    }
  });
