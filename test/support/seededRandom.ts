import type { Random } from "../../shared/base/random.ts";

/** Replayable bytes (xorshift32); a failing run prints its seed. */
export const seededRandom = (seed: number): Random => {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      state >>>= 0;
      return state >>> 24;
    });
};

/** A number in [0, below) from the same stream. */
export const pickNumber = (random: Random, below: number): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % below;
};
