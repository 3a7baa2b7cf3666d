import { randomBytes } from "node:crypto";
import { open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as waitFor } from "node:timers/promises";
import { codeOf, forgiveAbsence } from "./diskProblem.ts";

/**
 * A reader sees the old bytes or the new ones, never a part and never nothing, whenever the power goes:
 * new file in the same folder, fsync, rename, fsync of the folder. Throws what the file system throws.
 */
export const writeAtomically = async (path: string, bytes: Uint8Array): Promise<void> => {
  const fresh = `${path}.${randomBytes(8).toString("hex")}.new`;
  try {
    await writeAndSync(fresh, bytes);
    await renameOver(fresh, path);
  } catch (problem) {
    await unlink(fresh).catch(() => undefined);
    throw problem;
  }
  await syncFolder(dirname(path));
};

/**
 * On Windows a virus scanner or an indexer that reads either file holds the rename up for a moment; that is no refusal.
 * `pause` waits that many ms.
 */
export const renameOver = async (
  from: string,
  to: string,
  { platform, pause }: RenameParts = { platform: process.platform, pause: waitFor },
): Promise<void> => {
  for (const wait of platform === "win32" ? pauses : []) {
    try {
      return await rename(from, to);
    } catch (problem) {
      if (!isHeldUp(problem)) throw problem;
      await pause(wait);
    }
  }
  return rename(from, to);
};

type RenameParts = {
  readonly platform: NodeJS.Platform;
  readonly pause: (ms: number) => Promise<unknown>;
};

/** Less than two seconds in all: so long the shell waits for a lock when the system ends. */
const pauses = [10, 20, 40, 80, 160, 320, 640];

const isHeldUp = (problem: unknown): boolean =>
  ["EPERM", "EACCES", "EBUSY"].includes(codeOf(problem));

const writeAndSync = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Lasts once the folder is synced. Throws what the disk throws, but for a file that is not there. */
export const removeIfThere = async (path: string): Promise<void> =>
  unlink(path).catch(forgiveAbsence);

/** Windows cannot open a folder; there the rename is journalled by NTFS itself. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * A file that is synced in a folder that was just made is lost with the folder's own name, which stands in the folder
 * above. `depth`: how many above `folder` may be as new. What may not be opened was not made by us.
 */
export const syncFoldersAbove = async (folder: string, depth: number): Promise<void> => {
  let above = dirname(folder);
  for (let count = 0; count < depth && above !== dirname(above); count++) {
    await syncFolder(above).catch(() => undefined);
    above = dirname(above);
  }
};

/** What an interrupted write left behind. Call at the start, when nobody writes yet. */
export const removeLeftovers = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (/\.[0-9a-f]{16}\.new$/.test(name)) await unlink(join(folder, name)).catch(() => undefined);
  }
};
