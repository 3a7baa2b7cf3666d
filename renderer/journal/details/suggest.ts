import { asHeard } from "../list/filters.ts";

/** So few that they can be taken in at a glance. */
const mostOffered = 6;

/** Known words that are not chosen yet and that begin as what is typed, in the order they are known in. */
export const suggest = (
  known: readonly string[],
  chosen: readonly string[],
  typed: string,
): readonly string[] => {
  const heard = new Set(chosen.map(asHeard));
  const begins = asHeard(typed);
  return known
    .filter((word) => {
      const each = asHeard(word);
      return !heard.has(each) && each !== begins && each.startsWith(begins);
    })
    .slice(0, mostOffered);
};
