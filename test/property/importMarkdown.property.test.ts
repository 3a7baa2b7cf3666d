import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFrontMatter, writeFrontMatter } from "../../shared/archive/frontMatter.ts";
import { parseMarkdown, writeMarkdown } from "../../shared/archive/markdown.ts";
import type { Piece } from "../../shared/page/pieces.ts";
import { readTags } from "../../shared/page/tags.ts";
import { tidyPieces } from "../../shared/page/tidyPieces.ts";

const odd = fc.constantFrom(
  ..."*_`#>-+=~|[]()!<>&\\\"':;.0123456789 \t\u00a0\u200b\u2028אב‏عر🙂👩‍👩‍👧é—“”…",
  "&amp;",
  "&nbsp;",
  "<br>",
  "<b>",
  "<!--",
  "```",
  "~~~",
  "[ ] ",
  "[x] ",
  "1. ",
  "- ",
  "# ",
  "> ",
  "---",
  "===",
  "    ",
  "http://a.b",
  "![",
  "](",
  "[^1]",
  "| a |",
);
const text = fc
  .array(fc.oneof({ weight: 3, arbitrary: odd }, fc.constantFrom("a", "word", "b c", "Zé")), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

const address = fc.constantFrom(
  "https://example.org/",
  "https://example.org/a_(b)?c=d&e=*f*",
  "http://x/[a]<b>\\c",
  "mailto:a@b.c",
  "https://example.org/é",
);
const words: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constant("words" as const),
  text,
  bold: fc.boolean(),
  italic: fc.boolean(),
  address: fc.option(address, { nil: undefined, freq: 4 }),
});
const inline = fc.array(
  fc.oneof({ weight: 4, arbitrary: words }, fc.constant<Piece>({ kind: "break" })),
  { maxLength: 5 },
);

const { block } = fc.letrec<{ block: Piece; item: Piece; task: Piece }>((tie) => ({
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("paragraph" as const), inside: inline }),
    fc.record({
      kind: fc.constant("heading" as const),
      level: fc.constantFrom(2 as const, 3 as const),
      inside: inline,
    }),
    fc.constant<Piece>({ kind: "line" }),
    fc.record({
      kind: fc.constant("quote" as const),
      inside: fc.array(tie("block"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("bullets" as const),
      inside: fc.array(tie("item"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("numbers" as const),
      start: fc.constantFrom(0, 1, 3, 2024, 999_999_999),
      inside: fc.array(tie("item"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("tasks" as const),
      inside: fc.array(tie("task"), { minLength: 1, maxLength: 3 }),
    }),
  ),
  item: fc.record({
    kind: fc.constant("item" as const),
    inside: fc.array(tie("block"), { maxLength: 3 }),
  }),
  task: fc.record({
    kind: fc.constant("task" as const),
    done: fc.boolean(),
    inside: fc.array(tie("block"), { maxLength: 3 }),
  }),
}));

const readBack = (markdown: string): readonly Piece[] =>
  parseMarkdown(markdown).parts.map((part) => {
    if (part.kind === "picture") throw new Error("a picture that nobody wrote");
    return part.piece;
  });

const runs = Number(process.env["IMPORT_RUNS"] ?? 500);

describe("Markdown", () => {
  test("what is written is read back the same, whatever the letters", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (pieces) => {
        expect(readBack(writeMarkdown(pieces))).toEqual(tidyPieces(pieces));
      }),
      { numRuns: runs },
    );
  });

  test("any text at all is read, and what was read is written and read back the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, fc.constantFrom("\n", "\n\n")), { maxLength: 30 }),
        (lines) => {
          const first = parseMarkdown(lines.join("")).parts.flatMap((part) =>
            part.kind === "piece" ? [part.piece] : [],
          );
          expect(readBack(writeMarkdown(first))).toEqual(first);
        },
      ),
      { numRuns: runs },
    );
  });

  test("what stands before the words is read back the same", () => {
    const tags = fc.array(text, { maxLength: 6 }).map((list) => readTags(list, 16));
    const front = fc.record({
      title: text,
      date: fc.option(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), {
        nil: undefined,
      }),
      tags,
      feelings: tags,
    });
    fc.assert(
      fc.property(front, text, (said, words) => {
        const read = readFrontMatter(`${writeFrontMatter(said)}${words}`);
        expect(read.front).toEqual(said);
        expect(read.body.trim()).toBe(words.trim());
        expect(read.damaged).toBe(false);
      }),
      { numRuns: runs },
    );
  });
});
