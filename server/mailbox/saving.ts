import type { Clock } from "../../shared/base/clock.ts";
import { encodeStateAsUpdate, type Doc } from "yjs";
import { parseBoxName } from "./names.ts";
import type { Rooms } from "./rooms.ts";
import type { Shelf } from "./shelf.ts";
import { isHollow, weighDocument } from "./weigh.ts";

/** Brings open documents to the disk, and knows which of them are not there yet. */
export type Saving = {
  readonly changed: (name: string) => void;
  /** `state`: the document written out, where somebody has done that already. */
  readonly save: (name: string, doc: Doc, state: Uint8Array) => Promise<void>;
  readonly isUnsaved: (name: string) => boolean;
  /** The last write did not succeed: nothing more is taken until one does. */
  readonly isStuck: () => boolean;
  readonly unsaved: () => number;
  /** Everything that is not on the disk. */
  readonly saveAll: (find: (name: string) => Doc | undefined) => Promise<void>;
  /** The same, but for what has to wait: for whom the last try was in vain, or too early. */
  readonly tryAgain: (find: (name: string) => Doc | undefined) => Promise<void>;
};

export type SavingParts = {
  readonly shelf: Shelf;
  readonly rooms: Rooms;
  readonly clock: Clock;
  /** How fast one document may be written over and over. */
  readonly bytesPerSecond: number;
};

/** What a document may have to be written as often as it changes. */
const unpacedBytes = 1_048_576;

export const createSaving = ({ shelf, rooms, clock, bytesPerSecond }: SavingParts): Saving => {
  const unsaved = new Set<string>();
  const failed = new Set<string>();
  const writing = new Set<string>();
  /** A large document that is changed a little again and again would keep the disk busy. */
  const notBefore = new WeakMap<Doc, number>();

  const save = async (
    name: string,
    doc: Doc,
    state?: Uint8Array,
    atOnce = false,
  ): Promise<void> => {
    const box = parseBoxName(name);
    const hollow = isHollow(doc);
    const isLater = !hollow && !atOnce && clock.now() < (notBefore.get(doc) ?? 0);
    if (box === undefined || isLater || !unsaved.delete(name)) return;
    const whole = hollow ? new Uint8Array() : (state ?? encodeStateAsUpdate(doc));
    const large = Math.max(0, whole.length - unpacedBytes);
    notBefore.set(doc, clock.now() + (large / bytesPerSecond) * 1_000);
    writing.add(name);
    const done = hollow ? await shelf.remove(box) : await shelf.write(box, whole);
    writing.delete(name);
    if (done.ok) {
      failed.delete(name);
      rooms.weighed(box, weighDocument(doc));
      rooms.written(box, !hollow);
    } else {
      unsaved.add(name);
      failed.add(name);
    }
  };

  const saveThese = async (find: (name: string) => Doc | undefined, atOnce: boolean) => {
    for (const name of [...unsaved]) {
      const doc = find(name);
      if (doc !== undefined) await save(name, doc, undefined, atOnce);
      // It is no longer anywhere; its couple puts it back.
      else if (unsaved.delete(name)) failed.delete(name);
    }
  };

  return {
    changed: (name) => unsaved.add(name),
    save,
    isUnsaved: (name) => unsaved.has(name) || writing.has(name),
    isStuck: () => failed.size > 0,
    unsaved: () => unsaved.size,
    saveAll: (find) => saveThese(find, true),
    tryAgain: (find) => saveThese(find, false),
  };
};
