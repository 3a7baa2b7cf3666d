import { beforeAll, describe, expect, test } from "vitest";
import type { Imported } from "../../shared/archive/imported.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Work } from "../../shared/base/work.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { takeIn } from "../../shared/journal/book/takingIn.ts";
import { readPage, sharedPageOf } from "../../shared/journal/pages/writing.ts";
import type { PageBody } from "../../shared/page/card.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import { pageWords } from "../../shared/page/pageDoc.ts";
import { readPieces } from "../../shared/page/pieces.ts";
import type { KeptShelf } from "../../shared/page/shelf.ts";
import {
  bring,
  chosen,
  dayOne,
  noWork,
  opened,
  picture,
  preparePicture,
} from "../support/archives.ts";
import { createNotes } from "../../shared/archive/leftOut.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import { zipOf } from "../support/zipFiles.ts";

beforeAll(loadSodium);

let openings = 0;
const openShelf = async (stores: LedgerStores, key = 7): Promise<KeptShelf> =>
  must(
    await openKeptShelf({
      rootKey: new Uint8Array(32).fill(key),
      stores,
      clock: systemClock,
      random: seededRandom(++openings),
      onTrouble: (code) => {
        throw new Error(code);
      },
    }),
  );

const entry = (index: number, more: Partial<Imported> = {}): Imported => ({
  source: `text:${index}`,
  title: `Entry ${index}`,
  writtenAt: Date.UTC(2026, 0, 1 + index),
  tags: ["walk"],
  feelings: ["calm"],
  parts: [
    {
      kind: "piece",
      piece: {
        kind: "paragraph",
        inside: [
          { kind: "words", text: `Words ${index}`, bold: true, italic: false, address: undefined },
        ],
      },
    },
  ],
  ...more,
});

const entries = async function* (count: number, each?: (index: number) => void) {
  for (let index = 0; index < count; index++) {
    each?.(index);
    yield entry(index);
  }
};

const into = (
  shelf: KeptShelf,
  what: AsyncIterable<Imported>,
  work: Work = noWork,
  isShared: (page: PageId) => boolean = () => false,
) => takeIn({ shelf, isShared, clock: systemClock, random: seededRandom(++openings) }, what, work);

const titles = (shelf: KeptShelf): readonly string[] =>
  [...shelf.pages.facts.read().values()].map(({ title }) => title).toSorted();

const piecesOf = async (shelf: KeptShelf, page: PageId) => {
  const doc = must(await readPage(shelf, page, seededRandom(1)));
  return readPieces(pageWords(doc) as unknown as PageBody);
};

describe("bringing entries in", () => {
  test("each is there with its date, its words, its tags and feelings", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const taken = must(await into(shelf, entries(3)));
    expect(taken).toMatchObject({ known: 0, cancelled: false });
    expect(taken.pages).toHaveLength(3);
    const [first] = taken.pages;
    if (first === undefined) throw new Error("no page");
    expect(shelf.pages.facts.read().get(first)).toMatchObject({
      kind: "entry",
      title: "Entry 0",
      excerpt: "Words 0",
      aboutAt: Date.UTC(2026, 0, 1),
      tags: ["walk"],
      feelings: ["calm"],
    });
    expect(await piecesOf(shelf, first)).toMatchObject(
      entry(0).parts.flatMap((part) => (part.kind === "piece" ? [part.piece] : [])),
    );
  });

  test("a second time nothing comes twice, also after a restart", async () => {
    const disk = createMemoryDisk();
    const first = await openShelf(disk.start().kept);
    const before = must(await into(first, entries(100)));
    await first.close();
    const shelf = await openShelf(disk.start().kept);
    expect(must(await into(shelf, entries(101)))).toMatchObject({ known: 100, cancelled: false });
    expect(titles(shelf)).toHaveLength(101);
    expect(new Set(before.pages).size).toBe(100);
  });

  test("the same entry twice in one go comes once", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const twice = async function* () {
      yield* [entry(1), entry(1)];
    };
    expect(must(await into(shelf, twice()))).toMatchObject({ known: 1 });
    expect(titles(shelf)).toEqual(["Entry 1"]);
  });

  test("nobody without the key can tell from a page's name what was brought in", async () => {
    const disk = createMemoryDisk();
    const mine = await openShelf(disk.start().kept);
    const other = await openShelf(createMemoryDisk().start().kept, 8);
    expect(mine.pageFor("text:1")).not.toBe(other.pageFor("text:1"));
    expect(mine.pageFor("text:1")).not.toBe(mine.pageFor("text:2"));
  });

  test("what lies in the trash or was shared since does not come again", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const page = shelf.pageFor("text:0");
    const isShared = (asked: PageId): boolean => asked === sharedPageOf(page);
    expect(must(await into(shelf, entries(1), noWork, isShared))).toMatchObject({ known: 1 });
    expect(titles(shelf)).toEqual([]);
  });

  test("what was deleted for good may come again", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    for (let times = 0; times < 3; times++) {
      const { pages } = must(await into(shelf, entries(2)));
      expect(titles(shelf)).toEqual(["Entry 0", "Entry 1"]);
      expect(must(await into(shelf, entries(2))).known).toBe(2);
      for (const page of pages) must(await shelf.destroy(page));
      expect(titles(shelf)).toEqual([]);
    }
  });

  test("a text of a million letters comes whole", { timeout: 120_000 }, async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const text = "Ünïcödé wörds. ".repeat(60_000);
    const archive = await opened([chosen("2026-03-04.txt", text)]);
    const notes = createNotes();
    const taken = must(await into(shelf, archive.entries({ prepare: undefined, notes })));
    const [page] = taken.pages;
    if (page === undefined) throw new Error("no page");
    const words = JSON.stringify(await piecesOf(shelf, page)).match(/wörds/g) ?? [];
    expect(words.length).toBeGreaterThanOrEqual(59_990);
    expect(notes.list()).toEqual([]);
  });

  test("photos are kept sealed, and stand where they stood", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const zip = await zipOf({ "a.md": "Before ![words](p.jpg) after", "p.jpg": picture });
    const archive = await opened([chosen("a.zip", zip)]);
    const taken = must(
      await into(shelf, archive.entries({ prepare: preparePicture, notes: createNotes() })),
    );
    const [page] = taken.pages;
    if (page === undefined) throw new Error("no page");
    const pieces = await piecesOf(shelf, page);
    expect(pieces.map(({ kind }) => kind)).toEqual(["paragraph", "photo", "paragraph"]);
    const [, photo] = pieces;
    if (photo?.kind !== "photo") throw new Error("no photo");
    expect(photo.photo.words).toBe("words");
    expect(must(await shelf.photos.read(photo.photo))).toEqual(picture);
  });
});

describe("stopping", () => {
  test("before it has begun, nothing is there", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const asked = await into(shelf, entries(5), { ...noWork, cancelled: () => true });
    expect(must(asked)).toEqual({ pages: [], known: 0, cancelled: true });
  });

  test("what is in stays in, and doing it again goes on behind it", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    let seen = 0;
    const some = entries(300, () => seen++);
    const stopped = must(await into(shelf, some, { ...noWork, cancelled: () => seen >= 150 }));
    expect(stopped.cancelled).toBe(true);
    expect(titles(shelf)).toHaveLength(stopped.pages.length);
    expect(stopped.pages.length).toBeGreaterThan(100);
    const rest = must(await into(shelf, entries(300)));
    expect(rest.known).toBe(stopped.pages.length);
    expect(titles(shelf)).toHaveLength(300);
  });

  test("progress grows to the number of entries and never goes back", async () => {
    const shelf = await openShelf(createMemoryDisk().start().kept);
    const said: number[] = [];
    const work = { cancelled: () => false, progress: (done: number) => void said.push(done) };
    must(await into(shelf, entries(200), work));
    expect(said).toEqual(said.toSorted((one, other) => one - other));
    expect(said.at(-1)).toBe(200);
  });
});

describe("a disk that refuses, and a process that dies", () => {
  test("a full disk leaves whole entries, and later it goes on", async () => {
    const disk = createMemoryDisk();
    const shelf = must(
      await openKeptShelf({
        rootKey: new Uint8Array(32).fill(7),
        stores: disk.start().kept,
        clock: systemClock,
        random: seededRandom(++openings),
        onTrouble: () => {},
      }),
    );
    let seen = 0;
    const refused = await into(
      shelf,
      entries(200, () => {
        if (++seen === 100) disk.failNext("put", "DISK_FULL", 99);
      }),
    );
    expect(refused).toMatchObject({ ok: false, code: "DISK_FULL" });
    disk.makeRoom();
    must(await into(shelf, entries(200)));
    expect(titles(shelf)).toHaveLength(200);
  });

  test.each([0, 1, 2, 3, 5, 8, 13, 40, 64, 65, 100, 129, 199])(
    "killed at entry %i, there are whole entries, and the rest comes later",
    async (when) => {
      const disk = createMemoryDisk();
      const shelf = must(
        await openKeptShelf({
          rootKey: new Uint8Array(32).fill(7),
          stores: disk.start().kept,
          clock: systemClock,
          random: seededRandom(++openings),
          onTrouble: () => {},
        }),
      );
      const killed = await into(
        shelf,
        entries(200, (index) => {
          if (index === when) disk.kill();
        }),
      );
      expect(killed.ok).toBe(false);
      const again = await openShelf(disk.start().kept);
      for (const [page, { title }] of again.pages.facts.read()) {
        const index = title.replace("Entry ", "");
        expect(JSON.stringify(await piecesOf(again, page))).toContain(`"Words ${index}"`);
      }
      const before = titles(again).length;
      expect(must(await into(again, entries(200))).known).toBe(before);
      expect(titles(again)).toHaveLength(200);
    },
  );
});

describe("in a real journal", () => {
  test("what was brought in is private: nothing of it travels, until it is shared like any other", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 4_321 });
    await settle(4);
    const archive = await opened([
      chosen(
        "Journal.json",
        dayOne([{ uuid: "A", creationDate: "2026-03-04T10:00:00Z", text: "# One\n\nWords" }]),
      ),
    ]);
    const book = anna.journal().entries;
    const cards = () => book.cards.read().map(({ title, place }) => ({ title, place }));
    const taking = async () => {
      const iterator = archive.entries({ prepare: undefined, notes: createNotes() });
      const done = takeWithClock(book.takeIn(iterator, noWork));
      return must(await done);
    };
    const takeWithClock = async <Value>(what: Promise<Value>): Promise<Value> => {
      let over = false;
      void what.finally(() => (over = true));
      while (!over) await settle(1);
      return what;
    };
    const taken = await taking();
    await settle(8);
    expect(cards()).toEqual([{ title: "One", place: "draft" }]);
    expect(sam.journal().cards.read()).toEqual([]);
    const [page] = taken.pages;
    if (page === undefined) throw new Error("no page");
    must(await anna.journal().share(page));
    await settle(8);
    expect(
      sam
        .journal()
        .cards.read()
        .map(({ title }) => title),
    ).toEqual(["One"]);
    expect(await taking()).toMatchObject({ pages: [], known: 1 });
    expect(cards()).toEqual([{ title: "One", place: "shared" }]);
  });
});

test("looking at an archive changes nothing: it is handed no shelf", async () => {
  const archive = await opened([chosen("2026-03-04.md", "Words")]);
  expect(Object.keys(archive).toSorted()).toEqual(["before", "entries", "preview"]);
  expect((await bring(archive)).entries).toHaveLength(1);
});
