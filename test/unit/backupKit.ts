import { createHash } from "node:crypto";
import type { FileSink, FileSource, SinkCode } from "../../shared/base/files.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import type { BackupCode, RoomBackups } from "../../shared/journal/backups.ts";
import type { LedgerStores, Stores } from "../../shared/ledger/stores.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { parseKeyringContent, writeKeyringContent } from "../../shared/people/keyringContent.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import { notebookSecret, spaceIdOf, type Before } from "../../shared/people/space.ts";
import { openKeyring, sealKeyring } from "../../shared/vault/keyring.ts";
import { openVault } from "../../shared/vault/vaultFile.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { passphrase, testDerive, type House } from "./doorKit.ts";

/** A file in memory that is written like a real one: nothing stands under its name before `finish`. */
export type MemoryFile = FileSink & {
  readonly bytes: () => Uint8Array | undefined;
  readonly source: () => FileSource;
  readonly readBack: () => Promise<Result<FileSource, SinkCode>>;
  /** The longest single piece that was asked to be written. */
  readonly longest: () => number;
  readonly refuseAfter: (writes: number, code: SinkCode) => void;
  readonly writes: () => number;
  readonly aborted: () => boolean;
};

export const memoryFile = (): MemoryFile => {
  let parts: Uint8Array[] = [];
  let whole: Uint8Array | undefined;
  let longest = 0;
  let writes = 0;
  let aborted = false;
  let refusal: { readonly at: number; readonly code: SinkCode } | undefined;
  const step = (): Result<void, SinkCode> => {
    writes += 1;
    return refusal !== undefined && writes > refusal.at ? refuse(refusal.code) : accept(undefined);
  };
  return {
    write: async (bytes) => {
      const done = step();
      longest = Math.max(longest, bytes.length);
      if (done.ok) parts.push(bytes.slice());
      return done;
    },
    finish: async () => {
      const done = step();
      if (done.ok) whole = new Uint8Array(Buffer.concat(parts));
      parts = [];
      return done;
    },
    abort: async () => {
      aborted = true;
      parts = [];
      whole = undefined;
    },
    bytes: () => whole,
    source: () => sourceOf(whole ?? new Uint8Array()),
    readBack: async () => accept(sourceOf(whole ?? new Uint8Array())),
    longest: () => longest,
    refuseAfter: (at, code) => {
      refusal = { at, code };
    },
    writes: () => writes,
    aborted: () => aborted,
  };
};

export const sourceOf = (bytes: Uint8Array): FileSource => ({
  name: "a file",
  size: bytes.length,
  read: async (from, length) => accept(bytes.slice(from, from + length)),
});

export const patient: Work = { progress: () => {}, cancelled: () => false };

/** True from the n-th time that it is asked. */
export const cancelAfter = (times: number): Work => {
  let asked = 0;
  return { progress: () => {}, cancelled: () => asked++ >= times };
};

export const makeBackup = async (
  { backups }: { readonly backups: RoomBackups },
  secret = passphrase,
): Promise<Uint8Array> => {
  must(await backups.setUp(secret));
  const file = memoryFile();
  const made: Result<void, BackupCode> = await backups.make(file, file.readBack, patient);
  must(made);
  return file.bytes() ?? new Uint8Array();
};

/** Everything that lies in two of the three ledgers: names of volumes, envelopes with their marks, photos. */
export const contentOf = async (stores: Stores): Promise<unknown> => {
  const ledgers: unknown[] = [];
  for (const name of ["kept", "carried"] as const) {
    const { volumes, chunks } = stores[name];
    const all: unknown[] = [];
    for (const number of must(await volumes.list())) {
      const volume = must(await volumes.open(number));
      for (const key of [...volume.keys()].toSorted())
        all.push([number, key, hex(volume.get(key)), hex(volume.ownMark(key))]);
      await volume.close();
    }
    for (const chunk of [...must(await chunks.names())].toSorted())
      all.push([chunk, hex(must(await chunks.get(chunk)))]);
    ledgers.push(all);
  }
  return ledgers;
};

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && createHash("sha256").update(bytes).digest("hex");

/**
 * Everything that writes in that house, counted; at the n-th the process is gone: nothing after it happens. `died`
 * resolves then. `revive` lets a newly started app write again.
 */
export const killAt = (house: House, n: number) => {
  const { disk, gate } = house;
  const { start } = disk;
  const { beforeFile } = gate;
  let writes = 0;
  let die = (): void => {};
  const died = new Promise<"died">((resolve) => {
    die = () => resolve("died");
  });
  const step = async (): Promise<void> => {
    writes += 1;
    if (writes < n) return;
    die();
    await new Promise<never>(() => {});
  };
  gate.beforeFile = step;
  Object.assign(disk, { start: () => slowed(start(), step) });
  return {
    died,
    writes: () => writes,
    revive: () => {
      gate.beforeFile = beforeFile;
      Object.assign(disk, { start });
    },
  };
};

const slowed = (stores: Stores, step: () => Promise<void>): Stores => ({
  ...stores,
  kept: slowLedger(stores.kept, step),
  carried: slowLedger(stores.carried, step),
});

const slowLedger = (
  { volumes, cache, chunks }: LedgerStores,
  step: () => Promise<void>,
): LedgerStores => ({
  volumes: {
    ...volumes,
    open: async (number) => {
      await step();
      const opened = await volumes.open(number);
      if (!opened.ok) return opened;
      const volume = opened.value;
      return accept({
        ...volume,
        put: async (entries) => {
          await step();
          return volume.put(entries);
        },
        remove: async (keys) => {
          await step();
          return volume.remove(keys);
        },
      });
    },
  },
  cache: {
    ...cache,
    write: async (changes) => {
      await step();
      return cache.write(changes);
    },
    clear: async () => {
      await step();
      return cache.clear();
    },
  },
  chunks: {
    ...chunks,
    put: async (all) => {
      await step();
      return chunks.put(all);
    },
    remove: async (names) => {
      await step();
      return chunks.remove(names);
    },
  },
});

/** Gives that house a partner, as if the two had paired: for what a journal keeps of the shared side. */
/** What lies in the keyring's file, and the key that it is sealed with. */
export const keyringFileOf = async (house: House, secret = passphrase) => {
  const vault = house.files.get("vault") ?? new Uint8Array();
  const derive = testDerive;
  const masterKey = must(
    await openVault({ derive, deviceSecret: house.keychain.secret }, vault, secret),
  );
  const file = house.files.get("keyring") ?? new Uint8Array();
  return { masterKey, content: must(parseKeyringContent(must(openKeyring(masterKey, file)))) };
};

/** `before`: the two have met again since. */
export const pairIn = async (house: House, secret = passphrase, before?: Before): Promise<void> => {
  const { masterKey, content: keyring } = await keyringFileOf(house, secret);
  const random = seededRandom(99);
  const crk = random(32);
  const notebook = () => notebookSecret(random(48));
  const couple = {
    space: spaceIdOf(crk),
    crk,
    epoch: 1,
    partner: { name: "Sam", certificate: makeCertificate(makePersonKeys(random)) },
    notebooks: { mine: notebook(), theirs: notebook(), ours: notebook() },
    ...(before && { before }),
  };
  house.files.set(
    "keyring",
    sealKeyring(masterKey, writeKeyringContent({ ...keyring, couple }), random),
  );
};
