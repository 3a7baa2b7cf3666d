import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { longestAgreement, type Card } from "../../shared/page/card.ts";
import { dayAt, daysFrom } from "../../shared/page/day.ts";

type Parts = {
  readonly clock: Clock;
  readonly draft: (card: Partial<Card>) => PageId;
  /** A page of mine without words, on the shared side. */
  readonly say: (card: Partial<Card>) => void;
  readonly find: (page: PageId) => Card | undefined;
  readonly change: (
    page: PageId,
    how: (card: Card) => Card,
  ) => ReturnType<Journal["setReview"]> extends Promise<infer Answer> ? Answer : never;
};

type Agreeing = Pick<Journal, "draftAgreement" | "setReview" | "sayYes" | "endAgreement">;

/** What screens need to see of agreements; how they stand is read by the real code. */
export const fakeAgreeing = ({ clock, draft, say, find, change }: Parts): Agreeing => ({
  draftAgreement: async (revises) => {
    const { title = "", excerpt = "" } = (revises && find(revises)) ?? {};
    const reviewBy = daysFrom(clock.now(), 30);
    return accept(draft({ kind: "agreement", title, excerpt, agreement: { reviewBy, revises } }));
  },
  setReview: async (page, day) => {
    const [first, last] = [dayAt(clock.now()), daysFrom(clock.now(), longestAgreement)];
    const reviewBy = day < first ? first : day > last ? last : day;
    return change(page, (card) =>
      card.agreement === undefined ? card : { ...card, agreement: { ...card.agreement, reviewBy } },
    );
  },
  sayYes: async (of) => {
    if (find(of)?.author === "me") return refuse("NOT_YOURS");
    say({ kind: "yes", of });
    return accept(undefined);
  },
  endAgreement: async (of) => {
    say({ kind: "end", of });
    return accept(undefined);
  },
});
