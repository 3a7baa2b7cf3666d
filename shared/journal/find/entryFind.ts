import type { Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { Card } from "../../page/card.ts";
import type { EntryBook } from "../entryBook.ts";
import type { IndexedPage, OpenIndex, SearchIndex } from "./entryIndex.ts";

export type EntryFindParts = {
  /** Every entry of this place but those in the trash. */
  readonly cards: Live<readonly Card[]>;
  /** False while my room is closed: then there is no index. */
  readonly isOpen: () => boolean;
  /** All of a page as one Yjs update; undefined where it cannot be read. */
  readonly readState: (card: Card) => Promise<Uint8Array | undefined>;
  readonly openIndex: OpenIndex;
  readonly clock: Clock;
};

export type EntryFind = Pick<EntryBook, "find" | "reading"> & {
  /** For good, and the index with it. */
  readonly stop: () => void;
};

/**
 * Looks for words in the entries of one place. The index begins with the first question, even one without words;
 * titles and first words answer at once, the rest as it is read, newest first. It follows what changes, and ends
 * when the place closes.
 */
export const createEntryFind = (parts: EntryFindParts): EntryFind => {
  const reading = createCell(false);
  let running: Running | undefined;
  let stopped = false;

  const end = (): void => {
    running?.end();
    running = undefined;
    reading.set(false);
  };
  const follow = (): void => {
    if (!parts.isOpen()) end();
    else running?.follow();
  };
  const unsubscribe = parts.cards.subscribe(follow);

  return {
    reading,
    find: async (words) => {
      if (stopped || !parts.isOpen()) return [];
      const now = (running ??= startReading(parts, reading.set));
      if (words.trim() === "") return [];
      await now.caughtUp();
      try {
        return (await now.index.find(words)).filter(({ page }) => now.holds(page));
      } catch (error) {
        // The worker is gone: the next search begins with another one.
        if (running === now) end();
        throw error;
      }
    },
    stop: () => {
      stopped = true;
      unsubscribe();
      end();
    },
  };
};

type Running = {
  readonly index: SearchIndex;
  readonly follow: () => void;
  /** What may be found right now: an answer that was under way when words were withdrawn does not bring them back. */
  readonly holds: (page: PageId) => boolean;
  /** Once all is read, or after a moment: whoever looks for something has an answer soon. */
  readonly caughtUp: () => Promise<void>;
  readonly end: () => void;
};

const startReading = (
  { cards, readState, openIndex, clock }: EntryFindParts,
  say: (reading: boolean) => void,
): Running => {
  const index = openIndex();
  let given: readonly Card[] = [];
  /** As they stand now; of these, what the index has not heard of, and what is still to be read: newest first. */
  const current = new Map<PageId, Card>();
  const unheard = new Map<PageId, Card>();
  const unread = new Map<PageId, Card>();
  let ended = false;
  let loop: Promise<void> | undefined;
  let taking: Promise<void> = Promise.resolve();

  const readSlice = async (slice: readonly Card[]): Promise<void> => {
    const states = await Promise.all(
      slice.map(async (card) => ({ card, state: await readState(card) })),
    );
    // While they were read, some may have become others, or have been withdrawn.
    const still = states.filter(({ card }) => unread.get(card.id) === card);
    for (const { card } of still) unread.delete(card.id);
    // The disk gives the next ones while the index takes these in, and never gets further ahead.
    await taking;
    taking = index.put(still.map(({ card, state }) => indexed(card, state)));
    taking.catch(ignore);
  };

  const tellSlice = async (slice: readonly Card[]): Promise<void> => {
    for (const { id } of slice) unheard.delete(id);
    await index.put(slice.map((card) => indexed(card, undefined)));
  };

  const readAll = async (): Promise<void> => {
    say(unread.size > readAtOnce);
    while (unread.size > 0) {
      if (unheard.size > 0) await tellSlice([...take(unheard.values(), tellAtOnce)]);
      else await readSlice([...take(unread.values(), readAtOnce)]);
    }
    await taking;
    // While the last ones were taken in, more may have changed.
    if (unread.size > 0) await readAll();
  };

  const follow = (): void => {
    if (ended) return;
    const [before, now] = differences(given, cards.read());
    given = cards.read();
    const stays = new Set(now.filter(isFindable).map(({ id }) => id));
    const gone = before.map(({ id }) => id).filter((id) => current.has(id) && !stays.has(id));
    const come = now.filter((card) => stays.has(card.id) && current.get(card.id) !== card);
    for (const page of gone) {
      for (const list of [current, unheard, unread]) list.delete(page);
    }
    for (const card of come) {
      if (!current.has(card.id) || unheard.has(card.id)) unheard.set(card.id, card);
      current.set(card.id, card);
      unread.set(card.id, card);
    }
    if (gone.length > 0) index.drop(gone).catch(ignore);
    if (unread.size > 0) loop ??= readAll().catch(ignore).finally(over);
  };
  const over = (): void => {
    loop = undefined;
    if (!ended) say(false);
  };
  follow();

  return {
    index,
    follow,
    holds: (page) => !ended && current.has(page),
    caughtUp: async () => {
      if (loop === undefined) return;
      let stopWaiting = ignore;
      const moment = new Promise<void>((resolve) => {
        stopWaiting = clock.after(patience, resolve);
      });
      await Promise.race([loop, moment]);
      stopWaiting();
    },
    end: () => {
      ended = true;
      given = [];
      for (const list of [current, unheard, unread]) list.clear();
      index.end();
    },
  };
};

/** What the worker cannot do any more, the next search says. */
const ignore = (): void => {};

const indexed = (card: Card, state: Uint8Array | undefined): IndexedPage => ({
  page: card.id,
  title: card.title,
  labels: [...card.tags, ...card.feelings],
  at: card.aboutAt,
  excerpt: card.excerpt,
  state,
});

/** What stands between the beginning and the end that two lists have in common. */
const differences = (
  one: readonly Card[],
  other: readonly Card[],
): readonly [readonly Card[], readonly Card[]] => {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end])
    end += 1;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
};

function* take<Value>(values: Iterable<Value>, most: number): Generator<Value> {
  let taken = 0;
  for (const value of values) {
    if (taken === most) return;
    taken += 1;
    yield value;
  }
}

/** What is closed or withdrawn is not read, let alone found. */
const isFindable = ({ kind, opened, withdrawnAt, trashedAt }: Card): boolean =>
  kind === "entry" && opened && withdrawnAt === undefined && trashedAt === undefined;

/** So many cards are handed over, and so many pages come from the disk, between two turns of the screen. */
const tellAtOnce = 400;
const readAtOnce = 24;
/** How long a search waits for what is still being read, ms. */
const patience = 150;
