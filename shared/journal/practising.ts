import type { PageId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import type { PracticeStart } from "../page/pageDoc.ts";
import type { PracticeKind, SaidBy } from "../page/said.ts";
import type { PageCode } from "./openPage.ts";

/** What of a draft's is said anew; a name with undefined is taken away, one that is left out stays. */
export type PracticeSaid = {
  readonly [Kind in PracticeKind]: { readonly kind: Kind } & {
    readonly [Name in keyof SaidBy<Kind>]?: SaidBy<Kind>[Name] | undefined;
  };
}[PracticeKind];

/** What the two do besides writing and asking (shared/page/practices.ts says how each kind goes). */
export type Practising = {
  /** A draft, or a page for me alone; where nothing is said with it, the one that was begun and has no word yet. */
  readonly beginPractice: (start: PracticeStart) => Promise<Result<PageId, PageCode>>;
  /** Of a draft of mine, or a page for me alone. What does not fit is left out. */
  readonly describePractice: (draft: PageId, said: PracticeSaid) => Promise<Result<void, PageCode>>;
  /** To the partner, with one press. */
  readonly sayPractice: (start: PracticeStart) => Promise<Result<PageId, PageCode | "NOT_PAIRED">>;
  /** My yes, to what the partner proposes. */
  readonly agreeTo: (page: PageId) => Promise<Result<void, PageCode>>;
  /** By either, at once and without a reason. */
  readonly endIt: (page: PageId) => Promise<Result<void, PageCode>>;
};
