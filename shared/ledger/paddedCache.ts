import { concatBytes, readU32, readUtf8, u32, utf8 } from "../base/bytes.ts";
import type { Cancel, Clock } from "../base/clock.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Chest, DrawerJob } from "./paddedChest.ts";
import { drawerRoom, type Part } from "./paddedDrawers.ts";
import { cacheSections, type CacheSection, type CacheStore, type StoreCode } from "./stores.ts";

export type PaddedCache = {
  readonly store: CacheStore;
  /** Writes all of it anew, so that nothing that was ever in it is left: goes along where envelopes leave. */
  readonly anew: DrawerJob;
  /** Writes what is behind. A refusal costs the next unlocking a replay, no word. */
  readonly flush: () => Promise<Result<void, StoreCode>>;
  readonly stop: () => void;
};

/** What a killed process leaves unwritten is replayed from the envelopes: no more than of so long, ms. */
const flushAfter = 60_000;
/** Bytes of records that are out of date, beside as many as there are that are not, before all is written anew. */
const outdatedLimit = 1024 * 1024;

/**
 * My room's page cache: in memory, and on the disk one run of bytes in drawers, since single records would tell how
 * many pages there are. Later records replace earlier ones:
 *   section u8 | u16 | key | u32 | sealed value        2^32 - 1 in the place of a length: it is gone
 *   3 | 0 u16 | 4 u32 | newest volume u32              ends what was written at one time
 * It is read at the first question and written when the room closes, now and then, and whenever envelopes leave. One
 * that is damaged, or knows nothing of the newest volume, counts as none and is made anew from the envelopes.
 */
export const createPaddedCache = (chest: Chest, clock: Clock): PaddedCache => {
  let loading: Promise<Result<Sections, StoreCode>> | undefined;
  let all = noSections();
  let loaded = false;
  let closed = false;
  let cancel: Cancel | undefined;
  const behind = new Map<string, Name>();
  /** Of the run on the disk: its length, and what its last drawer holds. */
  let disk = noRun;
  let toWrite: { readonly run: Run; readonly names: ReadonlyMap<string, Name> } | undefined;
  let lookedAt = chest.looked();

  const newestVolume = (): number => Math.max(0, ...chest.names("words").map(Number));

  const load = async (): Promise<Result<Sections, StoreCode>> => {
    const parts = await chest.read("cache", "");
    if (!parts.ok) {
      loading = undefined;
      return parts;
    }
    const run = parts.value.flatMap((part) => (part === undefined ? [] : [part.bytes]));
    const read = parts.value.includes(undefined) ? undefined : readRun(concatBytes(...run));
    if (read?.newest === newestVolume()) {
      all = read.all;
      disk = runOf(run);
      lookedAt = chest.looked();
    }
    loaded = true;
    return accept(all);
  };

  const sections = async (): Promise<Result<Sections, StoreCode>> => {
    if (closed) return refuse("STORE_CLOSED");
    loading ??= load();
    return loading;
  };

  const writing = (everything: boolean): DrawerJob => ({
    changes: () => {
      toWrite = undefined;
      if (!loaded) return [];
      if (lookedAt !== chest.looked()) disk = noRun;
      lookedAt = chest.looked();
      const from = everything ? noRun : disk;
      const names: Iterable<Name> = from === noRun ? namesIn(all) : behind.values();
      const fresh = [...names].flatMap(({ section, key }) =>
        recordOf(cacheSections.indexOf(section), key, all[section].get(key)),
      );
      const end = recordOf(endMark, "", u32(newestVolume()));
      const cut = cutParts(concatBytes(from.tail, ...fresh, ...end));
      const first = Math.floor(from.length / drawerRoom);
      toWrite = { run: runOf(cut, first), names: new Map(behind) };
      const parts: readonly Part[] = cut.map((bytes) => ({ bytes, next: undefined }));
      return [{ kind: "cache", name: "", from: first, parts }];
    },
    settle: (outcome) => {
      const written = toWrite;
      toWrite = undefined;
      if (written === undefined) return;
      if (!outcome.ok) return;
      disk = written.run;
      for (const [name, one] of written.names) if (behind.get(name) === one) behind.delete(name);
    },
  });

  const flush = async (): Promise<Result<void, StoreCode>> =>
    behind.size === 0 ? accept(undefined) : chest.write(writing(false));

  const tidy = async (): Promise<void> => {
    if (disk.length > 2 * sizeOf(all) + outdatedLimit) await chest.write(writing(true));
    else await flush();
  };

  const change = async (names: readonly Name[], work: () => void) => {
    const known = await sections();
    if (!known.ok) return known;
    for (const name of names) behind.set(`${name.section} ${name.key}`, name);
    work();
    cancel ??= clock.after(flushAfter, () => {
      cancel = undefined;
      void tidy();
    });
    return accept(undefined);
  };

  return {
    anew: writing(true),
    flush,
    stop: () => cancel?.(),
    store: {
      readAll: async (section) => {
        const known = await sections();
        return known.ok ? accept(new Map(known.value[section])) : known;
      },
      read: async (section, key) => {
        const known = await sections();
        return known.ok ? accept(known.value[section].get(key)) : known;
      },
      write: (changes) =>
        change(
          changes.map(({ section, key }) => ({ section, key })),
          () => {
            for (const { section, key, value } of changes) {
              if (value === undefined) all[section].delete(key);
              else all[section].set(key, value);
            }
          },
        ),
      clear: async () => {
        const known = await sections();
        return known.ok
          ? change(namesIn(all), () => {
              for (const section of cacheSections) all[section].clear();
            })
          : known;
      },
      close: async () => {
        closed = true;
      },
    },
  };
};

type Sections = Record<CacheSection, Map<string, Uint8Array>>;
type Name = { readonly section: CacheSection; readonly key: string };
type Run = { readonly length: number; readonly tail: Uint8Array };

const noSections = (): Sections => ({ pages: new Map(), cards: new Map(), index: new Map() });
const noRun: Run = { length: 0, tail: new Uint8Array() };
const endMark = cacheSections.length;
const gone = 0xffff_ffff;

const namesIn = (all: Sections): readonly Name[] =>
  cacheSections.flatMap((section) => [...all[section].keys()].map((key) => ({ section, key })));

const sizeOf = (all: Sections): number => {
  let size = 0;
  for (const section of cacheSections)
    for (const [key, value] of all[section]) size += key.length + value.length + 7;
  return size;
};

const recordOf = (
  section: number,
  key: string,
  value: Uint8Array | undefined,
): readonly Uint8Array[] => {
  const name = utf8(key);
  const front = Uint8Array.of(section, name.length >> 8, name.length & 255);
  return [front, name, u32(value?.length ?? gone), ...(value === undefined ? [] : [value])];
};

const cutParts = (run: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(run.length / drawerRoom) }, (_, index) =>
    run.slice(index * drawerRoom, (index + 1) * drawerRoom),
  );

/** `before`: full drawers that stand before these. */
const runOf = (parts: readonly Uint8Array[], before = 0): Run => {
  const last = parts.at(-1) ?? noRun.tail;
  const length = (before + Math.max(0, parts.length - 1)) * drawerRoom + last.length;
  return { length, tail: last.length < drawerRoom ? last : noRun.tail };
};

/** Undefined: not what was ever written whole. */
const readRun = (
  run: Uint8Array,
): { readonly all: Sections; readonly newest: number } | undefined => {
  const all = noSections();
  let newest: number | undefined;
  let at = 0;
  while (at + 7 <= run.length) {
    const keyEnd = at + 3 + (((run[at + 1] ?? 0) << 8) | (run[at + 2] ?? 0));
    if (keyEnd + 4 > run.length) return undefined;
    const length = readU32(run, keyEnd);
    const end = keyEnd + 4 + (length === gone ? 0 : length);
    const key = readUtf8(run.subarray(at + 3, keyEnd));
    if (!key.ok || end > run.length) return undefined;
    const value = run.slice(keyEnd + 4, end);
    const section = cacheSections[run[at] ?? endMark];
    newest = undefined;
    if (section === undefined) newest = value.length === 4 ? readU32(value, 0) : undefined;
    else if (length === gone) all[section].delete(key.value);
    else all[section].set(key.value, value);
    at = end;
  }
  return at === run.length && newest !== undefined ? { all, newest } : undefined;
};
