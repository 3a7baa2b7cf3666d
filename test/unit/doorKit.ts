import { concatBytes, u32, utf8 } from "../../shared/base/bytes.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Bridge, SafeFileCode, SafeFileName } from "../../shared/bridge/bridge.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { createDoor, type TryBook } from "../../shared/journal/door.ts";
import { indexHere } from "../../shared/journal/find/entryIndex.ts";
import type { Created, Door, Journal } from "../../shared/journal/journal.ts";
import type { Derive, DeriveJob } from "../../shared/vault/kdf.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";

/** One computer: files, keychain, disk and clock outlive the app; `door` is the app started anew. */
export type House = {
  readonly door: () => Door;
  readonly files: Map<SafeFileName, Uint8Array>;
  readonly disk: MemoryDisk;
  readonly clock: ManualClock;
  /** Every derivation that was begun. */
  readonly derived: DeriveJob[];
  readonly keychain: { secret: Uint8Array; answer: "ok" | "KEYCHAIN_LOST" | "KEYCHAIN_REFUSED" };
  readonly failWrite: (count: number, code: SafeFileCode) => void;
  readonly tries: () => { readonly wrong: number; readonly at: number };
  /** Runs before a file is written or removed; one that never ends is a process that was killed there. */
  readonly gate: { beforeFile: () => Promise<void> };
};

export const passphrase = "four calm words here";
export const first = { name: "Anna", role: "hurt", passphrase } as const;

export const createHouse = (seed = 1): House => {
  const files = new Map<SafeFileName, Uint8Array>();
  const disk = createMemoryDisk();
  const clock = createManualClock(1_790_000_000_000);
  const derived: DeriveJob[] = [];
  const random = seededRandom(seed);
  const keychain: House["keychain"] = { secret: random(32), answer: "ok" };
  let failAt: { count: number; readonly code: SafeFileCode } | undefined;
  let tried = { wrong: 0, at: 0 };
  const gate = { beforeFile: async () => {} };

  const bridge = {
    safe: {
      read: async (name) => accept(files.get(name)?.slice()),
      write: async (name, bytes) => {
        await gate.beforeFile();
        if (failAt !== undefined && failAt.count-- === 0) return refuse(failAt.code);
        files.set(name, bytes.slice());
        return accept(undefined);
      },
      remove: async (name) => {
        await gate.beforeFile();
        files.delete(name);
        return accept(undefined);
      },
    },
    deviceSecret: {
      obtain: async () =>
        keychain.answer === "ok"
          ? accept({ secret: keychain.secret.slice(), kept: "keychain" })
          : refuse(keychain.answer),
    },
  } satisfies Pick<Bridge, "safe" | "deviceSecret">;
  const tries: TryBook = {
    read: () => tried,
    write: (next) => {
      tried = next;
    },
  };

  return {
    files,
    disk,
    clock,
    derived,
    keychain,
    gate,
    failWrite: (count, code) => {
      failAt = { count, code };
    },
    tries: tries.read,
    door: () =>
      createDoor({
        bridge: bridge as unknown as Bridge,
        openIndex: indexHere,
        openStores: () => disk.start(),
        network: {
          carriers: async () => [],
          meet: () => () => ({ close: () => {} }),
          addresses: async () => [],
          publicAddresses: async () => [],
          tryServer: async () => "silent",
          onReturn: () => () => {},
        },
        derive: async (job) => {
          derived.push(job);
          return testDerive(job);
        },
        tries,
        clock,
        random,
      }),
  };
};

/** Stands for Argon2id, which would take seconds. */
export const testDerive: Derive = async (job) =>
  hash(
    "test derive",
    utf8(job.passphrase.normalize("NFKC")),
    job.salt,
    concatBytes(u32(job.ops), u32(job.memKiB)),
  );

export const createIn = async (house: House): Promise<Created> => {
  const created = await house.door().create(first, () => {});
  if (!created.ok) throw new Error(created.code);
  return created.value;
};

export const unlockIn = async (house: House, secret: string = passphrase): Promise<Journal> => {
  const opened = await house.door().unlock(secret);
  if (!opened.ok) throw new Error(opened.code);
  return opened.value;
};

export const snapshotOf = ({ files }: House): readonly (readonly [string, string])[] =>
  [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString("hex")] as const);
