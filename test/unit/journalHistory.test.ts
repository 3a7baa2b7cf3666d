import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { byDay } from "../../renderer/history/byDay.ts";
import { compareLines } from "../../renderer/history/compare.ts";
import { linesOf } from "../../renderer/history/linesOf.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { History } from "../../shared/journal/openPage.ts";
import { photosIn } from "../../shared/page/photosIn.ts";
import { readPieces } from "../../shared/page/pieces.ts";
import { mostVersions } from "../../shared/page/versions.ts";
import { plainWords } from "../../shared/page/words.ts";
import { during } from "../support/during.ts";
import { createTwoPartners, must, typeWords } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { draftWithPhotos, markOf, picture, placePhoto, takePhotoOut } from "./photoKit.ts";

beforeAll(loadSodium);

const minutes = 60_000;

const begin = async (place: EntryBook["place"], seed: number) => {
  const partners = await createTwoPartners({ seed });
  const journal = partners.anna.journal();
  if (place === "room") must(await journal.room.setUp("only mine"));
  return { ...partners, journal, book: place === "room" ? journal.room.entries : journal.entries };
};

const wordsAt = ({ versions }: History, at: number): string =>
  plainWords(versions.at(at)?.body as unknown as Y.XmlFragment, 10_000);

describe.each(["journal", "room"] as const)(
  "an entry that was changed many times (%s)",
  (place) => {
    const rounds = mostVersions + 25;

    test(
      "gives back the very words that were chosen, though newer versions push that one off the list",
      { timeout: 240_000 },
      async () => {
        const { book, clock } = await begin(place, 1_400);
        const page = must(await book.draftEntry());
        const open = must(await book.openPage(page));
        const body = open.body as unknown as Y.XmlFragment;
        const write = async (words: string): Promise<void> => {
          body.delete(0, body.length);
          typeWords(open, words);
          must(await open.flush());
          clock.advance(20 * minutes);
        };
        for (let round = 0; round < rounds; round++) await write(`round ${round}`);
        const listed = must(await during(clock, book.openHistory(page)));
        expect(listed.versions).toHaveLength(mostVersions);
        // The first has its place for ever; the one behind it goes with the next change.
        expect([wordsAt(listed, 0), wordsAt(listed, 1)]).toEqual(["round 0", "round 26"]);
        const names = listed.versions.map(({ id }) => id);
        expect(new Set(names).size).toBe(mostVersions);
        // While the list is on the screen, what an editor still had reaches the disk.
        await write("one more");
        await write("and another");
        const chosen = listed.versions[1];
        if (chosen === undefined) throw new Error("no version");
        must(await during(clock, book.bringBack(page, chosen.id)));
        listed.close();
        expect(book.cards.read()[0]?.excerpt).toBe("round 26");
        const after = must(await during(clock, book.openHistory(page)));
        expect([wordsAt(after, 0), wordsAt(after, -2), wordsAt(after, -1)]).toEqual([
          "round 0",
          "and another",
          "round 26",
        ]);
        // What is still on the list has the name that it had.
        expect(names).toEqual(
          expect.arrayContaining(after.versions.slice(0, -3).map(({ id }) => id)),
        );
        after.close();
        await open.close();
      },
    );
  },
);

test("names of versions lead to the same words after a restart, and names of none lead nowhere", async () => {
  const { anna, book, clock } = await begin("journal", 1_401);
  const page = must(await book.draftEntry());
  const open = must(await book.openPage(page));
  for (const words of ["one", "two", "three"]) {
    typeWords(open, words);
    must(await open.flush());
    clock.advance(20 * minutes);
  }
  await open.close();
  const before = must(await book.openHistory(page));
  const second = before.versions[1]?.id;
  if (second === undefined) throw new Error("no version");
  const none = [0, -1, 1.5, 99, Number.NaN].map((name) => name as typeof second);
  before.close();
  await anna.lock();
  await anna.open();
  const { entries } = anna.journal();
  for (const name of none) expect(await codeOf(entries.bringBack(page, name))).toBe("NO_PAGE");
  expect(entries.cards.read()[0]?.excerpt).toBe("one two three");
  must(await entries.bringBack(page, second));
  expect(entries.cards.read()[0]?.excerpt).toBe("one two");
});

test("several versions of one day stand under that day, newest first, however the clock went", async () => {
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 5).getTime();
  const times = [at(3, 22), at(4, 8), at(4, 9), at(4, 23), at(3, 12), at(5, 1)];
  expect(byDay(times.map((writtenAt) => ({ writtenAt })))).toEqual([
    { at: at(5, 1), versions: [5] },
    { at: at(3, 12), versions: [4] },
    { at: at(4, 23), versions: [3, 2, 1] },
    { at: at(3, 22), versions: [0] },
  ]);
  expect(byDay([])).toEqual([]);
});

describe("versions of an entry with photos", () => {
  const versionsOf = async (book: EntryBook, page: PageId) => {
    const history = must(await book.openHistory(page));
    const read = history.versions.map(({ body }) => photosIn(body as unknown as Y.XmlFragment));
    const shown: string[][] = [];
    for (const photos of read) {
      const here: string[] = [];
      for (const photo of photos) {
        const bytes = await history.photos.read(photo);
        here.push(bytes.ok ? markOf(bytes.value) : bytes.code);
      }
      shown.push(here);
    }
    history.close();
    return shown;
  };
  const [lake, wood] = [picture(130_000, 1), picture(90_000, 2)];
  const marks = () => [markOf(lake.bytes), markOf(wood.bytes)] as const;

  test.each(["journal", "room"] as const)(
    "show the photos that were there then, and bring them back (%s)",
    async (place) => {
      const { anna, book, clock, settle } = await begin(place, 1_402);
      const [lakeMark, woodMark] = marks();
      const page = must(await book.draftEntry());
      const open = must(await book.openPage(page));
      typeWords(open, "the summer");
      await placePhoto(open, lake);
      must(await open.flush());
      clock.advance(20 * minutes);
      await placePhoto(open, wood);
      must(await open.flush());
      clock.advance(20 * minutes);
      takePhotoOut(open);
      must(await open.flush());
      await open.close();
      // Long after whatever nobody names has left the disk.
      clock.advance(60 * minutes);
      await settle();
      expect(await versionsOf(book, page)).toEqual([[lakeMark], [lakeMark, woodMark], [woodMark]]);
      await anna.lock();
      await anna.open();
      await settle();
      if (place === "room") must(await anna.journal().room.unlock("only mine"));
      const again = place === "room" ? anna.journal().room.entries : anna.journal().entries;
      const history = must(await again.openHistory(page));
      const both = history.versions[1];
      history.close();
      if (both === undefined) throw new Error("no version");
      must(await again.bringBack(page, both.id));
      clock.advance(60 * minutes);
      await settle();
      const back = must(await again.openPage(page));
      const shown: string[] = [];
      for (const photo of photosIn(back.body as unknown as Y.XmlFragment))
        shown.push(markOf(must(await back.photos.read(photo))));
      expect(shown).toEqual([lakeMark, woodMark]);
      await back.close();
    },
  );

  test("say of a photo that it was put in or taken out", async () => {
    const { journal, book, clock } = await begin("journal", 1_403);
    const { draft } = await draftWithPhotos(journal, "the summer", [lake]);
    clock.advance(20 * minutes);
    const open = must(await book.openPage(draft));
    takePhotoOut(open);
    must(await open.flush());
    await open.close();
    const history = must(await book.openHistory(draft));
    const [before = [], now = []] = history.versions.map(({ body }) => linesOf(readPieces(body)));
    const said = (lines: ReturnType<typeof compareLines>) =>
      lines.map(({ change, line: { shape } }) => `${change} ${shape}`);
    expect(said(compareLines(before, now))).toEqual(["same paragraph", "removed photo"]);
    expect(said(compareLines(now, before))).toEqual(["same paragraph", "added photo"]);
    history.close();
  });
});
