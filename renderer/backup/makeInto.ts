import type { FileSink, FileSource, SinkCode } from "../../shared/base/files.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import type { BackupFiles, BackupFilesCode } from "../../shared/bridge/backupFiles.ts";
import type { BackupCode, RoomBackups } from "../../shared/journal/backups.ts";

/** made: read back whole. saved: handed over, and nobody here can look at it. closed: no place was chosen. */
export type MadeInto = "made" | "saved" | "closed";

/** Makes a backup in the shell's folder or where the person says; old ones go only after the new one is kept. */
export const makeInto = async (
  backups: Pick<RoomBackups, "make">,
  files: BackupFiles,
  where: "folder" | "ask",
  work: Work,
): Promise<Result<MadeInto, BackupCode | BackupFilesCode>> => {
  const begun = await files.begin(where);
  if (!begun.ok) return begun;
  if (begun.value === undefined) return accept("closed");
  const { ticket, readable } = begun.value;
  const file = openTicket(files, ticket);
  const made = await backups.make(file.sink, readable ? file.readBack : undefined, work);
  if (!made.ok) {
    await files.discard(ticket);
    return made;
  }
  const kept = await files.keep(ticket);
  return kept.ok ? accept(readable ? "made" : "saved") : kept;
};

const openTicket = (files: BackupFiles, ticket: number) => {
  let size = 0;
  const sink: FileSink = {
    write: async (bytes) => sinkResult(await files.write(ticket, bytes)),
    finish: async () => {
      const finished = await files.finish(ticket);
      if (!finished.ok) return sinkResult(finished);
      size = finished.value;
      return accept(undefined);
    },
    abort: async () => {
      await files.discard(ticket);
    },
  };
  const readBack = async (): Promise<Result<FileSource, SinkCode>> =>
    accept({
      name: "",
      size,
      read: async (from, length) => {
        const read = await files.read(ticket, from, length);
        return read.ok ? read : refuse("FILE_GONE", read.code);
      },
    });
  return { sink, readBack };
};

const sinkResult = <Value>(result: Result<Value, BackupFilesCode>): Result<Value, SinkCode> =>
  result.ok || result.code !== "BAD_REQUEST"
    ? (result as Result<Value, SinkCode>)
    : refuse("DISK_FAILED", result.code);
