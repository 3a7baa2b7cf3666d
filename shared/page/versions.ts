import * as Y from "yjs";
import type { Brand } from "../base/brand.ts";
import type { Random } from "../base/random.ts";
import type { PageKind } from "./card.ts";
import { titleOf } from "./facts.ts";
import { updateLimit } from "./guard.ts";
import { newPageDoc, pageKindOf, pageMeta, type PageDoc } from "./pageDoc.ts";
import type { PageRecord } from "./pageRecord.ts";
import { openReplay, type Done, type PageMessage, type PageRules } from "./replayPage.ts";
import { wordsMark } from "./sameWords.ts";

/**
 * How a page stood after so many of its owner's messages. It names the same words for as long as the page is there:
 * what is said later comes behind it, and it does not matter which versions a list has room for.
 */
export type VersionId = Brand<number, "VersionId">;

/** The words of a page as they stood for a while. */
export type StandingWords = {
  readonly id: VersionId;
  /** Of the change that led to them, by the writer's clock, ms. */
  readonly writtenAt: number;
  readonly dateDoubtful: boolean;
  readonly title: string;
  /** Yjs state as one update; holds nothing of what had been deleted by then. */
  readonly state: Uint8Array;
};

/** An entry is written on as it stands: words of it that rested this long by their writer's clock were a version, ms. */
export const restMs = 10 * 60 * 1000;
/** An edition of several pieces that was sent for longer than this did stand there half sent, ms. */
const sendingMs = 24 * 60 * 60 * 1000;
/** Two pieces of an edition that would have fitted one message are none: each of them stood there to be read. Bytes. */
const leastOfTwoPieces = updateLimit / 4;
/** So many are kept: the first, always, and the newest. */
export const mostVersions = 200;
/** So many of the newest are looked at, since those that read the same are one. */
const mostLookedAt = 2 * mostVersions;
/** After so many messages the screen gets a turn; to keep a version is as much work as some of them. */
const atOnce = 64;
export const costOfVersion = 8;

/**
 * The versions of one page, oldest first, from what its owner has said of it, in the order of the chain: the clock
 * only tells whether the words of an entry rested, and one that goes backwards counts as rest. The pieces of an
 * edition are one version, and so are the pieces in which a page was first shared. The newest is `now`, how the page
 * stands. A partner may have made this long: it stops for `pause` again and again. "kept": nobody was shown any of it,
 * and whatever its kind, it is written on as an entry is.
 */
export const versionsOf = async (
  now: PageRecord,
  messages: readonly PageMessage[],
  random: Random,
  pause: () => Promise<void>,
  rules: PageRules = "shared",
): Promise<readonly StandingWords[]> => {
  const work = createWork(pause);
  const { steps, kind } = await walk(messages, random, work, rules);
  const { ends, last } = endsOf(steps, rules === "kept" ? "entry" : kind);
  const [first, ...rest] = ends;
  const list = createList();
  const doc = newPageDoc(random);
  let from = 0;
  for (const { before, change } of first === undefined
    ? []
    : [first, ...rest.slice(-mostLookedAt)]) {
    await advance(doc, steps.slice(from, before), work);
    from = before;
    await work(costOfVersion);
    list.add(standing(doc, before, change));
  }
  doc.destroy();
  const newest = newPageDoc(random);
  Y.applyUpdate(newest, now.state);
  list.add(
    standing(newest, messages.length, {
      time: last?.time ?? now.changedAt ?? now.writtenAt,
      doubtful: last?.doubtful ?? now.dateDoubtful,
    }),
  );
  newest.destroy();
  return list.versions();
};

/** One version by its name, as one update, also where the list has no room for it any more; undefined: there is none. */
export const wordsAt = async (
  id: VersionId,
  messages: readonly PageMessage[],
  random: Random,
  pause: () => Promise<void>,
  rules: PageRules = "shared",
): Promise<Uint8Array | undefined> => {
  if (!Number.isInteger(id) || id < 1 || id > messages.length) return undefined;
  const work = createWork(pause);
  const { steps } = await walk(messages.slice(0, id), random, work, rules);
  const doc = newPageDoc(random);
  await advance(doc, steps, work);
  const whole = rules === "kept" || pageMeta(doc).get("whole") === true;
  const state = whole ? Y.encodeStateAsUpdate(doc) : undefined;
  doc.destroy();
  return state;
};

export type Work = (cost: number) => Promise<void>;

export const createWork = (pause: () => Promise<void>): Work => {
  let done = 0;
  return async (cost) => {
    done += cost;
    if (done < atOnce) return;
    done = 0;
    await pause();
  };
};

type Change = {
  readonly time: number;
  readonly doubtful: boolean;
  /** The edition that it is a piece of. */
  readonly edition: string | undefined;
};

/** A message, and what it did. */
type Step = {
  readonly message: PageMessage;
  readonly done: Done | undefined;
  /** The page was whole before it. */
  readonly whole: boolean;
  edition: string | undefined;
};

/**
 * Behind the guard, as it was digested. Only the last piece of an edition names it: an earlier one belongs to the
 * edition that is named next, where it was written by the same hand.
 */
const walk = async (
  messages: readonly PageMessage[],
  random: Random,
  work: Work,
  rules: PageRules,
): Promise<{ readonly steps: readonly Step[]; readonly kind: PageKind | "newer" }> => {
  const replay = openReplay(undefined, random, rules);
  const steps: Step[] = [];
  let named: unknown;
  let from = 0;
  for (const [index, message] of messages.entries()) {
    await work(1);
    const whole = rules === "kept" || pageMeta(replay.doc()).get("whole") === true;
    const taken = replay.take(message);
    steps.push({ message, done: taken.ok ? taken.value : undefined, whole, edition: undefined });
    const meta = pageMeta(replay.doc());
    const edition = meta.get("edition");
    if (edition === named) continue;
    named = edition;
    if (typeof edition === "string")
      nameEdition(steps.slice(from), edition, meta._map.get("edition")?.id.client);
    from = index + 1;
  }
  const kind = pageKindOf(replay.doc());
  replay.close();
  return { steps, kind };
};

const nameEdition = (steps: readonly Step[], edition: string, hand: number | undefined): void => {
  let next: Step | undefined;
  for (const step of steps.toReversed()) {
    const { body } = step.message;
    if (next !== undefined && !writtenBy(hand, body)) continue;
    if (next !== undefined && body.length + next.message.body.length < leastOfTwoPieces) return;
    step.edition = edition;
    next = step;
  }
};

const writtenBy = (hand: number | undefined, update: Uint8Array): boolean => {
  if (hand === undefined) return false;
  try {
    return Y.parseUpdateMeta(update).to.has(hand);
  } catch {
    return false;
  }
};

/** A version ends before the message that begins another one. */
type End = { readonly before: number; readonly change: Change };

const endsOf = (
  steps: readonly Step[],
  kind: PageKind | "newer",
): { readonly ends: readonly End[]; readonly last: Change | undefined } => {
  const ends: End[] = [];
  let last: Change | undefined;
  for (const [before, { message, done, whole, edition }] of steps.entries()) {
    if (done !== "words") continue;
    const next = { time: message.time, doubtful: message.doubtful, edition };
    if (last !== undefined && whole && isAnother(last, next, kind))
      ends.push({ before, change: last });
    last = next;
  }
  return { ends, last };
};

const isAnother = (last: Change, next: Change, kind: PageKind | "newer"): boolean => {
  const rested = next.time - last.time;
  if (rested < 0 || last.edition !== next.edition) return true;
  if (next.edition !== undefined) return rested >= sendingMs;
  return kind !== "entry" || rested >= restMs;
};

/** What the guard has let through before; many in one transaction, since each costs as much as the page has hands. */
const advance = async (doc: PageDoc, steps: readonly Step[], work: Work): Promise<void> => {
  const updates = steps.filter(({ done }) => done === "words" || done === "other");
  for (let from = 0; from < updates.length; from += atOnce) {
    const some = updates.slice(from, from + atOnce);
    await work(some.length);
    doc.transact(() => {
      for (const { message } of some) Y.applyUpdate(doc, message.body);
    });
  }
};

export type Standing = StandingWords & { readonly mark: string };

export const standing = (
  doc: PageDoc,
  said: number,
  { time, doubtful }: Omit<Change, "edition">,
): Standing => ({
  id: said as VersionId,
  writtenAt: time,
  dateDoubtful: doubtful,
  title: titleOf(doc),
  state: Y.encodeStateAsUpdate(doc),
  mark: wordsMark(doc),
});

export const createList = (): {
  readonly add: (words: Standing) => void;
  readonly versions: () => readonly StandingWords[];
} => {
  const kept: StandingWords[] = [];
  let lastMark: string | undefined;
  return {
    /** Words that were changed and changed back have stood since before. */
    add: ({ mark, ...words }) => {
      if (mark === lastMark) return;
      lastMark = mark;
      kept.push(words);
      if (kept.length > mostVersions) kept.splice(1, 1);
    },
    versions: () => kept,
  };
};
