import * as Y from "yjs";
import type { PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { readU32 } from "../base/bytes.ts";
import {
  type Day,
  type Depth,
  type LetterKind,
  type Need,
  pageKinds,
  type PageKind,
  type Went,
} from "./card.ts";
import type { PracticeKind, SaidBy } from "./said.ts";

/**
 * The shape of a page's Y.Doc, version 1:
 *   meta  Y.Map       v, kind, title; a question's need, depth, helpsBy; an answer's question, round, saw;
 *                     an agreement's reviewBy; a promise's by; an outcome's went; what a practice says (said.ts);
 *                     an entry's aboutAt (ms), tags and feelings (lists of texts); a letter's about and pauseHours; of, the page that this one belongs to; a nod's fits;
 *                     whole, once all of a shared page is there; edition, the draft of its newest change;
 *                     withdrawn, once its writer has taken the words away. On drafts alone: see `draftOnly`
 *   asks  Y.Array     a question's "asked again" times, ms
 *   days  Y.Array     the days that were named in a byDay, the newest last
 *   body  XmlFragment the words, in the editor's schema
 * Times of writing come from the message headers, not from here.
 */
export type PageDoc = Y.Doc;

export type PageStart =
  | {
      readonly kind: "entry";
      readonly title?: string;
      readonly aboutAt?: number;
      readonly tags?: readonly string[];
      readonly feelings?: readonly string[];
    }
  | { readonly kind: "question"; readonly need: Need; readonly depth: Depth }
  | {
      readonly kind: "answer";
      readonly question: PageId;
      readonly round: number;
      readonly saw: number;
    }
  | { readonly kind: "told" | "disclosure" }
  | { readonly kind: "letter"; readonly about: LetterKind; readonly pauseHours: number }
  | { readonly kind: "addition" | "heard" | "byDay" | "yes" | "end"; readonly of: PageId }
  | { readonly kind: "promise"; readonly by?: Day }
  | { readonly kind: "outcome"; readonly of: PageId; readonly went: Went }
  | { readonly kind: "agreement"; readonly reviewBy: Day; readonly of?: PageId }
  | { readonly kind: "reply"; readonly of: PageId; readonly pausedUntil: number }
  | { readonly kind: "nod"; readonly of: PageId; readonly fits: string }
  | PracticeStart;

/** `of`: what practices.ts says that it belongs to. */
export type PracticeStart = {
  readonly [Kind in PracticeKind]: { readonly kind: Kind; readonly of?: PageId } & SaidBy<Kind>;
}[PracticeKind];

/** What a draft's meta holds for its writer alone: it never goes into what is shared. */
export const draftOnly: readonly string[] = [
  "sharing",
  "changes",
  "restsUntil",
  "pausedUntil",
  "trashedAt",
  "overAt",
];

/** The schema version that this build writes; a page that says more is "written with a newer Twofold". */
export const pageVersion = 1;

/**
 * Deleted words are collected at once: a page's state holds no text that its writer took back. Its guid, of which
 * nothing here makes use, is given: Yjs would draw one at random in 31 steps, a quarter of what taking in a page costs.
 */
export const newPageDoc = (random: Random): PageDoc => {
  const doc = new Y.Doc({ gc: true, guid: "page" });
  doc.clientID = readU32(random(4), 0);
  return doc;
};

export const startPage = (doc: PageDoc, start: PageStart): void => {
  doc.transact(() => {
    const meta = pageMeta(doc);
    meta.set("v", pageVersion);
    for (const [name, value] of Object.entries(start)) meta.set(name, value);
  });
};

export const pageMeta = (doc: PageDoc): Y.Map<unknown> => doc.getMap("meta");
export const pageAsks = (doc: PageDoc): Y.Array<unknown> => doc.getArray("asks");
export const pageDays = (doc: PageDoc): Y.Array<unknown> => doc.getArray("days");
export const pageWords = (doc: PageDoc): Y.XmlFragment => doc.getXmlFragment("body");

export const pageKindOf = (doc: PageDoc): PageKind | "newer" => {
  const meta = pageMeta(doc);
  const kind = meta.get("kind");
  if (meta.get("v") !== pageVersion) return "newer";
  return pageKinds.find((known) => known === kind) ?? "newer";
};
