import { type Cell, createCell } from "../base/live.ts";
import type { Wire } from "../base/wire.ts";
import type { Transport } from "../crypto/noise.ts";
import { wipe } from "../crypto/wipe.ts";
import type { Certificate } from "./certificate.ts";
import type { PairingCode } from "./codes.ts";
import { isCleanName } from "./name.ts";
import { type HandshakeCode, type HandshakeOutcome, tryHandshake } from "./pairingHandshake.ts";
import type { Seat } from "./pairingKeys.ts";
import { createPairingLine, type PairingLine } from "./pairingLine.ts";
import { type EndCode, writePairingMessage } from "./pairingMessages.ts";
import type { PairingParts } from "./pairingParts.ts";
import { createTalk, type Talk } from "./pairingTalk.ts";
import type { PairingTalk, PairingView } from "./pairingView.ts";

/** One side of a pairing. It waits for wires that the rendezvous makes, as many as come. */
export type PairingSide = {
  readonly talk: PairingTalk;
  /**
   * Tries a handshake on this wire. The first to complete one is the partner-to-be and uses the invitation up;
   * junk and wrong secrets are closed and disturb nobody.
   */
  readonly accept: (wire: Wire) => void;
  /** Ends a talk that nobody has joined yet, from outside: no meeting point answers, say. */
  readonly giveUp: (code: PairingCode) => void;
  /**
   * Cancels what is under way, hangs up, and wipes the invitation's secret; `accept` only closes from now on.
   * A couple that is just being stored is taken back, unless the partner has said that it is stored there.
   */
  readonly dispose: () => void;
};

/** More handshakes at once than honest partners need; further wires are closed unheard. */
const mostTries = 16;
/** After a try went wrong the joiner waits this long for the right one before it says so. */
const graceMs = 10_000;

/**
 * The side that made the invitation (A). Whoever completes a handshake after the first is told, sealed, that the
 * invitation is used; that goes on until it expires, and is all that its secret still opens.
 */
export const createInviter = (parts: PairingParts): PairingSide => createSide("inviter", parts);

/**
 * The side that was invited (B). Only one wire at a time gets the third handshake message, so that a joiner reached
 * over two meeting points does not use the invitation up against itself.
 */
export const createJoiner = (parts: PairingParts): PairingSide => createSide("joiner", parts);

type Side = {
  readonly seat: Seat;
  readonly parts: PairingParts;
  readonly view: Cell<PairingView>;
  /** How to abandon each handshake under way. */
  readonly tries: Map<PairingLine, () => void>;
  talk?: Talk;
  cancelExpiry: () => void;
  cancelGrace: () => void;
  /** What somebody hears who comes after this. */
  afterwards: EndCode;
  closed: boolean;
};

const createSide = (seat: Seat, parts: PairingParts): PairingSide => {
  if (!isCleanName(parts.name)) throw new RangeError("a name that may not travel");
  const side: Side = {
    seat,
    parts,
    view: createCell<PairingView>({ step: "waiting" }),
    tries: new Map(),
    cancelExpiry: () => {},
    cancelGrace: () => {},
    afterwards: "USED",
    closed: false,
  };
  side.cancelExpiry = parts.clock.after(parts.invitation.expiresAt - parts.clock.now(), () =>
    expire(side),
  );
  return {
    talk: {
      view: side.view,
      confirm: () => side.talk?.confirm(),
      differ: () => side.talk?.differ(),
      cancel: () => cancel(side),
    },
    accept: (wire) => acceptWire(side, wire),
    giveUp: (code) => endWaiting(side, code),
    dispose: () => dispose(side),
  };
};

const acceptWire = (side: Side, wire: Wire): void => {
  const line = createPairingLine(wire, side.parts.clock);
  const unwanted = side.seat === "joiner" && !isWaiting(side);
  if (side.closed || unwanted || side.tries.size >= mostTries) return line.close();
  if (side.seat === "joiner") side.view.set({ step: "meeting" });
  side.cancelGrace();
  const { invitation, keys, certificate, clock, random } = side.parts;
  // The joiner speaks first, so its try may already be over when `tryHandshake` returns.
  let over = false;
  const ended = (outcome: HandshakeOutcome): void => {
    over = true;
    side.tries.delete(line);
    takeOutcome(side, line, outcome);
  };
  const abandon = tryHandshake({
    seat: side.seat,
    line,
    invitation,
    keys,
    certificate,
    clock,
    random,
    ended,
  });
  if (!over) side.tries.set(line, abandon);
};

const takeOutcome = (side: Side, line: PairingLine, outcome: HandshakeOutcome): void => {
  if (outcome.ok && isWaiting(side)) return begin(side, line, outcome.transport, outcome.partner);
  if (outcome.ok) return tellLatecomer(side, line, outcome.transport);
  line.close();
  if (!isWaiting(side)) return;
  if (outcome.burnt) endWaiting(side, outcome.code);
  else if (side.seat === "joiner" && side.tries.size === 0) waitForAnother(side, outcome.code);
};

const begin = (side: Side, line: PairingLine, transport: Transport, partner: Certificate): void => {
  if (side.seat === "joiner") {
    side.cancelExpiry();
    abandonTries(side);
  }
  side.cancelGrace();
  side.talk = createTalk({
    ...side.parts,
    seat: side.seat,
    line,
    transport,
    partner,
    show: (view) => side.view.set(view),
  });
  side.talk.start();
};

const tellLatecomer = (side: Side, line: PairingLine, transport: Transport): void => {
  const sealed = transport.send.seal(writePairingMessage({ kind: "end", code: side.afterwards }));
  if (sealed.ok) line.send(sealed.value);
  transport.send.wipe();
  transport.receive.wipe();
  line.letGo();
};

const waitForAnother = (side: Side, code: HandshakeCode): void => {
  side.cancelGrace();
  side.cancelGrace = side.parts.clock.after(graceMs, () => endWaiting(side, code));
};

const expire = (side: Side): void => {
  endWaiting(side, "EXPIRED");
  side.closed = true;
  abandonTries(side);
};

const cancel = (side: Side): void => {
  if (side.talk) return side.talk.cancel();
  if (isWaiting(side)) side.afterwards = "CANCELLED";
  endWaiting(side, "CANCELLED");
};

/** Only before a partner-to-be has come; afterwards the talk decides how it ends. */
const endWaiting = (side: Side, code: PairingCode): void => {
  if (!isWaiting(side)) return;
  side.cancelGrace();
  if (side.seat === "joiner") {
    side.cancelExpiry();
    abandonTries(side);
  }
  side.view.set({ step: "ended", code });
};

const dispose = (side: Side): void => {
  cancel(side);
  side.talk?.hangUp();
  side.closed = true;
  side.cancelExpiry();
  side.cancelGrace();
  abandonTries(side);
  wipe(side.parts.invitation.secret);
};

const abandonTries = (side: Side): void => {
  for (const [line, abandon] of side.tries) {
    abandon();
    line.close();
  }
  side.tries.clear();
};

const isWaiting = (side: Side): boolean =>
  side.talk === undefined && side.view.read().step !== "ended";
