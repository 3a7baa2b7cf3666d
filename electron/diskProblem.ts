import type { SinkCode } from "../shared/base/files.ts";
import { refuse, type Refused } from "../shared/base/result.ts";

/** The system's own; empty for what is no problem of the disk. */
export const codeOf = (problem: unknown): string =>
  problem instanceof Error && "code" in problem ? String(problem.code) : "";

/** For whom it is well that nothing is there; every other problem is thrown again. */
export const forgiveAbsence = (problem: unknown): undefined => {
  if (codeOf(problem) !== "ENOENT") throw problem;
};

/** The detail is the system's code alone: its message would name a path. */
export const readDiskProblem = (problem: unknown): Refused<SinkCode> => {
  const code = codeOf(problem);
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code)) return refuse("DISK_FULL", code);
  if (["EACCES", "EPERM", "EROFS"].includes(code)) return refuse("NO_PERMISSION", code);
  if (["ENOENT", "ENOTDIR", "ENXIO", "ENODEV"].includes(code)) return refuse("FOLDER_GONE", code);
  return refuse("DISK_FAILED", code);
};
