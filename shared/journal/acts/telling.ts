import { accept, refuse } from "../../base/result.ts";
import { type Card, isNewDraft, mostPauseHours } from "../../page/card.ts";
import { pageMeta } from "../../page/pageDoc.ts";
import type { ActsTools } from "./actsTools.ts";
import type { Journal } from "../journal.ts";
import { changePage } from "../pages/writing.ts";

export type Telling = Pick<
  Journal,
  "draftTold" | "draftDisclosure" | "draftAddition" | "draftLetter" | "setPause"
>;

/** What a person begins of their own accord. */
export const createTelling = ({ reach, begin, inTurn, drafts, random }: ActsTools): Telling => {
  const unsent = (fits: (card: Card) => boolean): Card | undefined =>
    reach.cards().find((card) => isNewDraft(card) && fits(card));

  return {
    draftTold: () => begin({ kind: "told" }),
    draftDisclosure: () =>
      inTurn(async () => {
        const begun = unsent(({ kind }) => kind === "disclosure");
        if (begun !== undefined) return accept(begun.id);
        const delivered = reach
          .cards()
          .some(
            ({ kind, place, author, withdrawnAt }) =>
              kind === "disclosure" &&
              place === "shared" &&
              author === "me" &&
              withdrawnAt === undefined,
          );
        return delivered ? refuse("DELIVERED") : begin({ kind: "disclosure" });
      }),
    draftAddition: (disclosure) =>
      inTurn(async () => {
        const delivered = reach.shared(disclosure, "me", ["disclosure"]);
        if (!delivered.ok) return delivered;
        const begun = unsent(({ kind, of }) => kind === "addition" && of === disclosure);
        return begun === undefined ? begin({ kind: "addition", of: disclosure }) : accept(begun.id);
      }),
    draftLetter: (about) =>
      inTurn(async () => {
        const empty = unsent(
          ({ letter, title, excerpt }) => letter?.about === about && title === "" && excerpt === "",
        );
        return empty === undefined
          ? begin({ kind: "letter", about, pauseHours: 0 })
          : accept(empty.id);
      }),
    setPause: async (page, hours) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      if (draft.value.letter?.about !== "impact" || !isNewDraft(draft.value))
        return refuse("NOT_YOURS");
      const whole = Number.isFinite(hours) ? Math.round(hours) : 0;
      const pauseHours = Math.min(Math.max(whole, 0), mostPauseHours);
      return changePage(drafts, page, random, (doc) => pageMeta(doc).set("pauseHours", pauseHours));
    },
  };
};
