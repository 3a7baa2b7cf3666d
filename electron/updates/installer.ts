import type { Result } from "../../shared/base/result.ts";
import type { UpdateCode, UpdateOffer } from "../../shared/bridge/updates.ts";
import type { ReleaseFile } from "./manifest.ts";

/** Puts a release in the place of the program that runs. What it is handed was signed. */
export type Installer = {
  /** Which file of a release replaces this installation; undefined: the system's own packages do, or nobody does. */
  readonly file: Pick<ReleaseFile, "platform" | "arch" | "kind"> | undefined;
  /** Resolves ok when the file lies here whole and is, byte for byte, what was signed. */
  readonly bring: (wanted: WantedFile) => Promise<Result<void, UpdateCode>>;
  /** Ends the program as quitting does (it locks first), puts the file in its place, and begins again. */
  readonly install: () => Promise<Result<void, UpdateCode>>;
};

export type WantedFile = {
  readonly address: string;
  readonly file: ReleaseFile;
  readonly offer: UpdateOffer;
};

export type Installation = {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly isPackaged: boolean;
  /** The AppImage that runs, from its own variable. */
  readonly appImage: string | undefined;
  /** Whether the installer's uninstaller lies beside the program (Windows). */
  readonly hasUninstaller: boolean;
};

/** What of a release an installation can take by itself. A package of the system's is for the system to replace. */
export const readOwnFile = (where: Installation): Installer["file"] => {
  const { platform, isPackaged, appImage, hasUninstaller } = where;
  const arch = where.arch === "x64" || where.arch === "arm64" ? where.arch : undefined;
  if (!isPackaged || arch === undefined) return undefined;
  if (platform === "darwin") return { platform: "macos", arch, kind: "zip" };
  if (platform === "win32" && hasUninstaller) return { platform: "windows", arch, kind: "exe" };
  if (platform === "linux" && appImage?.startsWith("/") === true)
    return { platform: "linux", arch, kind: "AppImage" };
  return undefined;
};
