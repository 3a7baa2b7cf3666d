import { refuse } from "../../base/result.ts";
import { pageAsks } from "../../page/pageDoc.ts";
import type { ActsTools } from "./actsTools.ts";
import type { Journal } from "../journal.ts";
import { changePage, describe } from "../pages/writing.ts";

export type Asking = Pick<Journal, "draftQuestion" | "describeQuestion" | "askAgain">;

/** What the asker does with a question. */
export const createAsking = ({ reach, begin, drafts, shared, random }: ActsTools): Asking => ({
  draftQuestion: () => begin({ kind: "question", need: "heard", depth: "meaning" }),
  describeQuestion: async (page, description) => {
    const draft = reach.openDraft(page);
    if (!draft.ok) return draft;
    if (draft.value.kind !== "question") return refuse("NOT_YOURS");
    return describe(drafts, page, random, description);
  },
  askAgain: async (page) => {
    const question = reach.shared(page, "me", ["question"]);
    if (!question.ok) return question;
    const shelf = shared();
    return shelf === undefined
      ? refuse("NO_PAGE")
      : changePage(shelf, page, random, (doc) => pageAsks(doc).push([shelf.ledger.timeNow()]));
  },
});
