import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { toHex } from "../../shared/base/bytes.ts";
import type { SinkCode } from "../../shared/base/files.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { refuse, type Refused } from "../../shared/base/result.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";

/**
 * What is used of the File System Access API, which not every browser has. A folder of the page's own storage
 * (navigator.storage.getDirectory) is one too, without the two questions.
 */
export type PickedFolder = FileSystemDirectoryHandle & {
  readonly queryPermission?: (wanted: Wanted) => Promise<PermissionState>;
  readonly requestPermission?: (wanted: Wanted) => Promise<PermissionState>;
};
type Wanted = { readonly mode: "readwrite" };

/** Undefined in a browser that has no such thing. Resolves undefined where the person closed the window. */
export type PickFolder = (() => Promise<PickedFolder | undefined>) | undefined;

/** One thing, from one start to the next. */
export type Kept<Value> = {
  readonly read: () => Promise<Value | undefined>;
  readonly write: (value: Value | undefined) => Promise<void>;
};
/** The folder that was chosen, with a mark for the names of the files. */
export type KeptPlace = Kept<Place>;
export type Place = { readonly folder: PickedFolder; readonly mark: string };

export type ChosenPlace = {
  readonly tell: () => Promise<ChosenFolder>;
  readonly choose: () => Promise<ChosenFolder>;
  readonly askAgain: () => Promise<ChosenFolder>;
};

/** Asks, keeps and tells. Throws what the browser throws. */
export const createChosenPlace = (pick: PickFolder, kept: KeptPlace): ChosenPlace => {
  const tell = async (): Promise<ChosenFolder> => {
    if (pick === undefined) return { state: "notOffered" };
    const place = await kept.read().catch(() => undefined);
    if (place === undefined) return { state: "none" };
    const { name } = place.folder;
    return { state: (await mayWrite(place.folder)) ? "ready" : "asks", name };
  };
  return {
    tell,
    choose: async () => {
      const chosen = await pick?.();
      if (chosen !== undefined) {
        const before = await kept.read();
        await kept.write({ folder: chosen, mark: before?.mark ?? newMark() });
      }
      return tell();
    },
    askAgain: async () => {
      const place = await kept.read().catch(() => undefined);
      await place?.folder.requestPermission?.({ mode: "readwrite" }).catch(() => undefined);
      return tell();
    },
  };
};

export const mayWrite = async (folder: PickedFolder): Promise<boolean> =>
  folder.queryPermission === undefined ||
  (await folder.queryPermission({ mode: "readwrite" })) === "granted";

export const newMark = (): string => toHex(systemRandom(4));

type FolderPicker = {
  readonly showDirectoryPicker?: (options: {
    readonly id: string;
    readonly mode: "readwrite";
  }) => Promise<PickedFolder>;
};

/** @param id the browser begins where it was with this the last time */
export const folderPicker = (page: Window & FolderPicker, id: string): PickFolder => {
  const { showDirectoryPicker } = page;
  return showDirectoryPicker === undefined
    ? undefined
    : () => unlessClosed(showDirectoryPicker.call(page, { id, mode: "readwrite" }));
};

export const unlessClosed = async <Handle>(
  picking: Promise<Handle>,
): Promise<Handle | undefined> => {
  try {
    return await picking;
  } catch (problem) {
    if (nameOf(problem) === "AbortError") return undefined;
    throw problem;
  }
};

interface KeptSchema<Value> extends DBSchema {
  places: { key: string; value: Value };
}

/** @param key within the database, one thing each */
export const keptInDatabase = <Value>(name: string, key: string): Kept<Value> => {
  const using = async <Outcome>(
    work: (database: IDBPDatabase<KeptSchema<Value>>) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const database = await openDB<KeptSchema<Value>>(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("places");
      },
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  };
  return {
    read: () => using((database) => database.get("places", key)),
    write: (value) =>
      using(async (database) => {
        if (value === undefined) await database.delete("places", key);
        else await database.put("places", value, key);
      }),
  };
};

/** Where Chromium writes until the file is closed; of one that was killed it stays, and nobody else clears it. */
export const halfEnding = ".crswap";

export const nameOf = (problem: unknown): string =>
  problem instanceof Error || problem instanceof DOMException ? problem.name : "";

export const readBrowserProblem = (problem: unknown): Refused<SinkCode> => {
  const name = nameOf(problem);
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
