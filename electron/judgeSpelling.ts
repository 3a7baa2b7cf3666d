import type { WebFrame } from "electron";
import type { JudgeWords, SpellingLanguage } from "../shared/bridge/spelling.ts";

/**
 * Chromium asks the page, and the page its own dictionaries: the window's built-in checker, which would fetch some,
 * stays off. Whatever comes back that is not one of the words asked about is passed over; so is an answer that throws.
 */
export const judgeSpelling = (
  frame: Pick<WebFrame, "setSpellCheckProvider">,
  language: SpellingLanguage,
  judge: JudgeWords,
): void => {
  frame.setSpellCheckProvider(language, {
    spellCheck: (words, answer) => {
      Promise.resolve(judge([...words])).then(
        (wrong) => answer(words.filter((word) => wrong.includes(word))),
        () => answer([]),
      );
    },
  });
};
