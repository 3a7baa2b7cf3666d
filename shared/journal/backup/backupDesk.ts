import { equalBytes } from "../../base/bytes.ts";
import type { Clock } from "../../base/clock.ts";
import type { FileSource } from "../../base/files.ts";
import { createCell } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Work } from "../../base/work.ts";
import { estimate, gather, type GatherParts } from "../../backup/gather.ts";
import { isSealedUnder, readHead, type BackupKind } from "../../backup/head.ts";
import { readBackup, readThrough } from "../../backup/readBackup.ts";
import { writeBackup, type WrittenBackup } from "../../backup/writeBackup.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import type { BackupCode, Backups, BackupState, CheckCode } from "../backups.ts";
import type { BackupVault } from "./backupVault.ts";
import { isBackupDue, type BackupNotes, type BackupNotesStore } from "./backupNotes.ts";

export type BackupDesk = Backups & {
  /** Ends what is under way and waits for it: before the stores close and the keys are wiped. */
  readonly stop: () => Promise<void>;
  /** Looks again at whether the passphrase is still the one that was asked for. */
  readonly look: () => Promise<void>;
};

export type BackupDeskParts = {
  readonly kind: BackupKind;
  /** What is open now: its key, and what lies there. Undefined while it is closed. */
  readonly inside: () => BackupInside | undefined;
  readonly vault: BackupVault;
  readonly notes: BackupNotesStore;
  readonly clock: Clock;
  readonly random: Random;
};

export type BackupInside = Pick<GatherParts, "keyring" | "ledgers"> & {
  readonly masterKey: MasterKey;
};

/** Makes backups and reads them through, one at a time. */
export const createBackupDesk = (parts: BackupDeskParts): BackupDesk => {
  const { kind, inside, vault, notes, clock, random } = parts;
  const turn = createQueue();
  const state = createCell<BackupState>({ ready: false, every: "never", madeAt: undefined });
  let ending = 0;

  const note = async (change: Partial<BackupNotes>): Promise<Result<void, StoreCode>> => {
    const saved = await notes.write(change);
    if (saved.ok) await look();
    return saved;
  };
  const portable = async (): Promise<Uint8Array | undefined> => {
    const { half } = notes.read();
    const joined = half === undefined ? accept(undefined) : await vault.join(half);
    return joined.ok ? joined.value : undefined;
  };
  const look = async (): Promise<void> => {
    const ready = (await portable()) !== undefined;
    const { every, madeAt } = notes.read();
    state.set({ ready, every, madeAt });
  };
  /** Locking cancels whatever runs. */
  const until = (work: Work): Work => {
    const begun = ending;
    return { ...work, cancelled: () => ending !== begun || work.cancelled() };
  };

  const make: Backups["make"] = async (to, readBack, given) => {
    const work = until(given);
    return turn(async () => {
      const now = inside();
      const whole = now === undefined ? undefined : await portable();
      if (now === undefined || whole === undefined) {
        await to.abort();
        return refuse<BackupCode>(now === undefined ? "ROOM_LOCKED" : "NOT_SET_UP");
      }
      const madeAt = clock.now();
      const expected = await estimate(now.ledgers);
      const written = await writeBackup<StoreCode>({
        kind,
        masterKey: now.masterKey,
        vault: whole,
        records: gather({ ...now, madeAt }),
        to,
        random,
        cancelled: work.cancelled,
        wrote: (bytes) => work.progress(bytes, 2 * Math.max(bytes, expected)),
      });
      if (!written.ok) return written;
      if (readBack === undefined) return accept(undefined);
      const file = await readBack();
      if (!file.ok) return file;
      const same = await isAsWritten(file.value, written.value, now.masterKey, kind, work);
      if (!same.ok) return same;
      // It is made, also where that cannot be noted.
      await note({ madeAt });
      return accept(undefined);
    });
  };

  const check: Backups["check"] = async (file, given) => {
    const work = until(given);
    return turn(async () => {
      const now = inside();
      if (now === undefined) return refuse<CheckCode>("ROOM_LOCKED");
      const head = await readHead(file, kind);
      if (!head.ok) return head;
      if (!isSealedUnder(head.value, now.masterKey)) return refuse<CheckCode>("OTHER_JOURNAL");
      const made = await readThrough(readBackup(file, head.value, now.masterKey, work));
      if (!made.ok) return made;
      const known = notes.read().madeAt;
      if (known === undefined || known < made.value) await note({ madeAt: made.value });
      return accept({ madeAt: made.value });
    });
  };

  // Not in turn: a lock would wait for the derivation.
  const setUp: Backups["setUp"] = async (passphrase) => {
    if (inside() === undefined) return refuse("ROOM_LOCKED");
    const half = await vault.makeHalf(passphrase);
    if (!half.ok) return half;
    const noted = await note({ half: half.value });
    return noted.ok ? noted : refuse("DISK_FAILED", noted.code);
  };

  return {
    state,
    setUp,
    follow: async (passphrase) =>
      notes.read().half === undefined ? accept(undefined) : setUp(passphrase),
    make,
    check,
    setEvery: (every) => note({ every }),
    isDue: () => isBackupDue(state.read(), clock.now()),
    look,
    stop: async () => {
      ending += 1;
      await turn(async () => {});
    },
  };
};

/** Everything is read again and authenticated; only then it counts as made. */
const isAsWritten = async (
  file: FileSource,
  written: WrittenBackup,
  masterKey: MasterKey,
  kind: BackupKind,
  work: Work,
): Promise<Result<void, BackupCode>> => {
  if (file.size !== written.size) return refuse("NOT_READ_BACK", "another size");
  const start = await file.read(0, written.head.length);
  if (!start.ok || !equalBytes(start.value, written.head))
    return refuse("NOT_READ_BACK", "another file");
  const head = await readHead(file, kind);
  if (!head.ok) return refuse("NOT_READ_BACK", head.code);
  const second: Work = {
    ...work,
    progress: (done, all) => work.progress(all + done, 2 * all),
  };
  const whole = await readThrough(readBackup(file, head.value, masterKey, second));
  if (whole.ok) return accept(undefined);
  return whole.code === "CANCELLED" ? refuse("CANCELLED") : refuse("NOT_READ_BACK", whole.code);
};
