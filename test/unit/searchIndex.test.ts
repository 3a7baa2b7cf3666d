import { expect, test } from "vitest";
import { createEntryIndex, type IndexedPage } from "../../shared/journal/find/entryIndex.ts";
import { hitsIn, wordsAround } from "../../shared/journal/find/hits.ts";
import { searchWords } from "../../shared/journal/find/searchWords.ts";
import { page } from "./arrivalsKit.ts";
import { stateOf } from "./searchKit.ts";

const entry = (
  number: number,
  words: string,
  part: Partial<Omit<IndexedPage, "page">> = {},
): IndexedPage => ({
  page: page(number),
  title: "",
  labels: [],
  at: number,
  excerpt: words.slice(0, 200),
  state: stateOf(words),
  ...part,
});

const byNumber = (one: number, other: number): number => one - other;

const indexOf = (...entries: readonly IndexedPage[]) => {
  const index = createEntryIndex();
  index.put(entries);
  return {
    ...index,
    numbers: (words: string) => index.find(words).map((found) => Number.parseInt(found.page, 16)),
  };
};

test("every word that is looked for begins a word, in any order, in words, title, tags or feelings", () => {
  const { numbers } = indexOf(
    entry(1, "I was at the station, and I lied about the train."),
    entry(2, "The training went well", { title: "Station to station" }),
    entry(3, "constation"),
    entry(4, "nothing of it", { labels: ["Trains at night", "uneasy"] }),
  );
  expect(numbers("train station").toSorted(byNumber)).toEqual([1, 2]);
  expect(numbers("lie")).toEqual([1]);
  expect(numbers("tation")).toEqual([]);
  expect(numbers("night TRA")).toEqual([4]);
  expect(numbers("uneas")).toEqual([4]);
  expect(numbers("station lied nowhere")).toEqual([]);
});

test.each(["", "   ", "…", "?!", "🙂"])("looking for “%s” finds nothing", (nothing) => {
  expect(indexOf(entry(1, "words")).numbers(nothing)).toEqual([]);
});

test.each([
  ["Zoë cried in the CAFÉ", "zoe cafe"],
  ["zoe in the cafe", "ZOË café"],
  ["die Straße nach Łódź", "STRASSE lodz"],
  ["Søren und Þór", "soren thor"],
  ["un cœur, an Æsop", "coeur aesop"],
  ["ὁ λόγος σου", "ΛΟΓΟΣ"],
  ["Istanbul in İzmir, ılık", "istanbul izmir ilik"],
  ["don’t go", "don't"],
  ["l’amour", "amour"],
  ["Ёлка и её друг", "елка ее"],
  ["שָׁלוֹם לך", "שלום"],
  ["السَّلامُ عليكم", "السلام"],
  ["ﬁne words", "fine"],
  ["私はあなたを信じたい", "信じ"],
  ["我昨天没有回家", "没有"],
  ["我昨天没有回家", "昨天回家"],
  ["これはSamの答え", "sam 答え"],
  ["나는 미안해요", "미안"],
  ["ฉันขอโทษจริงๆ", "ขอโทษ"],
  ["ガラス", "カラス"],
])("“%s” is found by “%s”, and what was found can be shown in it", (words, wanted) => {
  const { numbers } = indexOf(entry(1, words), entry(2, "something else"));
  expect(numbers(wanted)).toEqual([1]);
  expect(hitsIn(words, searchWords(wanted)).length).toBeGreaterThan(0);
});

test("characters that stand in an entry, but not beside each other, are no word of it", () => {
  expect(indexOf(entry(1, "没事，有人来了")).numbers("没有")).toEqual([]);
});

test("best first: the title before the words, the very word before one that begins so, then the newest", () => {
  const { numbers } = indexOf(
    entry(1, "about the gardener and his trees"),
    entry(2, "once in the garden"),
    entry(3, "once in the garden"),
    entry(4, "other words", { title: "Garden" }),
  );
  expect(numbers("garden")).toEqual([4, 3, 2, 1]);
});

test("an entry that is put again says only what it says now; one that is dropped says nothing", () => {
  const index = indexOf(entry(1, "winter alone"), entry(2, "winter too"));
  index.put([entry(1, "summer")]);
  expect(index.numbers("winter")).toEqual([2]);
  expect(index.numbers("alone")).toEqual([]);
  expect(index.numbers("summer")).toEqual([1]);
  index.drop([page(2)]);
  expect(index.numbers("winter")).toEqual([]);
  expect(index.numbers("w")).toEqual([]);
  index.drop([page(2), page(9)]);
  expect(index.numbers("summer")).toEqual([1]);
});

test("first words answer before the rest is read, and each entry is found once", () => {
  const unread = entry(1, "first words", { state: undefined, excerpt: "first words" });
  const index = indexOf(unread, { ...unread, page: page(2) });
  expect(index.numbers("first").toSorted(byNumber)).toEqual([1, 2]);
  index.put([entry(1, "first words and many later ones")]);
  expect(index.numbers("first").toSorted(byNumber)).toEqual([1, 2]);
  expect(index.numbers("later")).toEqual([1]);
  index.drop([page(2)]);
  expect(index.numbers("first")).toEqual([1]);
  // What is known whole is not made less again.
  index.put([{ ...unread, excerpt: "" }]);
  expect(index.numbers("later")).toEqual([1]);
});

test("a page whose state cannot be read is found by its card, and stops nobody", () => {
  const index = indexOf(entry(1, "fallen leaves", { state: new Uint8Array([9, 9, 9, 9]) }));
  expect(index.numbers("fallen")).toEqual([1]);
});

test("around the first hit some words are shown, whole ones, and the hit is among them", () => {
  const before = "quiet evening ".repeat(40);
  const after = " and then we slept".repeat(40);
  const { find } = indexOf(entry(1, `${before}Thunder${after}`));
  const around = find("thund")[0]?.around ?? "";
  expect(around).toMatch(/^…(quiet|evening) .*Thunder and then .*…$/);
  expect(around.length).toBeLessThan(260);
  expect(hitsIn(around, searchWords("thund"))).toEqual([
    { from: around.indexOf("Thunder"), to: around.indexOf("Thunder") + 7 },
  ]);
  expect(wordsAround("short words", [" nowhere"])).toBe("short words");
  expect(wordsAround("", [" a"])).toBe("");
});

test("a text without any space is cut between characters, not inside one", () => {
  const around = wordsAround("🙂".repeat(500), [" a"]);
  expect(around).toMatch(/^(?:🙂)+…$/u);
});

test("what is marked is what was looked for, wherever its letters came from", () => {
  const marked = (text: string, words: string) =>
    hitsIn(text, searchWords(words)).map(({ from, to }) => text.slice(from, to));
  expect(marked("Große Straße, strasse", "strass gros")).toEqual(["Große", "Straße", "strasse"]);
  expect(marked("我昨天没有回家", "没有")).toEqual(["没有"]);
  expect(marked("これはSamの答え", "sam 答え")).toEqual(["Sam", "答え"]);
  expect(marked("ﬁne, ½ and x²", "fine")).toEqual(["ﬁne"]);
  expect(marked("constation", "station")).toEqual([]);
});

test("of many that fit, the best hundred are shown, and among equals the newest", () => {
  const many = Array.from({ length: 500 }, (_, index) => entry(index + 1, "an apple"));
  const { numbers } = indexOf(...many, entry(900, "an apple", { title: "Apple", at: 0 }));
  const found = numbers("app");
  expect(found).toHaveLength(100);
  expect(found[0]).toBe(900);
  expect(found.slice(1)).toEqual(Array.from({ length: 99 }, (_, index) => 500 - index));
});
