import { concatBytes, utf8 } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import type { CacheChange, CacheSection, CacheStore, StoreCode } from "./stores.ts";

/**
 * The cache store with every value sealed under a local key, bound to its section and name: a value moved
 * or altered on disk reads CACHE_DAMAGED, and the ledger builds the cache anew.
 */
export type SealedCache = {
  readonly readAll: (
    section: CacheSection,
  ) => Promise<Result<ReadonlyMap<string, Uint8Array>, StoreCode | "CACHE_DAMAGED">>;
  readonly read: (
    section: CacheSection,
    key: string,
  ) => Promise<Result<Uint8Array | undefined, StoreCode | "CACHE_DAMAGED">>;
  /**
   * What a full disk refuses stays in memory, is what `read` gives, and goes along with the next write: the
   * envelopes are in the ledger already, so nothing is lost.
   */
  readonly write: (changes: readonly CacheChange[]) => Promise<Result<void, StoreCode>>;
  /** What `read` gives from now on; it goes to the disk with the next write. */
  readonly stage: (changes: readonly CacheChange[]) => void;
  /** Something waits in memory only. */
  readonly isBehind: () => boolean;
  readonly clear: () => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

export const createSealedCache = (
  store: CacheStore,
  key: Uint8Array,
  random: Random,
): SealedCache => {
  const open = (section: CacheSection, name: string, sealed: Uint8Array) =>
    sealed.length < nonceLength
      ? refuse("AEAD_FAIL")
      : openXChaCha(
          key,
          sealed.subarray(0, nonceLength),
          sealed.subarray(nonceLength),
          place(section, name),
        );

  const seal = (
    { section, key: name }: CacheChange,
    value: Uint8Array,
    nonce: Uint8Array,
  ): Uint8Array => concatBytes(nonce, sealXChaCha(key, nonce, value, place(section, name)));

  const behind = new Map<string, CacheChange>();
  const behindName = (section: CacheSection, name: string): string => `${section} ${name}`;

  return {
    isBehind: () => behind.size > 0,
    stage: (changes) => {
      for (const change of changes) behind.set(behindName(change.section, change.key), change);
    },
    readAll: async (section) => {
      const all = await store.readAll(section);
      if (!all.ok) return all;
      const opened = new Map<string, Uint8Array>();
      for (const [name, sealed] of all.value) {
        const value = open(section, name, sealed);
        if (!value.ok) return refuse("CACHE_DAMAGED");
        opened.set(name, value.value);
      }
      return accept(opened);
    },
    read: async (section, name) => {
      const waiting = behind.get(behindName(section, name));
      if (waiting !== undefined) return accept(waiting.value);
      const found = await store.read(section, name);
      if (!found.ok) return found;
      if (found.value === undefined) return accept(undefined);
      const value = open(section, name, found.value);
      return value.ok ? value : refuse("CACHE_DAMAGED");
    },
    write: async (changes) => {
      for (const change of changes) behind.set(behindName(change.section, change.key), change);
      const all = [...behind.values()];
      const nonces = random(nonceLength * all.length);
      const written = await store.write(
        all.map((change, index) => ({
          section: change.section,
          key: change.key,
          value:
            change.value &&
            seal(
              change,
              change.value,
              nonces.subarray(nonceLength * index, nonceLength * (index + 1)),
            ),
        })),
      );
      if (!written.ok) return written;
      for (const change of all) {
        const name = behindName(change.section, change.key);
        if (behind.get(name) === change) behind.delete(name);
      }
      return written;
    },
    clear: () => {
      behind.clear();
      return store.clear();
    },
    close: store.close,
  };
};

/** XChaCha20-Poly1305, bytes. */
const nonceLength = 24;

const place = (section: CacheSection, name: string): Uint8Array =>
  utf8(`TF/1 cache ${section} ${name}`);
