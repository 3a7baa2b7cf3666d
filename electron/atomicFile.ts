import { randomBytes } from "node:crypto";
import { open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * A reader sees the old bytes or the new ones, never a part and never nothing, whenever the power goes:
 * new file in the same folder, fsync, rename, fsync of the folder. Throws what the file system throws.
 */
export const writeAtomically = async (path: string, bytes: Uint8Array): Promise<void> => {
  const fresh = `${path}.${randomBytes(8).toString("hex")}.new`;
  try {
    await writeAndSync(fresh, bytes);
    await rename(fresh, path);
  } catch (problem) {
    await unlink(fresh).catch(() => undefined);
    throw problem;
  }
  await syncFolder(dirname(path));
};

const writeAndSync = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

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

/** What an interrupted write left behind. Call at the start, when nobody writes yet. */
export const removeLeftovers = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (/\.[0-9a-f]{16}\.new$/.test(name)) await unlink(join(folder, name)).catch(() => undefined);
  }
};
