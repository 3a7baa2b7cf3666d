import { randomBytes } from "node:crypto";
import { open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import * as v from "valibot";
import { accept, refuse, type Refused, type Result } from "../shared/base/result.ts";
import {
  backupsKept,
  type BackupFiles,
  type BackupFilesCode,
  type BackupFolder,
} from "../shared/bridge/backupFiles.ts";
import { backupName, isBackupMark, spareBackups } from "../shared/bridge/backupNames.ts";
import { createFileInHand, type FileInHand } from "../shared/bridge/fileInHand.ts";
import { syncFolder, writeAtomically } from "./atomicFile.ts";

export type BackupFilesParts = {
  /** Where the chosen folder is remembered. */
  readonly path: string;
  /** The system's dialogs; undefined where the person closed them. */
  readonly askFolder: () => Promise<string | undefined>;
  readonly askFile: (suggested: string) => Promise<string | undefined>;
  readonly now: () => number;
};

/** `mark`: tells this profile's files from another's in the same folder. */
const keptFolder = v.strictObject({
  folder: v.pipe(v.string(), v.check(isAbsolute)),
  mark: v.pipe(v.string(), v.check(isBackupMark)),
});
type KeptFolder = v.InferOutput<typeof keptFolder>;

type Destination = {
  readonly final: string;
  /** In the folder: then the oldest of this mark go. */
  readonly mark: string | undefined;
};

/** A path never comes from the renderer and never goes there: the system's own dialogs say it, this file keeps it. */
export const createBackupFiles = ({
  path,
  askFolder,
  askFile,
  now,
}: BackupFilesParts): BackupFiles => {
  const folder = async (): Promise<BackupFolder> => {
    const kept = await readKept(path);
    return kept === undefined
      ? { state: "none" }
      : { state: "ready", name: basename(kept.folder) || kept.folder };
  };

  const whereTo = async (
    where: "folder" | "ask",
  ): Promise<Result<Destination | undefined, BackupFilesCode>> => {
    const kept = await readKept(path);
    if (where === "ask") {
      const final = await askFile(backupName(kept?.mark ?? newMark(), now()));
      return accept(final === undefined ? undefined : { final, mark: undefined });
    }
    if (kept === undefined) return refuse("FOLDER_GONE", "none chosen");
    if (!(await stat(kept.folder)).isDirectory()) return refuse("FOLDER_GONE");
    await removeOwnLeftovers(kept);
    return accept({ final: join(kept.folder, backupName(kept.mark, now())), mark: kept.mark });
  };

  const { inTurn, ask, ...file } = createFileInHand({
    lay: async (where) => {
      const to = await whereTo(where);
      if (!to.ok) return to;
      return accept(to.value === undefined ? undefined : await layFile(to.value));
    },
    readProblem,
  });

  return {
    folder: () => inTurn(folder),
    chooseFolder: () =>
      ask(async () => {
        const chosen = await askFolder();
        if (chosen === undefined) return accept(await folder());
        const mark = (await readKept(path))?.mark ?? newMark();
        await writeAtomically(path, Buffer.from(JSON.stringify({ folder: chosen, mark })));
        return accept(await folder());
      }),
    askAgain: () => inTurn(folder),
    forgetFolder: () =>
      ask(async () => {
        await unlink(path).catch((problem: unknown) => {
          if (codeOf(problem) !== "ENOENT") throw problem;
        });
        return accept(undefined);
      }),
    ...file,
  };
};

/** Beside its final name until it is kept: what is there under that name was read back whole. */
const layFile = async ({ final, mark }: Destination): Promise<FileInHand> => {
  const fresh = `${final}.${randomBytes(8).toString("hex")}.new`;
  const handle = await open(fresh, "wx+", 0o600);
  return {
    write: (bytes) => handle.writeFile(bytes),
    finish: async () => {
      await handle.sync();
      const { size } = await handle.stat();
      return size;
    },
    read: async (from, length) => {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, from);
      return bytes.slice(0, bytesRead);
    },
    keep: async () => {
      await handle.close();
      await rename(fresh, final);
      await syncFolder(dirname(final));
      if (mark !== undefined) await removeSpare(final, mark);
    },
    giveUp: async () => {
      await handle.close().catch(() => undefined);
      await unlink(fresh).catch(() => undefined);
    },
  };
};

const newMark = (): string => randomBytes(4).toString("hex");

/** A note that cannot be read is no folder: it is chosen again. */
const readKept = async (path: string): Promise<KeptFolder | undefined> => {
  try {
    const parsed = v.safeParse(keptFolder, JSON.parse(await readFile(path, "utf8")));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
};

/** The new one is there: an old one that cannot be taken away stays, and nobody is told. */
const removeSpare = async (final: string, mark: string): Promise<void> => {
  const folder = dirname(final);
  const names = await readdir(folder).catch(() => []);
  for (const name of spareBackups(names, mark, basename(final), backupsKept))
    await unlink(join(folder, name)).catch(() => undefined);
};

/** Of a process that was killed while it wrote. */
const removeOwnLeftovers = async ({ folder, mark }: KeptFolder): Promise<void> => {
  const form = new RegExp(`^Twofold-${mark}-\\d{8}-\\d{6}\\.twofold\\.[0-9a-f]{16}\\.new$`);
  for (const name of await readdir(folder))
    if (form.test(name)) await unlink(join(folder, name)).catch(() => undefined);
};

const codeOf = (problem: unknown): string =>
  problem instanceof Error && "code" in problem ? String(problem.code) : "";

/** The detail is the system's code alone: its message would name a path. */
export const readProblem = (problem: unknown): Refused<BackupFilesCode> => {
  const code = codeOf(problem);
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code)) return refuse("DISK_FULL", code);
  if (["EACCES", "EPERM", "EROFS"].includes(code)) return refuse("NO_PERMISSION", code);
  if (["ENOENT", "ENOTDIR", "ENXIO", "ENODEV"].includes(code)) return refuse("FOLDER_GONE", code);
  return refuse("DISK_FAILED", code);
};
