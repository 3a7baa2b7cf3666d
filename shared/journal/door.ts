import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Bridge, SafeFileCode, SafeFileName } from "../bridge/bridge.ts";
import { loadSodium } from "../crypto/sodium.ts";
import { discardUnusedOldRoom } from "../ledger/oldRoom.ts";
import { fillDrawers } from "../ledger/paddedChest.ts";
import type { StoreCode } from "../ledger/stores.ts";
import {
  parseKeyringContent,
  writeKeyringContent,
  type KeyringContent,
} from "../people/keyringContent.ts";
import { cleanName } from "../people/name.ts";
import { makePersonKeys } from "../people/person.ts";
import { calibrate } from "../vault/calibrate.ts";
import type { Cost } from "../vault/header.ts";
import type { Derive } from "../vault/kdf.ts";
import { openKeyring, sealKeyring } from "../vault/keyring.ts";
import { newMasterKey, type MasterKey } from "../vault/masterKey.ts";
import { newRecoveryEntropy, readRecoveryWords, recoveryWords } from "../vault/recovery.ts";
import { longEnough } from "../vault/strength.ts";
import {
  changePassphrase,
  openVault,
  openVaultByRecovery,
  sealUnopenableVault,
  sealVault,
} from "../vault/vaultFile.ts";
import { isAnyAside } from "./aside.ts";
import { createBackupVault } from "./backup/backupVault.ts";
import type { CreateCode, Door, DoorView, Journal } from "./journal.ts";
import type { DoorTrouble, UnlockCode } from "./doorCodes.ts";
import type { OpenIndex } from "./find/entryIndex.ts";
import { createLifeboat } from "./lifeboat.ts";
import type { OpenStores } from "./coupleStores.ts";
import type { Network } from "./journalParts.ts";
import { openJournal } from "./openJournal.ts";
import { holdSecret, type HeldSecret } from "./keys/heldSecret.ts";
import { createRecoveryVault, type Tries } from "./keys/recoveryVault.ts";
import { createRestore } from "./backup/restoring.ts";
import { toldByFile } from "./room/roomMade.ts";
import { createRoomVault } from "./room/roomVault.ts";
import { firstSettings, writeSettings } from "./settings.ts";
import {
  clearUnfinishedRestore,
  forgetRestore,
  isRestoreUnfinished,
} from "./backup/unfinishedRestore.ts";
import { type TryBook, viewOfVault, waitLeft } from "./vaultView.ts";

export type DoorParts = {
  readonly bridge: Bridge;
  readonly openStores: OpenStores;
  readonly network: Network;
  /** Words in the clear, somewhere else than here, and never stored. */
  readonly openIndex: OpenIndex;
  /** Argon2id somewhere else than here. */
  readonly derive: Derive;
  readonly tries: TryBook;
  readonly clock: Clock;
  readonly random: Random;
};

/** What stands before anything is unlocked. A vault that cannot be read is never overwritten. */
export const createDoor = (parts: DoorParts): Omit<Door, "aside"> => {
  const lifeboat = createLifeboat();
  const { bridge, clock, random, derive, tries } = parts;

  const waitMs = (): number => waitLeft(tries, clock);

  const count: Tries = {
    waitMs,
    wrong: () => tries.write({ wrong: tries.read().wrong + 1, at: clock.now() }),
    right: () => tries.write({ wrong: 0, at: clock.now() }),
  };

  /** `lost`: whoever has come in by the words needs none that was; another is made, and what may return is kept. */
  const withSecret = async (
    lost: "refuse" | "renew" = "refuse",
  ): Promise<Result<HeldSecret, DoorTrouble>> => {
    const { obtain, renew } = bridge.deviceSecret;
    const found = await obtain();
    const obtained =
      !found.ok && found.code === "KEYCHAIN_LOST" && lost === "renew" ? await renew() : found;
    if (!obtained.ok)
      return refuse(obtained.code === "BAD_REQUEST" ? "KEYCHAIN_REFUSED" : obtained.code);
    return accept(holdSecret(obtained.value, { derive, random }));
  };

  const readFile = async (
    name: SafeFileName,
  ): Promise<Result<Uint8Array | undefined, DoorTrouble>> => {
    const read = await bridge.safe.read(name);
    return read.ok ? read : refuse("DISK_FAILED", read.code);
  };

  const enter = async (
    masterKey: MasterKey,
    held: HeldSecret,
  ): Promise<Result<Journal, UnlockCode>> => {
    const { vaultParts } = held;
    const file = await readFile("keyring");
    if (!file.ok) return file;
    if (file.value === undefined) return refuse("KEYRING_MISSING");
    const content = openKeyring(masterKey, file.value);
    if (!content.ok) return content;
    const keyring = parseKeyringContent(content.value);
    if (!keyring.ok) return refuse("KEYRING_DAMAGED", keyring.code);
    await forgetRestore(bridge);
    await layOutRoom(bridge, parts.openStores, random);
    const journal = await openJournal({
      masterKey,
      keyring: keyring.value,
      saveKeyring: (next) => saveKeyring(bridge, masterKey, next, random),
      openStores: parts.openStores,
      roomVault: createRoomVault({ bridge, masterKey, vaultParts, clock, random }),
      recoveryVault: createRecoveryVault({ bridge, vaultParts, tries: count, random }),
      backupVault: createBackupVault({ bridge, file: "vault", vaultParts, tries: count }),
      computerKey: {
        ...{ deviceSecret: bridge.deviceSecret, held },
        isAnyAside: () => isAnyAside(bridge.safe),
      },
      lifeboat,
      network: parts.network,
      openIndex: parts.openIndex,
      clock,
      random,
    });
    return journal.ok ? journal : refuse("DISK_FAILED", journal.code);
  };

  const look = async (): Promise<DoorView> => {
    await loadSodium();
    const file = await readFile("vault");
    if (!file.ok) return { state: "damaged", code: file.code };
    if (file.value === undefined) {
      if (await isRestoreUnfinished(bridge)) return { state: "new" };
      for (const name of beside) {
        const other = await readFile(name);
        if (!other.ok) return { state: "damaged", code: other.code };
        if (other.value !== undefined && (await wasEverOpened(parts.openStores)))
          return { state: "damaged", code: "BAD_MAGIC" };
      }
      return { state: "new" };
    }
    return viewOfVault(file.value, tries, clock);
  };

  return {
    look,
    holdsWords: () => !lifeboat.isEmpty(),
    restore: createRestore({
      ...{ bridge, openStores: parts.openStores, random, look, withSecret, tries: count, enter },
      measureCost: () => measuredCost(derive, clock, random),
    }),
    create: async (first, progress) => {
      await loadSodium();
      const name = cleanName(first.name);
      if (name === "") return refuse<CreateCode>("NAME_EMPTY");
      if (!longEnough(first.passphrase)) return refuse<CreateCode>("PASSPHRASE_SHORT");
      const view = await look();
      if (view.state === "damaged") return refuse(view.code);
      if (view.state === "locked") return refuse<CreateCode>("EXISTS");
      const cleared = await clearUnfinishedRestore(bridge, parts.openStores);
      if (!cleared.ok) return refuse<CreateCode>("DISK_FAILED", cleared.code);
      const held = await withSecret();
      if (!held.ok) return held;
      progress("measuring");
      const cost = await measuredCost(derive, clock, random);
      progress("deriving");
      const masterKey = newMasterKey(random);
      const recovery = newRecoveryEntropy(random);
      const vault = await sealVault(held.value.vaultParts, {
        masterKey,
        passphrase: first.passphrase,
        cost,
        recovery,
      });
      if (!vault.ok) return vault;
      progress("writing");
      const keyring: KeyringContent = {
        name,
        role: first.role,
        keys: makePersonKeys(random),
        settings: { ...writeSettings(firstSettings), ...toldByFile, wordsKept: false },
        couple: undefined,
      };
      const files: readonly (readonly [SafeFileName, Uint8Array])[] = [
        ["room-vault", sealUnopenableVault(masterKey, cost, random)],
        ["keyring", sealKeyring(masterKey, writeKeyringContent(keyring), random)],
        ["vault", vault.value],
      ];
      for (const [file, bytes] of files) {
        const written = await bridge.safe.write(file, bytes);
        if (written.ok) continue;
        // There was nothing before, and half of it would look like a vault that was lost.
        for (const [begun] of files) await bridge.safe.remove(begun);
        return refuse<CreateCode>("DISK_FAILED", written.code);
      }
      const journal = await enter(masterKey, held.value);
      if (!journal.ok) return refuse<CreateCode>("DISK_FAILED", journal.code);
      return accept({ recoveryWords: recoveryWords(recovery), journal: journal.value });
    },
    unlock: async (passphrase) => {
      await loadSodium();
      if (waitMs() > 0) return refuse("WAIT");
      const file = await readFile("vault");
      if (!file.ok) return file;
      if (file.value === undefined) return refuse("BAD_MAGIC");
      const held = await withSecret();
      if (!held.ok) return held;
      const opened = await openVault(held.value.vaultParts, file.value, passphrase);
      if (!opened.ok) {
        if (opened.code === "WRONG_SECRET") count.wrong();
        return opened;
      }
      count.right();
      return enter(opened.value, held.value);
    },
    unlockWithWords: async (words, newPassphrase) => {
      await loadSodium();
      if (waitMs() > 0) return refuse("WAIT");
      if (!longEnough(newPassphrase)) return refuse("PASSPHRASE_SHORT");
      const recovery = readRecoveryWords(words.join(" "));
      if (!recovery.ok) return recovery;
      const file = await readFile("vault");
      if (!file.ok) return file;
      if (file.value === undefined) return refuse("BAD_MAGIC");
      const opened = openVaultByRecovery(file.value, recovery.value);
      if (!opened.ok) {
        if (opened.code === "WRONG_SECRET") count.wrong();
        return opened;
      }
      const held = await withSecret("renew");
      if (!held.ok) return held;
      const cost = await measuredCost(derive, clock, random);
      const changed = await changePassphrase(
        held.value.vaultParts,
        file.value,
        { recovery: recovery.value },
        { passphrase: newPassphrase, cost },
      );
      if (!changed.ok) return changed;
      const written = await bridge.safe.write("vault", changed.value);
      if (!written.ok) return refuse("DISK_FAILED", written.code);
      count.right();
      const journal = await enter(opened.value, held.value);
      if (!journal.ok) return journal;
      // Whoever types the words has them; and backups by schedule must not end unsaid with the old passphrase.
      await journal.value.wordsCheck.check(words);
      await journal.value.backups.follow(newPassphrase);
      return journal;
    },
  };
};

/** What a vault never is without; where one of them stands alone, the vault was lost and nothing is overwritten. */
const beside: readonly SafeFileName[] = ["keyring", "room-vault"];

/**
 * A first run that was killed between its files leaves some of them, and no journal has ever opened: it may begin
 * anew. Where a ledger is, the vault that is missing may still be found in a backup, so nothing is overwritten.
 */
const wasEverOpened = async (openStores: DoorParts["openStores"]): Promise<boolean> => {
  const volumes = await openStores("none", () => {}).kept.volumes.list();
  return !volumes.ok || volumes.value.length > 0;
};

/**
 * My room's disk is there at its size from the first day, whether the room is ever used or not (PRODUCT, safety 7),
 * and is looked after at every unlocking of the shared side. Without a key of the room; a disk that is full waits.
 */
const layOutRoom = async (
  bridge: Bridge,
  openStores: DoorParts["openStores"],
  random: Random,
): Promise<void> => {
  // As it is, so that the day of its file is the last unlocking's and not that of a setting up.
  const vault = await bridge.safe.read("room-vault");
  if (vault.ok && vault.value !== undefined) await bridge.safe.write("room-vault", vault.value);
  const { drawers, room } = openStores("none", () => {});
  await fillDrawers(drawers, random);
  await drawers.close();
  await discardUnusedOldRoom(room);
};

export const measuredCost = (derive: Derive, clock: Clock, random: Random): Promise<Cost> =>
  calibrate({
    clock,
    measure: (cost) => derive({ ...cost, salt: random(16), passphrase: "only to measure" }),
  });

const saveKeyring = async (
  bridge: Bridge,
  masterKey: MasterKey,
  content: KeyringContent,
  random: Random,
): Promise<Result<void, StoreCode>> => {
  const written = await bridge.safe.write(
    "keyring",
    sealKeyring(masterKey, writeKeyringContent(content), random),
  );
  return written.ok ? written : refuse(storeCodeOf(written.code), written.code);
};

export const storeCodeOf = (code: SafeFileCode): StoreCode =>
  code === "DISK_FULL" ? "DISK_FULL" : "STORE_FAILED";
