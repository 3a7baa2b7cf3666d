import { accept } from "../../shared/base/result.ts";
import type { BackupFiles } from "../../shared/bridge/backupFiles.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";

/** For looking at screens: `state` "notOffered", "none", "asks" or "ready", as a shell would find its folder. */
export const fakeBackupFiles = (state: string | null): BackupFiles => {
  let folder: ChosenFolder =
    state === "notOffered" || state === "none"
      ? { state }
      : { state: state === "asks" ? "asks" : "ready", name: "Backups" };
  if (state === null) folder = { state: "none" };
  const ready: ChosenFolder = { state: "ready", name: "Backups" };
  return {
    folder: async () => folder,
    chooseFolder: async () => accept((folder = ready)),
    askAgain: async () => (folder = ready),
    forgetFolder: async () => {
      folder = { state: "none" };
      return accept(undefined);
    },
    begin: async () => accept({ ticket: 1, readable: state !== "notOffered" }),
    write: async () => accept(undefined),
    finish: async () => accept(0),
    read: async () => accept(new Uint8Array()),
    keep: async () => accept(undefined),
    discard: async () => accept(undefined),
  };
};
