import type { Live } from "../../base/live.ts";
import type { PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import type { Result } from "../../base/result.ts";
import type { Card } from "../../page/card.ts";
import { type PacePages, readPaceDone, readPacePages } from "../../page/pace.ts";
import { showCards } from "../../page/paceRound.ts";
import { myPacePages, type PaceKeyPage, paceKeys, type PacingTurn } from "./pacing.ts";

export type PacingKeeperParts = {
  /** Also what is not let in yet: when somebody lets pages in is nobody's to learn. */
  readonly cards: Live<readonly Card[]>;
  /** Nothing is written while sharing is paused, once the journal has ended, and where there is nobody yet. */
  readonly may: () => boolean;
  readonly show: (answer: PageId, cards: string) => Promise<Result<void, string>>;
  readonly dropKey: (page: PageId) => Promise<Result<void, string>>;
  readonly withdraw: (page: PageId) => Promise<Result<void, string>>;
  readonly turn: PacingTurn;
  readonly random: Random;
};

type Step = () => Promise<Result<void, string>>;

/**
 * What comes of laid cards without anybody pressing anything: an answer to mine is shown to both, the key to it goes,
 * and what lay there before the newest goes as well. One after another; what the disk refuses waits for the next change.
 */
export const keepPacing = (parts: PacingKeeperParts): (() => void) => {
  const { cards, may } = parts;
  const { judge, inTurn } = parts.turn;
  let working = false;
  let again = false;
  let stopped = false;

  const work = async (): Promise<void> => {
    if (working) {
      again = true;
      return;
    }
    working = true;
    do {
      again = false;
      const done = await inTurn(async () => {
        const step = stopped || !may() ? undefined : nextStep(cards.read());
        return step === undefined ? undefined : step();
      });
      again = done?.ok === true || again;
    } while (again && !stopped);
    working = false;
  };

  const nextStep = (all: readonly Card[]): Step | undefined => {
    const keys = paceKeys(all);
    const pages = readPacePages(all);
    const mine = myPacePages(all);
    if (keys.length === 0 && mine.length === 0) return undefined;
    for (const key of keys) {
      const step = withKey(key, pages);
      if (step !== undefined) return step;
    }
    return tidy(pages, mine);
  };

  /** Danger: the key goes once one answer was shown, and no other answer is shown with it. */
  const withKey = (key: PaceKeyPage, pages: PacePages): Step | undefined => {
    const drop: Step = () => parts.dropKey(key.page);
    const round = pages.laid.find(({ card }) => card.id === key.round && card.author === "me");
    if (round === undefined) return undefined;
    const answers = pages.answers(round.card);
    if (answers.some(({ card }) => pages.shown(card, round.card).length > 0)) return drop;
    for (const answer of answers) {
      const shown = showCards(
        { page: key.round, laid: round.cards, answer: answer.cards },
        key.key,
        parts.random,
      );
      if (shown.ok) return () => parts.show(answer.card.id, shown.value);
    }
    return undefined;
  };

  /** Of rounds before the one that lies there now, nothing is left. */
  const tidy = (pages: PacePages, mine: readonly Card[]): Step | undefined => {
    const done = readPaceDone(pages, judge);
    const at = pages.laid.findIndex(({ card }) => card.id === done?.round);
    if (at === -1) return undefined;
    const before = new Set<PageId>();
    for (const { card } of pages.laid.slice(at + 1)) {
      before.add(card.id);
      for (const { card: answer } of pages.answers(card)) before.add(answer.id);
    }
    const old = mine.find(({ id, of }) => before.has(id) || (of !== undefined && before.has(of)));
    return old === undefined ? undefined : () => parts.withdraw(old.id);
  };

  const stopCards = cards.subscribe(() => void work());
  void work();
  return () => {
    stopped = true;
    stopCards();
  };
};
