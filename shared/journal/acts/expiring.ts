import type { Cancel, Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import type { Live } from "../../base/live.ts";
import type { Result } from "../../base/result.ts";
import type { Card } from "../../page/card.ts";
import { isOver, lastsUntil } from "../../page/expiry.ts";

export type ExpiringParts = {
  readonly cards: Live<readonly Card[]>;
  /** Nothing is written while sharing is paused, once the journal has ended, and where there is nobody yet. */
  readonly may: () => boolean;
  /** As its writer would do it; what the disk refuses is finished later. */
  readonly withdraw: (page: PageId) => Promise<Result<void, string>>;
  readonly clock: Clock;
};

/** Looked at no more often than that, ms; and at least that often, since a computer sleeps and its clock is set. */
const leastMs = 60_000;
const mostMs = 6 * 3_600_000;

/** Takes the words of my notes away on both sides once their time has passed. Returns how to stop. */
export const keepExpiring = ({ cards, may, withdraw, clock }: ExpiringParts): (() => void) => {
  let cancel: Cancel | undefined;
  let looking = false;
  let stopped = false;

  const standing = (): readonly Card[] =>
    cards
      .read()
      .filter(
        (card) =>
          card.place === "shared" &&
          card.author === "me" &&
          card.withdrawnAt === undefined &&
          lastsUntil(card) !== undefined,
      );

  const wake = (): void => {
    cancel?.();
    cancel = undefined;
    const next = Math.min(...standing().map((card) => lastsUntil(card) ?? Infinity));
    if (stopped || next === Infinity || !may()) return;
    const ms = Math.min(Math.max(next - clock.now(), leastMs), mostMs);
    cancel = clock.after(ms, () => void look());
  };

  const look = async (): Promise<void> => {
    if (looking || stopped) return;
    looking = true;
    const over = may() ? standing().filter((card) => isOver(card, clock.now())) : [];
    for (const { id } of over) if (!stopped) await withdraw(id);
    looking = false;
    wake();
  };

  /** What changes meanwhile is no reason to try again what the disk has just refused. */
  let known: readonly PageId[] = [];
  const follow = (): void => {
    const now = standing().map(({ id }) => id);
    const same = now.length === known.length && now.every((id, at) => id === known[at]);
    known = now;
    if (!same && !looking) void look();
  };
  const unsubscribe = cards.subscribe(follow);
  follow();

  return () => {
    stopped = true;
    cancel?.();
    unsubscribe();
  };
};
