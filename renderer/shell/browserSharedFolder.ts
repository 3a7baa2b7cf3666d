import type { Clock } from "../../shared/base/clock.ts";
import { type ListedFile, sharedFileLimit, type SharedFilesCode } from "../../shared/base/files.ts";
import { createQueue } from "../../shared/base/queue.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { createChangeHints } from "../../shared/bridge/changeHints.ts";
import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";
import { firstSharedNames, isSharedFileName } from "../../shared/bridge/sharedFileNames.ts";
import {
  createChosenPlace,
  type Kept,
  type KeptPlace,
  keptInDatabase,
  mayWrite,
  nameOf,
  folderPicker,
  type PickedFolder,
  type PickFolder,
  readBrowserProblem,
} from "./chosenPlace.ts";
import { createPutting, type LaidFile } from "./putFile.ts";
import { createPlaceWatch, type MakeObserver, observerOf } from "./placeWatch.ts";

export type SharedPlaces = {
  readonly pickFolder: PickFolder;
  readonly kept: KeptPlace;
  readonly laid: Kept<LaidFile>;
  /** Undefined in a browser that tells nothing of folders: there a look now and then has to do. */
  readonly makeObserver: MakeObserver | undefined;
};

export const browserSharedPlaces = (page: Window): SharedPlaces => ({
  pickFolder: folderPicker(page, "twofold-shared-folder"),
  kept: keptInDatabase("twofold-shared-folder", "chosen"),
  laid: keptInDatabase("twofold-shared-folder", "laid"),
  makeObserver: observerOf(page),
});

/** A folder for both, from a plain browser. What it lies in, no page can tell. */
export const createBrowserSharedFolder = (
  { pickFolder, kept, laid, makeObserver }: SharedPlaces,
  clock: Pick<Clock, "after">,
): SharedFolder => {
  const chosen = createChosenPlace(pickFolder, kept);
  const asking = createQueue();
  const hints = createChangeHints(clock);
  const watching = createPlaceWatch(makeObserver, hints.note);
  const putting = createPutting(laid);

  const within = async <Value>(
    run: (folder: PickedFolder) => Promise<Result<Value, SharedFilesCode>>,
  ): Promise<Result<Value, SharedFilesCode>> => {
    try {
      const place = await kept.read();
      if (place === undefined) return refuse("FOLDER_GONE", "none chosen");
      return (await mayWrite(place.folder)) ? await run(place.folder) : refuse("NO_PERMISSION");
    } catch (problem) {
      return readBrowserProblem(problem);
    }
  };

  const withFile = <Value>(
    name: string,
    run: (folder: PickedFolder) => Promise<Result<Value, SharedFilesCode>>,
  ): Promise<Result<Value, SharedFilesCode>> =>
    within(async (folder) => (isSharedFileName(name) ? run(folder) : refuse("BAD_REQUEST")));

  return {
    folder: chosen.tell,
    chooseFolder: () =>
      asking(async () => {
        try {
          return accept(await chosen.choose());
        } catch (problem) {
          return readBrowserProblem(problem);
        } finally {
          hints.note();
        }
      }),
    askAgain: async () => {
      const told = await chosen.askAgain();
      hints.note();
      return told;
    },
    forgetFolder: () =>
      asking(async () => {
        try {
          watching.stop();
          await kept.write(undefined);
          return accept(undefined);
        } catch (problem) {
          return readBrowserProblem(problem);
        }
      }),
    list: () =>
      within(async (folder) => {
        await putting.clearLeftover();
        await watching.follow(folder);
        const handles = new Map<string, FileSystemFileHandle>();
        for await (const handle of folder.values())
          if (isFile(handle)) handles.set(handle.name, handle);
        const listed: ListedFile[] = [];
        for (const name of firstSharedNames([...handles.keys()])) {
          const file = await handles.get(name)?.getFile().catch(unlessGone);
          if (file !== undefined)
            listed.push({ name, size: file.size, changed: file.lastModified });
        }
        return accept(listed);
      }),
    read: (name) =>
      withFile(name, async (folder) => {
        try {
          const file = await (await folder.getFileHandle(name)).getFile();
          if (file.size > sharedFileLimit) return refuse("TOO_LARGE");
          return accept(new Uint8Array(await file.arrayBuffer()));
        } catch (problem) {
          return fileGone(folder, problem);
        }
      }),
    put: (name, bytes) =>
      withFile(name, async (folder) =>
        bytes.length > sharedFileLimit ? refuse("TOO_LARGE") : putting.put(folder, name, bytes),
      ),
    remove: (name) =>
      withFile(name, async (folder) => {
        try {
          // Taking an entry away does not ask whether it is a file.
          await folder.getFileHandle(name);
          await folder.removeEntry(name);
          return accept(undefined);
        } catch (problem) {
          if (nameOf(problem) === "TypeMismatchError") return refuse("BAD_REQUEST", "no file");
          const gone = await fileGone(folder, problem);
          return gone.code === "FILE_GONE" ? accept(undefined) : gone;
        }
      }),
    onChange: hints.onChange,
  };
};

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === "file";

const unlessGone = (problem: unknown): undefined => {
  if (!goneNames.includes(nameOf(problem))) throw problem;
};

/** Not there, not a file, or another one by the time it was read. */
const goneNames = ["NotFoundError", "TypeMismatchError", "NotReadableError"];

/** The same is said of a file and of the folder in which it was. */
const fileGone = async (folder: PickedFolder, problem: unknown) => {
  if (!goneNames.includes(nameOf(problem))) throw problem;
  // Throws where the folder is gone.
  await folder.keys().next();
  return refuse("FILE_GONE", nameOf(problem));
};
