import { stat } from "node:fs/promises";
import type { WatchFolder } from "./systemWatch.ts";

export type FolderWatch = {
  /**
   * Watches this folder from here on, if it does not already. A folder that went away and came back is another one to
   * the system, and is told from the one before. Throws where it is gone.
   */
  readonly follow: (folder: string) => Promise<void>;
  readonly stop: () => void;
};

/** At most one folder at a time. Nothing looks by itself: who lists the folder brings the watch back to life. */
export const createFolderWatch = (watch: WatchFolder, changed: () => void): FolderWatch => {
  let now: { readonly which: string; readonly close: () => void } | undefined;
  const stop = (): void => {
    now?.close();
    now = undefined;
  };
  return {
    follow: async (folder) => {
      const found = await stat(folder, { bigint: true }).catch((problem: unknown) => {
        stop();
        throw problem;
      });
      const which = [found.dev, found.ino, found.birthtimeNs, folder].join(" ");
      if (now?.which === which) return;
      stop();
      let ended = false;
      const close = watch(folder, changed, () => {
        ended = true;
        if (now?.which === which) now = undefined;
      });
      if (!ended) now = { which, close };
    },
    stop,
  };
};
