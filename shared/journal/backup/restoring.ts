import { accept, refuse, type Result } from "../../base/result.ts";
import type { Random } from "../../base/random.ts";
import type { Bridge } from "../../bridge/bridge.ts";
import { isSealedUnder, readHead, type BackupHead } from "../../backup/head.ts";
import { putAllBack } from "../../backup/putBack.ts";
import { readBackup, readingHalf, type Reading } from "../../backup/readBackup.ts";
import { loadSodium } from "../../crypto/sodium.ts";
import { wipe } from "../../crypto/wipe.ts";
import {
  parseKeyringContent,
  writeKeyringContent,
  type KeyringContent,
} from "../../people/keyringContent.ts";
import { makePersonKeys } from "../../people/person.ts";
import { sealKeyring } from "../../vault/keyring.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import type { Cost } from "../../vault/header.ts";
import { portableSecret, sealFromPortable } from "../../vault/portableVault.ts";
import { readRecoveryWords } from "../../vault/recovery.ts";
import { longEnough } from "../../vault/strength.ts";
import {
  openVault,
  openVaultByRecovery,
  sealUnopenableVault,
  type VaultParts,
} from "../../vault/vaultFile.ts";
import type { BackupSecret, RestoreCode } from "../backups.ts";
import { backupSettings } from "./backupNotes.ts";
import type { Door, DoorView, Journal, Settings } from "../journal.ts";
import type { DoorTrouble, UnlockCode } from "../doorCodes.ts";
import { storesIn, type OpenStores } from "../coupleStores.ts";
import type { HeldSecret } from "../keys/heldSecret.ts";
import type { Tries } from "../keys/recoveryVault.ts";
import { toldByFile } from "../room/roomMade.ts";
import {
  clearUnfinishedRestore,
  closeLedger,
  forgetRestore,
  markRestore,
} from "./unfinishedRestore.ts";
import { askedFor } from "../ending/leave.ts";

export type RestoringParts = {
  readonly bridge: Pick<Bridge, "safe">;
  readonly openStores: OpenStores;
  readonly random: Random;
  readonly look: () => Promise<DoorView>;
  readonly withSecret: () => Promise<Result<HeldSecret, DoorTrouble>>;
  readonly tries: Tries;
  readonly measureCost: () => Promise<Cost>;
  readonly enter: (masterKey: MasterKey, held: HeldSecret) => Promise<Result<Journal, UnlockCode>>;
};

/**
 * The file is read through before anything is written, and the vault is written last: until then a marker beside it
 * says that what lies here is the beginning of a restore, so that the door takes the place for empty (`look`) and
 * whoever comes next clears it.
 */
export const createRestore = (parts: RestoringParts): Door["restore"] => {
  const { bridge, openStores, random, tries } = parts;

  return async (file, secret, work) => {
    await loadSodium();
    if (tries.waitMs() > 0) return refuse("WAIT");
    const view = await parts.look();
    if (view.state !== "new") return refuse("EXISTS");
    const head = await readHead(file, "journal");
    if (!head.ok) return head;
    const held = await parts.withSecret();
    if (!held.ok) return held;
    const { vaultParts } = held.value;
    const opened = await openHead(head.value, secret, vaultParts);
    if (!opened.ok) {
      if (opened.code === "WRONG_SECRET") tries.wrong();
      return opened;
    }
    tries.right();
    const masterKey = opened.value;
    const reading = { file, head: head.value, masterKey, work };
    const read = await readKeyring(reading);
    if (!read.ok) {
      wipe(masterKey);
      return read;
    }
    const keyring = asNewDevice(read.value, random);
    const cost = await parts.measureCost();
    const passphrase = "passphrase" in secret ? secret.passphrase : secret.newPassphrase;
    const fresh = { masterKey, passphrase, cost };
    const vault = await sealFromPortable(vaultParts, fresh, head.value.vault);
    if (!vault.ok) return vault;

    const carried = storesIn(keyring);
    const begun = await markRestore(bridge, openStores, carried);
    if (!begun.ok) return begun;
    const written = await writeAll({
      ...reading,
      ...{ parts, carried, cost },
      vault: vault.value,
      keyring: sealKeyring(masterKey, writeKeyringContent(keyring), random),
    });
    if (!written.ok) {
      wipe(masterKey);
      await clearUnfinishedRestore(bridge, openStores);
      return written;
    }
    await forgetRestore(bridge);
    const journal = await parts.enter(masterKey, held.value);
    // Whoever types the words has them.
    if (journal.ok && "words" in secret) await journal.value.wordsCheck.check(secret.words);
    return journal;
  };
};

type Writing = Reading & {
  readonly parts: RestoringParts;
  readonly carried: string;
  /** Both as they will lie on the disk. */
  readonly keyring: Uint8Array;
  readonly vault: Uint8Array;
  readonly cost: Cost;
};

const writeAll = async (writing: Writing): Promise<Result<void, RestoreCode>> => {
  const { parts, work } = writing;
  const stores = parts.openStores(writing.carried, () => {});
  const put = await putAllBack(readBackup(...readingHalf(writing, 1)), (ledger) =>
    ledger === "room" ? undefined : stores[ledger],
  );
  for (const ledger of [stores.kept, stores.carried]) await closeLedger(ledger);
  if (!put.ok) return put;
  const room = sealUnopenableVault(writing.masterKey, writing.cost, parts.random);
  for (const [name, bytes] of [
    ["room-vault", room],
    ["keyring", writing.keyring],
    ["vault", writing.vault],
  ] as const) {
    if (work.cancelled()) return refuse("CANCELLED");
    const written = await parts.bridge.safe.write(name, bytes);
    if (!written.ok) return refuse("DISK_FAILED", written.code);
  }
  return accept(undefined);
};

const openHead = async (
  head: BackupHead,
  secret: BackupSecret,
  vaultParts: VaultParts,
): Promise<Result<MasterKey, RestoreCode>> => {
  const opened = await openPortable(head.vault, secret, vaultParts);
  if (!opened.ok) return opened;
  return isSealedUnder(head, opened.value) ? opened : refuse("BACKUP_ALTERED");
};

const openPortable = async (
  vault: Uint8Array,
  secret: BackupSecret,
  { derive }: VaultParts,
): Promise<Result<MasterKey, RestoreCode>> => {
  if ("passphrase" in secret)
    return openVault({ derive, deviceSecret: portableSecret() }, vault, secret.passphrase);
  if (!longEnough(secret.newPassphrase)) return refuse("PASSPHRASE_SHORT");
  const words = readRecoveryWords(secret.words.join(" "));
  return words.ok ? openVaultByRecovery(vault, words.value) : words;
};

/** Reads the whole file, and answers with the one thing that is looked into before anything is written. */
const readKeyring = async (reading: Reading): Promise<Result<KeyringContent, RestoreCode>> => {
  let content: Uint8Array | undefined;
  for await (const record of readBackup(...readingHalf(reading, 0))) {
    if (!record.ok) return record;
    if (record.value.type === "keyring") content = record.value.content;
  }
  const keyring = content === undefined ? undefined : parseKeyringContent(content);
  if (keyring?.ok === true) return keyring;
  return refuse(keyring?.code === "NEWER_KEYRING" ? "NEWER_BACKUP" : "BACKUP_ALTERED");
};

/**
 * Settings that a restored journal begins without. Danger: a file may be anybody's, and a computer contacts no host
 * and opens no door because a file says so.
 */
const leftBehind: ReadonlySet<string> = new Set([
  ...backupSettings,
  askedFor,
  ...([
    "meetingPoints",
    "mailboxes",
    "sharedFolder",
    "iceServers",
    "openToNetwork",
  ] satisfies (keyof Settings)[]),
]);

/** The room is in no journal's backup; the old device's keys serve for reading alone. */
const asNewDevice = (keyring: KeyringContent, random: Random): KeyringContent => {
  const settings = Object.entries(keyring.settings).filter(([name]) => !leftBehind.has(name));
  const paired = keyring.couple !== undefined;
  return {
    ...keyring,
    keys: paired ? keyring.keys : makePersonKeys(random),
    settings: { ...Object.fromEntries(settings), ...toldByFile, restored: paired },
  };
};
