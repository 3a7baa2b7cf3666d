import { Buffer } from "node:buffer";
import type { Stored } from "./canaryStorage.ts";

/** Looks for words that somebody typed where only sealed ones belong, in every dress that programs put on text. */

export type Needle = { readonly dress: string; readonly bytes: Buffer };

/** One found canary: which, how it was dressed, and where. */
export type Sighting = { readonly canary: string; readonly dress: string; readonly where: string };

export const dressesOf = (canary: string): readonly Needle[] => {
  const plain = Buffer.from(canary, "utf8");
  const wide = Buffer.from(canary, "utf16le");
  return [
    { dress: "UTF-8", bytes: plain },
    { dress: "UTF-16LE", bytes: wide },
    { dress: "UTF-16BE", bytes: Buffer.from(wide).swap16() },
    { dress: "hex", bytes: Buffer.from(plain.toString("hex")) },
    { dress: "percent", bytes: Buffer.from(encodeURIComponent(canary)) },
    { dress: "reversed", bytes: Buffer.from(plain).reverse() },
    ...inBase64("base64 of UTF-8", plain),
    ...inBase64("base64 of UTF-16LE", wide),
  ];
};

/**
 * Three bytes become four letters, so the same words look different at each of the three places they can begin at.
 * The letters that also hold bits of a neighbour are left out.
 */
const inBase64 = (dress: string, bytes: Buffer): readonly Needle[] =>
  [0, 1, 2].flatMap((offset) =>
    (["base64", "base64url"] as const).map((alphabet) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString(alphabet)
        .replaceAll("=", "");
      const whole = Math.floor(((offset + bytes.length) * 8) / 6);
      const needle = text.slice(Math.ceil((offset * 8) / 6), whole);
      return { dress: `${dress}, ${alphabet}, offset ${offset}`, bytes: Buffer.from(needle) };
    }),
  );

export const findCanaries = (
  canaries: readonly string[],
  places: readonly Stored[],
): readonly Sighting[] => {
  const needles = canaries.flatMap((canary) =>
    dressesOf(canary).map((needle) => ({ canary, ...needle })),
  );
  return places.flatMap(({ where, bytes }) =>
    needles
      .filter((needle) => bytes.includes(needle.bytes))
      .map(({ canary, dress }) => ({ canary, dress, where })),
  );
};

export const asStored = (where: string, text: string): Stored => ({
  where,
  bytes: Buffer.from(text, "utf8"),
});
