import type { SharedFiles, SharedFilesCode } from "../base/files.ts";
import type { Result } from "../base/result.ts";
import type { ChosenFolder } from "./chosenFolder.ts";

/**
 * A folder that both partners reach (a stick, Syncthing, a drive that is copied): capsules are put there and taken in.
 * The shell alone knows where it is; nothing but capsules is ever read, written or taken away.
 */
export type SharedFolder = SharedFiles & {
  readonly folder: () => Promise<ChosenFolder>;
  /** Asks the person; the answer is what is kept now, the same as before where they chose none. */
  readonly chooseFolder: () => Promise<Result<ChosenFolder, SharedFilesCode>>;
  /** Only after a press: a browser asks its person whether this page may go on writing there. */
  readonly askAgain: () => Promise<ChosenFolder>;
  readonly forgetFolder: () => Promise<Result<void, SharedFilesCode>>;
};
