import type { SpellingLanguage } from "../../shared/bridge/spelling.ts";
import type { SpellingAnswer, SpellingAsk } from "./spellingAsk.ts";

export type SpellingWorker = {
  readonly setOwn: (words: readonly string[]) => void;
  readonly wrong: (words: readonly string[]) => Promise<readonly string[]>;
  readonly suggest: (word: string) => Promise<readonly string[]>;
  /** Its memory, and every word in it, goes back at once. What was asked gets no words. */
  readonly end: () => void;
};

export const spellingInWorker = (language: SpellingLanguage): SpellingWorker => {
  const worker = new Worker(new URL("../workers/spelling.worker.ts", import.meta.url), {
    type: "module",
  });
  const waiting = new Map<number, (words: readonly string[]) => void>();
  let asked = 0;
  let ended = false;
  const ask = (what: SpellingAsk): Promise<readonly string[]> =>
    new Promise((resolve) => {
      if (ended) return resolve([]);
      asked += 1;
      waiting.set(asked, resolve);
      worker.postMessage({ number: asked, ask: what });
    });
  const end = (): void => {
    ended = true;
    worker.terminate();
    for (const resolve of waiting.values()) resolve([]);
    waiting.clear();
  };
  worker.addEventListener("error", end);
  worker.addEventListener("messageerror", end);
  worker.addEventListener("message", ({ data }: MessageEvent<SpellingAnswer>) => {
    waiting.get(data.number)?.(data.words);
    waiting.delete(data.number);
  });
  void ask({ do: "begin", language });
  return {
    setOwn: (words) => void ask({ do: "own", words }),
    wrong: (words) => ask({ do: "wrong", words }),
    suggest: (word) => ask({ do: "suggest", word }),
    end,
  };
};
