import { toHex } from "../../shared/base/bytes.ts";
import type { Clock } from "../../shared/base/clock.ts";
import { createQueue } from "../../shared/base/queue.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { accept, refuse, type Refused, type Result } from "../../shared/base/result.ts";
import {
  backupBytesAtOnce,
  backupsKept,
  type BackupFiles,
  type BackupFilesCode,
  type BackupFolder,
} from "../../shared/bridge/backupFiles.ts";
import { backupName, isBackupOf, spareBackups } from "../../shared/bridge/backupNames.ts";
import type { BackupPlaces, PickedFolder } from "./backupPlaces.ts";

type InHand = {
  readonly ticket: number;
  readonly name: string;
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** The file as it is now; undefined where no page can look at it. */
  readonly finish: () => Promise<Blob | undefined>;
  readonly giveUp: () => Promise<void>;
  /** Once it is called a backup. */
  readonly keep: () => Promise<void>;
  size: number;
  written: Blob | undefined;
};

/** Backups from a plain browser: into a folder where the browser knows how, as a download where it does not. */
export const createBrowserBackups = (
  places: BackupPlaces,
  clock: Pick<Clock, "now">,
): BackupFiles => {
  const inTurn = createQueue();
  let tickets = 0;
  let inHand: InHand | undefined;

  const ask = <Value>(
    run: () => Promise<Result<Value, BackupFilesCode>>,
  ): Promise<Result<Value, BackupFilesCode>> => inTurn(() => run().catch(readProblem));
  const withFile = <Value>(
    ticket: number,
    run: (file: InHand) => Promise<Result<Value, BackupFilesCode>>,
  ): Promise<Result<Value, BackupFilesCode>> =>
    ask(async () =>
      inHand?.ticket === ticket ? run(inHand) : refuse("BAD_REQUEST", "no such ticket"),
    );
  const letGo = async (): Promise<void> => {
    const file = inHand;
    inHand = undefined;
    await file?.giveUp().catch(() => undefined);
  };

  const folder = async (): Promise<BackupFolder> => {
    if (places.pickFolder === undefined) return { state: "notOffered" };
    const place = await places.kept.read().catch(() => undefined);
    if (place === undefined) return { state: "none" };
    const { name } = place.folder;
    return { state: (await mayWrite(place.folder)) ? "ready" : "asks", name };
  };

  const inFolder = async (): Promise<Result<Begun, BackupFilesCode>> => {
    const place = await places.kept.read();
    if (place === undefined) return refuse("FOLDER_GONE", "none chosen");
    if (!(await mayWrite(place.folder))) return refuse("NO_PERMISSION");
    const name = backupName(place.mark, clock.now());
    const handle = await place.folder.getFileHandle(name, { create: true });
    const { abort, ...file } = await writing(handle, name);
    return accept({
      ...file,
      giveUp: async () => {
        await abort();
        await place.folder.removeEntry(name);
      },
      keep: () => removeSpare(place.folder, place.mark, name),
    });
  };
  const asked = async (): Promise<Begun | undefined> => {
    const name = backupName(newMark(), clock.now());
    if (places.pickFile === undefined) return downloading(name, places.download);
    const handle = await places.pickFile(name);
    if (handle === undefined) return undefined;
    const { abort, ...file } = await writing(handle, name);
    const giveUp = async (): Promise<void> => {
      await abort();
      await (handle as RemovableFile).remove?.();
    };
    return { ...file, giveUp, keep: async () => {} };
  };

  return {
    folder: () => inTurn(folder),
    chooseFolder: () =>
      ask(async () => {
        const chosen = await places.pickFolder?.();
        if (chosen !== undefined) {
          const before = await places.kept.read();
          await places.kept.write({ folder: chosen, mark: before?.mark ?? newMark() });
        }
        return accept(await folder());
      }),
    askAgain: () =>
      inTurn(async () => {
        const place = await places.kept.read().catch(() => undefined);
        await place?.folder.requestPermission?.({ mode: "readwrite" }).catch(() => undefined);
        return folder();
      }),
    forgetFolder: () =>
      ask(async () => {
        await places.kept.write(undefined);
        return accept(undefined);
      }),
    begin: (where) =>
      ask(async () => {
        await letGo();
        const begun = where === "folder" ? await inFolder() : accept(await asked());
        if (!begun.ok) return begun;
        if (begun.value === undefined) return accept(undefined);
        tickets += 1;
        inHand = { ...begun.value, ticket: tickets, size: 0, written: undefined };
        return accept({ ticket: tickets, readable: begun.value.readable });
      }),
    write: (ticket, bytes) =>
      withFile(ticket, async (file) => {
        if (bytes.length > backupBytesAtOnce) return refuse("BAD_REQUEST");
        await file.write(bytes.slice());
        file.size += bytes.length;
        return accept(undefined);
      }),
    finish: (ticket) =>
      withFile(ticket, async (file) => {
        file.written = await file.finish();
        return accept(file.written?.size ?? file.size);
      }),
    read: (ticket, from, length) =>
      withFile(ticket, async ({ written }) =>
        written === undefined || length > backupBytesAtOnce
          ? refuse("BAD_REQUEST")
          : accept(new Uint8Array(await written.slice(from, from + length).arrayBuffer())),
      ),
    keep: (ticket) =>
      withFile(ticket, async (file) => {
        inHand = undefined;
        await file.keep();
        return accept(undefined);
      }),
    discard: (ticket) =>
      withFile(ticket, async () => {
        await letGo();
        return accept(undefined);
      }),
  };
};

/** Not every browser can take away a file that was chosen by itself. */
type RemovableFile = FileSystemFileHandle & { readonly remove?: () => Promise<void> };

type Begun = Omit<InHand, "ticket" | "size" | "written"> & { readonly readable: boolean };

/** The browser writes beside the file and puts it in place when it is closed: half of one never stands there. */
const writing = async (
  handle: FileSystemFileHandle,
  name: string,
): Promise<Omit<Begun, "giveUp" | "keep"> & { readonly abort: () => Promise<void> }> => {
  const stream = await handle.createWritable();
  return {
    name,
    readable: true,
    write: (bytes) => stream.write(bytes),
    // Closed already: what was written stands there.
    abort: () => stream.abort().catch(() => undefined),
    finish: async () => {
      await stream.close();
      return handle.getFile();
    },
  };
};

/** Collected as blobs, which a browser keeps on its disk when they grow; handed over when it is kept. */
const downloading = (name: string, download: BackupPlaces["download"]): Begun => {
  let parts: Blob[] = [];
  return {
    name,
    readable: false,
    write: async (bytes) => {
      parts.push(new Blob([bytes]));
    },
    finish: async () => undefined,
    giveUp: async () => {
      parts = [];
    },
    keep: async () => {
      download(name, new Blob(parts, { type: "application/octet-stream" }));
      parts = [];
    },
  };
};

const mayWrite = async (folder: PickedFolder): Promise<boolean> =>
  folder.queryPermission === undefined ||
  (await folder.queryPermission({ mode: "readwrite" })) === "granted";

/**
 * A browser lays an empty file there before it writes: one that is still empty was never finished, and counts for
 * nothing. The new one is there, so an old one that cannot be taken away stays.
 */
const removeSpare = async (folder: PickedFolder, mark: string, kept: string): Promise<void> => {
  try {
    const whole: string[] = [];
    const empty: string[] = [];
    for await (const name of folder.keys()) {
      if (!isBackupOf(name, mark)) continue;
      const { size } = await (await folder.getFileHandle(name)).getFile();
      (size > 0 ? whole : empty).push(name);
    }
    for (const name of [...empty, ...spareBackups(whole, mark, kept, backupsKept)])
      await folder.removeEntry(name);
  } catch {
    // Next time.
  }
};

const newMark = (): string => toHex(systemRandom(4));

const readProblem = (problem: unknown): Refused<BackupFilesCode> => {
  const name = problem instanceof Error || problem instanceof DOMException ? problem.name : "";
  switch (name) {
    case "QuotaExceededError":
      return refuse("DISK_FULL", name);
    case "NotAllowedError":
    case "SecurityError":
    case "NoModificationAllowedError":
      return refuse("NO_PERMISSION", name);
    case "NotFoundError":
      return refuse("FOLDER_GONE", name);
    default:
      return refuse("DISK_FAILED", name);
  }
};
