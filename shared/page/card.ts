import type { Brand } from "../base/brand.ts";
import type { PageId } from "../base/ids.ts";

/** What a list shows of a page. Derived from the page; kept sealed in the page cache. */
export type Card = {
  readonly id: PageId;
  readonly kind: PageKind | "newer";
  readonly author: "me" | "partner";
  /** draft: on this computer only · shared: travels · room: my room. */
  readonly place: "draft" | "shared" | "room";
  readonly title: string;
  /** The first words, at most 200 characters; empty while an answer is closed. */
  readonly excerpt: string;
  /** By the writer's clock, ms. For shared pages: when it was shared. */
  readonly writtenAt: number;
  /** Set when words changed after sharing, ms. */
  readonly changedAt: number | undefined;
  /** The writer's date cannot be right (later than now, or before what it answers). */
  readonly dateDoubtful: boolean;
  readonly question: QuestionCard | undefined;
  readonly answer: AnswerCard | undefined;
};

export const pageKinds = ["entry", "question", "answer"] as const;
export type PageKind = (typeof pageKinds)[number];

export const needs = ["information", "why", "reassurance", "heard"] as const;
export type Need = (typeof needs)[number];

export const depths = ["meaning", "facts", "everything"] as const;
export type Depth = (typeof depths)[number];

/** `askedAt[0]` is the first time; each "ask again" adds one. */
export type QuestionCard = {
  readonly need: Need;
  readonly depth: Depth;
  readonly askedAt: readonly number[];
};

/** `round` is the index into the question's `askedAt` that this answers. */
export type AnswerCard = {
  readonly question: PageId;
  readonly round: number;
  /** Mine are always open; the partner's arrive closed. */
  readonly opened: boolean;
};

/** A Y.XmlFragment, handed only to the editor. */
export type PageBody = Brand<object, "PageBody">;
