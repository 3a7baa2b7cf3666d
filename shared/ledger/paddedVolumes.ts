import { concatBytes, readU32, readUtf8, u32, utf8 } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Envelope, EnvelopeKey } from "../envelope/envelope.ts";
import type { Chest, DrawerJob } from "./paddedChest.ts";
import { drawerRoom, type Part } from "./paddedDrawers.ts";
import type { StoreCode, Volume, VolumeEntry, VolumeStore } from "./stores.ts";

export type PaddedVolumesParts = {
  readonly chest: Chest;
  /** What has to leave the disk together with removed envelopes: the page cache knows their words too. */
  readonly alongRemoval: DrawerJob;
  readonly onTrouble: (code: string) => void;
};

/**
 * The volumes of my room, in drawers. A volume is one run of bytes, its entries one after the other, cut into parts:
 *   u8 | key | u8 | own mark | u32 | envelope
 * New entries come at its end, so a save writes its last drawer anew and those after it; a removal closes the gap.
 */
export const createPaddedVolumes = (parts: PaddedVolumesParts): VolumeStore => {
  const opened = new Map<number, Promise<Result<Volume, StoreCode>>>();
  const closing = new Map<number, Promise<void>>();

  const open = async (number: number): Promise<Result<Volume, StoreCode>> => {
    await closing.get(number);
    const volume = await openVolume(number, parts, (closed) => {
      opened.delete(number);
      closing.set(number, closed);
    });
    if (!volume.ok) opened.delete(number);
    return volume;
  };

  return {
    list: async () =>
      accept(
        parts.chest
          .names("words")
          .map(Number)
          .sort((one, other) => one - other),
      ),
    open: (number) => {
      if (!Number.isSafeInteger(number) || number < 1) throw new RangeError("volumes count from 1");
      const volume = opened.get(number) ?? open(number);
      opened.set(number, volume);
      return volume;
    },
  };
};

type Laid = { readonly entry: VolumeEntry; readonly bytes: number; at: number };

const openVolume = async (
  number: number,
  { chest, alongRemoval, onTrouble }: PaddedVolumesParts,
  onClosing: (closed: Promise<void>) => void,
): Promise<Result<Volume, StoreCode>> => {
  const stored = await chest.read("words", String(number));
  if (!stored.ok) return stored;
  const { entries, whole } = readEntries(stored.value);
  if (!whole) onTrouble("DAMAGED_RECORD");
  const laid = new Map<EnvelopeKey, Laid>();
  let end = 0;
  let size = 0;
  /** From here on the disk is not known to have it. */
  let unsavedFrom = Infinity;
  let closed: Promise<void> | undefined;

  const lay = (entry: VolumeEntry): void => {
    const bytes = entryLength(entry);
    laid.set(entry.key, { entry, bytes, at: end });
    end += bytes;
    size += entry.envelope.length;
  };
  for (const entry of entries) if (!laid.has(entry.key)) lay(entry);
  // What is left of a damaged volume is written in order again with the next change.
  if (!whole) unsavedFrom = 0;

  const takeOut = (keys: readonly EnvelopeKey[]): void => {
    const gone = new Set(keys.filter((key) => laid.has(key)));
    if (gone.size === 0) return;
    const all = [...laid.values()];
    const first = all.findIndex(({ entry }) => gone.has(entry.key));
    for (const { entry } of all.slice(first)) {
      laid.delete(entry.key);
      size -= entry.envelope.length;
    }
    end = all[first]?.at ?? end;
    unsavedFrom = Math.min(unsavedFrom, end);
    for (const { entry } of all.slice(first)) if (!gone.has(entry.key)) lay(entry);
  };

  let saving = Infinity;
  let lookedAt = chest.looked();
  const pending = new Set<Promise<unknown>>();
  const save = (...jobs: readonly DrawerJob[]): Promise<Result<void, StoreCode>> => {
    const written = chest.write(...jobs);
    pending.add(written);
    return written.finally(() => pending.delete(written));
  };
  const own: DrawerJob = {
    changes: () => {
      saving = lookedAt === chest.looked() ? unsavedFrom : 0;
      lookedAt = chest.looked();
      unsavedFrom = Infinity;
      if (saving === Infinity) return [];
      const from = Math.floor(saving / drawerRoom);
      return [
        { kind: "words", name: String(number), from, parts: cutParts([...laid.values()], from) },
      ];
    },
    settle: (outcome) => {
      if (!outcome.ok) unsavedFrom = Math.min(unsavedFrom, saving);
    },
  };

  return accept({
    number,
    keys: () => laid.keys(),
    get: (key) => laid.get(key)?.entry.envelope,
    has: (key) => laid.has(key),
    ownMark: (key) => laid.get(key)?.entry.own,
    size: () => size,
    put: async (fresh) => {
      if (closed !== undefined) return refuse("STORE_CLOSED");
      unsavedFrom = Math.min(unsavedFrom, fresh.some(({ key }) => !laid.has(key)) ? end : Infinity);
      for (const entry of fresh) if (!laid.has(entry.key)) lay(entry);
      return save(own);
    },
    remove: async (keys) => {
      if (closed !== undefined) return refuse("STORE_CLOSED");
      if (keys.length === 0) return accept(undefined);
      takeOut(keys);
      return save(own, alongRemoval);
    },
    close: () => {
      if (closed === undefined) {
        closed = Promise.allSettled([...pending]).then(() => {});
        onClosing(closed);
      }
      return closed;
    },
  });
};

const encodeEntry = ({ key, envelope, own }: VolumeEntry): Uint8Array => {
  const name = utf8(key);
  const mark = own ?? new Uint8Array();
  if (name.length > 255 || mark.length > 255) throw new RangeError("no envelope's key or mark");
  return concatBytes(
    Uint8Array.of(name.length),
    name,
    Uint8Array.of(mark.length),
    mark,
    u32(envelope.length),
    envelope,
  );
};

const entryLength = ({ key, envelope, own }: VolumeEntry): number =>
  6 + utf8(key).length + (own?.length ?? 0) + envelope.length;

/** From part `from` to the end. */
const cutParts = (all: readonly Laid[], from: number): readonly Part[] => {
  const start = from * drawerRoom;
  const concerned = all.filter(({ at, bytes }) => at + bytes > start);
  const [first] = concerned;
  if (first === undefined) return [];
  const run = concatBytes(...concerned.map(({ entry }) => encodeEntry(entry))).subarray(
    start - first.at,
  );
  return Array.from({ length: Math.ceil(run.length / drawerRoom) }, (_, index) => {
    const begin = start + index * drawerRoom;
    const next = concerned.find(({ at }) => at >= begin && at < begin + drawerRoom)?.at;
    return {
      bytes: run.subarray(index * drawerRoom, (index + 1) * drawerRoom),
      next: next === undefined ? undefined : next - begin,
    };
  });
};

/** After a part that is lost or damaged it goes on with the next entry that begins. */
const readEntries = (
  parts: readonly (Part | undefined)[],
): { readonly entries: readonly VolumeEntry[]; readonly whole: boolean } => {
  const entries: VolumeEntry[] = [];
  let whole = true;
  let run: Uint8Array[] = [];
  const finish = (): void => {
    const read = readRun(concatBytes(...run));
    entries.push(...read.entries);
    whole &&= read.whole;
    run = [];
  };
  let lost = false;
  for (const part of parts) {
    if (part === undefined) {
      finish();
      lost = true;
      whole = false;
    } else if (!lost) run.push(part.bytes);
    else if (part.next !== undefined) {
      run.push(part.bytes.subarray(part.next));
      lost = false;
    }
  }
  finish();
  return { entries, whole };
};

const readRun = (
  run: Uint8Array,
): { readonly entries: readonly VolumeEntry[]; readonly whole: boolean } => {
  const entries: VolumeEntry[] = [];
  let at = 0;
  const take = (length: number): Uint8Array => {
    at += length;
    return run.slice(at - length, at);
  };
  while (at < run.length) {
    const name = readUtf8(take(run[at++] ?? 0));
    const own = take(run[at++] ?? 0);
    if (at + 4 > run.length) return { entries, whole: false };
    const length = readU32(run, at);
    at += 4;
    if (!name.ok || at + length > run.length) return { entries, whole: false };
    const envelope = take(length) as Envelope;
    entries.push({
      key: name.value as EnvelopeKey,
      envelope,
      ...(own.length > 0 ? { own } : {}),
    });
  }
  return { entries, whole: true };
};
