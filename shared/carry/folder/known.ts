import type { Clock } from "../../base/clock.ts";
import type { ListedFile } from "../../base/files.ts";
import type { FileContent } from "./openFile.ts";
import { folderCounts, folderTimes } from "./times.ts";

/** What was seen of a folder's files so far. What has not changed since is not read again. */
export type KnownFiles = {
  /** The folder as it is now. Gives those of mine that went without my doing. */
  readonly see: (listed: readonly ListedFile[]) => readonly SeenFile[];
  /** Those of mine that something else was found in the place of, since it was asked last. */
  readonly overwritten: () => readonly SeenFile[];
  /** Those that are to be read. */
  readonly unread: () => readonly ListedFile[];
  /** When the next of those that may be half there is due; Infinity: none. */
  readonly nextDue: () => number;
  readonly read: (file: ListedFile, content: FileContent) => void;
  /** `again`: it may be half there. */
  readonly foreign: (file: ListedFile, again: boolean) => void;
  readonly put: (name: string, size: number, content: FileContent) => void;
  readonly removed: (name: string) => void;
  /** Listed, and cannot be read now: nothing that is waited for comes of it before the next look. */
  readonly unreadable: (name: string) => void;
  /** It is to be read again. */
  readonly forget: (name: string) => void;
  readonly by: (who: FileContent["by"]) => readonly SeenFile[];
};

export type SeenFile = {
  readonly name: string;
  readonly size: number;
  readonly content: FileContent;
};

/** `changed` undefined: put by me and not listed since. `content` undefined: nothing that concerns us. */
type Entry = {
  readonly size: number;
  readonly changed: number | undefined;
  readonly content: FileContent | undefined;
  readonly tries: number;
  readonly dueAt: number;
};

export const createKnownFiles = (clock: Clock): KnownFiles => {
  const entries = new Map<string, Entry>();
  let listed: readonly ListedFile[] = [];
  let spoilt: SeenFile[] = [];

  const isSame = ({ name, size, changed }: ListedFile): boolean => {
    const entry = entries.get(name);
    return entry?.size === size && (entry.changed === undefined || entry.changed === changed);
  };

  const noteOld = (name: string, now: FileContent | undefined): void => {
    const { size = 0, content } = entries.get(name) ?? {};
    if (content?.by === "me" && content.id !== now?.id) spoilt.push({ name, size, content });
  };

  return {
    overwritten: () => {
      const told = spoilt;
      spoilt = [];
      return told;
    },
    see: (now) => {
      listed = now;
      const names = new Set(now.map(({ name }) => name));
      // Of a list that is cut off nobody knows what is missing.
      const whole = now.length < folderCounts.listed;
      const gone: SeenFile[] = [];
      for (const [name, { size, content }] of [...entries]) {
        if (names.has(name) || !whole) continue;
        entries.delete(name);
        if (content?.by === "me") gone.push({ name, size, content });
      }
      for (const file of now) {
        const entry = entries.get(file.name);
        if (entry?.changed === undefined && entry !== undefined && isSame(file))
          entries.set(file.name, { ...entry, changed: file.changed });
      }
      return gone;
    },
    unread: () =>
      listed.filter((file) => {
        const dueAt = entries.get(file.name)?.dueAt ?? Infinity;
        return !isSame(file) || dueAt <= clock.now();
      }),
    nextDue: () => Math.min(...[...entries.values()].map(({ dueAt }) => dueAt), Infinity),
    read: ({ name, size, changed }, content) => {
      noteOld(name, content);
      entries.set(name, { size, changed, content, tries: 0, dueAt: Infinity });
    },
    foreign: (file, again) => {
      const { name, size, changed } = file;
      noteOld(name, undefined);
      const tries = (isSame(file) ? (entries.get(name)?.tries ?? 0) : 0) + 1;
      const dueAt =
        again && tries < folderCounts.tries
          ? clock.now() + folderTimes.readAgain * 2 ** (tries - 1)
          : Infinity;
      entries.set(name, { size, changed, content: undefined, tries, dueAt });
    },
    put: (name, size, content) => {
      entries.set(name, { size, changed: undefined, content, tries: 0, dueAt: Infinity });
    },
    removed: (name) => {
      entries.delete(name);
      listed = listed.filter((file) => file.name !== name);
    },
    unreadable: (name) => {
      if (entries.get(name)?.content === undefined) entries.delete(name);
    },
    forget: (name) => {
      entries.delete(name);
    },
    by: (who) =>
      [...entries].flatMap(([name, { size, content }]) =>
        content?.by === who ? [{ name, size, content }] : [],
      ),
  };
};
