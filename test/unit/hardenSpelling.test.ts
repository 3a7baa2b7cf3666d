import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { spellingLanguage } from "../../renderer/spelling/language.ts";
import { createSpeller } from "../../renderer/spelling/speller.ts";
import { boundsOf } from "../../renderer/spelling/wordAt.ts";
import { createWrongWords } from "../../renderer/spelling/wrongWords.ts";
import {
  concernsNetwork,
  firstSettings,
  readSettings,
  writeSettings,
} from "../../shared/journal/settings.ts";

const load = (name: string) => {
  const folder = dirname(createRequire(import.meta.url).resolve(name));
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  return createSpeller({ aff: read("index.aff"), dic: read("index.dic") });
};
const british = load("dictionary-en-gb");
const american = load("dictionary-en");

test("words that no dictionary knows are marked, and those that are right are not, in each English", () => {
  expect(british.wrong(["color", "wrods", "I"])).toEqual(["color", "wrods"]);
  expect(british.wrong(["colour", "realise", "Tuesday", "don’t", "we’re", "grey"])).toEqual([]);
  expect(american.wrong(["color", "Tuesday", "don’t", "we're", "gray"])).toEqual([]);
  expect(american.wrong(["colour", "wrods"])).toEqual(["colour", "wrods"]);
});

test("numbers, addresses and what is too long to be a word are left alone", () => {
  expect(british.wrong(["2025", "3rd", "a@b", "x".repeat(200), "’", ""])).toEqual([]);
  expect(british.suggest("x".repeat(200))).toEqual([]);
});

test("what comes near is offered, a few at most", () => {
  expect(british.suggest("wrods")).toContain("words");
  expect(british.suggest("wrods").length).toBeLessThanOrEqual(5);
  expect(british.suggest("recieve")).toContain("receive");
});

test("a word of one's own is right however it is written, and wrong again once it is taken out", () => {
  expect(british.wrong(["Aoife", "AOIFE"])).toEqual(["Aoife", "AOIFE"]);
  british.setOwn(["Aoife"]);
  expect(british.wrong(["Aoife", "aoife", "AOIFE"])).toEqual([]);
  british.setOwn([]);
  expect(british.wrong(["Aoife"])).toEqual(["Aoife"]);
});

test("by the system: the English that it speaks, and nothing where it speaks another language", () => {
  expect(spellingLanguage("system", "en-US")).toBe("en-US");
  expect(spellingLanguage("system", "en-GB")).toBe("en-GB");
  expect(spellingLanguage("system", "en-AU")).toBe("en-GB");
  expect(spellingLanguage("system", "en")).toBe("en-GB");
  expect(spellingLanguage("system", "de-DE")).toBeUndefined();
  expect(spellingLanguage("en-US", "de-DE")).toBe("en-US");
  expect(spellingLanguage("off", "en-GB")).toBeUndefined();
});

test("the word under a menu is whole, with its apostrophe, and nothing where there is none", () => {
  const at = (text: string, place: number): string | undefined => {
    const bounds = boundsOf(text, place);
    return bounds === undefined ? undefined : text.slice(bounds.from, bounds.to);
  };
  expect(at("I couldn’t sleep", 5)).toBe("couldn’t");
  expect(at("I couldn’t sleep", 2)).toBe("couldn’t");
  expect(at("über", 4)).toBe("über");
  expect(at("one  two", 4)).toBeUndefined();
  expect(at("", 0)).toBeUndefined();
});

test("what was marked is remembered in memory, and no more of it than a long page has", () => {
  const wrong = createWrongWords();
  expect(wrong.note(["wrods"])).toEqual(["wrods"]);
  expect(wrong.has("wrods")).toBe(true);
  wrong.note(Array.from({ length: 2_000 }, (_, index) => `w${index}`));
  expect(wrong.has("wrods")).toBe(false);
  expect(wrong.has("w1999")).toBe(true);
});

test("the choice and one's own words are kept with the sealed settings, and strange ones keep nobody out", () => {
  const kept = readSettings(
    writeSettings({ ...firstSettings, spelling: "en-US", ownWords: ["Aoife", "Aoife"] }),
  );
  expect(kept).toMatchObject({ spelling: "en-US", ownWords: ["Aoife"] });
  expect(
    readSettings({ spelling: "fr-FR", ownWords: [7, "", "two words", "x".repeat(65), "fine"] }),
  ).toMatchObject({ spelling: "system", ownWords: ["fine"] });
  expect(
    concernsNetwork(firstSettings, { ...firstSettings, spelling: "off", ownWords: ["Aoife"] }),
  ).toBe(false);
});
