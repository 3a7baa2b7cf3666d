import type { FileSink } from "../base/files.ts";
import type { Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";
import type { StoreCode } from "../ledger/stores.ts";

/** Ending the journal: alone, offline, at once (PROTOCOL §9). */
export type Ending = {
  readonly state: Live<EndingState>;
  /**
   * For good, and finished by itself should it be cut short. Nothing is carried any more; the keys of the two are
   * destroyed. Telling: one last message, for which whatever carries has some seconds; without: nothing goes out.
   */
  readonly end: (choice: EndingChoice) => Promise<Result<void, EndingCode>>;
  /** After the ending, for as long as the other's words are here. */
  readonly decide: (words: TheirWords) => Promise<Result<void, EndingCode>>;
};

export type EndingChoice = {
  readonly tell: boolean;
  readonly theirWords: TheirWords;
  /** Where the last message goes as a file, with all that has not reached the partner (a capsule). */
  readonly file?: FileSink | undefined;
};

/** How long the partner's words stay readable unless somebody chooses otherwise, ms: 30 days. */
export const stayMs = 30 * 24 * 60 * 60 * 1000;

/** What happens to the words of the other that are on this computer. later: after `stayMs`. */
export const theirWordsChoices = ["now", "later", "keep"] as const;
export type TheirWords = (typeof theirWordsChoices)[number];

/** Days are local midnights in ms. */
export type EndingState =
  | { readonly state: "alone" }
  /** `partnerEnded`: the partner has said that they ended it, on that day; undefined day: their date cannot be right. */
  | {
      readonly state: "together";
      readonly partnerEnded: { readonly day: number | undefined } | undefined;
    }
  | { readonly state: "ending" }
  | {
      readonly state: "ended";
      readonly partner: string;
      readonly day: number;
      readonly theirs: TheirsNow;
    };

export type TheirsNow =
  | { readonly at: "kept" }
  /** They go on that day, or when the journal is next opened after it. */
  | { readonly at: "until"; readonly day: number }
  /** Unreadable already; what is left of it leaves the disk as soon as the disk allows. */
  | { readonly at: "leaving" }
  | { readonly at: "gone" };

export type EndingCode = "NOT_PAIRED" | StoreCode;
