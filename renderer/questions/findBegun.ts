import type { AskedCard } from "./threads.ts";

/** A question that was begun and left without a word: writing goes on there instead of leaving one more behind. */
export const findBegun = (drafts: readonly AskedCard[]): AskedCard | undefined =>
  drafts.find(
    ({ title, excerpt, draft }) =>
      title.trim() === "" && excerpt === "" && draft?.restsUntil === undefined,
  );
