import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, equalBytes } from "../../shared/base/bytes.ts";
import { createFrameReader, framesOf, maxFrameBody } from "../../shared/carry/frames.ts";

const readAll = (frames: Iterable<Uint8Array>, maxBytes?: number) => {
  const reader = createFrameReader(maxBytes);
  return [...frames].map((frame) => reader.take(frame));
};

const noBytes = new Uint8Array(0);
const wholeOf = (results: ReturnType<typeof readAll>): Uint8Array[] =>
  results.flatMap((result) => (result.ok && result.value !== undefined ? [result.value] : []));

const pattern = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);

describe("frames", () => {
  test.each([0, 1, maxFrameBody - 1, maxFrameBody, maxFrameBody + 1, 3 * maxFrameBody, 1_000_000])(
    "a message of %i bytes comes out as it went in, in frames of at most 60,001",
    (length) => {
      const message = pattern(length);
      const frames = [...framesOf(message)];
      expect(frames.every((frame) => frame.length <= 60_001)).toBe(true);
      expect(frames.map((frame) => frame[0])).toEqual(
        frames.map((_, index) => (index === frames.length - 1 ? 1 : 0)),
      );
      const results = readAll(frames);
      expect(results.slice(0, -1).every((result) => result.ok && result.value === undefined)).toBe(
        true,
      );
      expect(wholeOf(results).map((whole) => equalBytes(whole, message))).toEqual([true]);
    },
  );

  test("messages do not run into each other", () => {
    const messages = [pattern(70_000), pattern(0), pattern(3), pattern(120_000)];
    const whole = wholeOf(readAll(messages.flatMap((message) => [...framesOf(message)])));
    expect(whole.length).toBe(messages.length);
    messages.forEach((message, index) =>
      expect(equalBytes(message, whole[index] ?? noBytes)).toBe(true),
    );
  });

  test("however finely a peer cuts, the message is the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }),
        (pieces) => {
          const frames = pieces.map((piece, index) =>
            concatBytes(Uint8Array.of(index === pieces.length - 1 ? 1 : 0), piece),
          );
          expect(readAll(frames).at(-1)).toEqual({ ok: true, value: concatBytes(...pieces) });
        },
      ),
    );
  });

  test.each([
    ["nothing at all", new Uint8Array(0)],
    ["an unknown flag", Uint8Array.of(2, 1)],
    ["a body over 60,000 bytes", new Uint8Array(60_002)],
  ])("%s is refused, and so is everything after it", (_, frame) => {
    const [first, second] = readAll([frame, Uint8Array.of(1, 7)]);
    expect(first).toMatchObject({ ok: false, code: "BAD_FRAME" });
    expect(second).toMatchObject({ ok: false, code: "BAD_FRAME" });
  });

  test("a message over the cap is refused at the byte that is too many, one that just fits is taken", () => {
    const fits = readAll(framesOf(pattern(150_000)), 150_000);
    expect(fits.at(-1)?.ok).toBe(true);
    const tooMuch = readAll(framesOf(pattern(150_001)), 150_000);
    expect(tooMuch.at(-1)).toMatchObject({ ok: false, code: "TOO_MUCH" });
  });

  test("no bytes of any kind make the reader throw", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 30 }), (frames) => {
        expect(() => readAll(frames, 100)).not.toThrow();
      }),
    );
  });
});
