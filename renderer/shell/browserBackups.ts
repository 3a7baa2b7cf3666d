import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import {
  backupsKept,
  type BackupFiles,
  type BackupFilesCode,
} from "../../shared/bridge/backupFiles.ts";
import { backupName, isBackupOf, spareBackups } from "../../shared/bridge/backupNames.ts";
import { createFileInHand, type FileInHand } from "../../shared/bridge/fileInHand.ts";
import type { BackupPlaces } from "./backupPlaces.ts";
import {
  createChosenPlace,
  halfEnding,
  mayWrite,
  newMark,
  type PickedFolder,
  readBrowserProblem,
} from "./chosenPlace.ts";

/** Backups from a plain browser: into a folder where the browser knows how, as a download where it does not. */
export const createBrowserBackups = (
  places: BackupPlaces,
  clock: Pick<Clock, "now">,
): BackupFiles => {
  const chosen = createChosenPlace(places.pickFolder, places.kept);

  const inFolder = async (): Promise<Result<FileInHand, BackupFilesCode>> => {
    const place = await places.kept.read();
    if (place === undefined) return refuse("FOLDER_GONE", "none chosen");
    if (!(await mayWrite(place.folder))) return refuse("NO_PERMISSION");
    const name = backupName(place.mark, clock.now());
    const handle = await place.folder.getFileHandle(name, { create: true });
    const { abort, ...written } = await writing(handle);
    return accept({
      ...written,
      giveUp: async () => {
        await abort();
        await place.folder.removeEntry(name);
      },
      keep: () => removeSpare(place.folder, place.mark, name),
    });
  };
  const asked = async (): Promise<FileInHand | undefined> => {
    const name = backupName(newMark(), clock.now());
    if (places.pickFile === undefined) return downloading(name, places.download);
    const handle = await places.pickFile(name);
    if (handle === undefined) return undefined;
    const { abort, ...written } = await writing(handle);
    const giveUp = async (): Promise<void> => {
      await abort();
      await (handle as RemovableFile).remove?.();
    };
    return { ...written, giveUp, keep: async () => {} };
  };

  const { inTurn, ask, ...file } = createFileInHand({
    lay: async (where) => (where === "folder" ? inFolder() : accept(await asked())),
    readProblem: readBrowserProblem,
  });

  return {
    folder: () => inTurn(chosen.tell),
    chooseFolder: () => ask(async () => accept(await chosen.choose())),
    askAgain: () => inTurn(chosen.askAgain),
    forgetFolder: () =>
      ask(async () => {
        await places.kept.write(undefined);
        return accept(undefined);
      }),
    ...file,
  };
};

/** Not every browser can take away a file that was chosen by itself. */
type RemovableFile = FileSystemFileHandle & { readonly remove?: () => Promise<void> };

/** The browser writes beside the file and puts it in place when it is closed: half of one never stands there. */
const writing = async (
  handle: FileSystemFileHandle,
): Promise<Omit<FileInHand, "giveUp" | "keep"> & { readonly abort: () => Promise<void> }> => {
  const stream = await handle.createWritable();
  let whole = new Blob();
  return {
    write: (bytes) => stream.write(bytes.slice()),
    finish: async () => {
      await stream.close();
      whole = await handle.getFile();
      return whole.size;
    },
    read: async (from, length) =>
      new Uint8Array(await whole.slice(from, from + length).arrayBuffer()),
    // Closed already: what was written stands there.
    abort: () => stream.abort().catch(() => undefined),
  };
};

/** Collected as blobs, which a browser keeps on its disk when they grow; handed over when it is kept. */
const downloading = (name: string, download: BackupPlaces["download"]): FileInHand => {
  let parts: Blob[] = [];
  return {
    write: async (bytes) => {
      parts.push(new Blob([bytes.slice()]));
    },
    finish: async () => parts.reduce((size, part) => size + part.size, 0),
    read: undefined,
    giveUp: async () => {
      parts = [];
    },
    keep: async () => {
      download(name, new Blob(parts, { type: "application/octet-stream" }));
      parts = [];
    },
  };
};

/**
 * A browser lays an empty file there before it writes: one that is still empty was never finished, and counts for
 * nothing. The new one is there, so an old one that cannot be taken away stays.
 */
const removeSpare = async (folder: PickedFolder, mark: string, kept: string): Promise<void> => {
  try {
    const whole: string[] = [];
    const empty: string[] = [];
    const halves: string[] = [];
    for await (const name of folder.keys()) {
      if (name.endsWith(halfEnding) && isBackupOf(name.slice(0, -halfEnding.length), mark))
        halves.push(name);
      if (!isBackupOf(name, mark)) continue;
      const { size } = await (await folder.getFileHandle(name)).getFile();
      (size > 0 ? whole : empty).push(name);
    }
    const spare = spareBackups(whole, mark, kept, backupsKept);
    for (const name of [...empty, ...spare, ...halves]) await folder.removeEntry(name);
  } catch {
    // Next time.
  }
};
