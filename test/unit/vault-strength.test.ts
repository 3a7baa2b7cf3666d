import { expect, test } from "vitest";
import { estimateStrength, longEnough, passphraseLength } from "../../shared/vault/strength.ts";

test("letters are counted as people count them", () => {
  expect(passphraseLength("🌊🌊🌊🌊🌊🌊🌊🌊🌊")).toBe(9);
  expect(passphraseLength("e\u0301".repeat(10))).toBe(10);
  expect(longEnough("🌊".repeat(9))).toBe(false);
  expect(longEnough("🌊".repeat(10))).toBe(true);
  expect(longEnough("ninechars")).toBe(false);
  expect(longEnough("tencharact")).toBe(true);
});

test.each([
  ["", "short", "longer"],
  ["Tr0ub4dor", "short", "longer"],
  ["password2026", "weak", "common"],
  ["P@ssw0rd!!!!", "weak", "common"],
  ["iloveyou12345", "weak", "common"],
  ["correct horse battery staple", "weak", "common"],
  ["12 03 1984 12", "weak", "digits"],
  ["aaaaaaaaaaaaaaaaaaaa", "weak", "repeats"],
  ["annaannaannaannaanna", "weak", "repeats"],
  ["abcdefghijklmnopqrst", "weak", "sequence"],
  ["asdfghjkl qwertyuiop", "weak", "sequence"],
  ["ourkitchen", "weak", "moreWords"],
  ["our kitchen table", "weak", "moreWords"],
  ["tea tea tea tea tea tea", "weak", "repeats"],
  ["our kitchen table lamp", "fair", "moreWords"],
  ["kT9#vb2Lq!", "weak", "moreWords"],
  ["kT9#vb2Lq!x", "fair", "moreWords"],
  ["blue kettle north window seven", "strong", "good"],
  ["kT9#vb2Lq!wZ8@rm", "strong", "good"],
  ["我们的厨房桌子很旧了而且很小", "strong", "good"],
])("%j is %s, and the screen says %s", (passphrase, level, hint) => {
  expect(estimateStrength(passphrase)).toEqual({ level, hint });
});

test("one more word never makes it weaker", () => {
  const order = ["short", "weak", "fair", "strong"];
  let text = "";
  let before = 0;
  for (const word of ["lamp", "river", "button", "seven", "cloud", "paper"]) {
    text = `${text} ${word}`.trim();
    const now = order.indexOf(estimateStrength(text).level);
    expect(now).toBeGreaterThanOrEqual(before);
    before = now;
  }
  expect(before).toBe(3);
});
