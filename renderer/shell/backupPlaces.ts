import { type DBSchema, openDB } from "idb";

/**
 * What is used of the File System Access API, which not every browser has. A folder of the page's own storage
 * (navigator.storage.getDirectory) is one too, without the two questions.
 */
export type PickedFolder = FileSystemDirectoryHandle & {
  readonly queryPermission?: (wanted: Wanted) => Promise<PermissionState>;
  readonly requestPermission?: (wanted: Wanted) => Promise<PermissionState>;
};
type Wanted = { readonly mode: "readwrite" };

export type BackupPlaces = {
  /** Undefined in a browser that has no such thing. Resolves undefined where the person closed the window. */
  readonly pickFolder: (() => Promise<PickedFolder | undefined>) | undefined;
  readonly pickFile: ((name: string) => Promise<FileSystemFileHandle | undefined>) | undefined;
  /** Hands a whole file to the browser's downloads; where it goes from there, no page can tell. */
  readonly download: (name: string, content: Blob) => void;
  readonly kept: KeptPlace;
};

/** The folder that was chosen, from one start to the next, with a mark for the names of the files. */
export type KeptPlace = {
  readonly read: () => Promise<Place | undefined>;
  readonly write: (place: Place | undefined) => Promise<void>;
};
export type Place = { readonly folder: PickedFolder; readonly mark: string };

type Pickers = {
  readonly showDirectoryPicker?: (options: {
    readonly id: string;
    readonly mode: "readwrite";
  }) => Promise<PickedFolder>;
  readonly showSaveFilePicker?: (options: {
    readonly id: string;
    readonly suggestedName: string;
  }) => Promise<FileSystemFileHandle>;
};

const pickerId = "twofold-backups";

export const browserPlaces = (page: Window & Pickers): BackupPlaces => {
  const { showDirectoryPicker, showSaveFilePicker } = page;
  return {
    pickFolder:
      showDirectoryPicker === undefined
        ? undefined
        : () => unlessClosed(showDirectoryPicker.call(page, { id: pickerId, mode: "readwrite" })),
    pickFile:
      showSaveFilePicker === undefined
        ? undefined
        : (suggestedName) =>
            unlessClosed(showSaveFilePicker.call(page, { id: pickerId, suggestedName })),
    download: (name, content) => {
      const address = URL.createObjectURL(content);
      const link = page.document.createElement("a");
      link.href = address;
      link.download = name;
      link.click();
      // The download holds the file by now; the address would hold it as long as the page lives.
      page.setTimeout(() => URL.revokeObjectURL(address), 60_000);
    },
    kept: keptInDatabase("twofold-backup-folder"),
  };
};

const unlessClosed = async <Handle>(picking: Promise<Handle>): Promise<Handle | undefined> => {
  try {
    return await picking;
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") return undefined;
    throw problem;
  }
};

interface PlaceSchema extends DBSchema {
  places: { key: "backups"; value: Place };
}

const keptInDatabase = (name: string): KeptPlace => {
  const using = async <Value>(
    work: (database: Awaited<ReturnType<typeof openDB<PlaceSchema>>>) => Promise<Value>,
  ): Promise<Value> => {
    const database = await openDB<PlaceSchema>(name, 1, {
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
    read: () => using((database) => database.get("places", "backups")),
    write: (place) =>
      using(async (database) => {
        if (place === undefined) await database.delete("places", "backups");
        else await database.put("places", place, "backups");
      }),
  };
};
