const free = 3;
const first = 2_000;
const longest = 5 * 60_000;

/**
 * How long to wait before the next try (milliseconds), after so many wrong ones in a row: nothing up to three, then
 * 2 s, doubling to 5 minutes. It slows a hand at the keyboard; against a copied file only Argon2id helps.
 */
export const waitAfterWrongTries = (wrongTries: number): number =>
  wrongTries <= free ? 0 : Math.min(first * 2 ** (wrongTries - free - 1), longest);
