import type { PageId } from "../../shared/base/ids.ts";
import type { AnsweredCard } from "./threads.ts";

/** letter: open to read · slip: folds open · closed: waits for its reader · trace: withdrawn. */
type LaidAnswer = {
  readonly card: AnsweredCard;
  readonly as: "letter" | "slip" | "closed" | "trace";
};

type Laid = {
  /** Folded away behind one line. */
  readonly earlier: readonly LaidAnswer[];
  readonly shown: readonly LaidAnswer[];
};

/** As many answers lie side by side before older ones are folded away, and then so many stay. */
const foldsFrom = 8;
const staysShown = 4;

/**
 * Answers in their order: the newest that can be read lies open, older ones are slips. What is closed is never
 * folded away, nor is what was `arrived` at on this screen.
 */
export const layOut = (answers: readonly AnsweredCard[], arrived: ReadonlySet<PageId>): Laid => {
  const newest = answers.findLast(({ opened, withdrawnAt }) => opened && withdrawnAt === undefined);
  const laid = answers.map((card): LaidAnswer => {
    if (card.withdrawnAt !== undefined) return { card, as: "trace" };
    if (!card.opened) return { card, as: "closed" };
    return { card, as: card === newest || arrived.has(card.id) ? "letter" : "slip" };
  });
  const edge = laid.length > foldsFrom ? laid.length - staysShown : 0;
  const isEarlier = ({ as }: LaidAnswer, index: number): boolean =>
    index < edge && (as === "slip" || as === "trace");
  return {
    earlier: laid.filter((each, index) => isEarlier(each, index)),
    shown: laid.filter((each, index) => !isEarlier(each, index)),
  };
};
