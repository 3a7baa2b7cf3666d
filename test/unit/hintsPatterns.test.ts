import { expect, test } from "vitest";
import { findHints, type HintAbout } from "../../renderer/ui/hints/patterns.ts";

const seen = (text: string, about: HintAbout): readonly string[] =>
  findHints(text, about, "en").map(({ id, words }) => `${id}: ${words}`);

test.each([
  ["You always look away.", ["always: You always"]],
  ["I think you never meant it", ["always: you never"]],
  ["you’re always on your phone", ["always: you’re always"]],
  ["you've never said it", ["always: you've never"]],
  ["Why would you do that?", ["whyWould: Why would you"]],
  ["why do you always leave?", ["whyWould: why do you always"]],
  ["You should have told me.", ["ought: You should have"]],
  ["you shouldn’t have gone", ["ought: you shouldn’t have"]],
])("asking, a gentle look at: %s", (text, expected) => {
  expect(seen(text, "asking")).toEqual(expected);
});

test.each([
  ["I am sorry, but I was tired.", ["but: but"]],
  ["I am sorry if that was hard.", ["if: if"]],
  ["If I hurt you, I regret it.", ["if: If"]],
  ["I want to apologise if you felt alone", ["if: if"]],
  ["if what I did has hurt you", ["if: if"]],
  ["It was because you were away.", ["becauseYou: because you were"]],
  ["because of you", ["becauseYou: because of you"]],
  ["You made me lie.", ["madeMe: You made me"]],
  ["you’ve made me small", ["madeMe: you’ve made me"]],
  ["At least I told you.", ["atLeast: At least"]],
  ["You also kept things back.", ["youAlso: You also"]],
])("owning, a gentle look at: %s", (text, expected) => {
  expect(seen(text, "owning")).toEqual(expected);
});

test.each([
  ["butter, button, and a rebuttal", "owning"],
  ["I felt nothing but shame.", "owning"],
  ["If you want, ask me again.", "owning"],
  ["I do not know if it was March.", "owning"],
  ["because your train was late", "owning"],
  ["atleast", "owning"],
  ["thank you. Always, I mean it.", "asking"],
  ["you, always", "asking"],
  ["Why did that happen?", "asking"],
  ["When you did not write, I felt alone.", "asking"],
] as const)("nothing is remarked on: %s", (text, about) => {
  expect(seen(text, about)).toEqual([]);
});

test.each([
  "You said “you always do this” and I went quiet.",
  'You said "you never listen" to me.',
  "You said ‘you never listen, don’t you see’ to me.",
  "You said «you always» to me.",
  "You said „you never“ to me.",
  "You said “you always do this and I am still writ",
])("what was quoted is somebody’s words and is passed over: %s", (text) => {
  expect(seen(text, "asking")).toEqual([]);
});

test("a quotation ends with its paragraph, and words after it are looked at again", () => {
  expect(seen("“I was late\nYou never wait.", "asking")).toEqual(["always: You never"]);
  expect(seen("You said “no”. You always do.", "asking")).toEqual(["always: You always"]);
  expect(seen("you “really” never", "asking")).toEqual([]);
});

test("a phrase does not reach from one paragraph into the next", () => {
  expect(seen("I was thinking of you\nalways at night", "asking")).toEqual([]);
});

test("each kind answers only for its own pages", () => {
  expect(seen("but at least you also", "asking")).toEqual([]);
  expect(seen("you always, you should have", "owning")).toEqual([]);
});

test("a language without a table of its own is left in peace", () => {
  expect(findHints("You always … but", "asking", "nl")).toEqual([]);
  expect(findHints("Du hörst nie zu", "asking", "nl")).toEqual([]);
  expect(findHints("You always", "asking", "en-GB")).toHaveLength(1);
});

test("a very long page is read in a moment", () => {
  const long = `${"if what I ".repeat(8_000)}${"you ".repeat(8_000)}${"a".repeat(50_000)}`;
  const before = performance.now();
  findHints(long, "owning", "en");
  findHints(long, "asking", "en");
  expect(performance.now() - before).toBeLessThan(5_000);
});
