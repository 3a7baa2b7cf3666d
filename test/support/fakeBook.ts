import type { Clock } from "../../shared/base/clock.ts";
import { createCell, type Live } from "../../shared/base/live.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Backups, BackupState } from "../../shared/journal/backups.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { Card } from "../../shared/page/card.ts";
import { readPieces } from "../../shared/page/pieces.ts";
import type { FakeShelf } from "./fakeJournal.ts";

/** Entries in memory, for looking at screens. */
export const fakeBook = ({
  place,
  shelf,
  standing,
  clock,
  draft,
}: {
  readonly place: EntryBook["place"];
  readonly shelf: FakeShelf;
  /** Of the shelf, what stands before the reader. */
  readonly standing: Live<readonly Card[]>;
  readonly clock: Clock;
  readonly draft: () => PageId;
}): EntryBook => {
  const cards = createCell<readonly Card[]>([]);
  const trash = createCell<readonly Card[]>([]);
  const seen = createCell<ReadonlySet<string>>(new Set());
  const taken = new Set<string>();
  const show = () => {
    const entries = standing.read().filter(({ kind }) => kind === "entry" || kind === "newer");
    cards.set(
      entries
        .filter(({ trashedAt }) => trashedAt === undefined)
        .toSorted((one, other) => other.aboutAt - one.aboutAt),
    );
    trash.set(
      entries
        .filter(({ trashedAt }) => trashedAt !== undefined)
        .toSorted((one, other) => (other.trashedAt ?? 0) - (one.trashedAt ?? 0)),
    );
  };
  standing.subscribe(show);
  show();
  return {
    place,
    cards,
    trash,
    draftEntry: async (start = {}) => {
      const id = draft();
      shelf.change(id, (card) => ({ ...card, ...start, aboutAt: start.aboutAt ?? card.aboutAt }));
      return accept(id);
    },
    openPage: shelf.open,
    read: async (page) => {
      const opened = await shelf.open(page);
      return opened.ok
        ? accept({
            card: opened.value.card.read(),
            pieces: readPieces(opened.value.body),
            photos: shelf.photos,
          })
        : opened;
    },
    openHistory: shelf.history,
    bringBack: async () => accept(undefined),
    putInTrash: async (page) => shelf.change(page, (card) => ({ ...card, trashedAt: clock.now() })),
    takeFromTrash: async (page) =>
      shelf.change(page, (card) => ({ ...card, trashedAt: undefined })),
    destroy: async (page) => shelf.remove(page),
    find: async (words) =>
      [...shelf.search(words)]
        .filter((page) => cards.read().some(({ id, opened }) => id === page && opened))
        .map((page) => ({ page, around: shelf.find(page)?.excerpt ?? "" })),
    reading: createCell(false),
    takeIn: async (entries, work) => {
      const pages: PageId[] = [];
      let passed = 0;
      for await (const entry of entries) {
        if (work.cancelled()) return accept({ pages, known: passed, cancelled: true });
        if (taken.has(entry.source)) passed += 1;
        else {
          taken.add(entry.source);
          const id = draft();
          const { title, tags, feelings } = entry;
          shelf.change(id, (card) => ({
            ...card,
            ...{ title, tags, feelings, aboutAt: entry.writtenAt ?? card.aboutAt },
          }));
          for (const part of entry.parts) if (part.kind === "picture") await part.read();
          pages.push(id);
        }
        work.progress(pages.length + passed, 0);
        await new Promise((soon) => clock.after(0, () => soon(undefined)));
      }
      return accept({ pages, known: passed, cancelled: false });
    },
    openersSeen: seen,
    sawOpener: async (opener) => accept(seen.set(new Set([...seen.read(), opener]))),
  };
};

export const fakeBackups = (clock: Clock): Backups => {
  const state = createCell<BackupState>({ ready: false, every: "never", madeAt: undefined });
  return {
    state,
    setUp: async (passphrase) => {
      if (passphrase !== "open sesame") return refuse("WRONG_SECRET");
      return accept(state.set({ ...state.read(), ready: true }));
    },
    follow: async () => accept(undefined),
    make: async (_to, readBack, work) => {
      for (let step = 1; step <= 4; step++) {
        work.progress(step * 6_000_000, 24_000_000);
        await new Promise<void>((soon) => clock.after(300, soon));
        if (work.cancelled()) return refuse("CANCELLED");
      }
      if (readBack !== undefined) state.set({ ...state.read(), madeAt: clock.now() });
      return accept(undefined);
    },
    check: async () => {
      state.set({ ...state.read(), madeAt: clock.now() });
      return accept({ madeAt: clock.now() });
    },
    setEvery: async (every) => accept(state.set({ ...state.read(), every })),
    isDue: () => false,
  };
};
