import type { Brand } from "../base/brand.ts";
import { idBytes, type DeviceId, type MessageId } from "../base/ids.ts";
import { accept, type Result } from "../base/result.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { keyedHash } from "../crypto/hash.ts";
import { x25519Shared, type X25519Public, type X25519Secret } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";

/**
 * What author and recipient both can compute and nobody else. It makes authorship certain between the two and
 * proves nothing to outsiders, since either could have made the tag. One key for each direction; worth keeping,
 * it costs an X25519.
 */
export type AuthKey = Brand<Uint8Array, "AuthKey">;

export type Direction = { readonly author: DeviceId; readonly recipient: DeviceId };

/** `mine` and `theirs` belong to the two ends of `direction`, in either order. */
export const authKey = (
  direction: Direction,
  mine: X25519Secret,
  theirs: X25519Public,
): Result<AuthKey, "ZERO_SHARED"> => {
  const shared = x25519Shared(mine, theirs);
  if (!shared.ok) return shared;
  const { author, recipient } = direction;
  const key = keyedHash(shared.value, "TF/1 auth", idBytes(author), idBytes(recipient));
  wipe(shared.value);
  return accept(key as AuthKey);
};

export const makeTag = (key: AuthKey, id: MessageId): Uint8Array =>
  keyedHash(key, "TF/1 tag", idBytes(id));

export const tagHolds = (key: AuthKey, id: MessageId, tag: Uint8Array): boolean =>
  constantTimeEqual(makeTag(key, id), tag);
