import { concatBytes, equalBytes, utf8 } from "../base/bytes.ts";
import { type DeviceId, idFrom } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { enc, hash } from "../crypto/hash.ts";
import {
  ed25519Public,
  type Ed25519Public,
  ed25519PublicOf,
  type Ed25519Secret,
  sign,
  signature,
  verifySignature,
  x25519Public,
  type X25519Public,
  x25519PublicOf,
  x25519Secret,
  x25519Shared,
  xwingEncapsulate,
  xwingPublic,
  type XWingPublic,
  xwingPublicOf,
} from "../crypto/keys.ts";
import type { PersonKeys } from "./person.ts";

/**
 * A device's public keys, signed by its person (PROTOCOL §6, "Exactly"), 1,380 bytes:
 *   0 "TFC1" | 4 ik32 | 36 ed32 | 68 x32 | 100 xwing1216 | 1316 sig64
 * Only `makeCertificate`, `certifyDevice` and `parseCertificate` make one, so whoever holds one holds a checked one.
 */
export type Certificate = {
  readonly bytes: Uint8Array;
  readonly identity: Ed25519Public;
  readonly ed25519: Ed25519Public;
  readonly x25519: X25519Public;
  readonly xwing: XWingPublic;
  /** H("TF/1 device", ed, x, xw)[0..16] */
  readonly device: DeviceId;
};

export const certificateLength = 1380;

const magic = utf8("TFC1");
const signedLength = 1316;

/** The same keys always give the same bytes (Ed25519 is deterministic), so it need not be kept. */
export const makeCertificate = (keys: PersonKeys): Certificate =>
  certifyDevice(keys.identity, {
    ed25519: ed25519PublicOf(keys.ed25519),
    x25519: x25519PublicOf(keys.x25519),
    xwing: xwingPublicOf(keys.xwing),
  });

/**
 * For a device whose secrets are elsewhere: both computers of a person make the same one of what either has shown. The
 * device's id does not depend on the identity.
 */
export const certifyDevice = (
  secret: Ed25519Secret,
  { ed25519, x25519, xwing }: Pick<Certificate, "ed25519" | "x25519" | "xwing">,
): Certificate => {
  const identity = ed25519PublicOf(secret);
  const signed = concatBytes(magic, identity, ed25519, x25519, xwing);
  const bytes = concatBytes(signed, sign(secret, enc("TF/1 cert sig", signed)));
  return { bytes, identity, ed25519, x25519, xwing, device: deviceIdOf(ed25519, x25519, xwing) };
};

/**
 * Says that the keys belong together and are usable, not whose they are: that is what the invitation's hash and
 * the four words are for. Keys with which a shared secret would be known to all (zeros) are refused here, where
 * they are met first.
 */
export const parseCertificate = (outside: Uint8Array): Result<Certificate, "BAD_CERTIFICATE"> => {
  if (outside.length !== certificateLength) return refuse("BAD_CERTIFICATE", "length");
  const bytes = outside.slice();
  if (!equalBytes(bytes.subarray(0, 4), magic)) return refuse("BAD_CERTIFICATE", "magic");
  const identity = ed25519Public(bytes.slice(4, 36));
  const ed25519 = ed25519Public(bytes.slice(36, 68));
  const x25519 = x25519Public(bytes.slice(68, 100));
  const xwing = xwingPublic(bytes.slice(100, signedLength));
  const made = signature(bytes.slice(signedLength));
  const signed = enc("TF/1 cert sig", bytes.subarray(0, signedLength));
  if (!verifySignature(identity, signed, made)) return refuse("BAD_CERTIFICATE", "signature");
  if (!x25519Shared(anySecret, x25519).ok)
    return refuse("BAD_CERTIFICATE", "x25519 of small order");
  if (!xwingEncapsulate(xwing, fixedBytes).ok) return refuse("BAD_CERTIFICATE", "xwing");
  return accept({
    bytes,
    identity,
    ed25519,
    x25519,
    xwing,
    device: deviceIdOf(ed25519, x25519, xwing),
  });
};

/** H("TF/1 cert", certificate)[0..16]: how an invitation names its inviter. */
export const certificateMark = (certificate: Certificate): Uint8Array =>
  hash("TF/1 cert", certificate.bytes).slice(0, 16);

const deviceIdOf = (ed25519: Ed25519Public, x25519: X25519Public, xwing: XWingPublic): DeviceId =>
  idFrom<DeviceId>(hash("TF/1 device", ed25519, x25519, xwing).subarray(0, 16));

/** A point of small order gives zeros with every secret, so one known to all is enough to find it. */
const anySecret = x25519Secret(new Uint8Array(32).fill(1));
/** Only whether encapsulating works is of interest here; what comes out is dropped. */
const fixedBytes = (length: number): Uint8Array => new Uint8Array(length);
