import { createQueue, type Queue } from "../base/queue.ts";
import { accept, refuse, type Refused, type Result } from "../base/result.ts";
import { backupBytesAtOnce, type BackupFiles, type BackupFilesCode } from "./backupFiles.ts";

/** A file as one shell lays it, from before its first byte until it is kept. All of these may throw. */
export type FileInHand = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** All of it is on the disk. Its size, bytes. */
  readonly finish: () => Promise<number>;
  /** What was finished; undefined where nobody here can look at it. */
  readonly read: ((from: number, length: number) => Promise<Uint8Array>) | undefined;
  /** It was finished, and is a backup from here on. */
  readonly keep: () => Promise<void>;
  /** Leaves nothing of it behind. */
  readonly giveUp: () => Promise<void>;
};

export type FileInHandParts = {
  /** Lays a new file; undefined where the person says nowhere. What was in hand before is given up by now. */
  readonly lay: (
    where: "folder" | "ask",
  ) => Promise<Result<FileInHand | undefined, BackupFilesCode>>;
  readonly readProblem: (problem: unknown) => Refused<BackupFilesCode>;
};

type Writing = Pick<BackupFiles, "begin" | "write" | "finish" | "read" | "keep" | "discard"> & {
  /** Whatever else the shell is asked waits for its turn among these. */
  readonly inTurn: Queue;
  /** In turn, and what the disk throws is a code. */
  readonly ask: <Value>(
    run: () => Promise<Result<Value, BackupFilesCode>>,
  ) => Promise<Result<Value, BackupFilesCode>>;
};

/** The one file that a shell has in hand: by its ticket alone, one thing after another, not kept before it is whole. */
export const createFileInHand = ({ lay, readProblem }: FileInHandParts): Writing => {
  const inTurn = createQueue();
  let tickets = 0;
  let inHand: { readonly ticket: number; readonly file: FileInHand; finished: boolean } | undefined;

  const ask: Writing["ask"] = (run) => inTurn(() => run().catch(readProblem));

  const withFile = <Value>(
    ticket: number,
    run: (held: NonNullable<typeof inHand>) => Promise<Result<Value, BackupFilesCode>>,
  ): Promise<Result<Value, BackupFilesCode>> =>
    ask(async () =>
      inHand?.ticket === ticket ? run(inHand) : refuse("BAD_REQUEST", "no such ticket"),
    );

  const letGo = async (): Promise<void> => {
    const held = inHand;
    inHand = undefined;
    await held?.file.giveUp().catch(() => undefined);
  };

  return {
    inTurn,
    ask,
    begin: (where) =>
      ask(async () => {
        await letGo();
        const laid = await lay(where);
        if (!laid.ok) return laid;
        if (laid.value === undefined) return accept(undefined);
        tickets += 1;
        inHand = { ticket: tickets, file: laid.value, finished: false };
        return accept({ ticket: tickets, readable: laid.value.read !== undefined });
      }),
    write: (ticket, bytes) =>
      withFile(ticket, async ({ file, finished }) => {
        if (bytes.length > backupBytesAtOnce || finished) return refuse("BAD_REQUEST");
        await file.write(bytes);
        return accept(undefined);
      }),
    finish: (ticket) =>
      withFile(ticket, async (held) => {
        const size = await held.file.finish();
        held.finished = true;
        return accept(size);
      }),
    read: (ticket, from, length) =>
      withFile(ticket, async ({ file, finished }) =>
        file.read === undefined || length > backupBytesAtOnce || !finished
          ? refuse("BAD_REQUEST")
          : accept(await file.read(from, length)),
      ),
    keep: (ticket) =>
      withFile(ticket, async ({ file, finished }) => {
        if (!finished) return refuse("BAD_REQUEST");
        await file.keep();
        inHand = undefined;
        return accept(undefined);
      }),
    discard: (ticket) =>
      withFile(ticket, async () => {
        await letGo();
        return accept(undefined);
      }),
  };
};
