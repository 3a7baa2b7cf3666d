import { beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { VersionId } from "../../shared/page/versions.ts";
import { plainWords } from "../../shared/page/words.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  typeWords,
  wordsOf,
  type TwoPartners,
} from "../support/twoPartners.ts";
import { cardOf, codeOf, readPage, rewrite } from "./actsKit.ts";

beforeAll(loadSodium);

const minutes = 60_000;
/** As it stood after its first message: as a page was shared, or begun. */
const first = 1 as VersionId;

const bodyOf = ({ body }: OpenPage): Y.XmlFragment => body as unknown as Y.XmlFragment;

/** The words of each version, oldest first, with its title. */
const versions = async (book: EntryBook, page: PageId): Promise<readonly string[]> => {
  const history = must(await book.openHistory(page));
  const read = history.versions.map(
    ({ title, body }) => `${title}: ${plainWords(body as unknown as Y.XmlFragment, 1_000)}`,
  );
  history.close();
  return read;
};

/** The name of the version that stands at this place of the list now. */
const idAt = async (book: EntryBook, page: PageId, place: number): Promise<VersionId> => {
  const history = must(await book.openHistory(page));
  history.close();
  return history.versions.at(place)?.id ?? (0 as VersionId);
};

/** Writes an entry that stood in three ways, twenty minutes apart. */
const writeThrice = async (book: EntryBook, { clock }: TwoPartners): Promise<PageId> => {
  const page = must(await book.draftEntry());
  const open = must(await book.openPage(page));
  for (const words of ["first", "second", "third"]) {
    bodyOf(open).delete(0, bodyOf(open).length);
    open.setTitle(`The ${words}`);
    typeWords(open, `${words} words`);
    must(await open.flush());
    clock.advance(20 * minutes);
  }
  await open.close();
  return page;
};

const thrice = ["The first: first words", "The second: second words", "The third: third words"];

describe.each(["journal", "room"] as const)("earlier words that nobody else has (%s)", (place) => {
  const begin = async (seed: number) => {
    const partners = await createTwoPartners({ seed });
    const journal = partners.anna.journal();
    if (place === "room") must(await journal.room.setUp("only mine"));
    const book = place === "room" ? journal.room.entries : journal.entries;
    return { ...partners, journal, book, page: await writeThrice(book, partners) };
  };

  test("are read back as they stood, after a restart too", async () => {
    const { anna, book, page } = await begin(830);
    expect(await versions(book, page)).toEqual(thrice);
    await anna.lock();
    await anna.open();
    if (place === "room") must(await anna.journal().room.unlock("only mine"));
    const again = place === "room" ? anna.journal().room.entries : anna.journal().entries;
    expect(await versions(again, page)).toEqual(thrice);
  });

  test("stand again as a new version, and nothing written since is lost", async () => {
    const { book, page, clock } = await begin(831);
    must(await book.bringBack(page, await idAt(book, page, 0)));
    expect(book.cards.read()[0]).toMatchObject({ title: "The first", excerpt: "first words" });
    expect(await versions(book, page)).toEqual([...thrice, thrice[0]]);
    // What is typed right after it is yet another one.
    const open = must(await book.openPage(page));
    typeWords(open, "and more");
    must(await open.flush());
    await open.close();
    clock.advance(20 * minutes);
    expect(await versions(book, page)).toEqual([
      ...thrice,
      thrice[0],
      "The first: first words and more",
    ]);
    must(await book.bringBack(page, await idAt(book, page, 2)));
    expect((await versions(book, page)).at(-1)).toBe(thrice[2]);
  });

  test("stand again in an editor that has the page open, where one types and undoes on", async () => {
    const { book, page, settle } = await begin(832);
    const open = must(await book.openPage(page));
    const typing = Symbol("typing");
    const undo = new Y.UndoManager(bodyOf(open), { trackedOrigins: new Set([typing]) });
    bodyOf(open).doc?.transact(() => typeWords(open, "not yet sealed"), typing);
    must(await book.bringBack(page, await idAt(book, page, 1)));
    expect(plainWords(bodyOf(open), 100)).toBe("second words");
    bodyOf(open).doc?.transact(() => typeWords(open, "typed on"), typing);
    undo.undo();
    undo.undo();
    expect(plainWords(bodyOf(open), 100)).toContain("second words");
    expect(plainWords(bodyOf(open), 100)).not.toContain("typed on");
    await settle(4);
    must(await open.flush());
    expect(book.cards.read()[0]?.excerpt).toBe(plainWords(bodyOf(open), 100));
    // What was being typed stood there too, before the older words came back.
    expect((await versions(book, page)).some((one) => one.includes("not yet sealed"))).toBe(true);
  });

  test("that stand there already say nothing anew; a version that is not there is none", async () => {
    const { book, page } = await begin(833);
    must(await book.bringBack(page, await idAt(book, page, 2)));
    expect(await versions(book, page)).toEqual(thrice);
    expect(await codeOf(book.bringBack(page, 99 as VersionId))).toBe("NO_PAGE");
    expect(await codeOf(book.bringBack(page, -1 as VersionId))).toBe("NO_PAGE");
  });

  test("never travel with what is shared later", async () => {
    if (place === "room") return;
    const { journal, sam, page, book, settle } = await begin(834);
    must(await book.bringBack(page, await idAt(book, page, 0)));
    const shared = must(await journal.share(page));
    await settle(4);
    expect(await versions(sam.journal().entries, shared)).toEqual([thrice[0]]);
  });
});

describe("earlier words of a shared entry", () => {
  const begin = async (seed: number) => {
    const partners = await createTwoPartners({ seed });
    const { anna, clock, settle } = partners;
    const page = await shareEntry(anna.journal(), "as it was shared");
    clock.advance(20 * minutes);
    await rewrite(anna.journal(), page, "as it was changed");
    await settle(4);
    clock.advance(20 * minutes);
    return { ...partners, page };
  };

  test("stand again for both as one change, and both read all of the versions", async () => {
    const { anna, sam, page, settle } = await begin(840);
    must(await anna.journal().entries.bringBack(page, first));
    await settle(4);
    for (const desk of [anna, sam]) {
      expect(await readPage(desk.journal(), page)).toContain("as it was shared");
      expect(await readPage(desk.journal(), page)).not.toContain("as it was changed");
      expect(cardOf(desk.journal(), page).changedAt).toBeDefined();
      expect(await versions(desk.journal().entries, page)).toEqual([
        ": as it was shared",
        ": as it was changed",
        ": as it was shared",
      ]);
    }
  });

  test("are there as a whole or not at all, whenever the disk refuses", async () => {
    const { anna, page, settle } = await begin(841);
    anna.disk.failNext("put", "DISK_FULL");
    expect(await anna.journal().entries.bringBack(page, first)).toMatchObject({
      code: "DISK_FULL",
    });
    expect(await readPage(anna.journal(), page)).toContain("as it was changed");
    anna.disk.makeRoom();
    must(await anna.journal().entries.bringBack(page, first));
    await settle(4);
    expect(await readPage(anna.journal(), page)).toContain("as it was shared");
  });

  test("are their writer's alone to bring back, and nobody's once they were withdrawn", async () => {
    const { anna, sam, page, settle } = await begin(842);
    expect(await codeOf(sam.journal().entries.bringBack(page, first))).toBe("NOT_YOURS");
    must(await anna.journal().withdraw(page));
    await settle(4);
    expect(await codeOf(anna.journal().entries.bringBack(page, first))).toBe("WITHDRAWN");
    expect(await codeOf(anna.journal().entries.openHistory(page))).toBe("WITHDRAWN");
  });

  test("are not brought back into a draft that is on its way", async () => {
    const { anna, clock } = await begin(843);
    const journal: Journal = anna.journal();
    const draft = must(await journal.entries.draftEntry());
    await rewrite(journal, draft, "one");
    clock.advance(20 * minutes);
    await rewrite(journal, draft, "two");
    anna.disk.failNext("put", "DISK_FULL", 4);
    await journal.share(draft);
    anna.disk.makeRoom();
    const code = await codeOf(journal.entries.bringBack(draft, first));
    expect(["BEING_SHARED", "NO_PAGE"]).toContain(code === "ok" ? "BEING_SHARED" : code);
  });
});

test("words as they are read for a file are those that stand, and have no editor", async () => {
  const { anna } = await createTwoPartners({ seed: 850 });
  const { entries } = anna.journal();
  const page = must(await entries.draftEntry());
  const open = must(await entries.openPage(page));
  typeWords(open, "still being typed");
  const read = must(await entries.read(page));
  expect(JSON.stringify(read.pieces)).toContain("still being typed");
  expect(read.card.id).toBe(page);
  expect(wordsOf(open)).toContain("still being typed");
});
