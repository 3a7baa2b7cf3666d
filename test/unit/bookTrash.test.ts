import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { trashKeeps } from "../../shared/page/card.ts";
import type { VersionId } from "../../shared/page/versions.ts";
import { piecesText } from "../support/piecesText.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  typeWords,
  wordsOf,
  writeDraft,
  type Desk,
  type TwoPartners,
} from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { bytesOn } from "./keptKit.ts";

beforeAll(loadSodium);

const day = 86_400_000;

/** The same promises for both places. */
const places = {
  journal: { bookOf: (journal: Journal): EntryBook => journal.entries, enter: async () => {} },
  room: {
    bookOf: (journal: Journal): EntryBook => journal.room.entries,
    enter: async (journal: Journal) => must(await journal.room.unlock("only mine")),
  },
} as const;

describe.each(["journal", "room"] as const)("an entry of my own in the trash (%s)", (place) => {
  const { bookOf, enter } = places[place];

  const begin = async (seed: number) => {
    const partners = await createTwoPartners({ seed });
    const { anna } = partners;
    const journal = anna.journal();
    if (place === "room") must(await journal.room.setUp("only mine"));
    const book = bookOf(journal);
    const page = must(
      await book.draftEntry({ aboutAt: 1_700_000_000_000, tags: ["sea"], feelings: ["calm"] }),
    );
    const open = must(await book.openPage(page));
    open.setTitle("A walk");
    typeWords(open, "we walked along the water");
    must(await open.flush());
    await open.close();
    return { ...partners, journal, book, page };
  };

  const reopen = async (anna: Desk): Promise<EntryBook> => {
    await anna.lock();
    await anna.open();
    await enter(anna.journal());
    return bookOf(anna.journal());
  };

  test("is in no list, cannot be opened, shared, searched or copied, and comes back as it was", async () => {
    const { anna, journal, book, page, settle } = await begin(810);
    const [card] = book.cards.read();
    must(await book.putInTrash(page));
    await settle(1);
    expect(book.cards.read()).toEqual([]);
    expect(journal.cards.read()).toEqual([]);
    expect(book.trash.read().map(({ id, title }) => [id, title])).toEqual([[page, "A walk"]]);
    expect(await codeOf(book.openPage(page))).toBe("NO_PAGE");
    expect(await codeOf(book.openHistory(page))).toBe("NO_PAGE");
    expect(await codeOf(book.bringBack(page, 1 as VersionId))).toBe("NO_PAGE");
    expect(await codeOf(journal.share(page))).toBe("NO_PAGE");
    expect(await codeOf(journal.discardDraft(page))).toBe("NO_PAGE");
    expect([...(await journal.find("walked"))]).toEqual([]);
    expect(await book.find("walked")).toEqual([]);
    expect(await codeOf(journal.room.copyIn(page))).not.toBe("ok");
    expect(await codeOf(journal.room.copyOut(page))).not.toBe("ok");
    const again = await reopen(anna);
    expect(again.trash.read()).toHaveLength(1);
    // For a file it can still be read.
    expect(piecesText(must(await again.read(page)).pieces)).toBe("we walked along the water");
    must(await again.takeFromTrash(page));
    expect(again.trash.read()).toEqual([]);
    expect(again.cards.read()).toEqual([{ ...card, hasPhotos: false }]);
    const open = must(await again.openPage(page));
    expect(wordsOf(open)).toContain("we walked along the water");
    expect(open.editable).toBe(true);
  });

  test("takes along what was being typed, and its editor closes", async () => {
    const { book, page } = await begin(811);
    const open = must(await book.openPage(page));
    typeWords(open, "and then it rained");
    must(await book.putInTrash(page));
    typeWords(open, "typed too late");
    must(await book.takeFromTrash(page));
    const words = wordsOf(must(await book.openPage(page)));
    expect(words).toContain("and then it rained");
    expect(words).not.toContain("typed too late");
  });

  test("stays where it is when its last words cannot be saved", async () => {
    const { anna, book, page, settle } = await begin(812);
    const open = must(await book.openPage(page));
    typeWords(open, "on a full disk");
    anna.disk.failNext("put", "DISK_FULL", 99);
    expect(await book.putInTrash(page)).toMatchObject({ ok: false });
    expect(book.cards.read()).toHaveLength(1);
    anna.disk.makeRoom();
    await settle(8);
    must(await book.putInTrash(page));
    expect(book.trash.read()).toHaveLength(1);
  });

  test("loses no word that is written on after the disk refused it", async () => {
    const { anna, book, page } = await begin(817);
    const open = must(await book.openPage(page));
    anna.disk.failNext("put", "DISK_FULL", 1);
    expect(await book.putInTrash(page)).toMatchObject({ code: "DISK_FULL" });
    typeWords(open, "written on after the refusal");
    must(await open.flush());
    await open.close();
    // What the disk had refused went to it first.
    expect(book.trash.read().map(({ id }) => id)).toEqual([page]);
    must(await book.takeFromTrash(page));
    expect(wordsOf(must(await book.openPage(page)))).toContain("written on after the refusal");
  });

  test("has its thirty days also when its words were deleted before it was thrown away", async () => {
    const { book, page, clock } = await begin(818);
    clock.advance(day);
    const open = must(await book.openPage(page));
    const body = open.body as unknown as Y.XmlFragment;
    body.delete(0, body.length);
    open.setTitle("");
    must(await open.flush());
    await open.close();
    expect(book.cards.read()[0]).toMatchObject({ title: "", excerpt: "" });
    must(await book.putInTrash(page));
    expect(book.trash.read().map(({ id }) => id)).toEqual([page]);
    must(await book.takeFromTrash(page));
    const { versions, close } = must(await book.openHistory(page));
    const held = versions.find(({ title }) => title === "A walk");
    close();
    must(await book.bringBack(page, held?.id ?? (0 as VersionId)));
    expect(book.cards.read()[0]).toMatchObject({
      title: "A walk",
      excerpt: "we walked along the water",
    });
  });

  test("is gone by itself after thirty days: while it is open, and when it is unlocked later", async () => {
    const { anna, book, page, clock, settle } = await begin(813);
    must(await book.putInTrash(page));
    clock.advance(trashKeeps - day);
    await settle(1);
    expect(book.trash.read()).toHaveLength(1);
    clock.advance(day);
    await settle(10);
    expect(book.trash.read()).toHaveLength(1);
    clock.advance(day);
    await settle(10);
    expect(book.trash.read()).toEqual([]);
    expect(await codeOf(book.takeFromTrash(page))).toBe("NO_PAGE");

    const second = must(await book.draftEntry());
    await writeDraft({ openPage: book.openPage } as Journal, second, "another");
    must(await book.putInTrash(second));
    await anna.lock();
    clock.advance(trashKeeps + day);
    await anna.open();
    await enter(anna.journal());
    await settle(1);
    await anna.lock();
    clock.advance(day);
    await anna.open();
    await enter(anna.journal());
    await settle(1);
    expect(bookOf(anna.journal()).trash.read()).toEqual([]);
    expect(bookOf(anna.journal()).cards.read()).toEqual([]);
  });

  test("is still there after a clock that ran a year ahead for some hours was set right", async () => {
    const { anna, book, page, clock, settle } = await begin(817);
    must(await book.putInTrash(page));
    await anna.lock();
    clock.advance(365 * day);
    await anna.open();
    await enter(anna.journal());
    await settle(1);
    expect(bookOf(anna.journal()).trash.read()).toHaveLength(1);
    await anna.lock();
    clock.advance(-365 * day);
    await anna.open();
    await enter(anna.journal());
    for (let past = 0; past < 29; past++) {
      clock.advance(day);
      await settle(1);
      expect(bookOf(anna.journal()).trash.read()).toHaveLength(1);
    }
    must(await bookOf(anna.journal()).takeFromTrash(page));
    expect(bookOf(anna.journal()).cards.read()).toHaveLength(1);
  });

  test("is deleted for good only from the trash", async () => {
    const { anna, book, page, settle } = await begin(814);
    expect(await codeOf(book.destroy(page))).toBe("NO_PAGE");
    must(await book.putInTrash(page));
    must(await book.destroy(page));
    expect(book.trash.read()).toEqual([]);
    expect(await codeOf(book.read(page))).toBe("NO_PAGE");
    const again = await reopen(anna);
    await settle(6);
    expect([...again.cards.read(), ...again.trash.read()]).toEqual([]);
  });

  test("does not come back with words that waited in the lifeboat", async () => {
    const { anna, book, page, settle } = await begin(816);
    const open = must(await book.openPage(page));
    typeWords(open, "words in the lifeboat");
    anna.disk.failNext("put", "DISK_FULL", 99);
    await settle(1);
    const second = await reopen(anna);
    anna.disk.makeRoom();
    expect(second.cards.read()[0]?.excerpt).not.toContain("lifeboat");
    must(await second.putInTrash(page));
    must(await second.destroy(page));
    const third = await reopen(anna);
    await settle(6);
    expect([...third.cards.read(), ...third.trash.read()]).toEqual([]);
  });

  test("that has neither words nor a title is not kept at all", async () => {
    const { book } = await begin(815);
    const empty = must(await book.draftEntry());
    must(await book.putInTrash(empty));
    expect(book.trash.read()).toEqual([]);
    expect(book.cards.read()).toHaveLength(1);
  });

  test("that had no word yet, and got its first ones after the disk refused it, is in the trash with them", async () => {
    const { anna, book } = await begin(819);
    const empty = must(await book.draftEntry());
    const open = must(await book.openPage(empty));
    anna.disk.failNext("put", "DISK_FULL", 1);
    expect(await book.putInTrash(empty)).toMatchObject({ code: "DISK_FULL" });
    typeWords(open, "a first line after all");
    must(await open.flush());
    expect(book.trash.read().map(({ excerpt }) => excerpt)).toEqual(["a first line after all"]);
  });
});

describe("what cannot be thrown away", () => {
  test("what is shared, mine or the partner's, and what is no entry", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 820 });
    const shared = await shareEntry(anna.journal(), "for both");
    const question = must(await anna.journal().draftQuestion());
    await settle(4);
    expect(await codeOf(anna.journal().entries.putInTrash(shared))).toBe("NOT_YOURS");
    expect(await codeOf(sam.journal().entries.putInTrash(shared))).toBe("NOT_YOURS");
    expect(await codeOf(anna.journal().entries.putInTrash(question))).toBe("NOT_YOURS");
    expect(await codeOf(anna.journal().entries.putInTrash("0".repeat(32) as PageId))).toBe(
      "NO_PAGE",
    );
  });

  test("what was asked to go out on a full disk does not go out once it is thrown away, nor when it is taken out again", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 821 });
    const journal = anna.journal();
    const draft = must(await journal.entries.draftEntry());
    await writeDraft(journal, draft, "better not");
    anna.disk.failNext("put", "DISK_FULL", 1);
    expect(await journal.share(draft)).toMatchObject({ code: "DISK_FULL" });
    must(await journal.entries.putInTrash(draft));
    await settle(20);
    expect(journal.entries.trash.read().map(({ id }) => id)).toEqual([draft]);
    must(await journal.entries.takeFromTrash(draft));
    await settle(20);
    expect(journal.cards.read().map(({ id, place }) => [id, place])).toEqual([[draft, "draft"]]);
    expect(sam.journal().cards.read()).toEqual([]);
  });
});

describe("drafts that are no more", () => {
  const envelopes = async ({ disk }: Desk): Promise<number> =>
    [...(await bytesOn(disk.start().kept)).keys()].filter((key) => !key.includes(" ")).length;

  const traceless = async (
    { anna, settle }: TwoPartners,
    act: (journal: Journal, draft: PageId) => Promise<unknown>,
  ): Promise<number> => {
    const before = await envelopes(anna);
    const draft = must(await anna.journal().entries.draftEntry());
    for (const words of ["one", "two", "three"])
      await writeDraft(anna.journal(), draft, words.repeat(50));
    expect(await envelopes(anna)).toBe(before + 4);
    await act(anna.journal(), draft);
    await settle(10);
    return (await envelopes(anna)) - before;
  };

  test("leave two envelopes without words behind: discarded ones, and shared ones", async () => {
    const partners = await createTwoPartners({ seed: 822 });
    expect(await traceless(partners, async (journal, draft) => journal.discardDraft(draft))).toBe(
      2,
    );
    expect(await traceless(partners, async (journal, draft) => journal.share(draft))).toBe(2);
  });

  test("and what was cut short is finished after the next unlocking", async () => {
    const partners = await createTwoPartners({ seed: 823 });
    const { anna, settle } = partners;
    const left = await traceless(partners, async (journal, draft) => {
      must(await journal.share(draft));
      anna.kill();
      await anna.open();
      await settle(1);
    });
    expect(left).toBe(2);
  });
});
