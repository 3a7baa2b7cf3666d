import type { Live } from "../../base/live.ts";
import { utf8 } from "../../base/bytes.ts";
import { idFrom, type PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import type { Result } from "../../base/result.ts";
import type { Card } from "../../page/card.ts";
import { hash } from "../../crypto/hash.ts";
import { allPaceDone, type PacePages, readPacePages } from "../../page/pace.ts";
import { showCards } from "../../page/paceRound.ts";
import { myPacePages, type PaceKeyPage, paceKeys, type PacingTurn } from "./pacing.ts";

export type PacingKeeperParts = {
  /** Also what is not let in yet: when somebody lets pages in is nobody's to learn. */
  readonly cards: Live<readonly Card[]>;
  /** Nothing is written while sharing is paused, once the journal has ended, and where there is nobody yet. */
  readonly may: () => boolean;
  /** After a backup came back, and once the journal has ended: a key would open what it has opened before. */
  readonly forgets: () => boolean;
  /** `page`: where it is to stand. */
  readonly show: (answer: PageId, cards: string, page: PageId) => Promise<Result<void, string>>;
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
        const step = stopped ? undefined : nextStep(cards.read());
        return step === undefined ? undefined : step();
      });
      again = done?.ok === true || again;
    } while (again && !stopped);
    working = false;
  };

  const nextStep = (all: readonly Card[]): Step | undefined => {
    const keys = paceKeys(all);
    const [first] = keys;
    if (parts.forgets()) return first && (() => parts.dropKey(first.page));
    if (!may()) return undefined;
    const pages = readPacePages(all);
    const mine = myPacePages(all);
    if (keys.length === 0 && mine.length === 0) return undefined;
    for (const key of keys) {
      const step = withKey(key, pages, all);
      if (step !== undefined) return step;
    }
    return tidy(pages, mine);
  };

  /**
   * Danger: the key goes once one answer was shown, and no other answer is shown with it, also where the one that was
   * shown is taken back before the key is gone. So the page that shows follows from the key: it tells, whatever became
   * of the answer.
   */
  const withKey = (key: PaceKeyPage, pages: PacePages, all: readonly Card[]): Step | undefined => {
    const drop: Step = () => parts.dropKey(key.page);
    const page = shownPage(key);
    if (all.some(({ id }) => id === page)) return drop;
    const round = pages.laid.find(({ card }) => card.id === key.round && card.author === "me");
    // A kill before it was laid, or taken back on another computer of mine.
    if (round === undefined) return drop;
    for (const answer of pages.answers(round.card)) {
      const answered = { page: key.round, laid: round.cards, answer: answer.cards };
      if (!judge.isAnswer(answered)) continue;
      const shown = showCards(answered, key.key, parts.random);
      if (shown.ok) return () => parts.show(answer.card.id, shown.value, page);
    }
    return undefined;
  };

  /** Of rounds before the one that was turned last, and of what either took back, nothing is left. */
  const tidy = (pages: PacePages, mine: readonly Card[]): Step | undefined => {
    const [last, ...before] = allPaceDone(pages, judge).map(({ round }) => round);
    const old = mine.find((card) => {
      const round = roundOf(card, pages);
      if (round === undefined) return true;
      return pages.isOver(round) || (round.id !== last && before.includes(round.id));
    });
    return old === undefined ? undefined : () => parts.withdraw(old.id);
  };

  const stopCards = cards.subscribe(() => void work());
  void work();
  return () => {
    stopped = true;
    stopCards();
  };
};

/** Nobody without the key can name it, so nobody can stand there before. */
const shownPage = ({ key }: PaceKeyPage): PageId =>
  idFrom<PageId>(hash("TF/1 pace shown page", utf8(key)).slice(0, 16));

/** The round that a page of mine belongs to, as long as it is there with all that lies between. */
const roundOf = ({ id, kind, of }: Card, pages: PacePages): Card | undefined =>
  pages.laid.find(({ card }) => {
    if (kind === "pace") return card.id === id;
    if (kind === "paceAnswer") return card.id === of;
    return pages.answers(card).some((answer) => answer.card.id === of);
  })?.card;
