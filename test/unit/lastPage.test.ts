import type * as Y from "yjs";
import { describe, expect, test } from "vitest";
import { refuse } from "../../shared/base/result.ts";
import { createSealedCache, type SealedCache } from "../../shared/ledger/sealedCache.ts";
import type { PageMessage } from "../../shared/page/applyApart.ts";
import { pageWords } from "../../shared/page/pageDoc.ts";
import { createPages } from "../../shared/page/pages.ts";
import { traceOf } from "../../shared/page/trace.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { anna, by, sam, wordsIn } from "./guardPages.ts";
import { addLines, changeOf, idOf, random, redactionOf, stateOf, writePage } from "./pageKit.ts";

const page = idOf(0x11);
const other = idOf(0x22);
const at = (message: PageMessage, where = page): PageMessage => ({ ...message, page: where });

const openCache = (): SealedCache =>
  createSealedCache(createMemoryDisk().start().carried.cache, seededRandom(3)(32), seededRandom(4));

/** Pages over a cache that tells how often the disk was asked for one. */
const openPages = (shared = true, cache = openCache()) => {
  let reads = 0;
  let fails: string | undefined;
  const watched: SealedCache = {
    ...cache,
    read: async (section, key) => {
      reads += 1;
      return key === fails ? refuse("STORE_FAILED") : cache.read(section, key);
    },
  };
  const pages = createPages({
    cache: watched,
    random: seededRandom(8),
    ...(shared ? { me: anna } : {}),
    onWhiteOut: () => {},
  });
  return {
    ...pages,
    cache,
    reads: () => reads,
    failAt: (key: string | undefined) => {
      fails = key;
    },
  };
};

const begun = () => {
  const doc = writePage({ kind: "entry" }, "Monday", "It rained.");
  return { doc, first: by(anna, "begin", stateOf(doc), 100) };
};
const nextLine = (doc: Y.Doc, line: string, time: number): PageMessage =>
  by(
    anna,
    "change",
    changeOf(doc, () => addLines(doc, line)),
    time,
  );

describe("a page that is written on, pause after pause", () => {
  test("is read from the disk once, and holds every word", async () => {
    const pages = openPages();
    const { doc, first } = begun();
    must(await pages.digest([at(first)]));
    const before = pages.reads();
    for (let time = 200; time < 220; time++)
      must(await pages.digest([at(nextLine(doc, `line ${time}`, time))]));
    expect(pages.reads()).toBe(before);
    expect(wordsIn(must(await pages.read(page)))).toContain("line 219");
    expect(must(await pages.read(page)).changedAt).toBe(219);
  });

  test("is whole when another page was written in between, and the other is too", async () => {
    const pages = openPages();
    const [one, two] = [begun(), begun()];
    must(await pages.digest([at(one.first), at(two.first, other)]));
    for (let time = 200; time < 210; time++) {
      must(await pages.digest([at(nextLine(one.doc, `mine ${time}`, time))]));
      must(await pages.digest([at(nextLine(two.doc, `that ${time}`, time), other)]));
    }
    const words = wordsIn(must(await pages.read(page)));
    for (const line of ["mine 200", "mine 209"]) expect(words).toContain(line);
    expect(words).not.toContain("that");
    expect(wordsIn(must(await pages.read(other)))).toContain("that 209");
  });

  test("begins anew where the cache was emptied and is made again", async () => {
    const cache = openCache();
    const pages = openPages(true, cache);
    const { doc, first } = begun();
    must(await pages.digest([at(first), at(nextLine(doc, "Before.", 200))]));
    must(await cache.clear());
    must(await pages.load());
    const fresh = writePage({ kind: "entry" }, "Monday", "Only this.");
    must(await pages.digest([at(by(anna, "begin", stateOf(fresh), 300))]));
    const words = wordsIn(must(await pages.read(page)));
    expect(words).toContain("Only this.");
    expect(words).not.toContain("Before.");
  });

  test("keeps nothing of a turn that the disk cut short", async () => {
    const pages = openPages();
    const [one, two] = [begun(), begun()];
    must(await pages.digest([at(one.first)]));
    must(await pages.digest([at(two.first, other)]));
    pages.failAt(other);
    const line = at(nextLine(one.doc, "Said twice.", 200));
    const theirs = at(by(sam, "change", stateOf(begun().doc), 201));
    const elsewhere = at(nextLine(two.doc, "x", 200), idOf(0x33));
    // The page that fails comes after this one in the same turn, and the turn comes once more.
    const turn = [elsewhere, line, theirs];
    const lost = at(nextLine(two.doc, "lost", 200), other);
    expect((await pages.digest([...turn, lost])).ok).toBe(false);
    expect(must(await pages.read(page)).whitedOut).toBe(0);
    pages.failAt(undefined);
    must(await pages.digest([line, theirs]));
    const record = must(await pages.read(page));
    expect(wordsIn(record).split("Said twice.")).toHaveLength(2);
    expect(record.whitedOut).toBe(1);
  });

  test("is gone from memory with the lock: the next word reads the disk", async () => {
    const pages = openPages();
    const { doc, first } = begun();
    must(await pages.digest([at(first)]));
    const before = pages.reads();
    pages.forget();
    must(await pages.digest([at(nextLine(doc, "After.", 200))]));
    expect(pages.reads()).toBe(before + 1);
  });

  test("is mine where a partner took its place first, and no word of theirs stays in it", async () => {
    const pages = openPages();
    const theirs = writePage({ kind: "entry" }, "Monday", "Not hers.");
    must(await pages.digest([at(by(sam, "begin", stateOf(theirs), 90))]));
    expect(must(await pages.read(page)).owner).toBe(sam);
    must(await pages.digest([at(begun().first)]));
    const record = must(await pages.read(page));
    expect(record.owner).toBe(anna);
    expect(wordsIn(record)).toContain("It rained.");
    expect(wordsIn(record)).not.toContain("Not hers.");
  });

  test("takes nothing more once it is withdrawn, and holds no word of it", async () => {
    const pages = openPages();
    const { doc, first } = begun();
    must(await pages.digest([at(first)]));
    const late = at(nextLine(doc, "Too late.", 300));
    must(await pages.digest([at(by(anna, "begin", traceOf(doc, random), 250))]));
    must(await pages.digest([late]));
    must(await pages.digest([at(by(anna, "redact", redactionOf(100), 400))]));
    const record = must(await pages.read(page));
    expect(record.withdrawnAt).toBe(250);
    expect(wordsIn(record)).not.toMatch(/rained|late/);
  });
});

test.each([41, 42, 43, 44, 45, 46])(
  "a page is the same in however many turns its messages came, whatever a changed app sent between (seed %i)",
  async (seed) => {
    const draw = seededRandom(seed);
    const { doc, first } = begun();
    const messages: PageMessage[] = [at(first)];
    for (let time = 200; time < 240; time++) {
      const dice = pickNumber(draw, 6);
      if (dice === 0) messages.push(at(by(sam, "change", stateOf(begun().doc), time)));
      else if (dice === 1)
        messages.push(at(by(anna, "change", draw(1 + pickNumber(draw, 60)), time)));
      else if (dice === 2 && pageWords(doc).length > 1)
        messages.push(
          at(
            by(
              anna,
              "change",
              changeOf(doc, () =>
                pageWords(doc).delete(pickNumber(draw, pageWords(doc).length), 1),
              ),
              time,
            ),
          ),
        );
      else if (dice === 3) messages.push(at(by(anna, "change", stateOf(begun().doc), time), other));
      else messages.push(at(nextLine(doc, `line ${time}`, time)));
    }
    for (const shared of [true, false]) {
      const inTurns = openPages(shared);
      const oneByOne = openPages(shared);
      for (let from = 0; from < messages.length;) {
        const to = from + 1 + pickNumber(draw, 4);
        must(await inTurns.digest(messages.slice(from, to)));
        from = to;
      }
      // Forgotten after each: every message finds the page as the disk has it.
      for (const message of messages) {
        must(await oneByOne.digest([message]));
        const kept = oneByOne.facts.read();
        oneByOne.forget();
        expect(kept.size).toBeGreaterThan(0);
      }
      const [one, two] = [must(await inTurns.read(page)), must(await oneByOne.read(page))];
      expect({ ...one, state: wordsIn(one) }).toEqual({ ...two, state: wordsIn(two) });
      expect(inTurns.facts.read().get(page)).toMatchObject({ whitedOut: one.whitedOut > 0 });
    }
  },
);
