import { createCacheStore } from "../../renderer/storage/cache.ts";
import { searchInWorker } from "../../renderer/workers/searchInWorker.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { DeviceId, NotebookId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createEntryFind } from "../../shared/journal/find/entryFind.ts";
import { createSealedCache } from "../../shared/ledger/sealedCache.ts";
import type { Card } from "../../shared/page/card.ts";
import { decodeRecord, encodeRecord } from "../../shared/page/pageRecord.ts";
import { makeCard } from "../unit/arrivalsKit.ts";
import { stateOf } from "../unit/searchKit.ts";
import { inventWords } from "./inventWords.ts";

export type SearchTimes = {
  /** All in ms. */
  readonly firstAnswer: number;
  readonly allRead: number;
  readonly longestWait: number;
  readonly later: readonly (readonly [words: string, took: number, found: number])[];
};

declare global {
  var searchBench: (entries: number, wordsEach: number) => Promise<SearchTimes>;
}

/** Sealed pages in a real IndexedDB, read, opened and handed to a real worker. */
globalThis.searchBench = async (entries, wordsEach) => {
  await loadSodium();
  const { words, vocabulary } = inventWords(7);
  const cache = createSealedCache(
    createCacheStore({ database: "search-bench", report: () => {} }),
    new Uint8Array(32).fill(3),
    systemRandom,
  );
  const cards: Card[] = [];
  for (let from = 0; from < entries; from += 500) {
    const changes = Array.from({ length: Math.min(500, entries - from) }, (_, index) => {
      const text = words(wordsEach);
      const card = makeCard(from + index + 1, { title: words(3), excerpt: text.slice(0, 200) });
      cards.unshift(card);
      const value = encodeRecord({
        owner: "00" as DeviceId,
        notebook: "00" as NotebookId,
        hands: [],
        writtenAt: 1,
        changedAt: undefined,
        withdrawnAt: undefined,
        dateDoubtful: false,
        whitedOut: 0,
        gone: false,
        cameBack: false,
        named: [],
        state: stateOf(text),
      });
      return { section: "pages", key: card.id, value } as const;
    });
    await cache.write(changes);
  }

  const find = createEntryFind({
    cards: createCell<readonly Card[]>(cards),
    isOpen: () => true,
    readState: async ({ id }) => {
      const found = await cache.read("pages", id);
      const record = found.ok && found.value !== undefined ? decodeRecord(found.value) : undefined;
      return record?.ok === true ? record.value.state : undefined;
    },
    openIndex: searchInWorker,
    clock: systemClock,
  });

  let longestWait = 0;
  let last = performance.now();
  const tick = setInterval(() => {
    longestWait = Math.max(longestWait, performance.now() - last);
    last = performance.now();
  }, 0);
  const begun = performance.now();
  await find.find(vocabulary[9_000] ?? "");
  const firstAnswer = performance.now() - begun;
  while (find.reading.read()) await new Promise((soon) => setTimeout(soon, 20));
  const allRead = performance.now() - begun;
  clearInterval(tick);

  const sought = Array.from({ length: 200 }, (_, index) => {
    const one = vocabulary[(index * 131) % vocabulary.length] ?? "";
    const other = vocabulary[(index * 17) % 400] ?? "";
    return (
      [one, one.slice(0, 3), `${one} ${other}`, other, one.slice(0, 1 + (index % 2))][index % 5] ??
      ""
    );
  });
  const later: (readonly [string, number, number])[] = [];
  for (const typed of sought) {
    const asked = performance.now();
    const found = await find.find(typed);
    later.push([typed, performance.now() - asked, found.length]);
  }
  find.stop();
  return { firstAnswer, allRead, longestWait, later };
};
