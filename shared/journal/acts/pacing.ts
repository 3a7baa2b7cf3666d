import { newId, type PageId } from "../../base/ids.ts";
import type { Queue } from "../../base/queue.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Card } from "../../page/card.ts";
import {
  allPaceDone,
  mayAnswer,
  mayLay,
  type PaceJudge,
  readPacePages,
  theirRound,
} from "../../page/pace.ts";
import type { PaceCard } from "../../page/paceDeck.ts";
import { answerCards, layCards } from "../../page/paceRound.ts";
import type { Pacing } from "../pacing.ts";
import type { PageCode } from "../openPage.ts";
import { beginPage, beginWhole, removePage } from "../pages/writing.ts";
import type { ActsTools } from "./actsTools.ts";

type PacingActs = Pick<Pacing, "layPace" | "clearPace">;

/** `inTurn`: what is pressed and what goes on by itself never cross. */
export type PacingTurn = { readonly judge: PaceJudge; readonly inTurn: Queue };

/** Pages of mine of the pace cards that stand on the shared side. */
export const myPacePages = (cards: readonly Card[]): readonly Card[] =>
  cards.filter(
    ({ kind, author, place, withdrawnAt }) =>
      author === "me" &&
      place === "shared" &&
      withdrawnAt === undefined &&
      (kind === "pace" || kind === "paceAnswer" || kind === "paceShown"),
  );

export type PaceKeyPage = { readonly page: PageId; readonly round: PageId; readonly key: string };

export const paceKeys = (cards: readonly Card[]): readonly PaceKeyPage[] =>
  cards.flatMap(({ id, of, said }) =>
    said?.kind === "paceKey" && said.cards !== undefined && of !== undefined
      ? [{ page: id, round: of, key: said.cards }]
      : [],
  );

/** Laying the cards, and taking them back. What comes of them goes on by itself (pacingKeeper.ts). */
export const createPacing = (
  { reach, drafts, shared, sending, clock, random }: ActsTools,
  { judge, inTurn }: PacingTurn,
): PacingActs => {
  const dropKeys = async (): Promise<Result<void, PageCode>> => {
    for (const { page } of paceKeys(reach.cards())) {
      const removed = await removePage(drafts, page);
      if (!removed.ok) return removed;
    }
    return accept(undefined);
  };

  /** The key first: without it nothing that comes back can be opened. */
  const takeBack = async (pages: readonly Card[]): Promise<Result<void, PageCode>> => {
    const dropped = await dropKeys();
    if (!dropped.ok) return dropped;
    for (const { id } of pages) {
      const withdrawn = await sending.withdraw(id);
      if (!withdrawn.ok) return withdrawn;
    }
    return accept(undefined);
  };

  const lay = async (
    chosen: readonly PaceCard[],
  ): Promise<Result<void, PageCode | "NOT_PAIRED">> => {
    const shelf = shared();
    if (shelf === undefined) return refuse("NOT_PAIRED");
    if (!mayLay(reach.cards(), clock.now())) return refuse("NO_LONGER");
    const back = await takeBack(overBy(reach.cards(), judge));
    if (!back.ok) return back;
    const page = newId<PageId>(random);
    const { message, key } = layCards(page, chosen, random);
    // Before the round: one whose key is lost could never be opened.
    const kept = await beginPage(drafts, { kind: "paceKey", of: page, cards: key }, random);
    if (!kept.ok) return kept;
    return beginWhole(shelf, { kind: "pace", cards: message }, random, undefined, page);
  };

  const layBeside = async (
    round: PageId,
    laid: string,
    chosen: readonly PaceCard[],
  ): Promise<Result<void, PageCode | "NOT_PAIRED">> => {
    const shelf = shared();
    if (shelf === undefined) return refuse("NOT_PAIRED");
    if (!mayAnswer(reach.cards(), clock.now())) return refuse("NO_LONGER");
    const answer = answerCards(round, laid, chosen, random);
    if (!answer.ok) return refuse("PAGE_DAMAGED");
    // What I laid at the same time goes: of two rounds in one day the other would learn two choices.
    const back = await takeBack(overBy(reach.cards(), judge));
    if (!back.ok) return back;
    return beginWhole(shelf, { kind: "paceAnswer", of: round, cards: answer.value }, random);
  };

  return {
    layPace: (chosen) =>
      inTurn(() => {
        const theirs = theirRound(readPacePages(reach.cards()), judge);
        return theirs === undefined ? lay(chosen) : layBeside(theirs.card.id, theirs.cards, chosen);
      }),
    clearPace: () => inTurn(() => takeBack(myPacePages(reach.cards()))),
  };
};

/** Of mine, what laying anew takes away: all but what lies side by side, which stays until the next is turned. */
const overBy = (cards: readonly Card[], judge: PaceJudge): readonly Card[] => {
  const pages = readPacePages(cards);
  const done = allPaceDone(pages, judge)[0]?.round;
  const kept = new Set(
    pages.laid
      .filter(({ card }) => card.id === done)
      .flatMap(({ card }) => [card.id, ...pages.answers(card).map((answer) => answer.card.id)]),
  );
  return myPacePages(cards).filter(
    ({ id, of }) => !kept.has(id) && (of === undefined || !kept.has(of)),
  );
};
