import { byTime, type Card } from "./card.ts";
import { dayAt, noonOf } from "./day.ts";
import { saidOf } from "./said.ts";

export type Memory = {
  readonly card: Card;
  /** The day that it is of, at its noon, or when it was shared; ms. */
  readonly at: number;
};

/** `month`: "2026-11" */
export type AlbumMonth = { readonly month: string; readonly memories: readonly Memory[] };

/** By month, the newest first; a month without one is not there. */
export const readAlbum = (cards: readonly Card[]): readonly AlbumMonth[] => {
  const months = new Map<string, Memory[]>();
  for (const memory of memoriesIn(cards)) {
    const month = dayAt(memory.at).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), memory]);
  }
  return [...months].map(([month, memories]) => ({ month, memories }));
};

const memoriesIn = (cards: readonly Card[]): readonly Memory[] =>
  cards
    .filter(
      ({ kind, place, withdrawnAt }) =>
        kind === "memory" && place === "shared" && withdrawnAt === undefined,
    )
    .map((card) => {
      const day = saidOf("memory", card.said)?.day;
      return { card, at: day === undefined ? card.writtenAt : noonOf(day) };
    })
    .toSorted((one, other) => other.at - one.at || byTime(other.card, one.card));
