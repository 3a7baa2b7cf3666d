import { utf8 } from "../base/bytes.ts";
import { accept, type Result } from "../base/result.ts";
import { noiseNonce, openChaCha, sealChaCha } from "./aead.ts";
import { noiseHash, noiseHashLength, noiseHkdf } from "./noiseHash.ts";
import { wipe } from "./wipe.ts";

/** Noise's SymmetricState (rev 34 §5.2), with its CipherState folded in. */
export type Symmetric = {
  readonly mixHash: (data: Uint8Array) => void;
  readonly mixKey: (material: Uint8Array) => void;
  readonly mixKeyAndHash: (material: Uint8Array) => void;
  /** Before the first key the plaintext goes out as it is, as Noise has it. */
  readonly sealAndHash: (plaintext: Uint8Array) => Uint8Array;
  readonly openAndHash: (ciphertext: Uint8Array) => Result<Uint8Array, "AEAD_FAIL">;
  /** True once something sealed costs 16 bytes more. */
  readonly hasKey: () => boolean;
  readonly handshakeHash: () => Uint8Array;
  /** The initiator's sending key, then the responder's; 32 bytes each. */
  readonly split: () => readonly [Uint8Array, Uint8Array];
  readonly wipe: () => void;
};

/** The protocol names here have at most 64 bytes, so they are zero-filled, not hashed. */
export const createSymmetric = (protocolName: string): Symmetric => {
  let running = new Uint8Array(noiseHashLength);
  running.set(utf8(protocolName));
  let chainingKey = running.slice();
  let key: Uint8Array | undefined;
  let counter = 0n;

  const setKey = (bytes: Uint8Array): void => {
    key = bytes.slice(0, 32);
    counter = 0n;
  };
  const mixHash = (data: Uint8Array): void => {
    running = new Uint8Array(noiseHash(running, data));
  };
  return {
    mixHash,
    mixKey: (material) => {
      const { first, second } = noiseHkdf(chainingKey, material);
      chainingKey = new Uint8Array(first);
      setKey(second);
    },
    mixKeyAndHash: (material) => {
      const { first, second, third } = noiseHkdf(chainingKey, material);
      chainingKey = new Uint8Array(first);
      mixHash(second);
      setKey(third);
    },
    sealAndHash: (plaintext) => {
      const sealed =
        key === undefined
          ? plaintext.slice()
          : sealChaCha(key, noiseNonce(counter++), plaintext, running);
      mixHash(sealed);
      return sealed;
    },
    openAndHash: (ciphertext) => {
      const opened =
        key === undefined
          ? accept(ciphertext.slice())
          : openChaCha(key, noiseNonce(counter++), ciphertext, running);
      if (opened.ok) mixHash(ciphertext);
      return opened;
    },
    hasKey: () => key !== undefined,
    handshakeHash: () => running.slice(),
    split: () => {
      const { first, second } = noiseHkdf(chainingKey, new Uint8Array(0));
      return [first.slice(0, 32), second.slice(0, 32)];
    },
    wipe: () => {
      wipe(chainingKey);
      if (key !== undefined) wipe(key);
    },
  };
};
