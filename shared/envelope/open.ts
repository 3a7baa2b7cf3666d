import { equalBytes } from "../base/bytes.ts";
import type { NotebookId } from "../base/ids.ts";
import { accept, refuse, type Refused, type Result } from "../base/result.ts";
import { openXChaCha } from "../crypto/aead.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { unpad } from "../crypto/padme.ts";
import { envelopeLayout, envelopeStart, type NotebookKey, type SealedUnder } from "./envelope.ts";
import { decodeMessage, longestMessage, type Message, type ParseCode } from "./message.ts";
import { envelopeKeys } from "./seal.ts";

/** One of the keys that a reader holds; a notebook has one for each epoch. */
export type HeldKey<Key extends NotebookKey = NotebookKey> = {
  readonly notebook: NotebookId;
  readonly key: Key;
};

export type Opened<Key extends NotebookKey = NotebookKey> = {
  /** A copy of its own, so that a small envelope never keeps a large network buffer alive. */
  readonly envelope: SealedUnder<Key>;
  readonly message: Message;
  /** Whose key it was sealed under. The message may name another notebook: that is for admission to refuse. */
  readonly notebook: NotebookId;
};

export type OpenCode =
  | "TOO_SHORT"
  | "TOO_LARGE"
  | "BAD_MAGIC"
  | "BAD_SUITE"
  | "BAD_TYPE"
  | "BAD_FLAGS"
  | "NO_KEY"
  | "AEAD_FAIL"
  | "BAD_PAD"
  | ParseCode;

/**
 * Authenticates before it parses, so forged bytes never reach a decoder. Any bytes at all give a value.
 * @see docs/protocol.md §6, the order of checks
 */
export const openEnvelope = <Key extends NotebookKey>(
  bytes: Uint8Array,
  keys: readonly HeldKey<Key>[],
): Result<Opened<Key>, OpenCode> => {
  const fault = outerFault(bytes);
  if (fault !== undefined) return fault;
  const found = findKey(bytes, keys);
  if (found === undefined) return refuse("NO_KEY");
  const header = bytes.subarray(0, envelopeLayout.ciphertext);
  const ciphertext = bytes.subarray(envelopeLayout.ciphertext);
  const plaintext = openXChaCha(found.key, nonceOf(bytes), ciphertext, header);
  if (!plaintext.ok) return plaintext;
  const encoded = unpad(plaintext.value);
  if (!encoded.ok) return encoded;
  if (encoded.value.length > longestMessage) return refuse("TOO_LARGE");
  const message = decodeMessage(encoded.value);
  if (!message.ok) return message;
  return accept({
    envelope: new Uint8Array(bytes) as Uint8Array as SealedUnder<Key>,
    message: message.value,
    notebook: found.notebook,
  });
};

const outerFault = (bytes: Uint8Array): Refused<OpenCode> | undefined => {
  if (bytes.length < envelopeLayout.smallest) return refuse("TOO_SHORT");
  if (bytes.length > envelopeLayout.largest) return refuse("TOO_LARGE");
  const startsRight = (from: number, to: number): boolean =>
    equalBytes(bytes.subarray(from, to), envelopeStart.subarray(from, to));
  if (!startsRight(0, 4)) return refuse("BAD_MAGIC");
  if (!startsRight(4, 5)) return refuse("BAD_SUITE");
  if (!startsRight(5, 6)) return refuse("BAD_TYPE");
  return startsRight(6, 8) ? undefined : refuse("BAD_FLAGS");
};

const findKey = (
  bytes: Uint8Array,
  keys: readonly HeldKey[],
): { readonly notebook: NotebookId; readonly key: Uint8Array } | undefined => {
  const nonce = nonceOf(bytes);
  const commit = bytes.subarray(envelopeLayout.commit, envelopeLayout.nonce);
  for (const { notebook, key } of keys) {
    const derived = envelopeKeys(key, nonce);
    if (constantTimeEqual(derived.commit, commit)) return { notebook, key: derived.key };
  }
  return undefined;
};

const nonceOf = (bytes: Uint8Array): Uint8Array =>
  bytes.subarray(envelopeLayout.nonce, envelopeLayout.ciphertext);
