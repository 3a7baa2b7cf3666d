import { open, mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes } from "node:fs/promises";

/** The little of a disk that the mailbox needs, so that tests can fill it up. Paths are whole. Throws as Node does. */
export type Disk = {
  readonly makeFolder: (path: string) => Promise<void>;
  /** Names; none when there is no such folder. */
  readonly list: (path: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  readonly size: (path: string) => Promise<FileFacts | undefined>;
  /** On the disk, not only on its way there, once it resolves; `at` is the time the file will bear. */
  readonly write: (path: string, bytes: Uint8Array, at: number) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly touch: (path: string, at: number) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Only where nothing is in it. */
  readonly removeFolder: (path: string) => Promise<void>;
};

/** `id`: another one whenever another file was put in its place. */
export type FileFacts = { readonly bytes: number; readonly touchedAt: number; readonly id: number };

const onlyMine = { folder: 0o700, file: 0o600 };

export const nodeDisk: Disk = {
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: onlyMine.folder });
  },
  list: async (path) => (await unlessGone(readdir(path))) ?? [],
  read: (path) => unlessGone(readFile(path)),
  size: async (path) => {
    const facts = await unlessGone(stat(path));
    return facts === undefined
      ? undefined
      : { bytes: facts.size, touchedAt: facts.mtimeMs, id: facts.ino };
  },
  write: async (path, bytes, at) => {
    const file = await open(path, "w", onlyMine.file);
    try {
      await file.writeFile(bytes);
      await file.utimes(at / 1_000, at / 1_000);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  touch: (path, at) => utimes(path, at / 1_000, at / 1_000),
  remove: (path) => rm(path, { force: true }),
  removeFolder: async (path) => {
    await rmdir(path).catch(() => undefined);
  },
};

const unlessGone = async <Value>(reading: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && isGone(error.code)) return undefined;
    throw error;
  }
};

/** ENOTDIR: a file lies where a folder was looked for. */
const isGone = (code: unknown): boolean => code === "ENOENT" || code === "ENOTDIR";
