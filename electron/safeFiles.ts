import { access, mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { accept, refuse, type Refused, type Result } from "../shared/base/result.ts";
import {
  safeFileLimit,
  safeFileNames,
  type SafeFileCode,
  type SafeFileName,
  type SafeFiles,
} from "../shared/bridge/bridge.ts";
import {
  removeIfThere,
  removeLeftovers,
  syncFolder,
  syncFoldersAbove,
  writeAtomically,
} from "./atomicFile.ts";
import { codeOf, forgiveAbsence } from "./diskProblem.ts";

/**
 * The profile's few sealed files, in a folder of their own that only this account can read. Also sweeps the profile
 * itself, where notes of the same kind lie: call it before anything else writes there.
 */
export const createSafeFiles = async (folder: string): Promise<SafeFiles> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The profile, what holds all profiles, and the system's folder for all programs.
  await syncFoldersAbove(folder, 3);
  for (const swept of [folder, dirname(folder)]) await removeLeftovers(swept);
  const inTurn = createTurns();
  const ask = <Value>(
    name: SafeFileName,
    run: (path: string) => Promise<Result<Value, SafeFileCode>>,
  ) =>
    // Types end at the bridge: a name that is not in the list would be a path of somebody's choice.
    safeFileNames.includes(name)
      ? inTurn(name, () => run(join(folder, name)).catch(readProblem))
      : Promise.resolve(refuse("BAD_REQUEST"));
  return {
    read: (name) => ask(name, readSmallFile),
    write: (name, bytes) =>
      ask(name, async (path) => {
        if (bytes.length > safeFileLimit) return refuse("TOO_LARGE");
        await writeAtomically(path, bytes);
        return accept(undefined);
      }),
    remove: (name) =>
      ask(name, async (path) => {
        await removeIfThere(path);
        await syncFolder(folder);
        return accept(undefined);
      }),
  };
};

/** Says "there" when it cannot tell: what hangs on it must not be made anew by mistake. */
export const isSafeFileThere = (folder: string, name: SafeFileName): Promise<boolean> =>
  access(join(folder, name)).then(
    () => true,
    (problem: unknown) => codeOf(problem) !== "ENOENT",
  );

const readSmallFile = async (
  path: string,
): Promise<Result<Uint8Array | undefined, SafeFileCode>> => {
  const file = await open(path, "r").catch(forgiveAbsence);
  if (file === undefined) return accept(undefined);
  try {
    const { size } = await file.stat();
    if (size > safeFileLimit) return refuse("TOO_LARGE");
    return accept(new Uint8Array(await file.readFile()));
  } finally {
    await file.close();
  }
};

/** One file's reads and writes happen in the order they were asked for; files do not wait for each other. */
const createTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  return <Value>(name: string, run: () => Promise<Value>): Promise<Value> => {
    const turn = (last.get(name) ?? Promise.resolve()).then(run);
    last.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };
};

/** The detail is the system's code alone: its message would name a path. */
const readProblem = (problem: unknown): Refused<SafeFileCode> => {
  const code = codeOf(problem);
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code)) return refuse("DISK_FULL", code);
  if (["EACCES", "EPERM", "EROFS"].includes(code)) return refuse("NO_PERMISSION", code);
  return refuse("DISK_FAILED", code);
};
