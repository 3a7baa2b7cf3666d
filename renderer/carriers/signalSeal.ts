import * as v from "valibot";
import {
  concatBytes,
  fromBase64Url,
  readUtf8,
  toBase64Url,
  utf8,
} from "../../shared/base/bytes.ts";
import type { Random } from "../../shared/base/random.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { openXChaCha, sealXChaCha } from "../../shared/crypto/aead.ts";
import { enc } from "../../shared/crypto/hash.ts";

const nonceLength = 24;
const longest = 48 * 1024;
/** A meeting point that repeats old signals could otherwise break a connection; older ones are addressed to ids long gone. */
const remembered = 4_096;

export type SignalSeal<Signal> = {
  /** base64url(nonce24 ‖ XChaCha20-Poly1305(JSON)), bound to the topic. */
  readonly seal: (signal: Signal) => string;
  /** SEEN: our own, or one that came before (over another meeting point, or repeated). */
  readonly open: (data: unknown) => Result<Signal, "JUNK" | "SEEN">;
};

export type SignalSealParts<Signal> = {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly topic: string;
  readonly shape: v.GenericSchema<unknown, Signal>;
  readonly random: Random;
};

/** What the meeting point passes on is sealed, so that it can neither read addresses nor put itself in the middle. */
export const createSignalSeal = <Signal>({
  key,
  topic,
  shape,
  random,
}: SignalSealParts<Signal>): SignalSeal<Signal> => {
  const bound = enc("TF/1 signal", utf8(topic));
  const seen = new Set<string>();
  const remember = (nonce: Uint8Array): boolean => {
    const name = toBase64Url(nonce);
    if (seen.has(name)) return false;
    seen.add(name);
    for (const oldest of seen) {
      if (seen.size <= remembered) break;
      seen.delete(oldest);
    }
    return true;
  };

  return {
    seal: (signal) => {
      const nonce = random(nonceLength);
      remember(nonce);
      return toBase64Url(
        concatBytes(nonce, sealXChaCha(key, nonce, utf8(JSON.stringify(signal)), bound)),
      );
    },
    open: (data) => {
      if (typeof data !== "string" || data.length > longest) return refuse("JUNK");
      const bytes = fromBase64Url(data);
      if (!bytes.ok || bytes.value.length < nonceLength) return refuse("JUNK");
      const nonce = bytes.value.subarray(0, nonceLength);
      const plain = openXChaCha(key, nonce, bytes.value.subarray(nonceLength), bound);
      if (!plain.ok) return refuse("JUNK");
      if (!remember(nonce)) return refuse("SEEN");
      return readSignal(plain.value, shape);
    },
  };
};

const readSignal = <Signal>(
  plain: Uint8Array,
  shape: v.GenericSchema<unknown, Signal>,
): Result<Signal, "JUNK"> => {
  const text = readUtf8(plain);
  if (!text.ok) return refuse("JUNK");
  try {
    const read = v.safeParse(shape, JSON.parse(text.value));
    return read.success ? accept(read.output) : refuse("JUNK");
  } catch {
    return refuse("JUNK");
  }
};
