import { accept, refuse, type Result } from "../base/result.ts";
import { sodium } from "./sodium.ts";

/** Bytes of a stream's header, and bytes that sealing adds to each piece. */
export const streamHeaderLength = 24;
export const streamTagLength = 17;

/** libsodium's secretstream: pieces that open only in their order, all of them, up to the one that was sealed last. */
export type SealingStream = {
  /** 24 bytes, chosen by the library; public. */
  readonly header: Uint8Array;
  /** `last` ends the stream: what opens it refuses to take a shorter one for whole. */
  readonly seal: (piece: Uint8Array, last: boolean) => Uint8Array;
};

export type OpeningStream = {
  /** STREAM_BROKEN: another key, another place in the stream, or changed bytes; nothing tells which. */
  readonly open: (sealed: Uint8Array) => Result<OpenedPiece, "STREAM_BROKEN">;
};

export type OpenedPiece = { readonly piece: Uint8Array; readonly last: boolean };

/** Throws on anything but a key of 32 bytes. Danger: one key is for one stream, so derive it with a salt of the file. */
export const beginSealing = (key: Uint8Array): SealingStream => {
  const library = sodium();
  const { state, header } = library.crypto_secretstream_xchacha20poly1305_init_push(checkKey(key));
  return {
    header,
    seal: (piece, last) =>
      library.crypto_secretstream_xchacha20poly1305_push(
        state,
        piece,
        null,
        last
          ? library.crypto_secretstream_xchacha20poly1305_TAG_FINAL
          : library.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
      ),
  };
};

/** Throws on a wrong length of key or header: whoever reads outside bytes cuts them to length first. */
export const beginOpening = (key: Uint8Array, header: Uint8Array): OpeningStream => {
  if (header.length !== streamHeaderLength)
    throw new RangeError(`a stream's header has ${streamHeaderLength} bytes`);
  const library = sodium();
  const state = library.crypto_secretstream_xchacha20poly1305_init_pull(header, checkKey(key));
  return {
    open: (sealed) => {
      if (sealed.length < streamTagLength) return refuse("STREAM_BROKEN", "shorter than a tag");
      const opened = library.crypto_secretstream_xchacha20poly1305_pull(state, sealed, null);
      if (opened === false) return refuse("STREAM_BROKEN");
      const { message, tag } = opened;
      return accept({
        piece: message,
        last: tag === library.crypto_secretstream_xchacha20poly1305_TAG_FINAL,
      });
    },
  };
};

const checkKey = (key: Uint8Array): Uint8Array => {
  if (key.length !== 32) throw new RangeError("a stream's key has 32 bytes");
  return key;
};
