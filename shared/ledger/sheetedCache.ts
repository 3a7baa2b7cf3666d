import { createQueue } from "../base/queue.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { SealedCache } from "./sealedCache.ts";
import { decodeSheet, encodeSheet, sheetBytes, sizeOnSheet } from "./sheet.ts";
import { createSheetPlaces, type SheetPlaces } from "./sheetPlaces.ts";
import type { CacheChange, CacheSection, StoreCode } from "./stores.ts";

/** Sheets that one write gathers: what has piled up (a cache of before, a journal brought in) goes within a few writes. */
const mostAtOnce = 4;

/** What a start reads whole. */
const sheeted: readonly CacheSection[] = ["cards", "index"];

/**
 * The page cache with what a start reads gathered on sheets: to read and open 150,000 small values takes seconds, and
 * to read the same bytes as some hundreds of large ones a tenth of one. A value is on the disk once: what changes lies
 * by itself, and its sheet is written anew without it in the same transaction, so that what was withdrawn is on no
 * sheet. Once enough lies by itself, the next write gathers it.
 */
export const createSheetedCache = (cache: SealedCache): SealedCache => {
  const queue = createQueue();
  const sections = new Map<CacheSection, Section>();
  /** Told of by `stage`: it goes along with the next write. */
  const staged = new Map<string, CacheChange>();

  const learn = async (
    name: CacheSection,
  ): Promise<Result<ReadonlyMap<string, Uint8Array>, StoreCode | "CACHE_DAMAGED">> => {
    const stored = await cache.readAll(name);
    if (!stored.ok) return stored;
    const read = readSection(stored.value);
    if (read.ok) sections.set(name, read.value.section);
    return read.ok ? accept(read.value.all) : read;
  };

  const sectionOf = async (name: CacheSection): Promise<Result<Section, StoreCode>> => {
    const known = sections.get(name);
    if (known !== undefined) return accept(known);
    const learned = await learn(name);
    // One that is damaged is emptied by the next start, whatever is added to it.
    if (!learned.ok && learned.code !== "CACHE_DAMAGED") return refuse(learned.code);
    const section = sections.get(name) ?? emptySection();
    sections.set(name, section);
    return accept(section);
  };

  /** These changes, and what becomes of the sheets that they concern. */
  const withSheets = async (
    name: CacheSection,
    changes: ReadonlyMap<string, CacheChange>,
  ): Promise<Result<readonly CacheChange[], StoreCode>> => {
    const found = await sectionOf(name);
    if (!found.ok) return found;
    const section = found.value;
    const more: CacheChange[] = [];
    const put = (number: number, values: ReadonlyMap<string, Uint8Array>): void => {
      const value = values.size === 0 ? undefined : encodeSheet(values);
      more.push({ section: name, key: sheetName(number), value });
    };
    const concerned = leavingSheets(section, changes.keys());
    for (const [number, leaving] of concerned) {
      const sheet = await cache.read(name, sheetName(number));
      if (!sheet.ok && sheet.code !== "CACHE_DAMAGED") return refuse(sheet.code);
      const left = new Map<string, Uint8Array>();
      const take = (key: string, value: Uint8Array): void => {
        if (!leaving.has(key)) left.set(key, value);
      };
      // One that cannot be read any more goes: the next start misses what was on it, and makes all of it anew.
      if (sheet.ok && sheet.value !== undefined) decodeSheet(sheet.value, take);
      put(number, left);
    }
    for (const leaving of concerned.values()) for (const key of leaving) section.places.leave(key);
    for (const { key, value } of changes.values()) section.set(key, value);
    for (let made = 0; made < mostAtOnce; made++) {
      const gathered = section.gather(changes);
      if (gathered.size === 0) break;
      section.last += 1;
      for (const key of gathered.keys()) {
        section.set(key, undefined);
        more.push({ section: name, key, value: undefined });
      }
      section.places.add(section.last, [...gathered.keys()]);
      put(section.last, gathered);
    }
    return accept([...changes.values(), ...more]);
  };

  const stage = (changes: readonly CacheChange[]): void => {
    for (const change of changes)
      if (sheeted.includes(change.section)) staged.set(stagedName(change), change);
  };

  return {
    isBehind: () => cache.isBehind() || staged.size > 0,
    stage: (changes) => {
      cache.stage(changes.filter(({ section }) => !sheeted.includes(section)));
      stage(changes);
    },
    readAll: (section) =>
      queue(async () => (sheeted.includes(section) ? learn(section) : cache.readAll(section))),
    read: async (section, key) => {
      if (!sheeted.includes(section)) return cache.read(section, key);
      const waiting = staged.get(stagedName({ section, key }));
      if (waiting !== undefined) return accept(waiting.value);
      const all = await queue(() => learn(section));
      return all.ok ? accept(all.value.get(key)) : all;
    },
    write: (changes) => {
      const others = changes.filter(({ section }) => !sheeted.includes(section));
      cache.stage(others);
      stage(changes);
      return queue(async () => {
        const all = [...staged.values()];
        const out: CacheChange[] = [...others];
        for (const name of sheeted) {
          const own = new Map(
            all.flatMap((one) => (one.section === name ? [[one.key, one] as const] : [])),
          );
          const made = own.size === 0 ? accept([]) : await withSheets(name, own);
          if (!made.ok) return made;
          out.push(...made.value);
          // From here on the cache below has them, also where its disk refuses.
          cache.stage(made.value);
          for (const one of own.values())
            if (staged.get(stagedName(one)) === one) staged.delete(stagedName(one));
        }
        return cache.write(out);
      });
    },
    clear: () => {
      staged.clear();
      sections.clear();
      return queue(cache.clear);
    },
    close: cache.close,
  };
};

/** A section as it is on the disk. */
type Section = {
  /** What has none lies by itself. */
  readonly places: SheetPlaces;
  /** The highest number that a sheet has had. */
  last: number;
  readonly set: (key: string, value: Uint8Array | undefined) => void;
  /** What lies by itself and is not just being changed, once that is enough for a sheet. */
  readonly gather: (changing: ReadonlyMap<string, CacheChange>) => ReadonlyMap<string, Uint8Array>;
};

const emptySection = (): Section => {
  const loose = new Map<string, Uint8Array>();
  let bytes = 0;
  return {
    places: createSheetPlaces(),
    last: 0,
    set: (key, value) => {
      const before = loose.get(key);
      if (before !== undefined) bytes -= sizeOnSheet(key, before);
      // To the end, also where it was known: what has rested longest is gathered first.
      loose.delete(key);
      if (value === undefined) return;
      loose.set(key, value);
      bytes += sizeOnSheet(key, value);
    },
    gather: (changing) => {
      const gathered = new Map<string, Uint8Array>();
      if (bytes < 2 * sheetBytes) return gathered;
      let size = 0;
      for (const [key, value] of loose) {
        if (changing.has(key)) continue;
        gathered.set(key, value);
        size += sizeOnSheet(key, value);
        if (size >= sheetBytes) return gathered;
      }
      return new Map();
    },
  };
};

const readSection = (
  stored: ReadonlyMap<string, Uint8Array>,
): Result<
  { readonly section: Section; readonly all: ReadonlyMap<string, Uint8Array> },
  "CACHE_DAMAGED"
> => {
  const section = emptySection();
  const all = new Map<string, Uint8Array>();
  for (const [name, value] of stored) {
    const number = sheetNumber(name);
    if (number === undefined) continue;
    section.last = Math.max(section.last, number);
    const read = decodeSheet(value, (key, one) => void all.set(key, one));
    if (!read.ok) return read;
    section.places.add(number, read.value);
  }
  for (const [key, value] of stored) {
    if (sheetNumber(key) !== undefined) continue;
    all.set(key, value);
    section.set(key, value);
  }
  return accept({ section, all });
};

const leavingSheets = (
  { places }: Section,
  keys: Iterable<string>,
): ReadonlyMap<number, ReadonlySet<string>> => {
  const leaving = new Map<number, Set<string>>();
  for (const key of keys) {
    const number = places.find(key);
    if (number !== undefined) leaving.set(number, (leaving.get(number) ?? new Set()).add(key));
  }
  return leaving;
};

/** No page and no envelope is called so. */
const sheetName = (number: number): string => `sheet ${number}`;

const sheetNumber = (key: string): number | undefined =>
  key.startsWith("sheet ") ? Number(key.slice("sheet ".length)) : undefined;

const stagedName = ({ section, key }: Pick<CacheChange, "section" | "key">): string =>
  `${section} ${key}`;
