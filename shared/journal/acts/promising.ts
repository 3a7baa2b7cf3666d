import { accept, refuse } from "../../base/result.ts";
import { type Card, isNewDraft } from "../../page/card.ts";
import { isDay } from "../../page/day.ts";
import { pageMeta } from "../../page/pageDoc.ts";
import type { Journal } from "../journal.ts";
import { changePage } from "../pages/writing.ts";
import type { ActsTools } from "./actsTools.ts";

export type Promising = Pick<
  Journal,
  "draftPromise" | "setPromiseDay" | "draftOutcome" | "setWent"
>;

/** Small promises: made by their writer alone, and how they went said by nobody else. */
export const createPromising = ({ reach, begin, inTurn, drafts, random }: ActsTools): Promising => {
  const unsent = (fits: (card: Card) => boolean): Card | undefined =>
    reach.cards().find((card) => isNewDraft(card) && fits(card));

  return {
    draftPromise: () =>
      inTurn(async () => {
        const empty = unsent(
          ({ kind, title, excerpt }) => kind === "promise" && title === "" && excerpt === "",
        );
        return empty === undefined ? begin({ kind: "promise" }) : accept(empty.id);
      }),
    setPromiseDay: async (page, day) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      if (draft.value.kind !== "promise") return refuse("NOT_YOURS");
      if (day !== undefined && !isDay(day)) throw new Error("no such day");
      return changePage(drafts, page, random, (doc) => {
        if (day === undefined) pageMeta(doc).delete("by");
        else pageMeta(doc).set("by", day);
      });
    },
    draftOutcome: (promise) =>
      inTurn(async () => {
        const begun = unsent(({ kind, of }) => kind === "outcome" && of === promise);
        if (begun !== undefined) return accept(begun.id);
        const found = reach.shared(promise, "me", ["promise"]);
        return found.ok ? begin({ kind: "outcome", of: promise, went: "kept" }) : found;
      }),
    setWent: async (page, went) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      if (draft.value.kind !== "outcome") return refuse("NOT_YOURS");
      return changePage(drafts, page, random, (doc) => pageMeta(doc).set("went", went));
    },
  };
};
