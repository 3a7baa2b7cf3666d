import type { Cancel, Clock } from "../../../shared/base/clock.ts";
import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Random } from "../../../shared/base/random.ts";
import { periodOf, type MailboxKeys } from "../../../shared/people/mailboxKeys.ts";
import { spread } from "../../../shared/base/spread.ts";
import type { AirlockMirror } from "../../../shared/carry/airlockMirror.ts";
import type { SocketClass } from "./guardedSocket.ts";
import { openLine } from "./line.ts";
import { emptyOldBoxes } from "./oldBoxes.ts";
import { fillOwnBox } from "./ownBox.ts";
import { readPartnerBoxes } from "./partnerBoxes.ts";
import { mailboxTimes } from "./times.ts";

export type SessionParts = {
  readonly url: string;
  readonly keys: MailboxKeys;
  readonly me: DeviceId;
  readonly partner: DeviceId;
  readonly mirror: AirlockMirror;
  readonly clock: Clock;
  readonly random: Random;
  readonly WebSocket: SocketClass;
  /** Periods of which the own old boxes were emptied already. */
  readonly emptied: Set<number>;
  /** A box has answered; the own one has. */
  readonly onAnswer: () => void;
  readonly onOwnBox: () => void;
  /** All that waits lies at the mailbox. */
  readonly onSettled: () => void;
  readonly onFull: () => void;
  /** It stood so long that the next may begin at once. */
  readonly onGood: () => void;
  /** Once, unless closed before: nothing is heard or sent any more. */
  readonly onEnd: (end: SessionEnd) => void;
};

/** `spoiled`: it gives back other things, or without end. `renew`: nothing was wrong, it was time. */
export type SessionEnd = "lost" | "refused" | "spoiled" | "renew";

export type Session = { readonly close: () => void };

/**
 * One connection, from fresh documents to the end: first the partner's boxes are read, then the own one is filled. It
 * ends at the first thing that is not as it should be; nothing of it is kept for the next.
 */
export const openSession = (parts: SessionParts): Session => {
  const { clock, random, keys, mirror } = parts;
  const timers = new Set<Cancel>();
  const closers: (() => void)[] = [];
  const period = periodOf(clock.now());
  let filling = false;
  let emptying = false;
  let closed = false;

  const later = (ms: number, run: () => void): Cancel => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
    return cancel;
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const cancel of timers) cancel();
    for (const shut of closers) shut();
    line.close();
  };
  const end = (given: SessionEnd): void => {
    if (closed) return;
    close();
    parts.onEnd(given);
  };
  const onRefused = (): void => end("refused");
  const answered = (): void => {
    cancelAnswer();
    parts.onAnswer();
  };

  const line = openLine({
    url: parts.url,
    token: keys.token,
    clock,
    WebSocket: parts.WebSocket,
    onEnd: (why) => end(why === "flooded" ? "spoiled" : "lost"),
  });
  const cancelAnswer = later(mailboxTimes.answer, () => end("lost"));

  const partners = readPartnerBoxes({
    line,
    nameOf: (which) => keys.boxOf(parts.partner, which),
    mirror,
    clock,
    onAnswer: answered,
    onRead: (lying) => {
      mirror.keepOnly(lying);
      fill();
    },
    onRefused,
    onSpoiled: () => end("spoiled"),
  });
  closers.push(partners.close);
  later(mailboxTimes.read, () => fill());

  const nameOfMine = (which: Parameters<MailboxKeys["boxOf"]>[1]) => keys.boxOf(parts.me, which);

  function fill(): void {
    if (closed || filling) return;
    filling = true;
    const own = fillOwnBox({
      line,
      nameOf: nameOfMine,
      period,
      mirror,
      clock,
      onAnswer: answered,
      onOpen: () => {
        parts.onOwnBox();
        later(mailboxTimes.good, parts.onGood);
      },
      onSettled: () => {
        emptyOld();
        parts.onSettled();
      },
      onFull: () => {
        emptyOld();
        parts.onFull();
      },
      onRefused,
      onStalled: () => end("lost"),
      onSpoiled: () => end("spoiled"),
    });
    closers.push(own.close);
  }

  function emptyOld(): void {
    if (emptying || parts.emptied.has(period)) return;
    emptying = true;
    const onDone = (): void => {
      parts.emptied.add(period);
    };
    closers.push(emptyOldBoxes({ line, nameOf: nameOfMine, period, onDone }).close);
  }

  /** Spread, so that a mailbox does not hear from all its couples at once when a period begins. */
  const lookAgainLater = (): void => {
    later(spread(random, mailboxTimes.again, mailboxTimes.again / 4), () => {
      if (periodOf(clock.now()) !== period) return end("renew");
      line.forgetHeard();
      partners.lookAgain();
      lookAgainLater();
    });
  };
  lookAgainLater();
  later(spread(random, mailboxTimes.renew, mailboxTimes.renew / 4), () => end("renew"));

  return { close };
};
