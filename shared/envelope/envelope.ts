import type { Brand } from "../base/brand.ts";
import { toBase64Url } from "../base/bytes.ts";
import { hash } from "../crypto/hash.ts";

/** A sealed message (PROTOCOL §6): TFE1 header, commitment, nonce, ciphertext. 592 to 1,081,424 bytes. */
export type Envelope = Brand<Uint8Array, "Envelope">;

/** base64url(H("TF/1 eid", envelope)[0..16]): how stores and carriers name an envelope. */
export type EnvelopeKey = Brand<string, "EnvelopeKey">;

/** Envelopes of a notebook that travels. No carrier accepts any other: a leak of my room does not compile. */
export type CarriedEnvelope = Envelope & { readonly __carried: true };

/** NK of one notebook and epoch, 32 bytes. */
export type NotebookKey = Brand<Uint8Array, "NotebookKey">;

/** NK of a notebook that travels: only what is sealed under such a key is a `CarriedEnvelope`. */
export type CarriedNotebookKey = NotebookKey & { readonly __carried: true };

/** What sealing under this key gives. */
export type SealedUnder<Key extends NotebookKey> = Key extends CarriedNotebookKey
  ? CarriedEnvelope
  : Envelope;

/** For a notebook that never leaves: my room, drafts. Throws unless there are 32 bytes. */
export const notebookKey = (bytes: Uint8Array): NotebookKey => {
  if (bytes.length !== 32) throw new RangeError("a notebook key has 32 bytes");
  return bytes as NotebookKey;
};

/** For a notebook that the partner may have. Danger: naming my room's key so would let it travel. */
export const carriedNotebookKey = (bytes: Uint8Array): CarriedNotebookKey =>
  notebookKey(bytes) as CarriedNotebookKey;

/**
 * Made once for each object: what arrives is asked for its name by the airlock and again by admission.
 * Danger: bytes that were named are never written to.
 */
export const envelopeKey = (envelope: Uint8Array): EnvelopeKey => {
  const known = named.get(envelope);
  if (known !== undefined) return known;
  const key = toBase64Url(hash("TF/1 eid", envelope).subarray(0, 16)) as EnvelopeKey;
  named.set(envelope, key);
  return key;
};

const named = new WeakMap<Uint8Array, EnvelopeKey>();

/** Bytes; where things stand in an envelope. */
export const envelopeLayout = {
  commit: 8,
  nonce: 40,
  ciphertext: 64,
  nonceLength: 24,
  smallest: 592,
  largest: 1_081_424,
} as const;

/** "TFE1", suite 1, type 1, no flags. */
export const envelopeStart = Uint8Array.of(0x54, 0x46, 0x45, 0x31, 1, 1, 0, 0);
