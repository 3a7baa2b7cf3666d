import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import { keysApart } from "../base/layers.ts";
import {
  depths,
  fitsValues,
  letterKinds,
  mostPauseHours,
  mostFeelings,
  mostTags,
  needs,
  type Day,
  type Depth,
  type Fits,
  type LetterKind,
  type Need,
  type PageKind,
  type Went,
  wentValues,
} from "./card.ts";
import { isDay, latestTime } from "./day.ts";
import { momentOf } from "./entryMeta.ts";
import { pageAsks, pageDays, pageKindOf, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";
import type { PageRecord } from "./pageRecord.ts";
import type { ChunkName } from "./photo.ts";
import { chunksIn } from "./photosIn.ts";
import { isPractice, readSaid, type Said } from "./said.ts";
import { readTags } from "./tags.ts";
import { plainWords } from "./words.ts";

/** What is known of a page without opening it: the root of its card. Sealed in the page cache. */
export type PageFacts = {
  readonly id: PageId;
  readonly owner: DeviceId;
  readonly notebook: NotebookId;
  readonly kind: PageKind | "newer";
  readonly title: string;
  readonly excerpt: string;
  readonly writtenAt: number;
  readonly changedAt: number | undefined;
  readonly withdrawnAt: number | undefined;
  readonly dateDoubtful: boolean;
  /** A shared page whose last piece has come; what is not whole is not shown. */
  readonly whole: boolean;
  /**
   * A draft that is on its way to the shared shelf: it does not change any more. One that its writer lets rest is
   * not, nor is one in the trash, whatever was said before: nothing goes out by itself when a rest ends.
   */
  readonly sharing: boolean;
  /** Something in it broke a rule and is not shown. */
  readonly whitedOut: boolean;
  /** One's own: some of its words came back from the partner's copy. */
  readonly cameBack: boolean;
  readonly need: Need | undefined;
  readonly depth: Depth | undefined;
  /** Times of "ask again", ms; the first asking is `writtenAt`. */
  readonly asks: readonly number[];
  readonly helpsBy: Day | undefined;
  readonly question: PageId | undefined;
  readonly round: number;
  readonly saw: number;
  readonly about: LetterKind | undefined;
  readonly pauseHours: number;
  readonly of: PageId | undefined;
  readonly fits: Fits | undefined;
  readonly days: readonly Day[];
  readonly reviewBy: Day | undefined;
  /** Of a promise. */
  readonly by: Day | undefined;
  readonly went: Went | undefined;
  readonly said: Said | undefined;
  /** Of a draft. */
  readonly changes: PageId | undefined;
  readonly restsUntil: number | undefined;
  readonly pausedUntil: number | undefined;
  readonly trashedAt: number | undefined;
  /** When its time in the trash was first seen to be over (journal/book/trash.ts), ms. */
  readonly overAt: number | undefined;
  /** Of an entry. */
  readonly aboutAt: number | undefined;
  readonly tags: readonly string[];
  readonly feelings: readonly string[];
  /** Of every photo in its words as they stand. */
  readonly chunks: readonly ChunkName[];
  /** Of photos that only an earlier version shows, oldest first. */
  readonly chunksBefore: readonly ChunkName[];
};

const titleLimit = 200;
const excerptLimit = 200;
const asksLimit = 1000;
const daysLimit = 100;

/** Reads a page that anyone may have written: whatever does not fit its kind is left out, never trusted. */
export const readFacts = (
  id: PageId,
  doc: PageDoc,
  record: Omit<PageRecord, "state">,
): PageFacts => {
  const meta = pageMeta(doc);
  const kind = pageKindOf(doc);
  const gone = record.withdrawnAt !== undefined;
  const chunks = gone || kind === "newer" ? [] : chunksIn(pageWords(doc));
  return {
    id,
    owner: record.owner,
    notebook: record.notebook,
    kind,
    title: kind === "newer" || gone ? "" : titleOf(doc),
    excerpt: kind === "newer" || gone ? "" : plainWords(pageWords(doc), excerptLimit),
    writtenAt: record.writtenAt,
    changedAt: record.changedAt,
    withdrawnAt: record.withdrawnAt,
    dateDoubtful: record.dateDoubtful,
    whole: meta.get("whole") === true,
    sharing:
      meta.get("sharing") === true &&
      meta.get("restsUntil") === undefined &&
      meta.get("trashedAt") === undefined,
    whitedOut: record.whitedOut > 0,
    cameBack: record.cameBack,
    need: needs.find((need) => need === meta.get("need")),
    depth: depths.find((depth) => depth === meta.get("depth")),
    asks: pageAsks(doc).toArray().filter(isMoment).slice(0, asksLimit),
    helpsBy: dayOf(meta.get("helpsBy")),
    question: pageOf(meta.get("question")),
    round: countOf(meta.get("round")) ?? 0,
    saw: countOf(meta.get("saw")) ?? 0,
    about: letterKinds.find((about) => about === meta.get("about")),
    pauseHours: Math.min(countOf(meta.get("pauseHours")) ?? 0, mostPauseHours),
    of: pageOf(meta.get("of")),
    fits: fitsValues.find((fits) => fits === meta.get("fits")),
    days: pageDays(doc).toArray().filter(isDay).slice(-daysLimit),
    reviewBy: dayOf(meta.get("reviewBy")),
    by: dayOf(meta.get("by")),
    went: wentValues.find((went) => went === meta.get("went")),
    said: gone || !isPractice(kind) ? undefined : readSaid(kind, (name) => meta.get(name)),
    changes: pageOf(meta.get("changes")),
    restsUntil: countOf(meta.get("restsUntil")),
    pausedUntil: countOf(meta.get("pausedUntil")),
    trashedAt: countOf(meta.get("trashedAt")),
    overAt: countOf(meta.get("overAt")),
    aboutAt: momentOf(meta.get("aboutAt")),
    tags: gone ? [] : readTags(meta.get("tags"), mostTags),
    feelings: gone ? [] : readTags(meta.get("feelings"), mostFeelings),
    chunks,
    chunksBefore: gone ? [] : without(record.named, chunks),
  };
};

/** As a list shows it. */
export const titleOf = (doc: PageDoc): string => {
  const title = pageMeta(doc).get("title");
  return typeof title === "string" ? cut(title, titleLimit) : "";
};

const without = (
  names: readonly ChunkName[],
  these: readonly ChunkName[],
): readonly ChunkName[] => {
  const known = new Set(these);
  return names.filter((name) => !known.has(name));
};

const pageOf = (value: unknown): PageId | undefined =>
  typeof value === "string" && /^[0-9a-f]{32}$/.test(value) ? (value as PageId) : undefined;

const dayOf = (value: unknown): Day | undefined => (isDay(value) ? value : undefined);

const countOf = (value: unknown): number | undefined => (isTime(value) ? value : undefined);

const isTime = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

const isMoment = (value: unknown): value is number => isTime(value) && value <= latestTime;

const cut = (text: string, limit: number): string =>
  [...text.replaceAll(/[\p{Cc}\p{Cs}]/gu, " ").slice(0, limit * 2)].slice(0, limit).join("");

/**
 * What is another one in `now`, or was not there before; and what is there no more. A shelf makes each map from the one
 * before, and mostly knows where the two can differ; else nearly all of both stands at the same places, and is passed
 * over without a look-up.
 */
export const changesBetween = (
  before: ReadonlyMap<PageId, PageFacts>,
  now: ReadonlyMap<PageId, PageFacts>,
): { readonly changed: readonly PageFacts[]; readonly gone: readonly PageId[] } => {
  const changed: PageFacts[] = [];
  const gone: PageId[] = [];
  const apart = keysApart(before, now);
  if (apart !== undefined) {
    for (const page of apart) {
      const facts = now.get(page);
      if (facts === undefined && before.has(page)) gone.push(page);
      if (facts !== undefined && before.get(page) !== facts) changed.push(facts);
    }
    return { changed, gone };
  }
  const old = before.values();
  let was = old.next();
  for (const facts of now.values()) {
    while (was.done !== true && was.value !== facts && !now.has(was.value.id)) {
      gone.push(was.value.id);
      was = old.next();
    }
    if (was.done !== true && was.value.id === facts.id) {
      if (was.value !== facts) changed.push(facts);
      was = old.next();
    } else if (before.get(facts.id) !== facts) changed.push(facts);
  }
  for (; was.done !== true; was = old.next()) if (!now.has(was.value.id)) gone.push(was.value.id);
  return { changed, gone };
};
