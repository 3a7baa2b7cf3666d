import { watch } from "node:fs";
import { basename } from "node:path";
import { isSharedFileName } from "../shared/bridge/sharedFileNames.ts";

/** Calls `changed` for what happens to files that are seen, and `ended` once it can see no more. Never throws. */
export type WatchFolder = (folder: string, changed: () => void, ended: () => void) => () => void;

/** As far as the system tells: some, and many folders of other computers, tell nothing. */
export const watchFolder: WatchFolder = (folder, changed, ended) => {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || isSharedFileName(name)) changed();
      // A folder that goes away is told of by its own name; what stands there later is another one.
      if (name !== basename(folder)) return;
      end();
      changed();
    });
    const end = (): void => {
      watcher.close();
      ended();
    };
    watcher.on("error", end);
    return () => {
      watcher.close();
    };
  } catch {
    ended();
    return () => undefined;
  }
};
