import americanRules from "../../node_modules/dictionary-en/index.aff?url";
import americanWords from "../../node_modules/dictionary-en/index.dic?url";
import britishRules from "../../node_modules/dictionary-en-gb/index.aff?url";
import britishWords from "../../node_modules/dictionary-en-gb/index.dic?url";
import type { SpellingLanguage } from "../../shared/bridge/spelling.ts";
import { createSpeller, type Speller } from "../spelling/speller.ts";
import type { NumberedSpellingAsk, SpellingAnswer, SpellingAsk } from "../spelling/spellingAsk.ts";

/** Holds words in the clear for as long as it judges them, and stores nothing. Whoever started it ends it. */
let speller: Promise<Speller> | undefined;

const dictionaries: Readonly<Record<SpellingLanguage, { aff: string; dic: string }>> = {
  "en-GB": { aff: britishRules, dic: britishWords },
  "en-US": { aff: americanRules, dic: americanWords },
};

/** From among the app's own files, and nowhere else: the page's policy allows no other place. */
const read = async (address: string): Promise<string> => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("a dictionary is missing");
  return answer.text();
};

const begin = async (language: SpellingLanguage): Promise<Speller> => {
  const { aff, dic } = dictionaries[language];
  const [rules, words] = await Promise.all([read(aff), read(dic)]);
  return createSpeller({ aff: rules, dic: words });
};

const answer = async (ask: SpellingAsk): Promise<readonly string[]> => {
  if (ask.do === "begin") speller = begin(ask.language);
  const now = await speller;
  if (now === undefined) return [];
  if (ask.do === "own") now.setOwn(ask.words);
  if (ask.do === "wrong") return now.wrong(ask.words);
  return ask.do === "suggest" ? now.suggest(ask.word) : [];
};

addEventListener("message", ({ data: { number, ask } }: MessageEvent<NumberedSpellingAsk>) => {
  void answer(ask)
    .catch(() => [])
    .then((words) => postMessage({ number, words } satisfies SpellingAnswer));
});
