import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { basename, isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import { backupEnding } from "../shared/bridge/backupNames.ts";
import {
  openedBytesAtOnce,
  openedFilesAtOnce,
  type ArrivedFiles,
  type OpenedFile,
  type OpenedFiles,
  type OpenedFilesCode,
} from "../shared/bridge/openedFiles.ts";

/** The main process's half: who listens is told by `send`. */
export type OpenedFilesHost = Pick<OpenedFiles, "begin" | "read" | "done"> & {
  /** Paths or file: addresses as the system gives them; whatever is no such file is passed over without a word. */
  readonly arrive: (words: readonly string[]) => Promise<void>;
  /** The renderer listens: it gets what came before. */
  readonly awaited: () => void;
  /** The page was loaded anew: what it had not begun waits again, and what it had is closed. */
  readonly pageGone: () => void;
};

type Held = OpenedFile & {
  readonly path: string;
  sent: boolean;
  /** Set by `begin`: open until `done`, and no longer than its size was then. */
  begun: Promise<Result<Begun, "FILE_GONE">> | undefined;
};
type Begun = { readonly handle: FileHandle; readonly size: number };

/**
 * A path never goes to the renderer. A file that waits is not held open either: its stick can be pulled out, and
 * nothing of it is read before somebody has unlocked.
 */
export const createOpenedFiles = (send: (arrived: ArrivedFiles) => void): OpenedFilesHost => {
  const held = new Map<number, Held>();
  let tickets = 0;
  let isAwaited = false;
  let more = false;

  const sendWaiting = (): void => {
    const waiting = [...held.values()].filter(({ sent }) => !sent);
    if (!isAwaited || (waiting.length === 0 && !more)) return;
    for (const one of waiting) one.sent = true;
    send({ files: waiting.map(({ ticket, name }) => ({ ticket, name })), more });
    more = false;
  };

  const hold = (path: string): void => {
    // Whoever is impatient opens the same file twice.
    if ([...held.values()].some((one) => one.path === path && one.begun === undefined)) return;
    if (held.size >= openedFilesAtOnce) {
      more = true;
      return;
    }
    tickets += 1;
    held.set(tickets, {
      ticket: tickets,
      name: shownName(path),
      path,
      sent: false,
      begun: undefined,
    });
  };

  const letGo = (ticket: number): void => {
    const begun = held.get(ticket)?.begun;
    held.delete(ticket);
    void begun?.then((opened) => (opened.ok ? close(opened.value.handle) : undefined));
  };

  return {
    arrive: async (words) => {
      const paths = words.map(pathIn).filter((path) => path !== undefined);
      const regular = await Promise.all(paths.map(isRegularFile));
      for (const path of paths.filter((_path, index) => regular[index] === true)) hold(path);
      sendWaiting();
    },
    awaited: () => {
      isAwaited = true;
      sendWaiting();
    },
    pageGone: () => {
      isAwaited = false;
      for (const one of held.values())
        if (one.begun === undefined) one.sent = false;
        else letGo(one.ticket);
    },
    begin: async (ticket) => {
      const one = held.get(ticket);
      if (one === undefined || !one.sent || one.begun !== undefined)
        return refuse("BAD_REQUEST", "no such ticket");
      one.begun = openRegular(one.path);
      const opened = await one.begun;
      return opened.ok ? accept(opened.value.size) : opened;
    },
    read: async (ticket, from, length) => {
      const begun = held.get(ticket)?.begun;
      if (begun === undefined || length > openedBytesAtOnce) return refuse("BAD_REQUEST");
      const opened = await begun;
      return opened.ok ? readPart(opened.value, from, length) : opened;
    },
    done: async (ticket) => {
      if (held.get(ticket)?.sent !== true) return refuse("BAD_REQUEST", "no such ticket");
      letGo(ticket);
      return accept(undefined);
    },
  };
};

/** Undefined for all that a command line holds besides. Linux hands over addresses, the others paths. */
const pathIn = (word: string): string | undefined => {
  try {
    const path = word.startsWith("file://") ? fileURLToPath(word) : word;
    // \\host\share and the like would have this computer knock at another one, whoever wrote that word.
    const isOurs =
      isAbsolute(path) && path.toLowerCase().endsWith(backupEnding) && !/^[\\/]{2}/.test(path);
    return isOurs && !path.includes("\0") ? path : undefined;
  } catch {
    return undefined;
  }
};

const isRegularFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
};

/** A pipe that has taken the file's place would keep an ordinary opening waiting for ever. */
const withoutWaiting =
  constants.O_RDONLY | (process.platform === "win32" ? 0 : constants.O_NONBLOCK);

const openRegular = async (path: string): Promise<Result<Begun, "FILE_GONE">> => {
  let handle: FileHandle | undefined;
  try {
    if (!(await isRegularFile(path))) return refuse("FILE_GONE");
    handle = await open(path, withoutWaiting);
    const is = await handle.stat();
    if (is.isFile()) return accept({ handle, size: is.size });
  } catch {
    // Not ours to read, or gone since it was looked at.
  }
  if (handle !== undefined) await close(handle);
  return refuse("FILE_GONE");
};

/** What was written behind its end meanwhile is not part of it; a file that has become shorter is gone. */
const readPart = async (
  { handle, size }: Begun,
  from: number,
  length: number,
): Promise<Result<Uint8Array, OpenedFilesCode>> => {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, size - from)));
  try {
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
      if (bytesRead === 0) return refuse("FILE_GONE");
      at += bytesRead;
    }
    return accept(bytes);
  } catch {
    return refuse("FILE_GONE");
  }
};

const close = (handle: FileHandle): Promise<void> => handle.close().catch(() => undefined);

/** Of a name that somebody else gave: nothing that turns the words around it or starts a line of its own. */
const shownName = (path: string): string =>
  basename(path)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\uFFFD")
    .slice(0, 255);
