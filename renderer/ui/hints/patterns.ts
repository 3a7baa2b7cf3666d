/** What a remark can be about. Each has a sentence under `ask:hints`. */
type HintId =
  | "always"
  | "whyWould"
  | "ought"
  | "but"
  | "if"
  | "becauseYou"
  | "madeMe"
  | "atLeast"
  | "youAlso";

export type HintAbout = "asking" | "owning";

/** `words`: as they were written, `at`: where they begin. */
export type FoundHint = { readonly id: HintId; readonly words: string; readonly at: number };

type Phrases = readonly (readonly [HintId, string])[];
type Language = Readonly<Record<HintAbout, Phrases>>;

/** With a straight apostrophe; a space is any space within a line. */
const be = "(?:'re|'ve|'d|'ll| are| were| have| had| will| would)?";
const upTo = (words: number): string => `(?: [^\\s.,;:!?]+){0,${words}}`;
const blame = "(?:hurt|upset|offended|harmed|wounded|disappointed|embarrassed|humiliated|scared)";

/** "Du kannst immer fragen" is an offer; "immer noch" and "immer mehr" are not "always". */
const offers = "(?:kannst|könntest|darfst|dürftest)";
const ever =
  "(?:(?<!noch )immer(?! (?:noch|wieder|mehr|weniger|öfter|weiter))|nie|niemals|ständig|dauernd)";
const hurting =
  "(?:verletzt|gekränkt|wehgetan|geschadet|enttäuscht|beschämt|gedemütigt|beleidigt|erschreckt)";
const driven = "(?:gebracht|getrieben|gezwungen|gedrängt|gemacht)";

/** One table a language: another one brings its own, and where there is none, nothing is remarked. */
const languages: Readonly<Record<string, Language>> = {
  en: {
    asking: [
      ["whyWould", "why (?:would|do|did|must|can't|couldn't) you(?: always| never| have to)"],
      ["whyWould", "why would you"],
      ["always", `you${be} (?:always|never)`],
      ["ought", "you (?:should've|shouldn't've|(?:should|shouldn't|ought to)(?: not)? have)"],
    ],
    owning: [
      ["but", "(?<!\\b(?:nothing|anything|everything|none|all) )but"],
      ["if", `(?<=\\b(?:sorry|apologi[sz]e|regret)${upTo(2)} )if`],
      ["if", `if(?= (?:i|it|this|that|what|you)${upTo(3)} ${blame})`],
      ["becauseYou", `because (?:of )?you${be}`],
      ["madeMe", `you${be} (?:made|make|drove|pushed|forced) me`],
      ["atLeast", "at least"],
      ["youAlso", "you also"],
    ],
  },
  de: {
    asking: [
      ["whyWould", `(?:warum|wieso|weshalb) \\p{L}+st du${upTo(1)} ${ever}`],
      ["whyWould", "(?:warum|wieso|weshalb) muss(?:t|test) du"],
      ["whyWould", "wie konntest du(?: mir)?(?: das)? (?:nur|bloß)"],
      ["always", `du(?! ${offers})${upTo(2)} ${ever}`],
      ["always", `${ever} (?!${offers})\\p{L}+st du`],
      ["ought", `du${upTo(3)} hättest${upTo(6)} (?:sollen|müssen|dürfen)`],
      ["ought", `hättest du${upTo(6)} (?:sollen|müssen|dürfen)`],
    ],
    owning: [
      ["but", "(?<!\\boder )aber"],
      ["but", "jedoch"],
      [
        "if",
        `(?<=\\b(?:leid|bereue|bedaure|bedauere|entschuldige|entschuldigung)${upTo(2)},? )(?:wenn|falls)`,
      ],
      [
        "if",
        `(?:wenn|falls)(?= (?:ich|es|das|was|du|dich|dir)${upTo(4)} ${hurting}${upTo(1)} (?:habe?|hat|hast|haben|wurdest))`,
      ],
      ["becauseYou", "weil du"],
      ["becauseYou", "wegen dir"],
      ["becauseYou", "deinetwegen"],
      ["madeMe", `(?:du hast|hast du) mich${upTo(4)} ${driven}`],
      ["madeMe", `du mich${upTo(4)} ${driven} hast`],
      ["madeMe", "du (?:bringst|treibst|zwingst|drängst|machst) mich"],
      ["atLeast", "(?:wenigstens|zumindest|immerhin)"],
      ["youAlso", "du (?:hast|hattest|bist|warst)(?: ja| doch)? auch"],
      ["youAlso", "(?:hast|hattest|bist|warst) du(?: ja| doch)? auch"],
      ["youAlso", "auch du"],
    ],
  },
};

const compile = (phrases: Phrases) =>
  phrases.map(([id, phrase]) => ({
    id,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}'])${phrase.replaceAll(" ", "[^\\S\\n]+")}(?![\\p{L}\\p{N}'])`,
      "giu",
    ),
  }));

const compiled = Object.fromEntries(
  Object.entries(languages).map(([language, { asking, owning }]) => [
    language,
    { asking: compile(asking), owning: compile(owning) },
  ]),
);

/**
 * The phrases in a writer's own words, in the order of the text; where two overlap, the longer. What stands in
 * quotation marks is somebody's words and is passed over.
 * @param text one line a paragraph
 */
export const findHints = (
  text: string,
  about: HintAbout,
  language: string,
): readonly FoundHint[] => {
  const phrases = compiled[language.split("-")[0] ?? ""]?.[about] ?? [];
  const own = withoutQuotes(text.replaceAll(/[’ʼ]/g, "’")).replaceAll("’", "'");
  const found = phrases
    .flatMap(({ id, pattern }) =>
      [...own.matchAll(pattern)].map(({ index, 0: match }) => ({
        id,
        words: text.slice(index, index + match.trimEnd().length),
        at: index,
      })),
    )
    .toSorted((one, other) => one.at - other.at || other.words.length - one.words.length);
  const kept: FoundHint[] = [];
  for (const hint of found) {
    const last = kept.at(-1);
    if (last === undefined || hint.at >= last.at + last.words.length) kept.push(hint);
  }
  return kept;
};

/** A quotation that is not closed yet goes on to the end of its paragraph. An apostrophe closes none. */
const quotes =
  /“[^”\n]*(?:”|$)|„[^“”\n]*(?:[“”]|$)|«[^»\n]*(?:»|$)|»[^«\n]*(?:«|$)|‚[^‘’\n]*(?:[‘’]|$)|"[^"\n]*(?:"|$)|‘(?:[^’\n]|’(?=\p{L}))*(?:’|$)/gmu;

/** As long as before, and of signs that end every phrase. */
const withoutQuotes = (text: string): string =>
  text.replaceAll(quotes, (quoted) => "|".repeat(quoted.length));
