import { expect, test } from "vitest";
import { pad, padmeLength, unpad } from "../../shared/crypto/padme.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

test.each(tf1.padme)("%i bytes are padded to %i", (length, padded) => {
  expect(padmeLength(length)).toBe(padded);
});

test("padding is marked with 0x80 and filled with zeros", () => {
  const padded = pad(Uint8Array.of(1, 2, 3));
  expect(padded.length).toBe(512);
  expect([...padded.subarray(0, 5)]).toEqual([1, 2, 3, 0x80, 0]);
  expect(padded.subarray(4).every((byte) => byte === 0)).toBe(true);
});

test("a filler that is not zero is refused", () => {
  const padded = pad(new Uint8Array(100));
  padded[300] = 1;
  expect(unpad(padded)).toMatchObject({ ok: false, code: "BAD_PAD" });
});

test("more padding than Padmé gives is refused", () => {
  const generous = new Uint8Array(544);
  generous[10] = 0x80;
  expect(unpad(generous)).toMatchObject({ ok: false, code: "BAD_PAD" });
});

test("less padding than 512 bytes, none at all and nothing at all are refused", () => {
  for (const plaintext of [Uint8Array.of(0x80), new Uint8Array(512), new Uint8Array(0)]) {
    expect(unpad(plaintext)).toMatchObject({ ok: false, code: "BAD_PAD" });
  }
});

test("a length that nothing has is a bug", () => {
  for (const length of [0, -1, 1.5, 2 ** 31 + 1, Number.NaN]) {
    expect(() => padmeLength(length)).toThrow(RangeError);
  }
});
