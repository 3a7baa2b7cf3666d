import type { Found } from "../../shared/journal/entryBook.ts";
import type { OpenIndex } from "../../shared/journal/find/entryIndex.ts";
import type { SearchAnswer, SearchAsk } from "./searchAsk.ts";

/** An index in a worker of its own. Ending it ends the worker: its memory, and every word in it, goes back at once. */
export const searchInWorker: OpenIndex = () => {
  const worker = new Worker(new URL("./search.worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let gone: "ended" | "broken" | undefined;

  const leave = (how: "ended" | "broken"): void => {
    gone ??= how;
    worker.terminate();
    for (const each of waiting.values()) settle(each, how);
    waiting.clear();
  };
  const ask = (what: SearchAsk): Promise<readonly Found[]> =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) return settle({ resolve, reject }, gone);
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ number: asked, ask: what });
    });

  worker.addEventListener("error", () => leave("broken"));
  worker.addEventListener("messageerror", () => leave("broken"));
  worker.addEventListener("message", ({ data }: MessageEvent<SearchAnswer>) => {
    const one = waiting.get(data.number);
    waiting.delete(data.number);
    one?.resolve(data.found);
  });

  return {
    put: async (pages) => void (await ask({ do: "put", pages })),
    drop: async (pages) => void (await ask({ do: "drop", pages })),
    find: (words) => ask({ do: "find", words }),
    end: () => leave("ended"),
  };
};

type Waiting = {
  readonly resolve: (found: readonly Found[]) => void;
  readonly reject: (error: Error) => void;
};

const settle = ({ resolve, reject }: Waiting, how: "ended" | "broken"): void => {
  if (how === "ended") resolve([]);
  else reject(new Error("the search stopped"));
};
