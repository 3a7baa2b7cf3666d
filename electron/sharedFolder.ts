import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, open, readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../shared/base/clock.ts";
import { type ListedFile, sharedFileLimit, type SharedFilesCode } from "../shared/base/files.ts";
import { createQueue } from "../shared/base/queue.ts";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import { createChangeHints } from "../shared/bridge/changeHints.ts";
import type { SharedFolder } from "../shared/bridge/sharedFolder.ts";
import { firstSharedNames, isSharedFileName } from "../shared/bridge/sharedFileNames.ts";
import { syncFolder } from "./atomicFile.ts";
import { codeOf, readDiskProblem } from "./diskProblem.ts";
import { createFolderWatch } from "./folderWatch.ts";
import { createKeptFolder, type FolderNote, type KeptFolderParts } from "./keptFolder.ts";
import type { WatchFolder } from "./systemWatch.ts";

export type SharedFolderParts = KeptFolderParts & {
  readonly watch: WatchFolder;
  readonly clock: Pick<Clock, "after">;
};

/** A path never comes from the renderer and never goes there; a name leads to nothing but a file in the folder. */
export const createSharedFolder = ({
  path,
  askFolder,
  watch,
  clock,
}: SharedFolderParts): SharedFolder => {
  const chosen = createKeptFolder({ path, askFolder });
  const asking = createQueue();
  const hints = createChangeHints(clock);
  const watching = createFolderWatch(watch, hints.note);
  /** Hidden names of this process's own, while they are written. */
  const inHand = new Set<string>();

  const within = async <Value>(
    run: (note: FolderNote) => Promise<Result<Value, SharedFilesCode>>,
  ): Promise<Result<Value, SharedFilesCode>> => {
    try {
      const note = await chosen.read();
      return note === undefined ? refuse("FOLDER_GONE", "none chosen") : await run(note);
    } catch (problem) {
      return readDiskProblem(problem);
    }
  };

  const withFile = <Value>(
    name: string,
    run: (file: string, note: FolderNote) => Promise<Result<Value, SharedFilesCode>>,
  ): Promise<Result<Value, SharedFilesCode>> =>
    within(async (note) =>
      isSharedFileName(name) ? run(join(note.folder, name), note) : refuse("BAD_REQUEST"),
    );

  const clearLeftovers = async ({ folder, mark }: FolderNote): Promise<void> => {
    for (const name of await readdir(folder).catch(() => []))
      if (isOwnFresh(name, mark) && !inHand.has(name))
        await unlink(join(folder, name)).catch(() => undefined);
  };

  return {
    folder: chosen.tell,
    chooseFolder: () =>
      asking(async () => {
        try {
          return accept(await chosen.choose());
        } catch (problem) {
          return readDiskProblem(problem);
        }
      }),
    askAgain: chosen.tell,
    forgetFolder: () =>
      asking(async () => {
        try {
          const note = await chosen.read();
          watching.stop();
          await chosen.forget();
          if (note !== undefined) await clearLeftovers(note);
          return accept(undefined);
        } catch (problem) {
          return readDiskProblem(problem);
        }
      }),
    list: () =>
      within(async (note) => {
        await watching.follow(note.folder);
        const entries = await readdir(note.folder, { withFileTypes: true });
        if (entries.some(({ name }) => isOwnFresh(name, note.mark))) await clearLeftovers(note);
        const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
        const listed = await Promise.all(
          firstSharedNames(files).map((name) => lookAt(note.folder, name)),
        );
        return accept(listed.flat());
      }),
    read: (name) => withFile(name, (file, { folder }) => readWhole(file).catch(goneOr(folder))),
    put: (name, bytes) =>
      withFile(name, async (file, { folder, mark }) => {
        if (bytes.length > sharedFileLimit) return refuse("TOO_LARGE");
        const hidden = freshName(mark);
        inHand.add(hidden);
        try {
          const put = await putWhole(file, join(folder, hidden), bytes);
          // It is there whole. File systems that cannot sync a folder say so in many ways.
          if (put.ok) await syncFolder(folder).catch(() => undefined);
          return put;
        } finally {
          inHand.delete(hidden);
        }
      }),
    remove: (name) =>
      withFile(name, async (file, { folder }) => {
        const removed = await removeFile(file).catch(goneOr(folder));
        return !removed.ok && removed.code === "FILE_GONE" ? accept(undefined) : removed;
      }),
    onChange: hints.onChange,
  };
};

/** Hidden, and without the ending: nobody takes it for a capsule while it is being written. */
const freshName = (mark: string): string =>
  `.twofold-${mark}-${randomBytes(8).toString("hex")}.new`;

const isOwnFresh = (name: string, mark: string): boolean =>
  new RegExp(`^\\.twofold-${mark}-[0-9a-f]{16}\\.new$`).test(name);

/** Nothing where it went meanwhile. */
const lookAt = async (folder: string, name: string): Promise<readonly ListedFile[]> => {
  try {
    const found = await lstat(join(folder, name));
    // A program that copies may set the one time back to where the file came from, but not the other.
    const changed = found.mtimeMs + found.ctimeMs;
    return found.isFile() ? [{ name, size: found.size, changed }] : [];
  } catch (problem) {
    if (codeOf(problem) === "ENOENT") return [];
    throw problem;
  }
};

/** Without the last two a link would lead elsewhere, and a pipe would wait for its writer. Windows has neither: 0. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** As much as there is by now, also where it grows or shrinks meanwhile. */
const readWhole = async (file: string): Promise<Result<Uint8Array, SharedFilesCode>> => {
  if (!(await lstat(file)).isFile()) return refuse("FILE_GONE", "no file");
  const handle = await open(file, readOnly);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return refuse("FILE_GONE", "no file");
    if (found.size > sharedFileLimit) return refuse("TOO_LARGE");
    const bytes = new Uint8Array(found.size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return accept(bytes.slice(0, at));
  } finally {
    await handle.close();
  }
};

const putWhole = async (
  file: string,
  fresh: string,
  bytes: Uint8Array,
): Promise<Result<void, SharedFilesCode>> => {
  if (await isThere(file)) return refuse("BAD_REQUEST", "there already");
  try {
    // As others of this computer may read the folder, so its files: the partner may be one of them.
    const handle = await open(fresh, "wx", 0o666);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await giveName(fresh, file);
  } finally {
    await unlink(fresh).catch(() => undefined);
  }
};

/** A second name refuses to stand where one is; sticks know no second names, and there a look before has to do. */
const giveName = async (fresh: string, file: string): Promise<Result<void, SharedFilesCode>> => {
  try {
    await link(fresh, file);
    return accept(undefined);
  } catch (problem) {
    if (codeOf(problem) === "EEXIST" || (await isThere(file)))
      return refuse("BAD_REQUEST", "there already");
    await rename(fresh, file);
    return accept(undefined);
  }
};

const isThere = async (file: string): Promise<boolean> => {
  try {
    await lstat(file);
    return true;
  } catch (problem) {
    if (codeOf(problem) === "ENOENT") return false;
    throw problem;
  }
};

const removeFile = async (file: string): Promise<Result<void, SharedFilesCode>> => {
  if (!(await lstat(file)).isFile()) return refuse("BAD_REQUEST", "no file");
  await unlink(file);
  return accept(undefined);
};

/** "No such file" is said of the folder too. */
const goneOr =
  (folder: string) =>
  async (problem: unknown): Promise<Result<never, SharedFilesCode>> => {
    const code = codeOf(problem);
    // A link that took the file's place between two looks.
    if (code === "ELOOP") return refuse("FILE_GONE", code);
    if (code !== "ENOENT") throw problem;
    const there = await stat(folder).catch(() => undefined);
    return there?.isDirectory() === true ? refuse("FILE_GONE", code) : refuse("FOLDER_GONE", code);
  };
