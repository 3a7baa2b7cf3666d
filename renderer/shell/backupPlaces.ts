import {
  folderPicker,
  keptInDatabase,
  type KeptPlace,
  type PickFolder,
  unlessClosed,
} from "./chosenPlace.ts";

export type BackupPlaces = {
  readonly pickFolder: PickFolder;
  /** Undefined in a browser that has no such thing. Resolves undefined where the person closed the window. */
  readonly pickFile: ((name: string) => Promise<FileSystemFileHandle | undefined>) | undefined;
  /** Hands a whole file to the browser's downloads; where it goes from there, no page can tell. */
  readonly download: (name: string, content: Blob) => void;
  readonly kept: KeptPlace;
};

type FilePicker = {
  readonly showSaveFilePicker?: (options: {
    readonly id: string;
    readonly suggestedName: string;
  }) => Promise<FileSystemFileHandle>;
};

const pickerId = "twofold-backups";

export const browserPlaces = (page: Window & FilePicker): BackupPlaces => {
  const { showSaveFilePicker } = page;
  return {
    pickFolder: folderPicker(page, pickerId),
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
    kept: keptInDatabase("twofold-backup-folder", "backups"),
  };
};
