import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const renderer = join(import.meta.dirname, "../../renderer");

/** Every place in these words that asks for a spell checker, or takes the page's word against one away. */
const asksForSpelling = (source: string): readonly string[] =>
  [...source.matchAll(/spellcheck["']?(?:\s*[:=]\s*\{?\s*["']?(\w*)|\s*\/?>|\s+\w)/gi)]
    .filter(([, value]) => value !== "false")
    .map(([found]) => found);

test("no field of the app has a spell checker that would ask a network for words", () => {
  const page = readFileSync(join(renderer, "index.html"), "utf8");
  expect(page).toMatch(/<html [^>]*spellcheck="false"/);
  const files = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(tsx?|html)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(100);
  for (const name of files)
    expect([name, asksForSpelling(readFileSync(join(renderer, name), "utf8"))]).toEqual([name, []]);
});

test("a field that asks for one would be found", () => {
  for (const source of [
    "<Input spellCheck />",
    '<input spellcheck="true">',
    "<textarea spellCheck={plain}>",
    'attributes: { spellcheck: "" }',
    'spellCheck: props.plain ? "false" : "true"',
  ])
    expect(asksForSpelling(source)).not.toEqual([]);
  expect(asksForSpelling('{ spellcheck: "false" } { spellCheck: false }')).toEqual([]);
});
