import type { Cancel, Clock } from "../base/clock.ts";
import { createCell, type Live } from "../base/live.ts";
import type { Card } from "../page/card.ts";
import { type PaceJudge, type PaceView, readPace } from "../page/pace.ts";

export type WatchPaceParts = {
  /** What stands before the reader. */
  readonly cards: Live<readonly Card[]>;
  readonly judge: PaceJudge;
  readonly clock: Clock;
};

/** A day that has begun lets the cards be laid again, ms. */
const lookAgainMs = 60_000;

/** How the pace cards lie, as long as the journal is open. */
export const watchPace = ({
  cards,
  judge,
  clock,
}: WatchPaceParts): { readonly now: Live<PaceView>; readonly stop: () => void } => {
  const read = (): PaceView => readPace(cards.read(), clock.now(), judge);
  const cell = createCell(read());
  let cancel: Cancel = () => {};
  const look = (): void => {
    cancel();
    const next = read();
    if (!isSame(cell.read(), next)) cell.set(next);
    if (!next.again) cancel = clock.after(lookAgainMs, look);
  };
  const stopCards = cards.subscribe(look);
  look();
  return {
    now: cell,
    stop: () => {
      stopCards();
      cancel();
    },
  };
};

const isSame = (one: PaceView, other: PaceView): boolean =>
  one.state === other.state &&
  one.again === other.again &&
  one.last?.at === other.last?.at &&
  one.last?.both.join() === other.last?.both.join();
