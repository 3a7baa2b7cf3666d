import { accept, refuse } from "../../shared/base/result.ts";
import type { ArrivedFiles, OpenedFiles } from "../../shared/bridge/openedFiles.ts";

export type FakeOpenedFiles = OpenedFiles & {
  /** As if somebody opened these on the desktop, by name and what is in them. */
  readonly arrive: (files: Readonly<Record<string, string>>, more?: boolean) => void;
  /** What was asked of the shell, by name of the file. */
  readonly asked: readonly string[];
};

export const fakeOpenedFiles = (): FakeOpenedFiles => {
  const files = new Map<number, { readonly name: string; readonly bytes: Uint8Array }>();
  const asked: string[] = [];
  let waiting: ArrivedFiles = { files: [], more: false };
  let tell: ((arrived: ArrivedFiles) => void) | undefined;
  let tickets = 0;
  const hand = (): void => {
    if (tell === undefined || (waiting.files.length === 0 && !waiting.more)) return;
    tell(waiting);
    waiting = { files: [], more: false };
  };
  const note = (what: string, ticket: number) => {
    const file = files.get(ticket);
    asked.push(`${what} ${file?.name ?? "nothing"}`);
    return file;
  };
  return {
    asked,
    arrive: (arrived, more = false) => {
      const some = Object.entries(arrived).map(([name, words]) => {
        tickets += 1;
        files.set(tickets, { name, bytes: new TextEncoder().encode(words) });
        return { ticket: tickets, name };
      });
      waiting = { files: [...waiting.files, ...some], more: waiting.more || more };
      hand();
    },
    onArrival: (listener) => {
      tell = listener;
      hand();
      return () => {
        tell = undefined;
      };
    },
    begin: async (ticket) => {
      const file = note("begin", ticket);
      return file === undefined ? refuse("BAD_REQUEST") : accept(file.bytes.length);
    },
    read: async (ticket, from, length) => {
      const file = note("read", ticket);
      return file === undefined
        ? refuse("BAD_REQUEST")
        : accept(file.bytes.slice(from, from + length));
    },
    done: async (ticket) => {
      note("done", ticket);
      files.delete(ticket);
      return accept(undefined);
    },
  };
};
