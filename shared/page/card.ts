import type { Brand } from "../base/brand.ts";
import type { PageId } from "../base/ids.ts";
import type { Day } from "./day.ts";
import { practiceKinds, type Said } from "./said.ts";

/** What a list shows of a page. Derived from the page; kept sealed in the page cache. */
export type Card = {
  readonly id: PageId;
  readonly kind: PageKind | "newer";
  readonly author: "me" | "partner";
  /** draft: on this computer only · shared: travels · room: my room. */
  readonly place: "draft" | "shared" | "room";
  /** Empty while it is closed, and once it was withdrawn. */
  readonly title: string;
  /** The first words, at most 200 characters; empty as the title is. */
  readonly excerpt: string;
  /** By the writer's clock, ms. For shared pages: when it was shared. */
  readonly writtenAt: number;
  /** Set when words changed after sharing, ms. */
  readonly changedAt: number | undefined;
  /** Set when its writer has withdrawn it, ms: the words are gone on both sides. */
  readonly withdrawnAt: number | undefined;
  /** The writer's date cannot be right (later than now, or before what it answers). */
  readonly dateDoubtful: boolean;
  /** Mine, and some of its words are here only because the partner's copy brought them back. */
  readonly cameBack: boolean;
  /** False only for the partner's page of a kind that arrives closed, until its reader opens it. */
  readonly opened: boolean;
  /** What its reader has put it off to, on this computer only: "today" ends by itself at midnight. */
  readonly putOff: PutOff | undefined;
  readonly question: QuestionCard | undefined;
  readonly answer: AnswerCard | undefined;
  readonly letter: LetterCard | undefined;
  readonly agreement: AgreementCard | undefined;
  readonly promise: PromiseCard | undefined;
  /** Of an outcome: how a promise went, by whoever made it. */
  readonly went: Went | undefined;
  /** Of a practice (practices.ts): what it says beside its words. Of a withdrawn one, nothing. */
  readonly said: Said | undefined;
  /** What an addition, a reply, "what I heard", a nod, a day, a yes, an end or a page of a practice belongs to. */
  readonly of: PageId | undefined;
  /** Of a nod. */
  readonly fits: Fits | undefined;
  /** Of a `byDay`: every day that was named, the newest last; local dates, "2026-11-26". */
  readonly days: readonly Day[];
  /** Of a draft. */
  readonly draft: DraftCard | undefined;
  /** The moment that an entry is about, by its writer, ms; where nothing else was said, when it was written. */
  readonly aboutAt: number;
  /** Of an entry: its writer's own words to find it by, and for how it felt. */
  readonly tags: readonly string[];
  readonly feelings: readonly string[];
  readonly hasPhotos: boolean;
  /** Set while it lies in the trash, ms: a draft, or an entry of my room. */
  readonly trashedAt: number | undefined;
};

/**
 * told: something you should know · addition: a later fact beside a disclosure · reply: to a letter of impact ·
 * heard: what I heard · nod: yes or not quite, to what the other heard · byDay: "I'll answer by Thursday" ·
 * agreement: what its writer proposes · yes: the other's, to an agreement · end: of an agreement, by either ·
 * promise: a small one, by its writer alone · outcome: how it went, in its writer's words · and what practices.ts has.
 */
export const pageKinds = [
  "entry",
  "question",
  "answer",
  "told",
  "disclosure",
  "addition",
  "letter",
  "reply",
  "heard",
  "nod",
  "byDay",
  "agreement",
  "yes",
  "end",
  "promise",
  "outcome",
  ...practiceKinds,
] as const;
export type PageKind = (typeof pageKinds)[number];

/** Kinds that arrive closed: their reader chooses when to open them (PRODUCT row 5). */
export const closedKinds: readonly (PageKind | "newer")[] = [
  "answer",
  "told",
  "disclosure",
  "addition",
  "letter",
  "reply",
  "whyReasons",
  "whyResponse",
];

export const needs = ["information", "why", "reassurance", "heard"] as const;
export type Need = (typeof needs)[number];

export const depths = ["meaning", "facts", "everything"] as const;
export type Depth = (typeof depths)[number];

export type { Day };

/** `askedAt[0]` is the first time; each "ask again" adds one. `helpsBy`: "by when it would help"; nothing follows from it. */
export type QuestionCard = {
  readonly need: Need;
  readonly depth: Depth;
  readonly askedAt: readonly number[];
  readonly helpsBy: Day | undefined;
};

/**
 * `round` is the index into the question's `askedAt` that this answers. `saw` is the question's `changedAt`
 * (0: none) that its writer had before them: a question changed later than that was changed after this answer.
 */
export type AnswerCard = {
  readonly question: PageId;
  readonly round: number;
  readonly saw: number;
};

export const letterKinds = ["responsibility", "impact"] as const;
export type LetterKind = (typeof letterKinds)[number];

/** The longest pause before a reply, hours: 14 days. */
export const mostPauseHours = 336;

/** `pauseHours`: a reply to a letter of impact can be sent so long after it was begun; 0 to `mostPauseHours`. */
export type LetterCard = { readonly about: LetterKind; readonly pauseHours: number };

/** The furthest day on which two look at an agreement again, days from when it was proposed. */
export const longestAgreement = 90;

/** `reviewBy`: it holds through that day, and no longer. `revises`: the agreement whose place it is to take. */
export type AgreementCard = { readonly reviewBy: Day; readonly revises: PageId | undefined };

/** A promise that was kept, one that became another, one that was missed. */
export const wentValues = ["kept", "changed", "missed"] as const;
export type Went = (typeof wentValues)[number];

/** `by`: for which day, where one was named; nothing follows from its passing. */
export type PromiseCard = { readonly by: Day | undefined };

/** A yes, a day, a word that something is over: pages that say what they say by being there. */
export const wordlessKinds: readonly (PageKind | "newer")[] = ["nod", "byDay", "yes", "end"];

export const fitsValues = ["yes", "notQuite"] as const;
export type Fits = (typeof fitsValues)[number];

export type PutOff = "today" | "session";

/**
 * `changes`: the shared page that this draft is to replace the words of. `restsUntil`: its writer lets it rest,
 * ms. `pausedUntil`: the writer of the letter that it replies to asked for this pause, ms. Neither travels.
 */
export type DraftCard = {
  readonly changes: PageId | undefined;
  readonly restsUntil: number | undefined;
  readonly pausedUntil: number | undefined;
};

/** The longest that a draft rests, ms: 14 days. */
export const longestRest = 14 * 86_400_000;

/** What lies in the trash is deleted for good after so long, ms: 30 days. */
export const trashKeeps = 30 * 86_400_000;

export const mostTags = 32;
export const mostFeelings = 16;

/** A draft of something new; not the copy in which a shared page is being changed. */
export const isNewDraft = ({ place, draft }: Card): boolean =>
  place === "draft" && draft?.changes === undefined;

/** Oldest first. The id settles what was written in the same millisecond, so that both see one order. */
export const byTime = (one: Card, other: Card): number =>
  one.writtenAt - other.writtenAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/** A Y.XmlFragment, handed only to the editor. */
export type PageBody = Brand<object, "PageBody">;
