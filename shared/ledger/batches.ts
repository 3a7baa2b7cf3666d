import type { PageId } from "../base/ids.ts";

/** What goes to the disk in one transaction: enough to be quick, few enough that the screen stays alive. */
const batchLimits = { messages: 500, bytes: 4 * 1024 * 1024 };

/**
 * In order. Neighbours of one page stay together, however large they are: a page is on the disk as it was meant, or
 * not at all.
 */
export const batchesOf = <Draft extends { readonly page: PageId; readonly body: Uint8Array }>(
  drafts: readonly Draft[],
): readonly (readonly Draft[])[] => {
  const batches: Draft[][] = [];
  let bytes = 0;
  for (const run of runsOf(drafts)) {
    const size = run.reduce((sum, { body }) => sum + body.length, 0);
    const last = batches.at(-1);
    const fits =
      last !== undefined &&
      last.length + run.length <= batchLimits.messages &&
      bytes + size <= batchLimits.bytes;
    if (fits) last.push(...run);
    else batches.push([...run]);
    bytes = fits ? bytes + size : size;
  }
  return batches;
};

const runsOf = <Draft extends { readonly page: PageId }>(
  drafts: readonly Draft[],
): readonly (readonly Draft[])[] => {
  const runs: Draft[][] = [];
  for (const draft of drafts) {
    const last = runs.at(-1);
    if (last?.[0]?.page === draft.page) last.push(draft);
    else runs.push([draft]);
  }
  return runs;
};
