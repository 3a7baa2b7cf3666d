/** Whose spelling: the dictionaries that come with the app. */
export type SpellingLanguage = "en-GB" | "en-US";

/** Of these words, those that are in no dictionary. Words and answers stay within the page's process. */
export type JudgeWords = (words: readonly string[]) => Promise<readonly string[]>;

export type Spelling = {
  /**
   * Whether this shell asks us and nobody else about words. A plain browser has a checker of its own, which may send
   * words to its maker: there nothing is checked.
   */
  readonly offered: boolean;
  /** From now on `judge` is asked about what is written in fields that want it; a later one takes its place. */
  readonly judgeBy: (language: SpellingLanguage, judge: JudgeWords) => void;
};
