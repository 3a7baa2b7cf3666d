import type { PageId } from "../../../shared/base/ids.ts";

// Between the press and the trace the whole page may be drawn anew, so neither of the two components lives through it.
let withdrawn: PageId | undefined;

export const noteWithdrawn = (page: PageId | undefined): void => {
  withdrawn = page;
};

/** True for the page whose words were withdrawn here last, as long as the trace of it is being drawn. */
export const wasJustWithdrawn = (page: PageId): boolean => {
  if (withdrawn !== page) return false;
  queueMicrotask(() => {
    if (withdrawn === page) withdrawn = undefined;
  });
  return true;
};
