import { concatBytes } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { sealXChaCha } from "../crypto/aead.ts";
import { keyedHash64 } from "../crypto/hash.ts";
import { pad } from "../crypto/padme.ts";
import { envelopeLayout, envelopeStart, type NotebookKey, type SealedUnder } from "./envelope.ts";
import {
  encodeMessage,
  identify,
  longestMessage,
  type Message,
  type MessageHeader,
} from "./message.ts";
import type { Payload } from "./payload.ts";
import { makeTag, type AuthKey } from "./tags.ts";

/** What an author brings to one message. */
export type Draft = {
  readonly header: MessageHeader;
  readonly payload: Payload;
  /** 32 random bytes, never used twice. */
  readonly salt: Uint8Array;
  /**
   * 1 to 16, no device twice: the partner's devices and one's own others. What nobody else reads (my room,
   * drafts) is tagged for its own device, because a message has at least one tag.
   */
  readonly recipients: readonly Recipient[];
};

/** `key`: authKey({ author: me, recipient: device }, …). */
export type Recipient = { readonly device: DeviceId; readonly key: AuthKey };

/** TOO_LARGE: over 1 MiB as a message. */
export const composeMessage = ({
  header,
  payload,
  salt,
  recipients,
}: Draft): Result<Message, "TOO_LARGE"> => {
  if (salt.length !== 32) throw new RangeError("a salt has 32 bytes");
  if (new Set(recipients.map(({ device }) => device)).size !== recipients.length) {
    throw new RangeError("a device stands twice among the recipients");
  }
  const { id, covers } = identify(header, salt, payload);
  if (covers + 1 + recipients.length * 48 > longestMessage) return refuse("TOO_LARGE");
  const tags = recipients
    .map(({ device, key }) => ({ recipient: device, tag: makeTag(key, id) }))
    .toSorted((one, other) => (one.recipient < other.recipient ? -1 : 1));
  return accept({ id, header, salt, payload, tags });
};

/** Danger: a nonce is 24 random bytes, fresh for every sealing. */
export const sealMessage = <Key extends NotebookKey>(
  message: Message,
  key: Key,
  nonce: Uint8Array,
): SealedUnder<Key> => sealBytes(encodeMessage(message), key, nonce);

/** Seals any plaintext as if it were a message: sealMessage's second half, and how tests make bad ones. */
export const sealBytes = <Key extends NotebookKey>(
  message: Uint8Array,
  key: Key,
  nonce: Uint8Array,
): SealedUnder<Key> => sealPadded(pad(message), key, nonce);

/** Never for anything but the two above and tests of padding. */
export const sealPadded = <Key extends NotebookKey>(
  plaintext: Uint8Array,
  key: Key,
  nonce: Uint8Array,
): SealedUnder<Key> => {
  if (nonce.length !== envelopeLayout.nonceLength) throw new RangeError("a nonce has 24 bytes");
  const keys = envelopeKeys(key, nonce);
  const header = concatBytes(envelopeStart, keys.commit, nonce);
  const ciphertext = sealXChaCha(keys.key, nonce, plaintext, header);
  return concatBytes(header, ciphertext) as SealedUnder<Key>;
};

/** `(commit ‖ k)`: the commitment tells a reader which of its keys this is, and that it is no other. */
export const envelopeKeys = (
  key: NotebookKey,
  nonce: Uint8Array,
): { readonly commit: Uint8Array; readonly key: Uint8Array } => {
  const both = keyedHash64(key, "TF/1 env", nonce);
  return { commit: both.subarray(0, 32), key: both.subarray(32) };
};
