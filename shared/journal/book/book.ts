import { breathe, type Clock } from "../../base/clock.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { PageId } from "../../base/ids.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Card, PageBody } from "../../page/card.ts";
import { pageWords } from "../../page/pageDoc.ts";
import { readPieces } from "../../page/pieces.ts";
import type { KeptShelf, Shelf } from "../../page/shelf.ts";
import { bringBack } from "./bringingBack.ts";
import type { BookCode, EntryBook } from "../entryBook.ts";
import { createEntryFind } from "../find/entryFind.ts";
import type { OpenIndex } from "../find/entryIndex.ts";
import { openHistory, type HistoryOf } from "../pages/history.ts";
import { keepSorted } from "../pages/keepSorted.ts";
import { isBeingShared } from "../pages/livePages.ts";
import { photosOf } from "../pages/photos.ts";
import { takeIn } from "./takingIn.ts";
import { createTrash } from "./trash.ts";
import { beginPage, readPage } from "../pages/writing.ts";

export type BookParts = {
  readonly place: EntryBook["place"];
  /** Every card of that place but those in the trash. */
  readonly cards: Live<readonly Card[]>;
  readonly trash: Live<readonly Card[]>;
  /** Where private entries lie; undefined while it is closed. */
  readonly kept: () => KeptShelf | undefined;
  /** Where shared ones lie; undefined where there are none. */
  readonly shared: () => Shelf | undefined;
  readonly openPage: EntryBook["openPage"];
  /** Saves what was typed in its editors; they stay open. */
  readonly flushPage: (page: PageId) => Promise<Result<void, BookCode>>;
  /** The same, and closes them. */
  readonly closePage: (page: PageId) => Promise<Result<void, BookCode>>;
  /** A shared page that is being withdrawn. */
  readonly isLeaving: (page: PageId) => boolean;
  readonly openIndex: OpenIndex;
  readonly openersSeen: EntryBook["openersSeen"];
  readonly sawOpener: EntryBook["sawOpener"];
  readonly clock: Clock;
  readonly random: Random;
};

export type OpenBook = EntryBook & { readonly stop: () => void };

/** One place where entries are written, whether the journal or my room. */
export const createEntryBook = (parts: BookParts): OpenBook => {
  const { clock, random } = parts;
  const sortCards = keepSorted<Card>(isEntry, newestFirst);
  const sortTrash = keepSorted<Card>(isEntry, newestInTrashFirst);
  const cards = createCell(sortCards(parts.cards.read()));
  const trash = createCell(sortTrash(parts.trash.read()));
  const stops = [
    parts.cards.subscribe(() => cards.set(sortCards(parts.cards.read()))),
    parts.trash.subscribe(() => trash.set(sortTrash(parts.trash.read()))),
  ];
  const throwing = createTrash(parts);
  /** One after the other, however many are asked for: a partner may have made each of them long. */
  const reading = createQueue();
  const pause = (): Promise<void> => breathe(clock);

  const inside = async <Value>(
    act: (shelf: KeptShelf) => Promise<Result<Value, BookCode>>,
  ): Promise<Result<Value, BookCode>> => {
    const shelf = parts.kept();
    return shelf === undefined ? refuse("ROOM_LOCKED") : act(shelf);
  };

  const find = (page: PageId, among: readonly Live<readonly Card[]>[]): Card | undefined => {
    for (const list of among) {
      const card = list.read().find(({ id }) => id === page);
      if (card !== undefined) return card;
    }
    return undefined;
  };

  /** An entry of either of the two, with the shelf that it is on. */
  const onShelf = async <Value>(
    page: PageId,
    among: readonly Live<readonly Card[]>[],
    act: (card: Card, shelf: Shelf, of: HistoryOf) => Promise<Result<Value, BookCode>>,
  ): Promise<Result<Value, BookCode>> =>
    inside(async (kept) => {
      const card = find(page, among);
      if (card === undefined || !card.opened) return refuse("NO_PAGE");
      if (card.kind === "newer") return refuse("NEWER_KIND");
      const isShared = card.place === "shared";
      const shelf = isShared ? parts.shared() : kept;
      if (shelf === undefined) return refuse("NO_PAGE");
      return act(card, shelf, { page, rules: isShared ? "shared" : "kept" });
    });

  const finding = createEntryFind({
    cards: parts.cards,
    isOpen: () => parts.kept() !== undefined,
    readState: async ({ id, place }) => {
      const record = await (place === "shared" ? parts.shared() : parts.kept())?.pages.read(id);
      return record?.ok === true && !record.value.gone ? record.value.state : undefined;
    },
    openIndex: parts.openIndex,
    clock,
  });

  return {
    place: parts.place,
    cards,
    trash,
    draftEntry: (start = {}) =>
      inside((shelf) => beginPage(shelf, { kind: "entry" }, random, start)),
    openPage: parts.openPage,
    read: (page) =>
      onShelf(page, [cards, trash], async (card, shelf) => {
        await parts.flushPage(page);
        const doc = await readPage(shelf, page, random);
        if (!doc.ok) return doc;
        const pieces = readPieces(pageWords(doc.value) as unknown as PageBody);
        doc.value.destroy();
        return accept({ card, pieces, photos: photosOf({ box: shelf.photos }) });
      }),
    openHistory: (page) =>
      onShelf(page, [cards], (_, shelf, of) =>
        reading(async () => {
          await parts.flushPage(page);
          return openHistory(shelf, of, random, pause, photosOf({ box: shelf.photos }));
        }),
      ),
    bringBack: (page, version) =>
      onShelf(page, [cards], async (card, shelf, of) => {
        if (card.author !== "me") return refuse("NOT_YOURS");
        if (card.withdrawnAt !== undefined || parts.isLeaving(page)) return refuse("WITHDRAWN");
        if (isBeingShared(shelf, page)) return refuse("BEING_SHARED");
        return reading(async () => {
          const flushed = await parts.flushPage(page);
          return flushed.ok ? bringBack(shelf, of, version, random, pause) : flushed;
        });
      }),
    putInTrash: throwing.putInTrash,
    takeFromTrash: throwing.takeFromTrash,
    destroy: throwing.destroy,
    find: finding.find,
    reading: finding.reading,
    takeIn: (entries, work) =>
      inside((shelf) =>
        takeIn(
          {
            shelf,
            isShared: (page) => parts.shared()?.pages.facts.read().has(page) === true,
            ...{ clock, random },
          },
          entries,
          work,
        ),
      ),
    openersSeen: parts.openersSeen,
    sawOpener: parts.sawOpener,
    stop: () => {
      finding.stop();
      throwing.stop();
      for (const stop of stops) stop();
    },
  };
};

const isEntry = ({ kind }: Card): boolean => kind === "entry" || kind === "newer";

const newestFirst = (one: Card, other: Card): number =>
  other.aboutAt - one.aboutAt || (one.id < other.id ? -1 : 1);

const newestInTrashFirst = (one: Card, other: Card): number =>
  (other.trashedAt ?? 0) - (one.trashedAt ?? 0) || (one.id < other.id ? -1 : 1);
