import { equalBytes } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { createHandshake, type Handshake, type Transport } from "../crypto/noise.ts";
import { type Certificate, certificateMark, parseCertificate } from "./certificate.ts";
import { type Invitation, invitationPsk } from "./invitation.ts";
import type { Seat } from "./pairingKeys.ts";
import type { PairingLine } from "./pairingLine.ts";
import type { PersonKeys } from "./person.ts";
import { noisePrologue } from "./prologue.ts";

/**
 * One try at the Noise handshake of PROTOCOL §4, step 1, on one wire.
 *
 * The joiner is the Noise initiator: XXpsk3 checks the invitation's secret in the third message, so the inviter, as
 * responder, knows that somebody came with the invitation exactly when the handshake is finished, and the joiner
 * sees the inviter's certificate, which the invitation names, before it shows its own. (`wire.initiator` says who
 * made the WebRTC offer and has no part in this.)
 */
export type HandshakeTry = {
  readonly seat: Seat;
  readonly line: PairingLine;
  readonly invitation: Invitation;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  readonly clock: Clock;
  readonly random: Random;
  readonly ended: (outcome: HandshakeOutcome) => void;
};

/**
 * `came`: this end of the handshake is complete. `burnt` of a refusal: the other did prove the secret, but what it
 * carried is no certificate of its own.
 */
export type HandshakeOutcome =
  | { readonly ok: true; readonly transport: Transport; readonly partner: Certificate }
  | { readonly ok: false; readonly code: HandshakeCode; readonly burnt: boolean };

export type HandshakeCode = "JUNK" | "WRONG_CERTIFICATE" | "VANISHED";

/** Milliseconds that one message of the protocol may take to arrive. */
export const stepMs = 20_000;

const nothing = new Uint8Array(0);

/** Gives a way to abandon the try; `ended` is called once, unless it was abandoned before. */
export const tryHandshake = (parts: HandshakeTry): (() => void) => {
  const { line, seat } = parts;
  const handshake = createHandshake({
    pattern: "XXpsk3",
    initiator: seat === "joiner",
    prologue: noisePrologue("TF/1 pair", parts.invitation.room, line.fingerprints),
    staticKey: { secret: parts.keys.x25519, public: parts.certificate.x25519 },
    psk: invitationPsk(parts.invitation),
    random: parts.random,
  });
  let over = false;
  const abandon = (): void => {
    if (over) return;
    over = true;
    cancelDeadline();
    if (!handshake.finished) forget(handshake);
  };
  const finish = (outcome: HandshakeOutcome): void => {
    if (over) return;
    abandon();
    parts.ended(outcome);
  };
  const cancelDeadline = parts.clock.after(stepMs, () => finish(refusal("VANISHED")));
  line.hear({
    onMessage: (message) => {
      const outcome = over ? undefined : takeHandshakeMessage(parts, handshake, message);
      if (outcome !== undefined) finish(outcome);
    },
    onClose: () => finish(refusal("VANISHED")),
  });
  if (seat === "joiner") line.send(handshake.write(nothing));
  return abandon;
};

/** Undefined while another message is to come. */
const takeHandshakeMessage = (
  parts: HandshakeTry,
  handshake: Handshake,
  message: Uint8Array,
): HandshakeOutcome | undefined => {
  const payload = handshake.read(message);
  if (!payload.ok) return refusal("JUNK");
  if (handshake.remoteStatic() === undefined) {
    if (payload.value.length > 0) return refusal("JUNK");
    parts.line.send(handshake.write(parts.certificate.bytes));
    return undefined;
  }
  const partner = checkPartner(parts, handshake, payload.value);
  if (!partner.ok) return { ok: false, code: partner.code, burnt: handshake.finished };
  if (parts.seat === "joiner") parts.line.send(handshake.write(parts.certificate.bytes));
  return { ok: true, transport: handshake.split(), partner: partner.value };
};

const checkPartner = (
  { seat, invitation, certificate }: HandshakeTry,
  handshake: Handshake,
  payload: Uint8Array,
): Result<Certificate, "JUNK" | "WRONG_CERTIFICATE"> => {
  const wrong = seat === "joiner" ? "WRONG_CERTIFICATE" : "JUNK";
  const parsed = parseCertificate(payload);
  if (!parsed.ok) return refuse(wrong);
  const proven = handshake.remoteStatic();
  if (proven === undefined || !equalBytes(proven, parsed.value.x25519)) return refuse(wrong);
  if (equalBytes(parsed.value.identity, certificate.identity)) return refuse(wrong, "my own");
  if (parsed.value.device === certificate.device) return refuse(wrong, "my own");
  if (seat === "joiner" && !equalBytes(certificateMark(parsed.value), invitation.inviter)) {
    return refuse(wrong);
  }
  return accept(parsed.value);
};

const refusal = (code: HandshakeCode): HandshakeOutcome => ({ ok: false, code, burnt: false });

/** A refused read ends a handshake and wipes its ephemeral key; nothing is never a handshake message. */
const forget = (handshake: Handshake): void => {
  handshake.read(nothing);
};
