import { breathe, type Clock } from "../base/clock.ts";
import type { FileSink, SinkCode } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import type { Card } from "../page/card.ts";
import {
  createNotSaved,
  isBare,
  maySave,
  type NotSaved,
  type NotSavedNotes,
  type ReadWritten,
  type WrittenEntry,
} from "./savedEntry.ts";
import { createSavedNames } from "./savedNames.ts";

/** NOTHING_TO_SAVE: none of them has words that may go into a file. ROOM_LOCKED: it was closed meanwhile. */
export type SavingCode = SinkCode | "CANCELLED" | "ROOM_LOCKED" | "NOTHING_TO_SAVE";

export type Saved = { readonly entries: number; readonly notSaved: readonly NotSaved[] };

export type Saving = {
  /** In the order in which they are to stand. */
  readonly cards: readonly Card[];
  /** What may go into the file, asked anew for each as its turn comes; else one's own entries. */
  readonly may?: (card: Card) => boolean;
  readonly read: ReadWritten;
  readonly clock: Clock;
  /** Progress in entries. */
  readonly work: Work;
};

/** One form of file. `name`: the entry's own, without an ending. */
export type EntriesFile = {
  readonly add: (entry: WrittenEntry, name: string, tools: AddTools) => Promise<void>;
  readonly finish: () => Promise<void>;
};

/** `rest`: the screen has its turn where it is due; throws `stopped` where the person wants no more of it. */
export type AddTools = { readonly notes: NotSavedNotes; readonly rest: () => Promise<void> };

/** What writes to a sink within a file's form: a refusal ends all of it. */
export type Write = (bytes: Uint8Array) => Promise<void>;

/** Milliseconds of work before the screen has its turn. */
const turn = 16;

/** One entry after the other, none of them kept. Whatever ends it early leaves nothing behind. */
export const saveEntries = async (
  { cards, may = maySave, read, clock, work }: Saving,
  to: FileSink,
  open: (write: Write) => EntriesFile,
): Promise<Result<Saved, SavingCode>> => {
  const notes = createNotSaved();
  const names = createSavedNames();
  let entries = 0;
  let rested = clock.now();
  const rest = async (): Promise<void> => {
    if (work.cancelled()) throw new Stopped("CANCELLED");
    if (clock.now() - rested < turn) return;
    await breathe(clock);
    rested = clock.now();
  };
  const write: Write = async (bytes) => {
    const written = await to.write(bytes);
    if (!written.ok) throw new Stopped(written.code);
  };
  try {
    const file = open(write);
    for (const [index, card] of cards.entries()) {
      work.progress(index, cards.length);
      await rest();
      if (!may(card)) continue;
      const entry = await read(card.id);
      if (!entry.ok) {
        if (entry.code === "ROOM_LOCKED") throw new Stopped("ROOM_LOCKED");
        // Taken away while this ran: then it is not to be in the file.
        if (entry.code !== "NO_PAGE") notes.add("ENTRY", names.entry(card));
        continue;
      }
      if (!may(entry.value.card) || isBare(entry.value)) continue;
      await file.add(entry.value, names.entry(entry.value.card), { notes, rest });
      entries += 1;
    }
    await rest();
    if (entries === 0 && notes.list().length === 0) throw new Stopped("NOTHING_TO_SAVE");
    await file.finish();
    work.progress(cards.length, cards.length);
    const finished = await to.finish();
    if (!finished.ok) throw new Stopped(finished.code);
    return accept({ entries, notSaved: notes.list() });
  } catch (thrown) {
    await to.abort();
    if (thrown instanceof Stopped) return refuse(thrown.code);
    throw thrown;
  }
};

/** Through the zip's own streams a refusal can only be thrown. */
class Stopped extends Error {
  readonly code: SavingCode;
  constructor(code: SavingCode) {
    super(code);
    this.code = code;
  }
}
