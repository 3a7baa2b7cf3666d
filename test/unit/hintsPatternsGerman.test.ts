import { expect, test } from "vitest";
import { findHints, type HintAbout } from "../../renderer/ui/hints/patterns.ts";

const seen = (text: string, about: HintAbout): readonly string[] =>
  findHints(text, about, "de").map(({ id, words }) => `${id}: ${words}`);

test.each([
  ["Du hörst mir nie zu.", ["always: Du hörst mir nie"]],
  ["Du bist immer am Telefon.", ["always: Du bist immer"]],
  ["Ich glaube, dass du nie fragst.", ["always: du nie"]],
  ["Immer musst du weg.", ["always: Immer musst du"]],
  ["Nie warst du da.", ["always: Nie warst du"]],
  ["Du bist ständig fort.", ["always: Du bist ständig"]],
  ["Warum gehst du immer weg?", ["whyWould: Warum gehst du immer"]],
  ["Wieso hast du mir nie geschrieben?", ["whyWould: Wieso hast du mir nie"]],
  ["Weshalb musstest du lügen?", ["whyWould: Weshalb musstest du"]],
  ["Warum musst du das tun?", ["whyWould: Warum musst du"]],
  ["Wie konntest du mir das nur antun?", ["whyWould: Wie konntest du mir das nur"]],
  ["Du hättest es mir sagen sollen.", ["ought: Du hättest es mir sagen sollen"]],
  ["Du hättest nicht gehen dürfen.", ["ought: Du hättest nicht gehen dürfen"]],
  ["Ich finde, dass du es mir hättest sagen müssen.", ["ought: du es mir hättest sagen müssen"]],
  ["Hättest du mich nicht fragen müssen?", ["ought: Hättest du mich nicht fragen müssen"]],
])("asking, a gentle look at: %s", (text, expected) => {
  expect(seen(text, "asking")).toEqual(expected);
});

test.each([
  ["Es tut mir leid, aber ich war müde.", ["but: aber"]],
  ["Ich bedaure es; ich war jedoch allein.", ["but: jedoch"]],
  ["Es tut mir leid, wenn das schwer war.", ["if: wenn"]],
  ["Ich bereue es, falls es so war.", ["if: falls"]],
  ["Wenn ich dich verletzt habe, bereue ich es.", ["if: Wenn"]],
  ["Falls du dich verletzt gefühlt hast, tut es mir leid.", ["if: Falls"]],
  ["Ich ging, weil du fort warst.", ["becauseYou: weil du"]],
  ["Das war nur wegen dir.", ["becauseYou: wegen dir"]],
  ["Ich habe deinetwegen gelogen.", ["becauseYou: deinetwegen"]],
  ["Du hast mich zum Lügen gebracht.", ["madeMe: Du hast mich zum Lügen gebracht"]],
  ["Damit hast du mich klein gemacht.", ["madeMe: hast du mich klein gemacht"]],
  ["Ich weiß, dass du mich dazu gedrängt hast.", ["madeMe: du mich dazu gedrängt hast"]],
  ["Du zwingst mich dazu.", ["madeMe: Du zwingst mich"]],
  ["Ich habe es dir immerhin gesagt.", ["atLeast: immerhin"]],
  ["Wenigstens war es kurz.", ["atLeast: Wenigstens"]],
  ["Du hast auch geschwiegen.", ["youAlso: Du hast auch"]],
  ["Damals warst du ja auch fort.", ["youAlso: warst du ja auch"]],
  ["Auch du hast geschwiegen.", ["youAlso: Auch du"]],
])("owning, a gentle look at: %s", (text, expected) => {
  expect(seen(text, "owning")).toEqual(expected);
});

test.each([
  ["Du kannst mich immer fragen.", "asking"],
  ["Immer darfst du mich wecken.", "asking"],
  ["Bist du immer noch wach?", "asking"],
  ["Du bist noch immer hier.", "asking"],
  ["Du fehlst mir immer mehr.", "asking"],
  ["Du hast es immer wieder versucht.", "asking"],
  ["Du, ich bin immer müde.", "asking"],
  ["Warum hast du es getan?", "asking"],
  ["Wie konntest du schlafen?", "asking"],
  ["Du hättest gern mehr Zeit.", "asking"],
  ["Das Knie schmerzt, und du?", "asking"],
  ["Als du nicht geschrieben hast, fühlte ich mich allein.", "asking"],
  ["Wir bleiben zu Hause oder aber wir gehen.", "owning"],
  ["Ein Haberfeld, makaber und offenbar.", "owning"],
  ["Wenn du magst, frag noch einmal.", "owning"],
  ["Wenn ich dich verletzt sehe, bleibe ich.", "owning"],
  ["Ich weiß nicht, ob es im März war.", "owning"],
  ["weil dein Zug spät kam", "owning"],
  ["Du hast mich gehört.", "owning"],
  ["Du hast Auchincloss gelesen.", "owning"],
] as const)("nothing is remarked on: %s", (text, about) => {
  expect(seen(text, about)).toEqual([]);
});

test("what was quoted is somebody’s words and is passed over", () => {
  expect(seen("Du hast gesagt „du hörst nie zu“, und ich schwieg.", "asking")).toEqual([]);
  expect(seen("Ich hörte »aber« und ging, aber leise.", "owning")).toEqual(["but: aber"]);
  expect(seen("Ich hörte ‚aber‘ und ging, aber leise.", "owning")).toEqual(["but: aber"]);
  expect(seen("Ich hörte «aber» und ging, aber leise.", "owning")).toEqual(["but: aber"]);
});

test("a phrase does not reach over a comma or from one paragraph into the next", () => {
  expect(seen("Ich dachte an dich, du, nie an andere.", "asking")).toEqual([]);
  expect(seen("Ich dachte an das Du\nnie wieder allein", "asking")).toEqual([]);
  expect(seen("Es ist schade, weil\ndu fort warst", "owning")).toEqual([]);
});

test("each language has its own phrases, whatever the country", () => {
  expect(seen("You always … but", "asking")).toEqual([]);
  expect(findHints("Du hörst nie zu", "asking", "en")).toEqual([]);
  expect(findHints("Du hörst nie zu", "asking", "de-AT")).toHaveLength(1);
});
