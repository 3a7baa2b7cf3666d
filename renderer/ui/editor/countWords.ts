import * as Y from "yjs";
import type { PageBody } from "../../../shared/page/card.ts";
import { plainWords } from "../../../shared/page/words.ts";

export type WordCounting = {
  /** Runs `work` when the page has nothing else to do; `left` says how many ms it may take. Returns how to cancel. */
  readonly whenIdle: (work: (left: () => number) => void) => () => void;
  readonly language: string;
  readonly show: (words: number) => void;
};

/**
 * Counts the words of a page as it is written, block by block and never while somebody types: a block that stays as it
 * was is not counted again. Returns how to stop.
 */
export const countWords = (body: PageBody, counting: WordCounting): (() => void) => {
  if (!(body instanceof Y.XmlFragment)) return () => {};
  const segmenter = new Intl.Segmenter(counting.language, { granularity: "word" });
  const counts = new WeakMap<object, number>();
  let cancel = () => {};
  const look = (left: () => number): void => {
    let sum = 0;
    for (const block of body.toArray()) {
      let count = counts.get(block);
      if (count === undefined) {
        if (left() <= 1) return wait();
        count = wordsIn(segmenter, block);
        counts.set(block, count);
      }
      sum += count;
    }
    counting.show(sum);
  };
  const wait = (): void => {
    cancel();
    cancel = counting.whenIdle(look);
  };
  const changed = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const { target } of events) {
      const block = outermost(target, body);
      if (block !== undefined) counts.delete(block);
    }
    wait();
  };
  body.observeDeep(changed);
  wait();
  return () => {
    cancel();
    body.unobserveDeep(changed);
  };
};

const outermost = (
  type: Y.AbstractType<unknown>,
  body: Y.XmlFragment,
): Y.AbstractType<unknown> | undefined => {
  let at: Y.AbstractType<unknown> | null = type;
  while (at !== null && at.parent !== body) at = at.parent;
  return at ?? undefined;
};

const wordsIn = (segmenter: Intl.Segmenter, block: object): number => {
  if (!(block instanceof Y.XmlFragment)) return 0;
  let count = 0;
  for (const { isWordLike } of segmenter.segment(plainWords(block, Number.MAX_SAFE_INTEGER)))
    if (isWordLike === true) count += 1;
  return count;
};
