import { Fragment, useMemo } from "react";
import { hitsIn } from "../../shared/journal/find/hits.ts";

type MarkedProps = {
  readonly text: string;
  /** What `searchWords` gave. */
  readonly wanted: readonly string[];
};

/** A text with the words in it marked that were looked for. */
export const Marked = ({ text, wanted }: MarkedProps) => {
  const parts = useMemo(() => split(text, wanted), [text, wanted]);
  return parts.map(({ from, words, hit }) =>
    hit ? <mark key={from}>{words}</mark> : <Fragment key={from}>{words}</Fragment>,
  );
};

const split = (text: string, wanted: readonly string[]) => {
  const parts: { from: number; words: string; hit: boolean }[] = [];
  let reached = 0;
  const take = (to: number, hit: boolean): void => {
    if (to > reached) parts.push({ from: reached, words: text.slice(reached, to), hit });
    reached = Math.max(reached, to);
  };
  for (const { from, to } of hitsIn(text, wanted)) {
    take(from, false);
    take(to, true);
  }
  take(text.length, false);
  return parts;
};
