import { describe, expect, test } from "vitest";
import { longestText } from "../../shared/archive/draftEntry.ts";
import { parseMarkdown } from "../../shared/archive/markdown.ts";
import { isTangled } from "../../shared/archive/tangled.ts";
import { readFrontMatter } from "../../shared/archive/frontMatter.ts";

const sizes = [400, 4_000, 40_000, 400_000];
const hostile: readonly (readonly [string, (count: number) => string])[] = [
  ["stars that never close", (count) => "*a **a ".repeat(count)],
  ["stars and underscores", (count) => "*a_ ".repeat(count)],
  ["bold in bold", (count) => "**a ".repeat(count) + " b**".repeat(count)],
  ["bold in words", (count) => "a**b".repeat(count) + "c* ".repeat(count)],
  ["brackets", (count) => "[".repeat(count)],
  ["links in links", (count) => "[a](".repeat(count)],
  ["pictures", (count) => "![".repeat(count)],
  ["empty links", (count) => "[]".repeat(count)],
  ["comments", (count) => "a <!-- ".repeat(count)],
  ["tags", (count) => "a <a b='".repeat(count)],
  ["quotes in quotes", (count) => `${">".repeat(count)}a`],
  ["lists in lists on one line", (count) => `${"- ".repeat(count)}a`],
  ["numbers in numbers", (count) => `${"1. ".repeat(count)}a`],
  ["quotes on many lines", (count) => `${"> ".repeat(55)}a\n`.repeat(count / 40)],
  [
    "lists deeper each line",
    (count) =>
      Array.from({ length: Math.min(count, 2_000) }, (_, at) => `${"  ".repeat(at)}- a`).join("\n"),
  ],
  ["a paragraph that only looks like lists", (count) => `- x\n${"       - **a*\n".repeat(count)}`],
  ["definitions", (count) => Array.from({ length: count }, (_, at) => `[a${at}]: x`).join("\n")],
  [
    "backticks of every length",
    (count) => Array.from({ length: Math.sqrt(count) }, (_, at) => `e${"`".repeat(at)}`).join(""),
  ],
  [
    "a few comments in a long paragraph",
    (count) => `${"<!-- ".repeat(99)}${"word ".repeat(count / 10)}`,
  ],
  [
    "code in a long paragraph",
    (count) =>
      Array.from(
        { length: 99 },
        (_, at) => `${"`".repeat(at + 1)} ${"word ".repeat(count / 999)}`,
      ).join(""),
  ],
  ["lines under lines", (count) => `${"a\n".repeat(count)}===`],
  ["entities", (count) => "&amp;".repeat(count)],
  ["tabs", (count) => `${"\t".repeat(count)}a`],
];

describe("text that was made to keep a reader busy", () => {
  test.each(hostile)("%s: never takes longer than a short while", (_, make) => {
    for (const size of sizes) {
      const text = make(size).slice(0, longestText);
      const begun = performance.now();
      parseMarkdown(text);
      // Far above what it takes on a machine with nothing else to do: about two seconds.
      expect(performance.now() - begun).toBeLessThan(20_000);
    }
  });

  test("a hundred megabytes of brackets are kept as words, at once", { timeout: 60_000 }, () => {
    const begun = performance.now();
    expect(parseMarkdown("[".repeat(100_000_000)).plain.has("TANGLED")).toBe(true);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  // Levels upon levels once ended the process, and with it everything that was open.
  test("front matter without end is none", () => {
    const begun = performance.now();
    for (const part of ["[", "{", "a: ", "- ", "? ", "&a ", "*a ", "!!x ", '"', "| \n"])
      for (const size of [1_000, 8_000, 1_000_000])
        readFrontMatter(`---\n${part.repeat(size)}\n---\nWords`);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

describe("what people write", () => {
  test.each([
    [
      "a year of bold lines in one list",
      "- **Monday**: *slept* well [link](https://a.b)\n".repeat(1_200),
    ],
    ["a long paragraph", "I walked and I **thought** of *nothing*. ".repeat(400)],
    ["many paragraphs", `${"I walked and I **thought** of *nothing*. ".repeat(5)}\n\n`.repeat(800)],
    [
      "a nested list",
      Array.from({ length: 12 }, (_, at) => `${"  ".repeat(at)}- a **b**`).join("\n"),
    ],
    ["a page of code words", "I ran `npm start` and `npm test` again. ".repeat(60)],
    ["headings", "# A **day**\n## Its *hours*\n".repeat(1_000)],
  ])("%s is read with its formatting", (_, text) => {
    expect(isTangled(text)).toBe(false);
  });
});
