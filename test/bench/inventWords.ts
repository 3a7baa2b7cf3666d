/** Invented words, some of them very common and most of them rare, as in any language. */
export const inventWords = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = (from: string): string => from.charAt(Math.floor(next() * from.length));
  const made = new Set<string>();
  while (made.size < 30_000) {
    const syllables = 1 + Math.floor(next() * 4);
    const word = Array.from(
      { length: syllables },
      () => pick("bcdfghklmnprstvw") + pick("aeiou") + (next() < 0.3 ? pick("lnrst") : ""),
    );
    made.add(word.join(""));
  }
  const vocabulary = [...made];
  const rank = Math.log(vocabulary.length);
  const word = (): string => vocabulary[Math.floor(Math.exp(next() * rank)) - 1] ?? "the";
  return {
    vocabulary,
    words: (count: number): string => Array.from({ length: count }, word).join(" "),
  };
};
