import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changesAnything,
  compareLines,
  compareWords,
  type Run,
} from "../../renderer/history/compare.ts";
import type { Line } from "../../renderer/history/linesOf.ts";

const words = fc
  .array(
    fc.constantFrom("I", "was", "not", "tired", " ", " ", ", ", "\n", "été", "家に", "🙂", "👩‍👧"),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(""));
const line: fc.Arbitrary<Line> = fc.record({
  shape: fc.constantFrom("paragraph", "quote", "ticked"),
  text: words,
});
const without = (change: string, runs: readonly Run[]): string =>
  runs.flatMap((run) => (run.change === change ? [] : run.text)).join("");
const lines = fc.array(line, { maxLength: 8 });

describe("what changed between two versions", () => {
  test("holds every word of both, in order", () => {
    fc.assert(
      fc.property(words, words, (before, now) => {
        const runs = compareWords(before, now);
        expect([without("added", runs), without("removed", runs)]).toEqual([before, now]);
      }),
    );
  });

  test("holds every line of both, in order and as it stood", () => {
    fc.assert(
      fc.property(lines, lines, (before, now) => {
        const compared = compareLines(before, now);
        const olds = compared.filter(({ change }) => change !== "added");
        expect(olds.map((each) => each.before ?? each.line)).toEqual(before);
        const news = compared.filter(({ change }) => change !== "removed");
        expect(news.map((each) => each.line)).toEqual(now);
        const changed = compared.filter(({ change }) => change === "changed");
        expect(
          changed.map(({ runs }) => [without("added", runs), without("removed", runs)]),
        ).toEqual(changed.map(({ before: was, line: shown }) => [was?.text, shown.text]));
      }),
    );
  });

  test("is nothing where nothing changed", () => {
    fc.assert(
      fc.property(lines, (same) => {
        expect(changesAnything(compareLines(same, same))).toBe(false);
      }),
    );
  });
});

test("one changed word is one changed word, in a line of any length", () => {
  const long = "and so it went on, evening after evening. ".repeat(5_000);
  expect(compareWords(`${long}I was tired ${long}`, `${long}I was afraid ${long}`)).toEqual([
    { change: "same", text: `${long}I was ` },
    { change: "removed", text: "tired" },
    { change: "added", text: "afraid" },
    { change: "same", text: ` ${long}` },
  ]);
});

test("two long texts that share nothing are told apart without ado", () => {
  const text = (from: number): readonly Line[] =>
    Array.from({ length: 20_000 }, (_, index) => ({
      shape: "paragraph",
      text: `line ${from + index} ${"x".repeat(30)}`,
    }));
  const started = performance.now();
  const compared = compareLines(text(0), text(50_000));
  expect(compared.filter(({ change }) => change !== "removed").length).toBe(20_000);
  // Far more than it takes: this is for what grows with the square.
  expect(performance.now() - started).toBeLessThan(20_000);
});
