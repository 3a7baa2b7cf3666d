import { randomBytes } from "node:crypto";
import { open, readdir, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import {
  backupsKept,
  type BackupFiles,
  type BackupFilesCode,
} from "../shared/bridge/backupFiles.ts";
import { backupName, spareBackups } from "../shared/bridge/backupNames.ts";
import { createFileInHand, type FileInHand } from "../shared/bridge/fileInHand.ts";
import { renameOver, syncFolder } from "./atomicFile.ts";
import { readDiskProblem } from "./diskProblem.ts";
import { createKeptFolder, type FolderNote, type KeptFolderParts, newMark } from "./keptFolder.ts";

export type BackupFilesParts = KeptFolderParts & {
  /** The system's dialog; undefined where the person closed it. */
  readonly askFile: (suggested: string) => Promise<string | undefined>;
  readonly now: () => number;
};

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
  const chosen = createKeptFolder({ path, askFolder });

  const whereTo = async (
    where: "folder" | "ask",
  ): Promise<Result<Destination | undefined, BackupFilesCode>> => {
    const kept = await chosen.read();
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
    readProblem: readDiskProblem,
  });

  return {
    folder: () => inTurn(chosen.tell),
    chooseFolder: () => ask(async () => accept(await chosen.choose())),
    askAgain: () => inTurn(chosen.tell),
    forgetFolder: () => ask(async () => accept(await chosen.forget())),
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
      await renameOver(fresh, final);
      await syncFolder(dirname(final));
      if (mark !== undefined) await removeSpare(final, mark);
    },
    giveUp: async () => {
      await handle.close().catch(() => undefined);
      await unlink(fresh).catch(() => undefined);
    },
  };
};

/** The new one is there: an old one that cannot be taken away stays, and nobody is told. */
const removeSpare = async (final: string, mark: string): Promise<void> => {
  const folder = dirname(final);
  const names = await readdir(folder).catch(() => []);
  for (const name of spareBackups(names, mark, basename(final), backupsKept))
    await unlink(join(folder, name)).catch(() => undefined);
};

/** Of a process that was killed while it wrote. */
const removeOwnLeftovers = async ({ folder, mark }: FolderNote): Promise<void> => {
  const form = new RegExp(`^Twofold-${mark}-\\d{8}-\\d{6}\\.twofold\\.[0-9a-f]{16}\\.new$`);
  for (const name of await readdir(folder))
    if (form.test(name)) await unlink(join(folder, name)).catch(() => undefined);
};
