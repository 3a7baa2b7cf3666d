import {
  sharedFileLimit,
  type SharedFiles,
  type SharedFilesCode,
} from "../../shared/base/files.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { firstSharedNames, isSharedFileName } from "../../shared/bridge/sharedFileNames.ts";

type Op = "list" | "read" | "put" | "remove";

/**
 * A shared folder in memory. Nothing happens in it by itself: `entries` is the folder, to be set, renamed, halved and
 * emptied from outside as a program that copies would, and `change` tells the listeners that a look may be worth it.
 */
export const createMemoryFolder = () => {
  const entries = new Map<string, Uint8Array>();
  const listeners = new Set<() => void>();
  const refusals: { readonly op: Op; readonly code: SharedFilesCode }[] = [];
  const touched = new Map<string, { readonly bytes: Uint8Array; readonly changed: number }>();
  let away = false;
  let changes = 0;

  /** Another array under a name is another time of change, as a disk would have it. */
  const changedAt = (name: string, bytes: Uint8Array): number => {
    const known = touched.get(name);
    if (known?.bytes === bytes) return known.changed;
    changes += 1;
    touched.set(name, { bytes, changed: changes });
    return changes;
  };

  const trouble = (op: Op): SharedFilesCode | undefined => {
    const at = refusals.findIndex((refusal) => refusal.op === op);
    if (at >= 0) return refusals.splice(at, 1)[0]?.code;
    return away ? "FOLDER_GONE" : undefined;
  };

  const files: SharedFiles = {
    list: async () => {
      const code = trouble("list");
      if (code !== undefined) return refuse(code);
      return accept(
        firstSharedNames([...entries.keys()]).flatMap((name) => {
          const bytes = entries.get(name);
          if (bytes === undefined) return [];
          return [{ name, size: bytes.length, changed: changedAt(name, bytes) }];
        }),
      );
    },
    read: async (name) => {
      const code = trouble("read");
      if (code !== undefined) return refuse(code);
      if (!isSharedFileName(name)) return refuse("BAD_REQUEST");
      const bytes = entries.get(name);
      if (bytes === undefined) return refuse("FILE_GONE");
      return bytes.length > sharedFileLimit ? refuse("TOO_LARGE") : accept(bytes.slice());
    },
    put: async (name, bytes) => {
      const code = trouble("put");
      if (code !== undefined) return refuse(code);
      if (!isSharedFileName(name) || entries.has(name)) return refuse("BAD_REQUEST");
      if (bytes.length > sharedFileLimit) return refuse("TOO_LARGE");
      entries.set(name, bytes.slice());
      return accept(undefined);
    },
    remove: async (name) => {
      const code = trouble("remove");
      if (code !== undefined) return refuse(code);
      if (!isSharedFileName(name)) return refuse("BAD_REQUEST");
      entries.delete(name);
      return accept(undefined);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };

  return {
    files,
    entries,
    change: () => {
      for (const listener of listeners) listener();
    },
    /** The next such call is refused with `code`, and has done nothing; several are refused in turn. */
    failNext: (op: Op, code: SharedFilesCode) => {
      refusals.push({ op, code });
    },
    /** The stick is pulled (true) or back (false); what is on it stays. */
    gone: (isGone: boolean) => {
      away = isGone;
    },
    /** The first `length` bytes stand under the name, as while it is copied. */
    half: (name: string, length: number) => {
      const bytes = entries.get(name);
      if (bytes !== undefined) entries.set(name, bytes.slice(0, length));
    },
    rename: (from: string, to: string) => {
      const bytes = entries.get(from);
      if (bytes === undefined) return;
      entries.delete(from);
      entries.set(to, bytes);
    },
    /** What Syncthing makes of two files that met under one name. */
    conflict: (name: string, bytes: Uint8Array) => {
      const stem = name.slice(0, name.lastIndexOf("."));
      entries.set(`${stem}.sync-conflict-20260601-101500-ABCDEFG.twofold`, bytes);
    },
  };
};

export type MemoryFolder = ReturnType<typeof createMemoryFolder>;
