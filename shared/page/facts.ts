import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import { depths, needs, type Depth, type Need, type PageKind } from "./card.ts";
import { pageAsks, pageKindOf, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";
import type { PageRecord } from "./pageRecord.ts";
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
  readonly dateDoubtful: boolean;
  /** A shared page whose last piece has come; what is not whole is not shown. */
  readonly whole: boolean;
  /** A draft that is on its way to the shared shelf: it does not change any more. */
  readonly sharing: boolean;
  /** Something in it broke a rule and is not shown. */
  readonly whitedOut: boolean;
  readonly need: Need | undefined;
  readonly depth: Depth | undefined;
  /** Times of "ask again", ms; the first asking is `writtenAt`. */
  readonly asks: readonly number[];
  readonly question: PageId | undefined;
  readonly round: number;
};

const titleLimit = 200;
const excerptLimit = 200;
const asksLimit = 1000;

/** Reads a page that anyone may have written: whatever does not fit its kind is left out, never trusted. */
export const readFacts = (
  id: PageId,
  doc: PageDoc,
  record: Omit<PageRecord, "state">,
): PageFacts => {
  const meta = pageMeta(doc);
  const kind = pageKindOf(doc);
  const title = meta.get("title");
  const question = meta.get("question");
  const round = meta.get("round");
  return {
    id,
    owner: record.owner,
    notebook: record.notebook,
    kind,
    title: typeof title === "string" ? cut(title, titleLimit) : "",
    excerpt: kind === "newer" ? "" : plainWords(pageWords(doc), excerptLimit),
    writtenAt: record.writtenAt,
    changedAt: record.changedAt,
    dateDoubtful: record.dateDoubtful,
    whole: meta.get("whole") === true,
    sharing: meta.get("sharing") === true,
    whitedOut: record.whitedOut > 0,
    need: needs.find((need) => need === meta.get("need")),
    depth: depths.find((depth) => depth === meta.get("depth")),
    asks: pageAsks(doc).toArray().filter(isTime).slice(0, asksLimit),
    question:
      typeof question === "string" && /^[0-9a-f]{32}$/.test(question)
        ? (question as PageId)
        : undefined,
    round: typeof round === "number" && Number.isSafeInteger(round) && round >= 0 ? round : 0,
  };
};

const isTime = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

const cut = (text: string, limit: number): string =>
  [...text.replaceAll(/[\p{Cc}\p{Cs}]/gu, " ").slice(0, limit * 2)].slice(0, limit).join("");
