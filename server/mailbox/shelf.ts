import { join } from "node:path";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { decodeBoxFile, encodeBoxFile } from "./boxFile.ts";
import type { Disk, FileFacts } from "./disk.ts";
import { parseBoxName, type BoxName } from "./names.ts";
import { createShelfCount, type ShelfTotals } from "./shelfCount.ts";

/**
 * Documents as files: FOLDER/ab/<couple>/<box>, where "ab" are the couple's first two letters. Files are written beside
 * and renamed, so that under a name there is always a whole one.
 */
export type Shelf = {
  /** The couple's boxes and how many bytes each takes. */
  readonly list: (couple: string) => Promise<Result<ReadonlyMap<string, number>, "UNREADABLE">>;
  /** Undefined where there is none, or where it was damaged: that one is moved aside. */
  readonly read: (name: BoxName) => Promise<Result<Uint8Array | undefined, "UNREADABLE">>;
  /** For one whose bytes turn out to be no box. */
  readonly moveAside: (name: BoxName) => Promise<void>;
  /** What is asked for a couple happens in the order asked for. */
  readonly write: (
    name: BoxName,
    state: Uint8Array,
    /** Not over another file than this one. */
    over?: Stamp,
  ) => Promise<Result<Stamp | "changed", "NOT_WRITTEN">>;
  readonly remove: (name: BoxName) => Promise<Result<void, "NOT_WRITTEN">>;
  /** Which file lies there: "" for none, another one after every write, by whichever process. */
  readonly stamp: (name: BoxName) => Promise<Result<Stamp, "UNREADABLE">>;
  /** Removes what nobody touched for `keepMs` and is not open now, and what a killed process left half written. */
  readonly sweep: (keepMs: number, isOpen: (name: string) => boolean) => Promise<void>;
  readonly totals: () => ShelfTotals;
  /** When everything asked for so far is done. */
  readonly settled: () => Promise<void>;
};

export type Stamp = "" | `${number} ${number} ${number}`;

/** Counted for the log, which learns nothing else. */
export type ShelfMishap = "could not be read" | "could not be written" | "damaged and begun anew";

export type ShelfParts = {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly tell: (mishap: ShelfMishap) => void;
  /** Of this process, where others use the folder too. */
  readonly process?: string;
};

type SweepRule = {
  readonly keepMs: number;
  readonly isOpen: (name: string) => boolean;
  readonly isFirst: boolean;
};

const day = 86_400_000;
const halfWritten = ".new";
/** No write takes this long, so what another process began that long ago is nobody's. */
const abandonedMs = 3_600_000;
const damaged = ".damaged";

/** FOLDER_FORBIDDEN: it cannot be made or written. */
export const openShelf = async (parts: ShelfParts): Promise<Result<Shelf, "FOLDER_FORBIDDEN">> => {
  const probe = join(parts.folder, ".writable");
  try {
    await parts.disk.makeFolder(parts.folder);
    await parts.disk.write(probe, new Uint8Array(1), parts.clock.now());
    await parts.disk.remove(probe);
  } catch {
    return refuse("FOLDER_FORBIDDEN");
  }
  return accept(createShelf(parts));
};

const createShelf = ({ folder, disk, clock, tell, process }: ShelfParts): Shelf => {
  const turns = new Map<string, Promise<unknown>>();
  const count = createShelfCount();
  const unfinished = process === undefined ? halfWritten : `.${process}${halfWritten}`;

  const folderOf = (couple: string) => join(folder, couple.slice(0, 2), couple);
  const pathOf = ({ couple, box }: BoxName) => join(folderOf(couple), box);

  /** One thing at a time in the folder of one couple, which comes and goes with its files. */
  const inTurn = <Value>(couple: string, run: () => Promise<Value>): Promise<Value> => {
    const next = (turns.get(couple) ?? Promise.resolve()).then(run);
    const done = next.then(
      () => undefined,
      () => undefined,
    );
    turns.set(couple, done);
    void done.then(() => {
      if (turns.get(couple) === done) turns.delete(couple);
    });
    return next;
  };

  const sizeOf = async (path: string) => (await disk.size(path))?.bytes;

  const moveAside = async (name: BoxName): Promise<void> => {
    const path = pathOf(name);
    const before = await sizeOf(path);
    await disk.rename(path, path + damaged);
    count.change(name.couple, before, undefined);
    tell("damaged and begun anew");
  };

  const read = async (name: BoxName): Promise<Uint8Array | undefined> => {
    const path = pathOf(name);
    const file = await disk.read(path);
    if (file === undefined) return undefined;
    const state = decodeBoxFile(file);
    if (state === undefined) {
      await moveAside(name);
      return undefined;
    }
    const facts = await disk.size(path);
    // Once a day is enough to know what nobody opens any more, and less of when somebody did is written down.
    if (facts !== undefined && clock.now() - facts.touchedAt > day)
      await disk.touch(path, clock.now());
    return state;
  };

  const writeBeside = async (name: BoxName, path: string, file: Uint8Array): Promise<void> => {
    await disk.makeFolder(folderOf(name.couple));
    await disk.write(path, file, clock.now());
  };

  const write = async (
    name: BoxName,
    state: Uint8Array,
    over: Stamp | undefined,
  ): Promise<Stamp | "changed"> => {
    const path = pathOf(name);
    const beside = path + unfinished;
    const file = encodeBoxFile(state);
    const before = await sizeOf(path);
    try {
      // Another process may have taken the empty folder away in between.
      await writeBeside(name, beside, file).catch(() => writeBeside(name, beside, file));
      const stamp = stampOf(await disk.size(beside));
      if (over !== undefined && over !== stampOf(await disk.size(path))) {
        await disk.remove(beside);
        return "changed";
      }
      await disk.rename(beside, path);
      count.change(name.couple, before, file.length);
      return stamp;
    } catch (error) {
      await disk.remove(beside).catch(() => undefined);
      throw error;
    }
  };

  const remove = async (name: BoxName): Promise<void> => {
    const path = pathOf(name);
    const before = await sizeOf(path);
    await disk.remove(path);
    count.change(name.couple, before, undefined);
    await disk.removeFolder(folderOf(name.couple));
  };

  const sweepFile = async (couple: string, file: string, rule: SweepRule): Promise<void> => {
    const path = join(folderOf(couple), file);
    const facts = await disk.size(path);
    if (facts === undefined) return;
    const age = clock.now() - facts.touchedAt;
    if (file.endsWith(halfWritten)) {
      if (process === undefined || age >= abandonedMs) await disk.remove(path);
      return;
    }
    const isBox = parseBoxName(`${couple}.${file}`) !== undefined;
    const isHeld = isBox && rule.isOpen(`${couple}.${file}`);
    // The other processes see by it that somebody has it open.
    if (isHeld && process !== undefined && age > day) await disk.touch(path, clock.now());
    const goes = age >= rule.keepMs && !isHeld;
    if (goes) await disk.remove(path);
    if (!isBox) return;
    if (rule.isFirst) count[goes ? "gone" : "found"](facts.bytes);
    else if (goes) count.change(couple, facts.bytes, undefined);
  };

  const sweepCouple = (couple: string, rule: Omit<SweepRule, "isFirst">): Promise<void> =>
    inTurn(couple, async () => {
      const isFirst = count.arriveAt(couple);
      for (const file of await disk.list(folderOf(couple)))
        await sweepFile(couple, file, { ...rule, isFirst });
      await disk.removeFolder(folderOf(couple));
    });

  /** Walks over everything once, and counts it. */
  const sweep = async (keepMs: number, isOpen: (name: string) => boolean): Promise<void> => {
    const rule = { keepMs, isOpen };
    count.beginWalk();
    for (const two of await disk.list(folder)) {
      for (const couple of await disk.list(join(folder, two))) {
        const isOurs = parseBoxName(`${couple}.${couple}`) !== undefined && couple.startsWith(two);
        if (isOurs) await sweepCouple(couple, rule);
      }
      await disk.removeFolder(join(folder, two));
    }
    for (const couple of count.missed()) await sweepCouple(couple, rule);
    count.endWalk();
  };

  const orTell = async <Value, Code extends string>(
    run: Promise<Value>,
    code: Code,
    mishap: ShelfMishap,
  ): Promise<Result<Value, Code>> => {
    try {
      return accept(await run);
    } catch {
      tell(mishap);
      return refuse(code);
    }
  };

  const list = async (couple: string): Promise<ReadonlyMap<string, number>> => {
    const sizes = new Map<string, number>();
    for (const box of await disk.list(folderOf(couple))) {
      if (parseBoxName(`${couple}.${box}`) === undefined) continue;
      const size = await sizeOf(join(folderOf(couple), box));
      if (size !== undefined) sizes.set(box, size);
    }
    return sizes;
  };

  return {
    list: (couple) => orTell(list(couple), "UNREADABLE", "could not be read"),
    read: (name) =>
      orTell(
        inTurn(name.couple, () => read(name)),
        "UNREADABLE",
        "could not be read",
      ),
    moveAside: async (name) => {
      await orTell(
        inTurn(name.couple, () => moveAside(name)),
        "UNREADABLE",
        "could not be read",
      );
    },
    stamp: (name) =>
      orTell(disk.size(pathOf(name)).then(stampOf), "UNREADABLE", "could not be read"),
    write: (name, state, over) =>
      orTell(
        inTurn(name.couple, () => write(name, state, over)),
        "NOT_WRITTEN",
        "could not be written",
      ),
    remove: (name) =>
      orTell(
        inTurn(name.couple, () => remove(name)),
        "NOT_WRITTEN",
        "could not be written",
      ),
    sweep: async (keepMs, isOpen) => {
      await orTell(sweep(keepMs, isOpen), "UNREADABLE", "could not be read");
    },
    totals: count.totals,
    settled: async () => {
      while (turns.size > 0) await Promise.all(turns.values());
    },
  };
};

const stampOf = (facts: FileFacts | undefined): Stamp =>
  facts === undefined ? "" : `${facts.id} ${facts.touchedAt} ${facts.bytes}`;
