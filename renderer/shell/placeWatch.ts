import { isSharedFileName } from "../../shared/bridge/sharedFileNames.ts";
import { createQueue } from "../../shared/base/queue.ts";
import type { PickedFolder } from "./chosenPlace.ts";

/** What is used of FileSystemObserver, which not every browser has. */
export type MakeObserver = (told: (records: readonly FolderRecord[]) => void) => FolderObserver;

type FolderObserver = {
  readonly observe: (folder: FileSystemDirectoryHandle) => Promise<void>;
  readonly disconnect: () => void;
};
type FolderRecord = {
  readonly type: string;
  /** None: the folder itself. */
  readonly relativePathComponents: readonly string[];
};

type Observing = {
  readonly FileSystemObserver?: new (
    told: (records: readonly FolderRecord[]) => void,
  ) => FolderObserver;
};

export const observerOf = ({ FileSystemObserver }: Window & Observing): MakeObserver | undefined =>
  FileSystemObserver === undefined ? undefined : (told) => new FileSystemObserver(told);

export type PlaceWatch = {
  /** Watches this folder from here on, if it does not already. Never throws. */
  readonly follow: (folder: PickedFolder) => Promise<void>;
  readonly stop: () => void;
};

/** At most one folder at a time. Who lists the folder brings a watch that ended back to life. */
export const createPlaceWatch = (
  make: MakeObserver | undefined,
  changed: () => void,
): PlaceWatch => {
  const inTurn = createQueue();
  let now: { readonly folder: PickedFolder; readonly observer: FolderObserver } | undefined;
  const stop = (): void => {
    now?.observer.disconnect();
    now = undefined;
  };
  return {
    follow: (folder) =>
      inTurn(async () => {
        if (make === undefined) return;
        try {
          if (now !== undefined && (await now.folder.isSameEntry(folder))) return;
          stop();
          const observer = make((records) => {
            if (records.some(concernsUs)) changed();
            if (records.some(isEnd) && now?.observer === observer) stop();
          });
          now = { folder, observer };
          await observer.observe(folder);
        } catch {
          // Some folders cannot be observed: then a look now and then has to do.
          stop();
        }
      }),
    stop,
  };
};

const concernsUs = ({ type, relativePathComponents: [name, ...deeper] }: FolderRecord): boolean =>
  deeper.length === 0 && (name === undefined || type === "unknown" || isSharedFileName(name));

const isEnd = ({ type, relativePathComponents }: FolderRecord): boolean =>
  type === "errored" || (type === "disappeared" && relativePathComponents.length === 0);
