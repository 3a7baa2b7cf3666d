/** How many of the words that were marked are remembered: those of a long page. */
const most = 2_000;

/** What was marked lately, in memory: a menu has to know at once whether it is asked for over such a word. */
export const createWrongWords = () => {
  const words = new Set<string>();
  return {
    has: (word: string): boolean => words.has(word),
    clear: (): void => words.clear(),
    note: (found: readonly string[]): readonly string[] => {
      for (const word of found) {
        words.delete(word);
        words.add(word);
      }
      for (const oldest of words) {
        if (words.size <= most) break;
        words.delete(oldest);
      }
      return found;
    },
  };
};
