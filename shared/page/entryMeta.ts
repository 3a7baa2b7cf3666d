import { mostFeelings, mostTags } from "./card.ts";
import { latestTime } from "./day.ts";
import { pageMeta, type PageDoc } from "./pageDoc.ts";
import { readTags } from "./tags.ts";

/** What an entry says of itself besides its words; what is left out stays as it is, undefined takes it away. */
export type EntryMeta = {
  readonly aboutAt?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly feelings?: readonly string[] | undefined;
};

const earliestMoment = Date.UTC(1900, 0, 1);

/** Dates before 1900 are no entry's, ms. */
export const momentOf = (value: unknown): number | undefined =>
  typeof value === "number" &&
  Number.isSafeInteger(value) &&
  value >= earliestMoment &&
  value <= latestTime
    ? value
    : undefined;

/** Cleaned and bounded; a moment that no calendar has is passed over. */
export const describeEntry = (doc: PageDoc, meta: EntryMeta): void => {
  doc.transact(() => {
    if ("aboutAt" in meta) {
      const moment = momentOf(meta.aboutAt === undefined ? undefined : Math.round(meta.aboutAt));
      if (moment !== undefined || meta.aboutAt === undefined) set(doc, "aboutAt", moment);
    }
    if ("tags" in meta) set(doc, "tags", listed(readTags(meta.tags, mostTags)));
    if ("feelings" in meta) set(doc, "feelings", listed(readTags(meta.feelings, mostFeelings)));
  });
};

const listed = (tags: readonly string[]): readonly string[] | undefined =>
  tags.length === 0 ? undefined : tags;

/** What says nothing new is not written: an entry would show as changed. */
const set = (doc: PageDoc, name: string, value: unknown): void => {
  const meta = pageMeta(doc);
  if (JSON.stringify(meta.get(name)) === JSON.stringify(value)) return;
  if (value === undefined) meta.delete(name);
  else meta.set(name, value);
};
