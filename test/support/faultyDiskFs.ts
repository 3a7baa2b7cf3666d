import { type FaultyDisk, newFile, newFolder, systemProblem } from "./faultyDisk.ts";

type Opened = ReturnType<typeof handleOf>;

/** The operations of node:fs/promises that electron/ uses, over a disk that can fail. Nothing else is there. */
export const faultyFs = (disk: () => FaultyDisk) => {
  const fileAt = (path: string) => {
    const inode = disk().look(path);
    if (inode === undefined) throw systemProblem("ENOENT");
    return inode;
  };
  const open = async (path: string, flags: string | number = "r"): Promise<Opened> => {
    const makes = typeof flags === "string" && flags.startsWith("w");
    if (!makes) return handleOf(disk(), fileAt(path));
    const made = await disk().change("create", () => {
      if (flags.includes("x") && disk().look(path) !== undefined) throw systemProblem("EEXIST");
      const file = newFile();
      disk().place(path, file);
      return file;
    });
    return handleOf(disk(), made);
  };
  const readFile = async (path: string, encoding?: string) => {
    const inode = fileAt(path);
    if (inode.kind === "folder") throw systemProblem("EISDIR");
    return encoding === undefined
      ? Buffer.from(inode.now)
      : Buffer.from(inode.now).toString("utf8");
  };
  const statOf = async (path: string) => describe(fileAt(path));
  return {
    open,
    readFile,
    stat: statOf,
    lstat: statOf,
    access: async (path: string) => void fileAt(path),
    readdir: async (path: string, options?: { readonly withFileTypes?: boolean }) => {
      const inode = fileAt(path);
      if (inode.kind !== "folder") throw systemProblem("ENOTDIR");
      return [...inode.now].map(([name, one]) =>
        options?.withFileTypes === true ? { name, isFile: () => one.kind === "file" } : name,
      );
    },
    mkdir: async (path: string, options?: { readonly recursive?: boolean }) => {
      const names = path.split("/").filter((name) => name !== "");
      let first: string | undefined;
      for (
        let depth = options?.recursive === true ? 1 : names.length;
        depth <= names.length;
        depth++
      ) {
        const part = `/${names.slice(0, depth).join("/")}`;
        if (disk().look(part) !== undefined) continue;
        await disk().change("mkdir", () => disk().place(part, newFolder()));
        first ??= part;
      }
      return first;
    },
    rename: (from: string, to: string) => disk().change("rename", () => disk().move(from, to)),
    link: (from: string, to: string) =>
      disk().change("link", () => {
        if (disk().look(to) !== undefined) throw systemProblem("EEXIST");
        disk().place(to, fileAt(from));
      }),
    unlink: (path: string) =>
      disk().change("unlink", () => {
        fileAt(path);
        disk().place(path, undefined);
      }),
  };
};

const describe = (inode: NonNullable<ReturnType<FaultyDisk["look"]>>) => ({
  size: inode.kind === "file" ? inode.now.length : 0,
  mtimeMs: 0,
  ctimeMs: 0,
  isFile: () => inode.kind === "file",
  isDirectory: () => inode.kind === "folder",
});

const handleOf = (disk: FaultyDisk, inode: NonNullable<ReturnType<FaultyDisk["look"]>>) => {
  const content = (): Uint8Array => {
    if (inode.kind === "folder") throw systemProblem("EISDIR");
    return inode.now;
  };
  return {
    stat: async () => describe(inode),
    sync: () => disk.change("sync", () => disk.sync(inode)),
    close: async () => {},
    readFile: async (encoding?: string) =>
      encoding === undefined ? Buffer.from(content()) : Buffer.from(content()).toString("utf8"),
    writeFile: (bytes: Uint8Array) =>
      disk.change("write", (half) => {
        if (inode.kind === "folder") throw systemProblem("EISDIR");
        const written = half ? bytes.subarray(0, bytes.length >> 1) : bytes;
        inode.now = Buffer.concat([inode.now, written]);
      }),
    read: async (into: Uint8Array, offset: number, length: number, from: number) => {
      const part = content().subarray(from, from + length);
      into.set(part, offset);
      return { bytesRead: part.length };
    },
  };
};
