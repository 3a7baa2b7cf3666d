import * as Y from "yjs";
import { breathe, type Cancel, type Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import type { Live } from "../../base/live.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { trashKeeps, type Card } from "../../page/card.ts";
import { titleOf } from "../../page/facts.ts";
import { newPageDoc, pageMeta, pageWords, type PageDoc } from "../../page/pageDoc.ts";
import { photosIn } from "../../page/photosIn.ts";
import type { KeptShelf } from "../../page/shelf.ts";
import { plainWords } from "../../page/words.ts";
import type { BookCode, EntryBook } from "../entryBook.ts";
import { readVersions } from "../pages/history.ts";
import { isBeingShared } from "../pages/livePages.ts";
import { changePage, isEmpty, removePage } from "../pages/writing.ts";

export type Trash = Pick<EntryBook, "putInTrash" | "takeFromTrash" | "destroy"> & {
  readonly stop: () => void;
};

export type TrashParts = {
  /** Every card of that place but those in the trash. */
  readonly cards: Live<readonly Card[]>;
  readonly trash: Live<readonly Card[]>;
  /** Where private entries lie; undefined while it is closed. */
  readonly kept: () => KeptShelf | undefined;
  /** Saves what was typed in its editors; they stay open. */
  readonly flushPage: (page: PageId) => Promise<Result<void, BookCode>>;
  /** The same, and closes them. */
  readonly closePage: (page: PageId) => Promise<Result<void, BookCode>>;
  readonly clock: Clock;
  readonly random: Random;
};

/** A timer's longest wait, ms; whatever the clock says meanwhile is looked at then. */
const lookAgainMs = 6 * 3_600_000;
const retryMs = 60_000;
/**
 * For so long after its time was first seen to be over, an entry stays: a clock that ran ahead for an hour, and was set
 * right, takes nothing away. ms
 */
const graceMs = 86_400_000;

/** Entries that their writer has thrown away: as they were for 30 days, then, a day later, gone for good. */
export const createTrash = (parts: TrashParts): Trash => {
  const { clock, random } = parts;
  let cancel: Cancel | undefined;
  let sweeping = false;
  let stopped = false;

  const inside = async <Value>(
    act: (shelf: KeptShelf) => Promise<Result<Value, BookCode>>,
  ): Promise<Result<Value, BookCode>> => {
    const shelf = parts.kept();
    return shelf === undefined ? refuse("ROOM_LOCKED") : act(shelf);
  };
  const lies = (page: PageId): boolean => parts.trash.read().some(({ id }) => id === page);
  /** Words that were deleted before it was thrown away stand in its versions, and have their 30 days too. */
  const everHeldWords = async (shelf: KeptShelf, page: PageId): Promise<boolean> => {
    const versions = await readVersions(shelf, { page, rules: "kept" }, random, () =>
      breathe(clock),
    );
    // Where they cannot be read, nobody knows that there are none.
    return !versions.ok || versions.value.some(({ state }) => saysSomething(state, random));
  };
  const change = (shelf: KeptShelf, page: PageId, how: (doc: PageDoc) => void) =>
    changePage(shelf, page, random, (doc) => {
      // What was begun before it was thrown away does not go out by itself once it is taken out again.
      pageMeta(doc).delete("sharing");
      pageMeta(doc).delete("overAt");
      how(doc);
    });

  const markOver = async (
    shelf: KeptShelf,
    cards: readonly Card[],
    now: number,
  ): Promise<boolean> => {
    for (const { id } of cards) {
      const marked = await changePage(shelf, id, random, (doc) => pageMeta(doc).set("overAt", now));
      if (!marked.ok && marked.code !== "NO_PAGE") return false;
    }
    return true;
  };

  const wake = (ms: number): void => {
    cancel?.();
    cancel = clock.after(Math.min(ms, lookAgainMs), () => void sweep());
  };

  const sweep = async (): Promise<void> => {
    cancel?.();
    cancel = undefined;
    const shelf = parts.kept();
    const all = parts.trash.read();
    if (stopped || sweeping || shelf === undefined || all.length === 0) return;
    const now = clock.now();
    const facts = shelf.pages.facts.read();
    const overAt = ({ id }: Card): number | undefined => facts.get(id)?.overAt;
    const endOf = ({ trashedAt = 0 }: Card): number => trashedAt + trashKeeps;
    const over = all.filter((card) => endOf(card) <= now);
    const seenFirst = over.filter((card) => (overAt(card) ?? Infinity) > now);
    const gone = over.filter((card) => (overAt(card) ?? Infinity) <= now - graceMs);
    if (seenFirst.length + gone.length === 0) {
      const next = (card: Card): number =>
        endOf(card) > now ? endOf(card) : (overAt(card) ?? now) + graceMs;
      return wake(Math.min(...all.map(next)) - now);
    }
    sweeping = true;
    const kept = await markOver(shelf, seenFirst, now);
    const removed = await shelf.writeAll(
      gone.map(({ id }) => ({ page: id, act: "remove", body: new Uint8Array() })),
    );
    sweeping = false;
    if (!stopped) wake(kept && removed.ok ? 0 : retryMs);
  };
  const unsubscribe = parts.trash.subscribe(() => void sweep());
  void sweep();

  return {
    putInTrash: (page) =>
      inside(async (shelf) => {
        const card = parts.cards.read().find(({ id }) => id === page);
        if (card === undefined) return lies(page) ? accept(undefined) : refuse("NO_PAGE");
        if (card.place === "shared") return refuse("NOT_YOURS");
        if (card.kind === "newer") return refuse("NEWER_KIND");
        if (card.kind !== "entry") return refuse("NOT_YOURS");
        if (isBeingShared(shelf, page)) return refuse("BEING_SHARED");
        const flushed = await parts.flushPage(page);
        if (!flushed.ok) return flushed;
        if (isBeingShared(shelf, page)) return refuse("BEING_SHARED");
        const thrown = await change(shelf, page, (doc) =>
          pageMeta(doc).set("trashedAt", clock.now()),
        );
        if (!thrown.ok) return thrown;
        // Danger: closed or removed any earlier, whoever types on after a refusal would type into nothing.
        const closed = await parts.closePage(page);
        if (closed.ok && isEmpty(shelf, page) && !(await everHeldWords(shelf, page)))
          await removePage(shelf, page);
        return thrown;
      }),
    takeFromTrash: (page) =>
      inside(async (shelf) =>
        lies(page)
          ? change(shelf, page, (doc) => pageMeta(doc).delete("trashedAt"))
          : refuse("NO_PAGE"),
      ),
    destroy: (page) =>
      inside(async (shelf) => (lies(page) ? shelf.destroy(page) : refuse("NO_PAGE"))),
    stop: () => {
      stopped = true;
      cancel?.();
      unsubscribe();
    },
  };
};

const saysSomething = (state: Uint8Array, random: Random): boolean => {
  const doc = newPageDoc(random);
  Y.applyUpdate(doc, state);
  const words = pageWords(doc);
  const says = titleOf(doc) !== "" || plainWords(words, 1) !== "" || photosIn(words).length > 0;
  doc.destroy();
  return says;
};
