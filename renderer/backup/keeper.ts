import type { Cancel, Clock } from "../../shared/base/clock.ts";
import { createCell, type Live } from "../../shared/base/live.ts";
import type { BackupFiles, BackupFilesCode } from "../../shared/bridge/backupFiles.ts";
import type { BackupCode, Backups } from "../../shared/journal/backups.ts";
import { makeInto, type MadeInto } from "./makeInto.ts";

/** Makes the journal's backups, when asked and when they are due, for as long as it is unlocked. */
export type BackupKeeper = {
  readonly state: Live<KeeperState>;
  readonly begin: (where: "folder" | "ask") => Promise<void>;
  readonly stop: () => void;
  /** A refusal was seen; the next one that is due is tried all the same. */
  readonly forget: () => void;
  /** Looks whether one is due, from now on; what is returned ends that, and what is under way. */
  readonly start: () => () => void;
};

/** `asked`: by the person, just now. Bytes. */
export type KeeperState =
  | { readonly at: "idle" }
  | {
      readonly at: "working";
      readonly asked: boolean;
      readonly done: number;
      readonly all: number;
    }
  | { readonly at: MadeInto; readonly asked: boolean }
  | { readonly at: "refused"; readonly asked: boolean; readonly code: KeeperCode };

export type KeeperCode = BackupCode | BackupFilesCode;

/** After unlocking, so that opening the journal comes first; then looked at again and again, ms. */
const firstLook = 20_000;
const nextLook = 30 * 60_000;

export const createBackupKeeper = (
  backups: Pick<Backups, "make" | "isDue">,
  files: BackupFiles,
  clock: Clock,
): BackupKeeper => {
  const state = createCell<KeeperState>({ at: "idle" });
  let stopped = false;
  let started = false;
  let cancelLook: Cancel = () => {};

  const run = async (where: "folder" | "ask", asked: boolean): Promise<void> => {
    if (state.read().at === "working" || !started) return;
    stopped = false;
    state.set({ at: "working", asked, done: 0, all: 0 });
    const made = await makeInto(backups, files, where, {
      progress: (done, all) => state.set({ at: "working", asked, done, all }),
      cancelled: () => stopped || !started,
    });
    if (made.ok) state.set(asked ? { at: made.value, asked } : { at: "idle" });
    else if (made.code === "CANCELLED" && !asked) state.set({ at: "idle" });
    else state.set({ at: "refused", asked, code: made.code });
  };

  const lookAgain = (after: number): void => {
    cancelLook();
    if (started) cancelLook = clock.after(after, () => void look());
  };
  const look = async (): Promise<void> => {
    if (backups.isDue() && state.read().at !== "working") {
      const folder = await files.folder();
      if (folder.state === "asks")
        state.set({ at: "refused", asked: false, code: "NO_PERMISSION" });
      else if (folder.state === "ready") await run("folder", false);
    }
    lookAgain(nextLook);
  };
  return {
    state,
    begin: (where) => run(where, true),
    stop: () => {
      stopped = true;
    },
    forget: () => {
      if (state.read().at !== "working") state.set({ at: "idle" });
    },
    start: () => {
      started = true;
      lookAgain(firstLook);
      return () => {
        started = false;
        cancelLook();
      };
    },
  };
};
