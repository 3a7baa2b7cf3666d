import { compareBytes, utf8 } from "../base/bytes.ts";
import type { Wire } from "../base/wire.ts";
import { enc } from "../crypto/hash.ts";

/**
 * What both ends of a Noise handshake must agree on beforehand (PROTOCOL §6, "Exactly"): what it is for, the room,
 * and the two DTLS fingerprints, lower case and sorted bytewise. Someone in the middle of the WebRTC connection has
 * other fingerprints on each side, so the handshake does not complete.
 */
export const noisePrologue = (
  purpose: "TF/1 pair" | "TF/1 chan",
  room: Uint8Array,
  fingerprints: Wire["fingerprints"],
): Uint8Array => {
  const local = utf8(fingerprints.local.toLowerCase());
  const remote = utf8(fingerprints.remote.toLowerCase());
  return compareBytes(local, remote) <= 0
    ? enc(purpose, room, local, remote)
    : enc(purpose, room, remote, local);
};
