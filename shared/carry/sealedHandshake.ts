import { equalBytes } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Wire } from "../base/wire.ts";
import type { KeyPair, X25519Public, X25519Secret } from "../crypto/keys.ts";
import { createHandshake, type Handshake, type Transport } from "../crypto/noise.ts";
import { noisePrologue } from "../people/prologue.ts";

export type ChannelKeys = {
  /** 16 bytes, from the couple root key. */
  readonly room: Uint8Array;
  /** 32 bytes, K(CRK, "TF/1 chan"): proves that the other end holds the couple root key. */
  readonly psk: Uint8Array;
  readonly me: KeyPair<X25519Secret, X25519Public>;
  /** Whose Noise static key this is, if it is in the roster and not revoked. Our own is refused before asking. */
  readonly deviceOf: (staticKey: Uint8Array) => DeviceId | undefined;
};

export type Ciphers = Pick<Transport, "send" | "receive">;

export type HandshakeStep = {
  readonly reply: Uint8Array | undefined;
  readonly done: { readonly ciphers: Ciphers; readonly device: DeviceId } | undefined;
};

/**
 * NOT_KNOWN: the other end lacks our keys, or someone stands between the two (their fingerprints differ).
 * JUNK: not Noise at all.
 */
export type HandshakeCode = "NOT_KNOWN" | "JUNK";

export type ChannelHandshake = {
  /** What the initiator says first. */
  readonly first: Uint8Array | undefined;
  readonly take: (message: Uint8Array) => Result<HandshakeStep, HandshakeCode>;
};

export type ChannelHandshakeParts = {
  readonly wire: Pick<Wire, "fingerprints" | "initiator">;
  readonly keys: ChannelKeys;
  readonly random: Random;
};

const noPayload = new Uint8Array(0);

/** The initiator looks the responder up before its own static key leaves, so strangers do not learn who it is. */
export const startChannelHandshake = ({
  wire,
  keys,
  random,
}: ChannelHandshakeParts): ChannelHandshake => {
  const noise = createHandshake({
    pattern: "XXpsk3",
    initiator: wire.initiator,
    prologue: noisePrologue("TF/1 chan", keys.room, wire.fingerprints),
    staticKey: keys.me,
    psk: keys.psk,
    random,
  });
  let device: DeviceId | undefined;

  const take = (message: Uint8Array): Result<HandshakeStep, HandshakeCode> => {
    const payload = noise.read(message);
    if (!payload.ok)
      return refuse(payload.code === "AEAD_FAIL" ? "NOT_KNOWN" : "JUNK", payload.code);
    if (payload.value.length > 0) return refuse("JUNK", "a payload where none belongs");
    const theirs = noise.remoteStatic();
    if (theirs !== undefined) {
      device = equalBytes(theirs, keys.me.public) ? undefined : keys.deviceOf(theirs);
      if (device === undefined) return refuse("NOT_KNOWN", "not in the roster");
    }
    const reply = noise.finished ? undefined : noise.write(noPayload);
    return accept({ reply, done: doneBy(noise, device) });
  };

  return { first: wire.initiator ? noise.write(noPayload) : undefined, take };
};

const doneBy = (noise: Handshake, device: DeviceId | undefined): HandshakeStep["done"] =>
  noise.finished && device !== undefined ? { ciphers: noise.split(), device } : undefined;
