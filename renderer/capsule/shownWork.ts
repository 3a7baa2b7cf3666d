import type { Work } from "../../shared/base/work.ts";

/** Work that a screen shows: told to it once a hundredth, and not any more once it was stopped. */
export const shownWork = (
  stopped: AbortSignal,
  show: (done: number, all: number) => void,
): Work => {
  let shown = -1;
  return {
    cancelled: () => stopped.aborted,
    progress: (done, all) => {
      const part = Math.floor((done * 100) / Math.max(all, 1));
      if (stopped.aborted || part === shown) return;
      shown = part;
      show(done, all);
    },
  };
};
