import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { languageOf, languages } from "../../renderer/i18n/languages.ts";

const folder = resolve(import.meta.dirname, "../../renderer/i18n");
const tables = readdirSync(join(folder, "en")).filter((file) => file.endsWith(".json"));

type Sentences = ReadonlyMap<string, string>;

const flatten = (value: unknown, path: readonly string[]): readonly (readonly [string, string])[] =>
  typeof value === "string"
    ? [[path.join("."), value]]
    : Object.entries(value as object).flatMap(([name, one]) => flatten(one, [...path, name]));

const read = (language: string, table: string): Sentences => {
  const file = join(folder, language, table);
  return new Map(existsSync(file) ? flatten(JSON.parse(readFileSync(file, "utf8")), []) : []);
};

/** What a sentence is put together with: values, and the tags that stand for links and the like. */
const holes = (sentence: string): readonly string[] =>
  [...(sentence.match(/\{\{[^}]*\}\}|<\/?\w+\s*\/?>|\$t\([^)]*\)/g) ?? [])].toSorted();

const others = languages.filter(({ code }) => code !== "en").map(({ code }) => code);

/** A form for every way in which this language counts. */
const counted = (key: string, language: string): readonly string[] => {
  const [, stem] = /^(.*)_(?:zero|one|two|few|many|other)$/.exec(key) ?? [];
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return stem === undefined ? [key] : forms.map((form) => `${stem}_${form}`);
};

describe.each(others)("in %s", (language) => {
  test.each(tables)("%s says all that English says, put together with the same", (table) => {
    const [english, translated] = [read("en", table), read(language, table)];
    const expected = new Set([...english.keys()].flatMap((key) => counted(key, language)));
    expect([...translated.keys()].toSorted()).toEqual([...expected].toSorted());
    for (const [key, sentence] of translated) {
      const [like = ""] = [english.get(key), english.get(key.replace(/_\w+$/, "_other"))].filter(
        (one) => one !== undefined,
      );
      expect({ [key]: holes(sentence) }).toEqual({ [key]: holes(like) });
      expect({ [key]: sentence.trim() }).not.toEqual({ [key]: "" });
    }
  });

  test("its dates are its own", () => {
    expect(read(language, "app.json").get("dates.locale")?.split("-")[0]).toBe(language);
  });
});

test("whoever opens it for the first time is met in their language, where it is spoken here", () => {
  expect(languageOf(["en-US", "fr"])).toBe("en");
  expect(languageOf(["fr-CA", "pt"])).toBe("en");
  expect(languageOf([])).toBe("en");
  for (const { code } of languages) expect(languageOf(["xx", `${code}-AT`, "en"])).toBe(code);
});
