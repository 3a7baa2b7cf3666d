import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import {
  type SafeFileCode,
  type SafeFileName,
  safeFileLimit,
  safeFileNames,
  type SafeFiles,
} from "../../shared/bridge/bridge.ts";

interface SafeSchema extends DBSchema {
  files: { key: SafeFileName; value: Uint8Array };
}

export type SafeDatabaseParts = {
  readonly name: string;
  /** Asks the browser not to clear our storage when its disk runs low; called with the first write. */
  readonly askToPersist: () => Promise<unknown>;
};

/**
 * The safe files in IndexedDB. A transaction is all or nothing by nature, and `strict` means that it is on the
 * disk before we say so: an interrupted write leaves the old bytes.
 */
export const createSafeDatabase = ({ name, askToPersist }: SafeDatabaseParts): SafeFiles => {
  let opening: Promise<IDBPDatabase<SafeSchema>> | undefined;
  let asked = false;

  const open = (): Promise<IDBPDatabase<SafeSchema>> => {
    const forget = () => {
      opening = undefined;
    };
    opening ??= openDB<SafeSchema>(name, 1, {
      upgrade: (database) => {
        database.createObjectStore("files");
      },
      blocking: (_current, _wanted, event) => {
        // A newer Twofold, or "clear site data", waits for us to let go.
        if (event.target instanceof IDBDatabase) event.target.close();
        forget();
      },
      terminated: forget,
    }).catch((problem: unknown) => {
      forget();
      throw problem;
    });
    return opening;
  };

  /** `undefined` takes the file away. */
  const put = async (
    file: SafeFileName,
    bytes: Uint8Array | undefined,
  ): Promise<Result<void, SafeFileCode>> => {
    try {
      const database = await open();
      const transaction = database.transaction("files", "readwrite", { durability: "strict" });
      const { store } = transaction;
      const request = bytes === undefined ? store.delete(file) : store.put(bytes, file);
      await Promise.all([request, transaction.done]);
      return accept(undefined);
    } catch (problem) {
      return refuse(codeOf(problem), nameOf(problem));
    }
  };

  return {
    read: async (file) => {
      if (!isSafeFile(file)) return refuse("BAD_REQUEST");
      try {
        const bytes = await (await open()).get("files", file);
        return accept(bytes);
      } catch (problem) {
        return refuse(codeOf(problem), nameOf(problem));
      }
    },
    write: async (file, bytes) => {
      if (!isSafeFile(file)) return refuse("BAD_REQUEST");
      if (bytes.length > safeFileLimit) return refuse("TOO_LARGE");
      if (!asked) {
        asked = true;
        void askToPersist().catch(() => undefined);
      }
      // A copy of exactly these bytes: a view would take its whole buffer along.
      return put(file, bytes.slice());
    },
    remove: async (file) => (isSafeFile(file) ? put(file, undefined) : refuse("BAD_REQUEST")),
  };
};

const isSafeFile = (name: string): boolean =>
  safeFileNames.some((safeFileName) => safeFileName === name);

const nameOf = (problem: unknown): string =>
  problem instanceof Error || problem instanceof DOMException ? problem.name : "unknown";

const codeOf = (problem: unknown): SafeFileCode => {
  switch (nameOf(problem)) {
    case "QuotaExceededError":
      return "DISK_FULL";
    case "SecurityError":
    case "NotAllowedError":
      return "NO_PERMISSION";
    default:
      return "DISK_FAILED";
  }
};
