import type { Found } from "../../shared/journal/entryBook.ts";
import { createEntryIndex } from "../../shared/journal/find/entryIndex.ts";
import type { NumberedAsk, SearchAnswer, SearchAsk } from "./searchAsk.ts";

/** Holds words in the clear in its own memory, and stores nothing. Whoever started it ends it when they lock. */
const index = createEntryIndex();

addEventListener("message", ({ data: { number, ask } }: MessageEvent<NumberedAsk>) => {
  postMessage({ number, found: answer(ask) } satisfies SearchAnswer);
});

const answer = (ask: SearchAsk): readonly Found[] => {
  switch (ask.do) {
    case "put":
      index.put(ask.pages);
      return [];
    case "drop":
      index.drop(ask.pages);
      return [];
    case "find":
      return index.find(ask.words);
  }
};
