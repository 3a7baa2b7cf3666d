import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const tables = join(root, "renderer/i18n");

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const renderer = walk(join(root, "renderer"));

const sentencesIn = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : Object.values(value as object).flatMap(sentencesIn);
const sentencesOf = (language: string): readonly string[] =>
  readdirSync(join(tables, language))
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => sentencesIn(JSON.parse(readFileSync(join(tables, language, file), "utf8"))));

const never =
  /cheat|victim|perpetrat|betray|innocent|guilty|\bprove\b|verif|complian|violat|monitor|evidence|\bfail|overdue|streak|\bscore|relapse|\bmoves? on\b|get over it|forgive|\bshould\b|unhackable|saved your marriage/i;

test("no screen says a word that this product never says", () => {
  // "Nothing moves on without you" speaks of the journal, not of a person; the other is a name in the glossary.
  const allowed = /nothing moves on without you|something you should know/gi;
  const said = sentencesOf("en").filter((sentence) => never.test(sentence.replaceAll(allowed, "")));
  expect(said).toEqual([]);
  expect(never.test("You should move on")).toBe(true);
});

/** The same in German; and a partner is of no gender, addressed as the reader is. */
const neverGerman =
  /täter|opfer|betrüg|betrug|beweis|unschuld|überwach|kontroll|verstoß|gescheitert|scheiter|versagt|versäum|überfällig|rückfall|verzeih|vergeb|darüber hinweg|\bsollte|\bpartner(?:in|s)?\b|:innen|\*in/i;

test("nor does it in German", () => {
  const said = sentencesOf("de").filter((sentence) =>
    neverGerman.test(sentence.replaceAll(/\{\{\w+\}\}/g, "")),
  );
  expect(said).toEqual([]);
  expect(neverGerman.test("Deine Partnerin sollte dir verzeihen")).toBe(true);
});

/** Texts in a component that a translator could never reach. */
const bareTexts = (name: string, source: string): readonly string[] => {
  const found: string[] = [];
  const spoken = /^(?:aria-label|title|placeholder|label|alt|help|text|aria-description)$/;
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      spoken.test(node.name.getText()) &&
      node.initializer !== undefined &&
      ts.isStringLiteral(node.initializer)
    )
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
};

test("every sentence on a screen comes from the tables", () => {
  const bare = renderer
    .filter((file) => file.endsWith(".tsx"))
    .flatMap((file) => bareTexts(file, readFileSync(file, "utf8")));
  expect(bare).toEqual([]);
  expect(bareTexts("planted.tsx", `const x = <p aria-label="Hello">there</p>;`)).toEqual([
    "Hello",
    "there",
  ]);
});

/** Colours named in a style sheet. */
const colours = (css: string): readonly string[] =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .match(
      /#[0-9a-f]{3,8}\b(?=[^{]*;)|\b(?:rgb|hsl|oklch|lab|lch|hwb)a?\(|(?<=[:\s])(?:white|black|red|green|gray|grey|blue)(?=[;\s,)])/gi,
    ) ?? [];

test("one file names the colours", () => {
  const sheets = renderer.filter((file) => file.endsWith(".css") && !file.endsWith("tokens.css"));
  expect(sheets.length).toBeGreaterThan(2);
  expect(sheets.flatMap((file) => colours(readFileSync(file, "utf8")))).toEqual([]);
  expect(colours("a { color: #fff; background: rgb(1 2 3); border: 1px solid red; }")).toHaveLength(
    3,
  );
  expect(
    colours(readFileSync(join(root, "renderer/ui/tokens.css"), "utf8")).length,
  ).toBeGreaterThan(20);
});

/** Left and right, where a sheet has to say start and end. */
const sides = (css: string): readonly string[] =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .match(
      /(?<![\w-])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b|(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius/g,
    ) ?? [];

test("no sheet names a side that another script has elsewhere", () => {
  const sheets = renderer.filter((file) => file.endsWith(".css"));
  expect(sheets.flatMap((file) => sides(readFileSync(file, "utf8")))).toEqual([]);
  expect(sides("a { margin-left: 1px; left: 0; text-align: right; inset-inline: 0 }")).toHaveLength(
    3,
  );
});
