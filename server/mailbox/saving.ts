import type { Clock } from "../../shared/base/clock.ts";
import { encodeStateAsUpdate, type Doc } from "yjs";
import type { BoxLock } from "./boxLock.ts";
import type { Merging } from "./merging.ts";
import { parseBoxName, type BoxName } from "./names.ts";
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
  /** Something is not on the disk, or has to be looked at again. */
  readonly isWaiting: () => boolean;
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
  /** True on the way into memory, when it cannot be found yet. */
  readonly isLoading: (name: string) => boolean;
  /** Where other processes write the same files. */
  readonly together?: Together;
};

export type Together = {
  readonly merging: Merging;
  readonly lock: BoxLock;
};

type How = {
  readonly state?: Uint8Array;
  readonly atOnce?: boolean;
  /** How often another process was quicker. */
  readonly times?: number;
};

/** What a document may have to be written as often as it changes. */
const unpacedBytes = 1_048_576;

/** How often a file is written again because another process overwrote it. */
const mostTimes = 4;

export const createSaving = (parts: SavingParts): Saving => {
  const { shelf, rooms, clock, bytesPerSecond, together } = parts;
  const unsaved = new Set<string>();
  const failed = new Set<string>();
  const writing = new Set<string>();
  const running = new Set<Promise<void>>();
  /** Written, and how often; another process may have written at the same moment, so it is looked at once more. */
  const unsure = new Map<string, number>();
  /** A large document that is changed a little again and again would keep the disk busy. */
  const notBefore = new WeakMap<Doc, number>();

  /** False where what another process wrote cannot be read: then it must not be overwritten. */
  const takeIn = async (
    { merging }: Together,
    name: string,
    box: BoxName,
    doc: Doc,
  ): Promise<boolean> => {
    const found = await merging.takeIn(box, doc);
    if (found === "unknown") failed.add(name);
    return found !== "unknown";
  };

  const save = async (name: string, doc: Doc, how: How = {}): Promise<void> => {
    const { state, atOnce = false, times = 0 } = how;
    const box = parseBoxName(name);
    if (box === undefined || (!isHollow(doc) && !atOnce && clock.now() < (notBefore.get(doc) ?? 0)))
      return;
    if (together !== undefined && unsaved.has(name) && !(await takeIn(together, name, box, doc)))
      return;
    const hollow = isHollow(doc);
    if (!unsaved.delete(name)) return;
    const isAsItWas = together === undefined ? state : undefined;
    const whole = hollow ? new Uint8Array() : (isAsItWas ?? encodeStateAsUpdate(doc));
    const large = Math.max(0, whole.length - unpacedBytes);
    notBefore.set(doc, clock.now() + (large / bytesPerSecond) * 1_000);
    writing.add(name);
    const over = together?.merging.stamp(box);
    const done = hollow ? await shelf.remove(box) : await shelf.write(box, whole, over);
    writing.delete(name);
    if (!done.ok) {
      unsaved.add(name);
      failed.add(name);
      return;
    }
    if (done.value === "changed") {
      unsaved.add(name);
      return times < mostTimes ? save(name, doc, { atOnce: true, times: times + 1 }) : undefined;
    }
    failed.delete(name);
    if (together !== undefined) {
      together.merging.seen(box, done.value ?? "");
      unsure.set(name, (unsure.get(name) ?? 0) + 1);
    }
    rooms.weighed(box, weighDocument(doc));
    rooms.written(box, !hollow);
  };

  const saveNow: typeof save = (...words) => {
    const done = save(...words);
    running.add(done);
    return done.finally(() => running.delete(done));
  };

  const saveThese = async (find: (name: string) => Doc | undefined, atOnce: boolean) => {
    for (const name of [...unsaved]) {
      const doc = find(name);
      if (doc !== undefined) await saveLocked(name, doc, atOnce);
      // It is no longer anywhere; its couple puts it back.
      else if (!parts.isLoading(name) && unsaved.delete(name)) failed.delete(name);
    }
  };

  const saveLocked = async (name: string, doc: Doc, atOnce: boolean): Promise<void> => {
    const unlock = await together?.lock(name);
    // Told to end, it does not wait for a lock: the file is read before it is written all the same.
    if (together !== undefined && unlock === undefined && !atOnce) return;
    await saveNow(name, doc, { atOnce });
    await unlock?.();
  };

  /** Whether what was written is still there. */
  const lookAgain = async (find: (name: string) => Doc | undefined) => {
    for (const [name, times] of [...unsure]) {
      const box = parseBoxName(name);
      const doc = find(name);
      const found =
        box === undefined || doc === undefined ? "level" : await together?.merging.takeIn(box, doc);
      if (found === "unknown") continue;
      if (found === "behind" && times < mostTimes) unsaved.add(name);
      else unsure.delete(name);
    }
  };

  return {
    changed: (name) => {
      unsaved.add(name);
      if (unsure.has(name)) unsure.set(name, 0);
    },
    save: (name, doc, state) => saveNow(name, doc, { state }),
    isUnsaved: (name) => unsaved.has(name) || writing.has(name) || unsure.has(name),
    isStuck: () => failed.size > 0,
    unsaved: () => unsaved.size,
    isWaiting: () => unsaved.size + unsure.size > 0,
    saveAll: async (find) => {
      await saveThese(find, true);
      await Promise.all(running);
      await lookAgain(find);
      await saveThese(find, true);
    },
    tryAgain: async (find) => {
      await lookAgain(find);
      await saveThese(find, false);
    },
  };
};
