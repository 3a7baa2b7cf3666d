import type { Cancel, Clock } from "../../../shared/base/clock.ts";
import type { Offered } from "../../../shared/carry/airlock.ts";
import type { EnvelopeKey } from "../../../shared/envelope/envelope.ts";
import type { BoxTime } from "../../../shared/people/mailboxKeys.ts";
import type { AirlockMirror } from "../../../shared/carry/airlockMirror.ts";
import { openBox, type Box } from "./box.ts";
import { firstSlice } from "../../../shared/carry/firstSlice.ts";
import type { Line } from "./line.ts";
import { mailboxSizes, mailboxTimes, mostAttempts, mostUnderWay } from "./times.ts";

export type OwnBoxParts = {
  readonly line: Line;
  readonly nameOf: (which: BoxTime) => string;
  readonly period: number;
  readonly mirror: AirlockMirror;
  readonly clock: Clock;
  readonly onAnswer: () => void;
  /** The box has said what lies there. */
  readonly onOpen: () => void;
  /** What waits lies in it, what does not is out of it; after every change. */
  readonly onSettled: () => void;
  /** There is no room for more. It is asked again, at the latest after some minutes. */
  readonly onFull: () => void;
  readonly onRefused: () => void;
  /** It says nothing, or takes nothing any more though something is under way. */
  readonly onStalled: () => void;
  /** All boxes of this period are spoiled. */
  readonly onSpoiled: () => void;
};

export type OwnBox = { readonly close: () => void };

/**
 * Keeps the own box in step with what is mine in the airlock: puts in only what is missing, message by message as the
 * mailbox confirms them. What lies there from before and is no longer offered goes once the airlock is quiet: the
 * journal offers little by little what is not acknowledged.
 */
export const fillOwnBox = (parts: OwnBoxParts): OwnBox => {
  const { line, mirror, clock } = parts;
  let box: Box | undefined;
  let given = new Set<EnvelopeKey>();
  /** There was no room: what need not lie there goes before anything comes. */
  let clearFirst = false;
  let openAgain: (() => void) | undefined;
  let cancelSweep: Cancel = () => {};
  let cancelStall: Cancel = () => {};
  let closed = false;

  const open = (attempt: number): void => {
    if (closed) return;
    cancelStall();
    if (attempt === mostAttempts) return parts.onSpoiled();
    given = new Set();
    let synced = false;
    cancelStall = clock.after(mailboxTimes.answer, parts.onStalled);
    const opened: Box = openBox(line, parts.nameOf({ period: parts.period, attempt }), {
      onSynced: () => {
        synced = true;
        box = opened;
        cancelStall();
        parts.onAnswer();
        parts.onOpen();
        fill();
        sweepLater();
      },
      onStored: () => {
        watchStall();
        fill();
      },
      onArrived: () => {
        if (synced) sweepLater();
      },
      onRefused: (reason) => {
        if (reason !== "full") return parts.onRefused();
        opened.close();
        box = undefined;
        cancelSweep();
        cancelStall();
        clearFirst = true;
        openAgain = () => {
          openAgain = undefined;
          open(attempt);
        };
        cancelStall = clock.after(mailboxTimes.fullAgain, openAgain);
        parts.onAnswer();
        parts.onFull();
      },
      onSpoiled: () => {
        box = undefined;
        cancelSweep();
        open(attempt + 1);
      },
    });
    closeOpened = opened.close;
  };
  let closeOpened = (): void => {};

  const waiting = function* (): Iterable<Offered> {
    for (const key of mirror.mine) {
      const envelope = given.has(key) ? undefined : mirror.envelopeAt(key);
      if (envelope !== undefined) yield { key, envelope };
    }
  };

  const fill = (): void => {
    while (box !== undefined && !clearFirst && box.underWay() < mostUnderWay) {
      const slice = firstSlice(waiting(), mailboxSizes.slice);
      if (slice.length === 0) return;
      for (const { key } of slice) given.add(key);
      box.airlock.offer(slice);
      if (box !== undefined && box.underWay() === 1) watchStall();
    }
  };

  const watchStall = (): void => {
    cancelStall();
    if (box === undefined || box.underWay() === 0) return;
    cancelStall = clock.after(mailboxTimes.stall, parts.onStalled);
  };

  /** Again while something is still offered or under way; the last word is that all is in step. */
  const sweepLater = (): void => {
    cancelSweep();
    const quietAt = mirror.changedAt() + mailboxTimes.quiet;
    cancelSweep = clock.after(Math.max(mailboxTimes.quiet / 5, quietAt - clock.now()), sweep);
  };
  const sweep = (): void => {
    if (box === undefined) return;
    if (clock.now() < mirror.changedAt() + mailboxTimes.quiet) return sweepLater();
    box.clear([...box.keys()].filter((key) => !mirror.mine.has(key as EnvelopeKey)));
    if (box.underWay() > 0) return sweepLater();
    if (clearFirst) {
      clearFirst = false;
      fill();
      return sweepLater();
    }
    parts.onSettled();
  };

  mirror.listen({
    onOffered: () => {
      fill();
      if (box !== undefined) sweepLater();
    },
    onReleased: (keys) => {
      if (openAgain !== undefined) {
        cancelStall();
        cancelStall = clock.after(mailboxTimes.quiet, openAgain);
      }
      if (box === undefined) return;
      const out = keys.filter((key) => given.delete(key));
      box.airlock.release(out);
      watchStall();
    },
  });
  open(0);

  return {
    close: () => {
      closed = true;
      cancelSweep();
      cancelStall();
      mirror.listen(undefined);
      closeOpened();
      box = undefined;
    },
  };
};
