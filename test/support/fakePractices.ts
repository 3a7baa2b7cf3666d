import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Practising } from "../../shared/journal/practising.ts";
import type { Card } from "../../shared/page/card.ts";
import { readSaid } from "../../shared/page/said.ts";

type Parts = {
  readonly clock: Clock;
  readonly draft: (card: Partial<Card>) => PageId;
  /** A page of mine on the shared side. */
  readonly say: (card: Partial<Card>) => PageId;
  readonly cards: () => readonly Card[];
  readonly change: (page: PageId, how: (card: Card) => Card) => Result<void, PageCode>;
};

/** What screens need to see of practices; what is said is read by the real code. */
export const fakePractices = ({ draft, say, cards, change }: Parts): Practising => ({
  beginPractice: async ({ kind, of, ...said }) => {
    const values: Readonly<Record<string, unknown>> = said;
    const begun = cards().find(
      (card) =>
        card.place === "draft" && card.kind === kind && card.of === of && card.excerpt === "",
    );
    const fresh = { kind, of, said: readSaid(kind, (name) => values[name]) };
    return accept(Object.keys(said).length === 0 && begun !== undefined ? begun.id : draft(fresh));
  },
  describePractice: async (page, { kind, ...said }) => {
    const values: Readonly<Record<string, unknown>> = said;
    return change(page, (card) => {
      const before: Readonly<Record<string, unknown>> = { ...card.said };
      return {
        ...card,
        said: readSaid(kind, (name) => (Object.hasOwn(said, name) ? values[name] : before[name])),
      };
    });
  },
  sayPractice: async ({ kind, of, ...said }) => {
    const values: Readonly<Record<string, unknown>> = said;
    return accept(say({ kind, of, said: readSaid(kind, (name) => values[name]) }));
  },
  agreeTo: async (of) => {
    say({ kind: "yes", of });
    return accept(undefined);
  },
  endIt: async (of) => {
    say({ kind: "end", of });
    return accept(undefined);
  },
});
