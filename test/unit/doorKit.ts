import { concatBytes, u32, utf8 } from "../../shared/base/bytes.ts";
import type { Random } from "../../shared/base/random.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Bridge, SafeFileCode, SafeFileName } from "../../shared/bridge/bridge.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { createAside, doorWithAside } from "../../shared/journal/aside.ts";
import { createDoor } from "../../shared/journal/door.ts";
import type { TryBook } from "../../shared/journal/vaultView.ts";
import { indexHere } from "../../shared/journal/find/entryIndex.ts";
import type { Created, Door, Journal } from "../../shared/journal/journal.ts";
import { parseKeyringContent, writeKeyringContent } from "../../shared/people/keyringContent.ts";
import type { Derive, DeriveJob } from "../../shared/vault/kdf.ts";
import { openKeyring, sealKeyring } from "../../shared/vault/keyring.ts";
import { newMasterKey } from "../../shared/vault/masterKey.ts";
import { vaultCost } from "../../shared/vault/vaultCost.ts";
import { openVault, sealUnopenableVault } from "../../shared/vault/vaultFile.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

/** One computer: files, keychain, disk and clock outlive the app; `door` is the app started anew. */
export type House = {
  readonly door: () => Door;
  readonly files: Map<SafeFileName, Uint8Array>;
  readonly disk: MemoryDisk;
  readonly clock: ManualClock;
  /** Every derivation that was begun. */
  readonly derived: DeriveJob[];
  readonly keychain: {
    secret: Uint8Array;
    /** Those of before it was renewed, newest first. */
    earlier: readonly Uint8Array[];
    answer: "ok" | "KEYCHAIN_LOST" | "KEYCHAIN_REFUSED";
  };
  /** Refuses one write, after so many; `written`: that was done all the same. */
  readonly failWrite: (count: number, code: SafeFileCode, written?: "written") => void;
  readonly tries: () => { readonly wrong: number; readonly at: number };
  /** Runs before a file is written or removed; one that never ends is a process that was killed there. */
  readonly gate: { beforeFile: () => Promise<void>; beforeDerive: () => Promise<void> };
};

export const passphrase = "four calm words here";
export const first = { name: "Anna", role: "hurt", passphrase } as const;

export const createHouse = (seed = 1): House => {
  const files = new Map<SafeFileName, Uint8Array>();
  const disk = createMemoryDisk();
  /** Of journals that came after one that was put aside. */
  const disks = new Map([[0, disk]]);
  const diskOf = (place: number): MemoryDisk => {
    const there = disks.get(place) ?? createMemoryDisk();
    disks.set(place, there);
    return there;
  };
  const clock = createManualClock(1_790_000_000_000);
  const derived: DeriveJob[] = [];
  const random = seededRandom(seed);
  const keychain: House["keychain"] = { secret: random(32), earlier: [], answer: "ok" };
  const tell = () => ({
    secret: keychain.secret.slice(),
    kept: "keychain" as const,
    ...(keychain.earlier.length === 0 ? {} : { earlier: keychain.earlier }),
  });
  let failAt: { count: number; readonly code: SafeFileCode; readonly written: boolean } | undefined;
  let tried = { wrong: 0, at: 0 };
  const gate = { beforeFile: async () => {}, beforeDerive: async () => {} };

  const bridge = {
    safe: {
      read: async (name) => accept(files.get(name)?.slice()),
      write: async (name, bytes) => {
        await gate.beforeFile();
        const fails = failAt !== undefined && failAt.count-- === 0 ? failAt : undefined;
        if (fails === undefined || fails.written) files.set(name, bytes.slice());
        if (fails !== undefined) return refuse(fails.code);
        return accept(undefined);
      },
      remove: async (name) => {
        await gate.beforeFile();
        files.delete(name);
        return accept(undefined);
      },
    },
    deviceSecret: {
      obtain: async () => (keychain.answer === "ok" ? accept(tell()) : refuse(keychain.answer)),
      renew: async () => {
        await gate.beforeFile();
        if (keychain.answer === "KEYCHAIN_REFUSED") return refuse(keychain.answer);
        // A lost one may come back, but opens nothing now.
        const before = keychain.answer === "ok" ? [keychain.secret] : [];
        keychain.earlier = [...before, ...keychain.earlier];
        keychain.secret = random(32);
        keychain.answer = "ok";
        return accept(tell());
      },
      forgetEarlier: async () => {
        await gate.beforeFile();
        keychain.earlier = [];
        return accept(undefined);
      },
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
    failWrite: (count, code, written) => {
      failAt = { count, code, written: written !== undefined };
    },
    tries: tries.read,
    door: () => {
      const aside = createAside({ ...bridge, clock });
      const door = createDoor({
        bridge: bridge as unknown as Bridge,
        openIndex: indexHere,
        openStores: () => diskOf(aside.now()).start(),
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
          await gate.beforeDerive();
          return testDerive(job);
        },
        tries,
        clock,
        random,
      });
      return doorWithAside(door, aside);
    },
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

/** The same journal as an earlier Twofold had made it: the keyring tells of the room, and its noise is nobody's. */
export const asOfBefore = async (house: House, random: Random): Promise<void> => {
  const file = (name: SafeFileName) => house.files.get(name) ?? new Uint8Array();
  const secret = { derive: testDerive, deviceSecret: house.keychain.secret };
  const mk = must(await openVault(secret, file("vault"), passphrase));
  const content = must(parseKeyringContent(must(openKeyring(mk, file("keyring")))));
  const before = { ...content, settings: { ...content.settings, roomMade: false } };
  house.files.set("keyring", sealKeyring(mk, writeKeyringContent(before), random));
  const cost = must(vaultCost(file("vault")));
  house.files.set("room-vault", sealUnopenableVault(newMasterKey(random), cost, random));
};

export const snapshotOf = ({ files }: House): readonly (readonly [string, string])[] =>
  [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString("hex")] as const);
