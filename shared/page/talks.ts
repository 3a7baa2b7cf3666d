import type { PageId } from "../base/ids.ts";
import { byTime, type Card } from "./card.ts";
import { type Consent, consentTo, readSaidTo } from "./consent.ts";
import { saidOf, talkMinutes } from "./said.ts";

/** A hard-talk time: what was proposed, and what came of it on the pages of either. */
export type Talk = {
  readonly card: Card;
  /** When, by its writer, ms; undefined where no time was said. */
  readonly at: number | undefined;
  readonly minutes: number;
  readonly topics: readonly PageId[];
  readonly standing: Consent;
  /** Its beginning, by whoever was first here; undefined until then. What is said of one nobody agreed to counts for nothing. */
  readonly begun: Card | undefined;
  /** Every pause, with whoever went on after it. */
  readonly rests: readonly Rest[];
  /** The words at its end, by either. */
  readonly ends: readonly Card[];
  /** What was written down afterwards, drafts of mine too. */
  readonly notes: readonly Card[];
};

/** `until`: when its writer comes back, ms. */
export type Rest = {
  readonly card: Card;
  readonly until: number;
  readonly wentOn: Card | undefined;
};

/** The longest pause: a talk that was not gone on with by then is over. ms */
export const longestRest = 12 * 3_600_000;

/** Newest first. */
export const readTalks = (cards: readonly Card[]): readonly Talk[] => {
  const said = readSaidTo(cards);
  const parts = cards
    .filter(
      ({ place, withdrawnAt, kind }) =>
        withdrawnAt === undefined && (place === "shared" || kind === "talkNote"),
    )
    .toSorted(byTime);
  const partsOf = (kind: Card["kind"], of: PageId): readonly Card[] =>
    parts.filter((card) => card.kind === kind && card.of === of);
  return cards
    .filter(
      ({ kind, place, withdrawnAt }) =>
        kind === "talk" && place === "shared" && withdrawnAt === undefined,
    )
    .toSorted((one, other) => byTime(other, one))
    .map((card) => {
      const { at, minutes, topics } = saidOf("talk", card.said) ?? {};
      const standing = consentTo(card, said);
      const counts = standing.state === "agreed";
      return {
        card,
        at,
        minutes: minutes ?? talkMinutes.least,
        topics: topics ?? [],
        standing,
        begun: counts ? partsOf("talkBegins", card.id)[0] : undefined,
        rests: counts
          ? partsOf("talkRests", card.id).map((rest) => ({
              card: rest,
              until: restUntil(rest),
              wentOn: partsOf("talkBegins", rest.id)[0],
            }))
          : [],
        ends: counts ? partsOf("talkEnds", card.id) : [],
        notes: partsOf("talkNote", card.id),
      };
    });
};

const restUntil = ({ writtenAt, said }: Card): number =>
  Math.min(
    Math.max(saidOf("talkRests", said)?.until ?? writtenAt, writtenAt),
    writtenAt + longestRest,
  );
