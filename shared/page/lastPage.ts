import type { PageId } from "../base/ids.ts";
import type { PageRecord } from "./pageRecord.ts";
import type { Replay } from "./replayPage.ts";

/** A page as it stands: what the cache keeps of it, and the document that this was read off. */
export type OpenReplay = { readonly record: PageRecord; readonly replay: Replay };

/**
 * The page that was taken on last stays open: who writes comes back to the same one at each pause, and it need not be
 * read, opened and built anew for that. In memory only, one page, gone with `forget`.
 */
export type LastPage = {
  /** Handed out once; whoever took it keeps it again when all went well. */
  readonly take: (page: PageId) => OpenReplay | undefined;
  readonly keep: (page: PageId, open: OpenReplay) => void;
  readonly forget: () => void;
};

export const createLastPage = (): LastPage => {
  let last: { readonly page: PageId; readonly open: OpenReplay } | undefined;
  const forget = (): void => {
    last?.open.replay.close();
    last = undefined;
  };
  return {
    take: (page) => {
      if (last?.page !== page) return undefined;
      const { open } = last;
      last = undefined;
      return open;
    },
    keep: (page, open) => {
      forget();
      last = { page, open };
    },
    forget,
  };
};
