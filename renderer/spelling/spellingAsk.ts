import type { SpellingLanguage } from "../../shared/bridge/spelling.ts";

/** What the page asks of the worker, one after the other; each is answered by its number. */
export type SpellingAsk =
  | { readonly do: "begin"; readonly language: SpellingLanguage }
  | { readonly do: "own"; readonly words: readonly string[] }
  | { readonly do: "wrong"; readonly words: readonly string[] }
  | { readonly do: "suggest"; readonly word: string };

export type NumberedSpellingAsk = { readonly number: number; readonly ask: SpellingAsk };
export type SpellingAnswer = { readonly number: number; readonly words: readonly string[] };
