import type { Wire } from "../../shared/base/wire.ts";
import { createHandshake, type Transport } from "../../shared/crypto/noise.ts";
import { type Invitation, invitationPsk } from "../../shared/people/invitation.ts";
import {
  type PairingMessage,
  parsePairingMessage,
  writePairingMessage,
} from "../../shared/people/pairingMessages.ts";
import { noisePrologue } from "../../shared/people/prologue.ts";
import { namedRandom, type TestPerson } from "./pairingPeople.ts";

/** Somebody with a changed app: has the invitation and real keys, and says what the test wants. */
export type HandPeer = {
  readonly say: (message: PairingMessage) => void;
  /** Sealed as the protocol wants, whatever it is. */
  readonly sayBytes: (bytes: Uint8Array) => void;
  readonly heard: PairingMessage[];
  readonly transport: () => Transport;
};

export type HandPeerParts = {
  readonly seat: "inviter" | "joiner";
  readonly wire: Wire;
  readonly person: TestPerson;
  readonly invitation: Invitation;
  /** What it shows as its certificate. */
  readonly certificate?: Uint8Array;
};

export const createHandPeer = (parts: HandPeerParts): HandPeer => {
  const { seat, wire, person, invitation } = parts;
  const shown = parts.certificate ?? person.certificate.bytes;
  const handshake = createHandshake({
    pattern: "XXpsk3",
    initiator: seat === "joiner",
    prologue: noisePrologue("TF/1 pair", invitation.room, wire.fingerprints),
    staticKey: { secret: person.keys.x25519, public: person.certificate.x25519 },
    psk: invitationPsk(invitation),
    random: namedRandom("by hand"),
  });
  const heard: PairingMessage[] = [];
  const transport = (): Transport => handshake.split();
  const sayBytes = (bytes: Uint8Array): void => {
    const sealed = transport().send.seal(bytes);
    if (!sealed.ok) throw new Error(sealed.code);
    wire.send(sealed.value);
  };
  wire.listen({
    onMessage: (message) => {
      if (handshake.finished) {
        const opened = transport().receive.open(message);
        const parsed = opened.ok ? parsePairingMessage(opened.value) : opened;
        if (!parsed.ok) throw new Error("the real side said something unreadable");
        heard.push(parsed.value);
      } else {
        handshake.read(message);
        if (!handshake.finished) wire.send(handshake.write(shown));
      }
    },
    onClose: () => {},
  });
  if (seat === "joiner") wire.send(handshake.write(new Uint8Array(0)));
  return { say: (message) => sayBytes(writePairingMessage(message)), sayBytes, heard, transport };
};
