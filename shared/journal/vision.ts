import type { Live } from "../base/live.ts";
import type { PageId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import type { PageBody } from "../page/card.ts";
import type { OwnedWords } from "../page/whoseWords.ts";
import type { History, PageCode, SaveCode, SaveState, Version } from "./openPage.ts";

/** "Where we want to go": the one page that both write, each as they like, also at the same time. */
export type Vision = {
  /** NO_PAGE: there is no partner. */
  readonly open: () => Promise<Result<VisionPage, PageCode>>;
  /** How it stood, for both alike. */
  readonly openHistory: () => Promise<Result<History, PageCode>>;
  /** Whose words stand there, as both read it. */
  readonly whose: () => Promise<Result<OwnedWords, PageCode>>;
};

/** It hears what the other writes as long as it is open. */
export type VisionPage = {
  readonly body: PageBody;
  /** False where nothing is shared any more, or not yet again. */
  readonly editable: boolean;
  /** Before an editor takes it: crossing changes may have left a list with nothing in it. To read it changes nothing. */
  readonly makeWhole: () => void;
  readonly saved: Live<SaveState>;
  readonly flush: () => Promise<Result<void, SaveCode>>;
  /** Writes the words of then in the place of what stands there now. */
  readonly bringBack: (version: Version) => Promise<Result<void, PageCode>>;
  /** The words as they stand here now, for the partner to agree to; EMPTY: there are none. */
  readonly propose: () => Promise<Result<PageId, PageCode>>;
  readonly close: () => Promise<void>;
};
