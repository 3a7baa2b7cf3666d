import { useMemo } from "react";
import { startOfDay } from "../../shared/base/startOfDay.ts";
import { type Agreement, readAgreements } from "../../shared/page/agreements.ts";
import type { Card } from "../../shared/page/card.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** The same until a card changes or another day begins: how an agreement stands turns on the day alone. */
export const useAgreements = (): readonly Agreement[] => {
  const { clock } = useSurroundings();
  const cards = useLive(useJournal().cards);
  const today = startOfDay(clock.now());
  return useMemo(() => readAgreements(cards, today), [cards, today]);
};

/** As the place shows them: what waits for a yes of one's own stands first, what is past last. */
export type Places = {
  readonly writing: readonly Card[];
  readonly asked: readonly Agreement[];
  readonly proposed: readonly Agreement[];
  readonly agreed: readonly Agreement[];
  readonly past: readonly Agreement[];
};

export const placesOf = (cards: readonly Card[], agreements: readonly Agreement[]): Places => {
  const at = (state: "proposed" | "agreed"): readonly Agreement[] =>
    agreements.filter(({ standing }) => standing.state === state);
  return {
    writing: cards.filter(({ kind, place }) => kind === "agreement" && place === "draft"),
    asked: at("proposed").filter(({ card }) => card.author === "partner"),
    proposed: at("proposed").filter(({ card }) => card.author === "me"),
    agreed: at("agreed"),
    past: agreements.filter(
      ({ standing }) => standing.state !== "proposed" && standing.state !== "agreed",
    ),
  };
};
