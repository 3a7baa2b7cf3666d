import type { PageKind } from "./card.ts";
import { type PracticeKind, type Said, saysAnything } from "./said.ts";

/**
 * How a page of a practice goes, and what it may belong to.
 * alone: it stays with its writer, and nothing can send it · draft: written here first, and sent through the preview,
 * or kept · atOnce: said with one press, whole · ownWay: neither begun nor said by itself; acts of its own make what it
 * says.
 */
export type Practice = {
  readonly goes: "alone" | "draft" | "atOnce" | "ownWay";
  /** It belongs to a page of one of these kinds, by this one of the two. */
  readonly of?: {
    readonly kinds: readonly PageKind[];
    readonly author: "me" | "partner" | "either";
  };
  /** It needs the other's yes; either can end it. */
  readonly needsYes?: true;
  /** It can be sent without a word of its own: what it says is enough. */
  readonly wordless?: true;
  /** What was shared can be changed, in a copy. */
  readonly changeable?: true;
  /** One of a person's for each day that it names. */
  readonly oneADay?: true;
  /** Whoever says it anew takes back what they said before. */
  readonly newestOnly?: true;
};

const ofEither = (...kinds: PageKind[]) => ({ of: { kinds, author: "either" } }) as const;
const ofMine = (...kinds: PageKind[]) => ({ of: { kinds, author: "me" } }) as const;
const ofTheirs = (...kinds: PageKind[]) => ({ of: { kinds, author: "partner" } }) as const;

export const practices: Readonly<Record<PracticeKind, Practice>> = {
  checkin: { goes: "draft", wordless: true, oneADay: true },
  hand: { goes: "atOnce", wordless: true, newestOnly: true },
  handBack: { goes: "atOnce", wordless: true, ...ofTheirs("hand") },
  cue: { goes: "alone" },
  helps: { goes: "alone" },
  supporter: { goes: "alone" },
  builds: { goes: "draft", changeable: true },

  talk: { goes: "draft", needsYes: true, wordless: true },
  talkBegins: { goes: "atOnce", wordless: true, ...ofEither("talk", "talkRests") },
  talkRests: { goes: "atOnce", wordless: true, ...ofEither("talk") },
  talkEnds: { goes: "atOnce", wordless: true, ...ofEither("talk") },
  talkNote: { goes: "draft", changeable: true, ...ofEither("talk") },

  plan: { goes: "atOnce", wordless: true },
  planSharing: { goes: "atOnce", needsYes: true, wordless: true },
  contact: { goes: "draft", changeable: true },
  contactStep: { goes: "draft", changeable: true, ...ofMine("contact") },
  contactAgain: { goes: "draft", changeable: true, ...ofMine("contact") },

  why: { goes: "draft", changeable: true },
  whyReasons: { goes: "draft", changeable: true, ...ofTheirs("why") },
  whyResponse: { goes: "draft", changeable: true, ...ofTheirs("whyReasons") },
  whenThen: { goes: "draft", changeable: true },
  setback: { goes: "draft", changeable: true },

  thanks: { goes: "atOnce", wordless: true },
  together: { goes: "draft", needsYes: true },
  truce: { goes: "atOnce", wordless: true, newestOnly: true },
  memory: { goes: "draft", changeable: true },
  visionVersion: { goes: "atOnce", needsYes: true },
  // By journal/acts/pacing.ts and journal/pacingDesk.ts; a key stays here.
  pace: { goes: "ownWay" },
  paceAnswer: { goes: "ownWay", ...ofTheirs("pace") },
  paceShown: { goes: "ownWay", ...ofTheirs("paceAnswer") },
  paceKey: { goes: "ownWay" },
  milestone: { goes: "draft", needsYes: true },
  bring: { goes: "draft", needsYes: true, wordless: true },
};

/** Whether what it says beside its words is enough to be sent. */
export const saysEnough = (said: Said | undefined): boolean =>
  said !== undefined && practices[said.kind].wordless === true && saysAnything(said);
