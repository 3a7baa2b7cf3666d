import type { Random } from "../base/random.ts";
import {
  ed25519Secret,
  type Ed25519Secret,
  x25519Secret,
  type X25519Secret,
  xwingSecret,
  type XWingSecret,
} from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";

/**
 * The secret keys of one person's device (PROTOCOL §2), 32 bytes each. `identity` signs certificates and nothing
 * else; `x25519` is the Noise static and the tag key; `xwing` opens wrapped keys.
 */
export type PersonKeys = {
  readonly identity: Ed25519Secret;
  readonly ed25519: Ed25519Secret;
  readonly x25519: X25519Secret;
  readonly xwing: XWingSecret;
};

/** Four independent draws: none of them can be computed from another. */
export const makePersonKeys = (random: Random): PersonKeys => ({
  identity: ed25519Secret(random(32)),
  ed25519: ed25519Secret(random(32)),
  x25519: x25519Secret(random(32)),
  xwing: xwingSecret(random(32)),
});

/** A new device of the same person. The identity key is a copy: each of the two can be wiped. */
export const renewDevice = (keys: PersonKeys, random: Random): PersonKeys => ({
  ...makePersonKeys(random),
  identity: ed25519Secret(keys.identity.slice()),
});

export const wipePersonKeys = (keys: PersonKeys): void =>
  wipe(keys.identity, keys.ed25519, keys.x25519, keys.xwing);
