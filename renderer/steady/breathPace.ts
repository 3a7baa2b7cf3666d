/** One breath, 4-4-6: whole seconds. */
export const breathParts = [
  { part: "in", seconds: 4 },
  { part: "hold", seconds: 4 },
  { part: "out", seconds: 6 },
] as const;

export type BreathPart = (typeof breathParts)[number]["part"];

/** Milliseconds of one breath. */
export const breathMs = 1_000 * breathParts.reduce((sum, { seconds }) => sum + seconds, 0);

export type BreathMoment = {
  readonly part: BreathPart;
  /** Counts down to 1. */
  readonly left: number;
  /** Until `left` or `part` is another, ms; more than 0. */
  readonly nextIn: number;
};

/** @param elapsed ms since the first breath began; a clock that was set back reads as its beginning */
export const breathAt = (elapsed: number): BreathMoment => {
  const at = Math.max(0, elapsed) % breathMs;
  const nextIn = 1_000 - (at % 1_000);
  let second = Math.floor(at / 1_000);
  for (const { part, seconds } of breathParts) {
    if (second < seconds) return { part, left: seconds - second, nextIn };
    second -= seconds;
  }
  throw new Error("a breath is as long as its parts");
};
