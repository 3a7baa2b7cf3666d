import { beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createFinder } from "../../shared/journal/find/find.ts";
import type { Card } from "../../shared/page/card.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import { newPageDoc, pageWords, startPage } from "../../shared/page/pageDoc.ts";
import type { Shelf } from "../../shared/page/shelf.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { makeCard, myAnswer, page } from "./arrivalsKit.ts";

beforeAll(loadSodium);

const random = seededRandom(5);

const updateOf = (...paragraphs: readonly string[]): Uint8Array => {
  const doc = newPageDoc(random);
  startPage(doc, { kind: "entry" });
  for (const text of paragraphs) {
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText(text)]);
    pageWords(doc).push([paragraph]);
  }
  return Y.encodeStateAsUpdate(doc);
};

/** A bookcase with these pages in it: card and words. */
const createLibrary = async (
  pages: readonly { readonly card: Card; readonly words: string }[] = [],
) => {
  const shelf: Shelf = must(
    await openKeptShelf({
      rootKey: new Uint8Array(32).fill(7),
      stores: createMemoryDisk().start().kept,
      clock: createManualClock(1_700_000_000_000),
      random,
      onTrouble: (code) => {
        throw new Error(code);
      },
    }),
  );
  const cards = createCell<readonly Card[]>([]);
  const read: PageId[] = [];
  const meanwhile: { happens: (id: PageId) => Promise<void> } = { happens: async () => {} };
  const watched: Shelf = {
    ...shelf,
    pages: {
      ...shelf.pages,
      read: async (id) => {
        read.push(id);
        const record = await shelf.pages.read(id);
        await meanwhile.happens(id);
        return record;
      },
    },
  };
  for (const { card, words } of pages) must(await shelf.write(card.id, "begin", updateOf(words)));
  cards.set(pages.map(({ card }) => card));
  const finder = createFinder({ cards, shelfOf: () => watched, random });
  return {
    finder,
    cards,
    read,
    /** While that page is on its way from the disk. */
    meanwhile: (number: number, act: () => Promise<void>) => {
      meanwhile.happens = async (id) => {
        if (id !== page(number)) return;
        meanwhile.happens = async () => {};
        await act();
      };
    },
    rewrite: async (card: Card, words: string) => {
      must(await shelf.write(card.id, "change", updateOf(words)));
      cards.set(cards.read().map((each) => (each.id === card.id ? { ...card } : each)));
    },
    find: async (words: string): Promise<readonly number[]> =>
      [...(await finder.find(words))].map((id) => Number.parseInt(id, 16)),
  };
};

const written = (number: number, words: string, part: Partial<Card> = {}) => ({
  card: makeCard(number, part),
  words,
});

test("every word that is looked for begins a word, in any order, in title or text", async () => {
  const { find } = await createLibrary([
    written(1, "I was at the station, and I lied about the train."),
    written(2, "The training went well", { title: "Station to station" }),
    written(3, "constation"),
  ]);
  expect(await find("train station")).toEqual([1, 2]);
  expect(await find("lie")).toEqual([1]);
  expect(await find("STATION  wel")).toEqual([2]);
  expect(await find("tation")).toEqual([]);
  expect(await find("station lied nowhere")).toEqual([]);
});

test("looking for nothing finds nothing", async () => {
  const { find, read } = await createLibrary([written(1, "words")]);
  for (const nothing of ["", "   ", "…", "?!", "🙂"]) expect(await find(nothing)).toEqual([]);
  expect(read).toEqual([]);
});

test.each([
  ["Zoë cried in the CAFÉ", "zoe cafe"],
  ["zoe in the cafe", "ZOË café"],
  ["die Straße nach Łódź", "STRASSE"],
  ["ὁ λόγος σου", "ΛΟΓΟΣ"],
  ["Istanbul in İzmir", "istanbul izmir"],
  ["don’t go", "don't"],
  ["l’amour", "amour"],
  ["Ёлка и её друг", "елка ее"],
  ["שָׁלוֹם לך", "שלום"],
  ["السَّلامُ عليكم", "السلام"],
  ["آسف جدا", "اسف"],
  ["ﬁne words", "fine"],
  ["私はあなたを信じたい", "信じ"],
  ["我昨天没有回家", "没有"],
  ["これはSamの答え", "sam"],
  ["나는 미안해요", "미안"],
  ["ฉันขอโทษจริงๆ", "ขอโทษ"],
])("“%s” is found by “%s”", async (words, wanted) => {
  const { find } = await createLibrary([written(1, words), written(2, "something else")]);
  expect(await find(wanted)).toEqual([1]);
});

test("vowels of scripts that write them as marks stay: another word is another word", async () => {
  const { find } = await createLibrary([written(1, "की बात"), written(2, "का बात")]);
  expect(await find("की")).toEqual([1]);
});

test("closed, withdrawn and newer pages are not even read; drafts of one's own are found", async () => {
  const { find, read } = await createLibrary([
    written(1, "secret", { kind: "answer", opened: false }),
    written(2, "secret", { withdrawnAt: 5 }),
    written(3, "secret", { kind: "newer" }),
    { card: myAnswer(4, 9), words: "secret" },
  ]);
  expect(await find("secret")).toEqual([4]);
  expect(read).toEqual([page(4)]);
});

test("a page is read once, and again only when it has changed", async () => {
  const library = await createLibrary([written(1, "before"), written(2, "before")]);
  expect(await library.find("before")).toEqual([1, 2]);
  expect(await library.find("bef")).toEqual([1, 2]);
  expect(library.read).toHaveLength(2);
  const [first] = library.cards.read();
  if (first === undefined) throw new Error("no card");
  await library.rewrite(first, "afterwards");
  expect(await library.find("afterwards")).toEqual([1]);
  expect(library.read).toHaveLength(3);
});

test("what is withdrawn is not found any more, and opening a page makes it findable", async () => {
  const library = await createLibrary([
    written(1, "sorrow"),
    written(2, "sorrow", { kind: "letter", opened: false }),
  ]);
  expect(await library.find("sorrow")).toEqual([1]);
  const [one, two] = library.cards.read();
  if (one === undefined || two === undefined) throw new Error("no card");
  library.cards.set([
    { ...one, withdrawnAt: 7 },
    { ...two, opened: true },
  ]);
  expect(await library.find("sorrow")).toEqual([2]);
});

test("a later search does not mix with an earlier one, and reads no page a second time", async () => {
  const library = await createLibrary(
    Array.from({ length: 100 }, (_, index) =>
      written(index + 1, index % 2 === 0 ? "winter" : "summer"),
    ),
  );
  const [winter, summer, nothing, both] = await Promise.all([
    library.find("winter"),
    library.find("summer"),
    library.find(""),
    library.find("s"),
  ]);
  expect(winter).toHaveLength(50);
  expect(summer).toHaveLength(50);
  expect(nothing).toEqual([]);
  expect(both).toEqual(summer);
  expect(winter.some((one) => summer.includes(one))).toBe(false);
  expect(library.read.length).toBe(100);
});

test("what changes while it is being read is found as it stands in the end", async () => {
  const library = await createLibrary(
    Array.from({ length: 40 }, (_, index) => written(index + 1, "winter")),
  );
  const [first] = library.cards.read();
  const last = library.cards.read().at(-1);
  if (first === undefined || last === undefined) throw new Error("no card");
  library.meanwhile(1, async () => {
    await library.rewrite(first, "summer");
    await library.rewrite(last, "summer");
  });
  expect(await library.find("summer")).toEqual([1, 40]);
});

test("forgetting ends what is under way and finds nothing ever after", async () => {
  const library = await createLibrary(
    Array.from({ length: 100 }, (_, index) => written(index + 1, "winter")),
  );
  const looking = library.find("winter");
  library.finder.forget();
  expect(await looking).toEqual([]);
  expect(library.read.length).toBeLessThan(100);
  expect(await library.find("winter")).toEqual([]);
});

test("500 questions and 2,000 answers: slow at most once, and the screen stays alive meanwhile", async () => {
  const words = (number: number): string =>
    Array.from({ length: 150 }, (_, index) => `word${(number * 7 + index * 13) % 997}`).join(" ");
  const library = await createLibrary(
    Array.from({ length: 2_500 }, (_, index) =>
      written(index + 1, `${words(index)} ${index === 2_400 ? "wherewithal" : ""}`),
    ),
  );
  const timed = async (wanted: string): Promise<number> => {
    const begun = process.cpuUsage().user;
    await library.find(wanted);
    return (process.cpuUsage().user - begun) / 1000;
  };
  const first = await timed("wherewithal");
  const later = Math.min(...[await timed("wherew"), await timed("word1 word14"), await timed("w")]);
  console.info(`2,500 pages: first ${first.toFixed(0)} ms, later ${later.toFixed(1)} ms`);
  expect(await library.find("wherewithal")).toEqual([2_401]);
  expect(library.read).toHaveLength(2_500);
  expect(first).toBeLessThan(20_000);
  expect(later).toBeLessThan(300);
}, 120_000);
