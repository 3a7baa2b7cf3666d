import { randomBytes } from "node:crypto";
import { open, readdir, readFile, rename, stat, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import * as v from "valibot";
import { createQueue } from "../shared/base/queue.ts";
import { accept, refuse, type Refused, type Result } from "../shared/base/result.ts";
import {
  backupBytesAtOnce,
  backupsKept,
  type BackupFiles,
  type BackupFilesCode,
  type BackupFolder,
} from "../shared/bridge/backupFiles.ts";
import { backupName, isBackupMark, spareBackups } from "../shared/bridge/backupNames.ts";
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

type InHand = {
  readonly ticket: number;
  readonly handle: FileHandle;
  /** Beside its final name until it is kept: what is there under that name was read back whole. */
  readonly fresh: string;
  readonly final: string;
  readonly mark: string | undefined;
  size: number;
  finished: boolean;
};

/** A path never comes from the renderer and never goes there: the system's own dialogs say it, this file keeps it. */
export const createBackupFiles = ({
  path,
  askFolder,
  askFile,
  now,
}: BackupFilesParts): BackupFiles => {
  const inTurn = createQueue();
  let tickets = 0;
  let inHand: InHand | undefined;

  const ask = <Value>(
    run: () => Promise<Result<Value, BackupFilesCode>>,
  ): Promise<Result<Value, BackupFilesCode>> => inTurn(() => run().catch(readProblem));

  const withFile = <Value>(
    ticket: number,
    run: (file: InHand) => Promise<Result<Value, BackupFilesCode>>,
  ): Promise<Result<Value, BackupFilesCode>> =>
    ask(async () =>
      inHand?.ticket === ticket ? run(inHand) : refuse("BAD_REQUEST", "no such ticket"),
    );

  const letGo = async (): Promise<void> => {
    const file = inHand;
    inHand = undefined;
    if (file === undefined) return;
    await file.handle.close().catch(() => undefined);
    await unlink(file.fresh).catch(() => undefined);
  };

  const folder = async (): Promise<BackupFolder> => {
    const kept = await readKept(path);
    return kept === undefined
      ? { state: "none" }
      : { state: "ready", name: basename(kept.folder) || kept.folder };
  };

  const whereTo = async (
    where: "folder" | "ask",
  ): Promise<Result<Pick<InHand, "final" | "mark"> | undefined, BackupFilesCode>> => {
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
    begin: (where) =>
      ask(async () => {
        await letGo();
        const to = await whereTo(where);
        if (!to.ok || to.value === undefined) return to as Result<undefined, BackupFilesCode>;
        const fresh = `${to.value.final}.${randomBytes(8).toString("hex")}.new`;
        const handle = await open(fresh, "wx+", 0o600);
        tickets += 1;
        inHand = { ...to.value, ticket: tickets, handle, fresh, size: 0, finished: false };
        return accept({ ticket: tickets, readable: true });
      }),
    write: (ticket, bytes) =>
      withFile(ticket, async (file) => {
        if (bytes.length > backupBytesAtOnce || file.finished) return refuse("BAD_REQUEST");
        await file.handle.writeFile(bytes);
        file.size += bytes.length;
        return accept(undefined);
      }),
    finish: (ticket) =>
      withFile(ticket, async (file) => {
        await file.handle.sync();
        file.finished = true;
        const { size } = await file.handle.stat();
        return accept(size);
      }),
    read: (ticket, from, length) =>
      withFile(ticket, async (file) => {
        if (length > backupBytesAtOnce || !file.finished) return refuse("BAD_REQUEST");
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.handle.read(bytes, 0, length, from);
        return accept(bytes.slice(0, bytesRead));
      }),
    keep: (ticket) =>
      withFile(ticket, async (file) => {
        if (!file.finished) return refuse("BAD_REQUEST");
        await file.handle.close();
        await rename(file.fresh, file.final);
        inHand = undefined;
        await syncFolder(dirname(file.final));
        if (file.mark !== undefined) await removeSpare(file.final, file.mark);
        return accept(undefined);
      }),
    discard: (ticket) =>
      withFile(ticket, async () => {
        await letGo();
        return accept(undefined);
      }),
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
