import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { menuTemplate } from "../../electron/menu.ts";
import { createSpeech } from "../../electron/speech.ts";
import { shellTexts } from "../../electron/texts.ts";
import { languages } from "../../renderer/i18n/languages.ts";
import { speakAlike } from "../../renderer/shell/speakAlike.ts";
import { createCell } from "../../shared/base/live.ts";
import { type ShellLanguage, shellLanguages } from "../../shared/bridge/shellLanguage.ts";

const onSystem = (...wanted: readonly string[]) =>
  createSpeech({ getPreferredSystemLanguages: () => [...wanted] });

test.each<[ShellLanguage, readonly string[]]>([
  ["de", ["de"]],
  ["de", ["de-AT", "en-GB"]],
  ["de", ["de_DE.UTF-8", "C"]],
  ["de", ["DE-ch"]],
  ["de", ["fr-CA", "de-DE", "en-US"]],
  ["en", ["en-US", "de-DE"]],
  ["en", ["den", "fr", "C"]],
  ["en", ["__proto__", "", "constructor"]],
  ["en", []],
])("a computer is met in %s where its languages are %j", (language, wanted) => {
  expect(onSystem(...wanted).texts()).toBe(shellTexts[language]);
});

test("a system that does not say which language it speaks does not keep Twofold from speaking", () => {
  const speech = createSpeech({
    getPreferredSystemLanguages: () => {
      throw new Error("not ready");
    },
  });
  expect(speech.texts()).toBe(shellTexts.en);
});

test("what stands already is worded again when the language changes, and only then", () => {
  const speech = onSystem("en-GB");
  const heard: string[] = [];
  speech.onChange(() => heard.push(speech.texts().tray.lock));
  speech.speak("en");
  speech.speak("de");
  speech.speak("de");
  speech.speak("en");
  expect(heard).toEqual(["Sperren", "Lock"]);
});

test("the system's places can say all that the page can speak, and the package brings Chromium's words for it", () => {
  expect(shellLanguages).toEqual(expect.arrayContaining(languages.map(({ code }) => code)));
  const package_ = readFileSync(resolve("electron-builder.yml"), "utf8");
  const [, brought = ""] = /^electronLanguages: \[(.*)\]$/m.exec(package_) ?? [];
  const codes = brought.split(", ").map((tag) => tag.split("-")[0]);
  for (const code of shellLanguages) expect(codes).toContain(code);
});

const sentencesIn = (value: object): readonly string[] =>
  Object.values(value).flatMap((each: unknown) => {
    if (typeof each === "string") return [each];
    if (typeof each === "function") return [String(each("%")), String(each("--no-sandbox"))];
    return sentencesIn(each as object);
  });

test("no sentence stays English in German, and what is named in one is named in the other", () => {
  const [english, german] = [sentencesIn(shellTexts.en), sentencesIn(shellTexts.de)];
  expect(german).toHaveLength(english.length);
  const alike = german.filter((sentence, index) => sentence === english[index]);
  expect(alike).toEqual([]);
  const named = (sentences: readonly string[]) =>
    sentences.map((sentence) => (sentence.match(/%|--[\w-]+|\d+|Twofold/g) ?? []).toSorted());
  const exact = named(german);
  for (const [index, names] of named(english).entries()) expect(exact[index]).toEqual(names);
});

type Items = ReturnType<typeof menuTemplate>;

test.each(["linux", "darwin", "win32"] as const)(
  "every line of the menu on %s is worded in the language that is spoken",
  (platform) => {
    const wordsOf = (items: Items): readonly string[] =>
      items.flatMap(({ type, label = "", submenu }) => [
        ...(type === "separator" ? [] : [label]),
        ...(Array.isArray(submenu) ? wordsOf(submenu) : []),
      ]);
    const menu = (language: ShellLanguage) =>
      wordsOf(
        menuTemplate({
          ...{ platform, devTools: false, lock: () => {}, print: () => {} },
          texts: shellTexts[language],
        }),
      );
    const [english, german] = [menu("en"), menu("de")];
    expect(english).not.toContain("");
    expect(german).toHaveLength(english.length);
    // The name of the app stays what it is.
    expect(german.filter((words) => english.includes(words))).toEqual(["Twofold"]);
  },
);

test("the page says how it speaks at its start and when that changes, and nothing of its other looks", () => {
  const said: ShellLanguage[] = [];
  const look = createCell<{ language: ShellLanguage; textSize: number }>({
    ...{ language: "en", textSize: 100 },
  });
  const speak = async (language: ShellLanguage) => {
    said.push(language);
    return true;
  };
  speakAlike({ speak }, look);
  look.set({ language: "en", textSize: 130 });
  look.set({ language: "de", textSize: 130 });
  look.set({ language: "de", textSize: 100 });
  expect(said).toEqual(["en", "de"]);
});
