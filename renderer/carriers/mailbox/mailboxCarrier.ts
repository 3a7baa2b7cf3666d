import type { Doc } from "yjs";
import type { Cancel, Clock } from "../../../shared/base/clock.ts";
import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Random } from "../../../shared/base/random.ts";
import type {
  Carrier,
  CarrierCode,
  CarrierEvent,
  Carrying,
} from "../../../shared/carry/carrier.ts";
import type { MailboxKeys } from "../../../shared/people/mailboxKeys.ts";
import { dialable } from "../addresses.ts";
import { spread } from "../../../shared/base/spread.ts";
import { createAirlockMirror } from "../../../shared/carry/airlockMirror.ts";
import type { SocketClass } from "./guardedSocket.ts";
import { openSession, type Session, type SessionEnd } from "./session.ts";
import { mailboxTimes } from "./times.ts";

export type MailboxCarrierParts = {
  /** ws: or wss:; the mailbox stands at its path ‖ "/mailbox". No other host is ever dialled. */
  readonly address: string;
  readonly keys: MailboxKeys;
  readonly me: DeviceId;
  readonly partner: DeviceId;
  readonly clock: Clock;
  readonly random: Random;
  /** The browser's own, unless handed in. */
  readonly WebSocket?: SocketClass;
};

/** What is remembered from one airlock to the next, so that a mailbox that spoils airlocks is not dialled in a loop. */
type Patience = {
  setbacks: number;
  notBefore: number;
  readonly emptied: Set<number>;
};

/**
 * Leaves envelopes at a mailbox and fetches the partner's (docs/protocol.md, "Mailbox"). It meets nobody: `met` and
 * `parted` are never told, and no presence is sent.
 */
export const createMailboxCarrier = (parts: MailboxCarrierParts): Carrier => {
  const patience: Patience = { setbacks: 0, notBefore: 0, emptied: new Set() };
  return {
    name: "mailbox",
    carry: (airlock, tell) => carry(parts, patience, airlock, tell),
  };
};

const carry = (
  parts: MailboxCarrierParts,
  patience: Patience,
  airlock: Doc,
  tell: (event: CarrierEvent) => void,
): Carrying => {
  const { clock, random } = parts;
  const { retry } = mailboxTimes;
  const mirror = createAirlockMirror(airlock, clock);
  const url = mailboxUrl(parts.address);
  let session: Session | undefined;
  let cancelDial: Cancel = () => {};
  let cancelUnanswered: Cancel | undefined;
  let lastTold: CarrierCode | undefined;
  let stopped = false;

  const trouble = (code: CarrierCode): void => {
    if (stopped || lastTold === code) return;
    lastTold = code;
    tell({ type: "trouble", code });
  };
  const awaitAnswer = (): void => {
    cancelUnanswered ??= clock.after(mailboxTimes.unanswered, () => trouble("NO_MAILBOX"));
  };
  const answered = (): void => {
    cancelUnanswered?.();
    cancelUnanswered = undefined;
  };

  const dialLater = (ms: number): void => {
    cancelDial = clock.after(Math.max(ms, patience.notBefore - clock.now()), dial);
  };
  const setBack = (): void => {
    const ms = Math.min(retry.most, retry.first * 2 ** patience.setbacks);
    patience.setbacks = Math.min(16, patience.setbacks + 1);
    patience.notBefore = clock.now() + spread(random, ms, ms / 2);
  };

  const dial = (): void => {
    if (stopped || url === undefined) return;
    awaitAnswer();
    // Counted before anything has gone wrong: an airlock that is thrown away meanwhile changes nothing about it.
    setBack();
    session = openSession({
      ...parts,
      url,
      mirror,
      WebSocket: parts.WebSocket ?? globalThis.WebSocket,
      emptied: patience.emptied,
      onAnswer: answered,
      onOwnBox: () => {
        if (lastTold !== "MAILBOX_FULL") lastTold = undefined;
      },
      onSettled: () => {
        lastTold = undefined;
      },
      onFull: () => trouble("MAILBOX_FULL"),
      onGood: () => {
        patience.setbacks = 0;
        patience.notBefore = 0;
      },
      onEnd: ended,
    });
  };

  const ended = (end: SessionEnd): void => {
    session = undefined;
    if (end === "refused") {
      answered();
      trouble("MAILBOX_REFUSED");
    }
    if (end === "spoiled") {
      answered();
      trouble("MAILBOX_SPOILED");
      patience.notBefore = clock.now() + retry.spoiled;
    }
    if (end === "lost") awaitAnswer();
    dialLater(spread(random, retry.first, retry.first));
  };

  if (url === undefined) cancelDial = clock.after(0, () => trouble("NO_MAILBOX"));
  else if (patience.notBefore > clock.now()) dialLater(0);
  else dial();

  return {
    stop: async () => {
      if (stopped) return;
      stopped = true;
      cancelDial();
      answered();
      session?.close();
      mirror.close();
    },
  };
};

/** Undefined: an address that this page may not dial. */
const mailboxUrl = (address: string): string | undefined => {
  if (dialable([address]).length === 0) return undefined;
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/mailbox`;
  return url.href;
};
