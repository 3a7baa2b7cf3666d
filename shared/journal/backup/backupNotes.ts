import { fromBase64Url, toBase64Url } from "../../base/bytes.ts";
import { accept, type Result } from "../../base/result.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { JsonObject } from "../../people/keyringContent.ts";
import type { BackupEvery, BackupState } from "../backups.ts";
import type { KeyringKeeper } from "../keys/keyringKeeper.ts";

/** What is kept about backups between two of them. */
export type BackupNotes = Pick<BackupState, "every" | "madeAt"> & {
  /** Of a portable vault (shared/vault/portableVault.ts). */
  readonly half: Uint8Array | undefined;
};

export type BackupNotesStore = {
  readonly read: () => BackupNotes;
  readonly write: (change: Partial<BackupNotes>) => Promise<Result<void, StoreCode>>;
};

/** Settings of this computer; a restored journal begins without them. */
export const backupSettings = ["backupHalf", "backupEvery", "backupMadeAt"] as const;

/** In the sealed keyring. What does not fit there reads as nothing. */
export const keyringNotes = (keyring: KeyringKeeper): BackupNotesStore => ({
  read: () => readNotes(keyring.content.read().settings),
  write: (change) =>
    keyring.change((now) => ({
      ...now,
      settings: { ...now.settings, ...writeNotes({ ...readNotes(now.settings), ...change }) },
    })),
});

/** For my room: forgotten with it, so that nothing tells whether it was ever backed up. */
export const passingNotes = (): BackupNotesStore & { readonly forget: () => void } => {
  const none: BackupNotes = { half: undefined, every: "never", madeAt: undefined };
  let notes = none;
  return {
    read: () => notes,
    write: async (change) => {
      notes = { ...notes, ...change };
      return accept(undefined);
    },
    forget: () => {
      notes = none;
    },
  };
};

const hour = 60 * 60 * 1000;
/** A little less than the name says: who opens Twofold at about the same hour is not a day late each time. */
const between: Readonly<Record<BackupEvery, number>> = {
  never: Number.POSITIVE_INFINITY,
  day: 20 * hour,
  week: 6.5 * 24 * hour,
};

/** A date ahead of this computer's clock says nothing, so then it is due. */
export const isBackupDue = ({ ready, every, madeAt }: BackupState, now: number): boolean =>
  ready &&
  every !== "never" &&
  (madeAt === undefined || madeAt > now || now - madeAt >= between[every]);

const readNotes = (settings: JsonObject): BackupNotes => {
  const { backupHalf, backupEvery, backupMadeAt } = settings;
  const half = typeof backupHalf === "string" ? fromBase64Url(backupHalf) : undefined;
  return {
    half: half?.ok === true ? half.value : undefined,
    every: backupEvery === "day" || backupEvery === "week" ? backupEvery : "never",
    madeAt: typeof backupMadeAt === "number" ? backupMadeAt : undefined,
  };
};

const writeNotes = ({ half, every, madeAt }: BackupNotes): JsonObject => ({
  backupHalf: half === undefined ? null : toBase64Url(half),
  backupEvery: every,
  backupMadeAt: madeAt ?? null,
});
