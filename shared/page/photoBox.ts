import type { Cancel, Clock } from "../base/clock.ts";
import type { DeviceId, PageId } from "../base/ids.ts";
import type { Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ChunkStore, StoreCode } from "../ledger/stores.ts";
import type { PageFacts } from "./facts.ts";
import type { ChunkName, NewPhoto, PhotoRef } from "./photo.ts";
import { createPhotoNames, type MissingChunks } from "./photoNames.ts";
import { isChunkUnder, openPhoto, sealPhoto, type SealedChunk } from "./photoSeal.ts";

/**
 * The photos that the pages of one shelf name. The pages hold the keys; here lie sealed chunks, and those that no
 * page names any more, and no earlier version of one, leave the disk.
 */
export type PhotoBox = {
  /** Accepted once every chunk is on the disk. The page that is to name it must be held, or name it soon. */
  readonly add: (photo: NewPhoto) => Promise<Result<PhotoRef, AddCode>>;
  /** What is not here is looked for in the other box. */
  readonly read: (photo: PhotoRef, elsewhere?: PhotoBox) => Promise<Result<Uint8Array, ReadCode>>;
  /** As it lies here. PHOTO_DAMAGED: it was not what its name says, and is here no more. */
  readonly chunk: (name: ChunkName) => Promise<Result<Uint8Array, ReadCode>>;
  /** Copies those that are not here and are there; what is nowhere stays missing. */
  readonly bring: (names: Iterable<ChunkName>, from: PhotoBox) => Promise<Result<void, StoreCode>>;
  /** What came from the partner, each looked at before: right under its name, and asked for. */
  readonly take: (chunks: readonly SealedChunk[]) => Promise<Result<void, StoreCode>>;
  /** Calls `hear` when something that was missing has come. */
  readonly onArrival: (hear: () => void) => () => void;
  /** Before `missing` and `has` say anything. */
  readonly load: () => Promise<Result<void, StoreCode>>;
  readonly missing: () => MissingChunks;
  /** Named by a page of this shelf, and here. */
  readonly has: (name: ChunkName) => boolean;
  /**
   * While a page stands open whose words may name more than is written down. Danger: where a partner asks and names,
   * it keeps only what no page has named yet. Kept for longer, a name that went and came again would not be asked
   * for, and so would tell that a page stands open.
   */
  readonly hold: () => () => void;
  /** From now on what nobody names leaves the disk. Not before all that was cut short has been finished. */
  readonly tidy: () => void;
  readonly close: () => Promise<void>;
};

export type AddCode = "PHOTO_TOO_LARGE" | "PHOTO_DAMAGED" | StoreCode;
export type ReadCode = "PHOTO_MISSING" | "PHOTO_DAMAGED" | StoreCode;

export type PhotoBoxParts = {
  readonly store: ChunkStore;
  readonly facts: Live<ReadonlyMap<PageId, PageFacts>>;
  /** Whoever sees what is asked for, as their pages name them; of a shared shelf alone. */
  readonly partner?: DeviceId;
  /** False once something of the ledger could not be read: then nobody knows what its pages name. */
  readonly isSure: () => boolean;
  readonly clock: Clock;
  readonly random: Random;
};

/** Chunks in one transaction: 2 MiB. */
const atOnce = 32;
/** After the pages have changed, and after the start, ms. */
const tidyAfterMs = 1_000;
/** What was added and is not named yet stays at least so long, ms: an import, a share under way. */
const freshMs = 10 * 60 * 1000;

export const createPhotoBox = (parts: PhotoBoxParts): PhotoBox => {
  const { store, clock, random } = parts;
  const hearers = new Set<() => void>();
  const names = createPhotoNames(parts.facts, parts.partner);
  const fresh = new Map<string, number>();
  let holds = 0;
  let tidying = false;
  let closed = false;
  let lastNamed: ReadonlySet<string> = new Set();
  let due = false;
  let cancel: Cancel | undefined;

  let loading: Promise<Result<void, StoreCode>> | undefined;
  const loadNames = async (): Promise<Result<void, StoreCode>> => {
    const found = await store.names();
    loading = undefined;
    if (!found.ok) return found;
    names.load(found.value);
    return accept(undefined);
  };
  const load: PhotoBox["load"] = async () =>
    names.isLoaded() ? accept(undefined) : (loading ??= loadNames());

  const put = async (chunks: readonly SealedChunk[]): Promise<Result<void, StoreCode>> => {
    for (let from = 0; from < chunks.length; from += atOnce) {
      const some = chunks.slice(from, from + atOnce);
      const stored = await store.put(some);
      if (!stored.ok) return stored;
      names.came(some.map(({ name }) => name));
    }
    return accept(undefined);
  };

  const keepFresh = (some: readonly SealedChunk[]): void => {
    for (const { name } of some) fresh.set(name, clock.now());
  };

  const chunk: PhotoBox["chunk"] = async (name) => {
    const found = await store.get(name);
    if (!found.ok) return found;
    if (found.value === undefined) return refuse("PHOTO_MISSING");
    if (isChunkUnder(name, found.value)) return accept(found.value);
    // It counts as here until the next start: asking at once would tell that somebody looked.
    await store.remove([name]);
    return refuse("PHOTO_DAMAGED");
  };

  const chunkOf = async (
    name: ChunkName,
    elsewhere: PhotoBox | undefined,
  ): Promise<Result<Uint8Array, ReadCode>> => {
    const here = await chunk(name);
    if (here.ok || elsewhere === undefined) return here;
    const there = await elsewhere.chunk(name);
    return there.ok ? there : here;
  };

  const isHeldBack = (): boolean => holds > 0 && parts.partner === undefined;

  const sweep = async (): Promise<void> => {
    const loaded = await load();
    if (!loaded.ok || closed || isHeldBack() || !parts.isSure()) return;
    const named = names.named();
    const gone = [...names.here()].filter((name) => {
      const since = fresh.get(name);
      const isRipe = since === undefined || (holds === 0 && since + freshMs <= clock.now());
      return !named.has(name) && isRipe;
    });
    if (gone.length === 0) return;
    for (const name of gone) fresh.delete(name);
    names.went(gone);
    await store.remove(gone);
  };

  const look = (): void => {
    cancel = undefined;
    const named = names.named();
    due ||= [...lastNamed].some((name) => !named.has(name));
    lastNamed = named;
    if (!due || isHeldBack()) return;
    // What is held is looked at once more afterwards.
    due = holds > 0;
    void sweep();
  };

  const schedule = (): void => {
    if (tidying && !closed) cancel ??= clock.after(tidyAfterMs, look);
  };
  /** What was added has been named: from now on it goes when nobody names it any more. */
  const ripen = (): void => {
    if (fresh.size === 0) return;
    const ripe = [...fresh.keys()].filter((name) => names.named().has(name));
    for (const name of ripe) fresh.delete(name);
    if (ripe.length > 0) lastNamed = new Set([...lastNamed, ...ripe]);
  };
  const unsubscribe = parts.facts.subscribe(() => {
    ripen();
    schedule();
  });

  return {
    load,
    chunk,
    add: async (photo) => {
      const sealed = sealPhoto(photo, random);
      if (!sealed.ok) return sealed;
      keepFresh(sealed.value.chunks);
      const stored = await put(sealed.value.chunks);
      return stored.ok ? accept(sealed.value.ref) : stored;
    },
    read: async (photo, elsewhere) => {
      const chunks: Uint8Array[] = [];
      for (const name of photo.chunks) {
        const found = await chunkOf(name, elsewhere);
        if (!found.ok) return found;
        chunks.push(found.value);
      }
      return openPhoto(photo, chunks);
    },
    bring: async (wanted, from) => {
      const loaded = await load();
      if (!loaded.ok) return loaded;
      let some: SealedChunk[] = [];
      const flush = async (): Promise<Result<void, StoreCode>> => {
        keepFresh(some);
        const stored = await put(some);
        some = [];
        return stored;
      };
      for (const name of wanted) {
        if (names.isHere(name)) {
          // It may lie here from a share that was cut short, and be named by nothing yet.
          fresh.set(name, clock.now());
          continue;
        }
        const found = await from.chunk(name);
        if (found.ok) some.push({ name, bytes: found.value });
        else if (found.code !== "PHOTO_MISSING" && found.code !== "PHOTO_DAMAGED")
          return refuse(found.code);
        if (some.length < atOnce) continue;
        const stored = await flush();
        if (!stored.ok) return stored;
      }
      return flush();
    },
    take: async (chunks) => {
      const stored = await put(chunks);
      if (stored.ok) for (const hear of [...hearers]) hear();
      return stored;
    },
    onArrival: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    missing: names.missing,
    has: (name) => names.isHere(name) && names.named().has(name),
    hold: () => {
      holds += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        holds -= 1;
        if (holds === 0) schedule();
      };
    },
    tidy: () => {
      tidying = true;
      due = true;
      schedule();
    },
    close: async () => {
      closed = true;
      cancel?.();
      unsubscribe();
      hearers.clear();
      await store.close();
    },
  };
};

/** After these codes a page may say more than is known of it. */
const unsureAfter = ["CACHE_DAMAGED", "OWN_CHAIN_BROKEN"];

/** Passes on what a ledger reports, and remembers whether any of it makes its pages doubtful. */
export const heedDamage = (
  onTrouble: (code: string) => void,
): { readonly onTrouble: (code: string) => void; readonly isSure: () => boolean } => {
  let sure = true;
  return {
    onTrouble: (code) => {
      if (unsureAfter.includes(code)) sure = false;
      onTrouble(code);
    },
    isSure: () => sure,
  };
};
