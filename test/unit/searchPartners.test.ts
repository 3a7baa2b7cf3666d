import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  typeWords,
  writeDraft,
} from "../support/twoPartners.ts";
import { watchIndexes } from "./searchKit.ts";

beforeAll(loadSodium);

const start = async (seed: number) => {
  const indexes = watchIndexes();
  const two = await createTwoPartners({ seed, openIndex: indexes.open });
  return { ...two, indexes };
};

const look = async (book: EntryBook, words: string) =>
  (await book.find(words)).map(({ page }) => page);

const write = async (journal: Journal, text: string) => {
  const draft = must(await journal.entries.draftEntry());
  await writeDraft(journal, draft, text);
  return draft;
};

test("an entry is found while it is mine alone, when it is shared, and by the partner once it has come", async () => {
  const { anna, sam, settle } = await start(301);
  const draft = await write(anna.journal(), "The lighthouse at dusk");
  const { entries } = anna.journal();
  expect(await look(entries, "lighthouse")).toEqual([draft]);
  expect(await look(sam.journal().entries, "lighthouse")).toEqual([]);
  const shared = must(await anna.journal().share(draft));
  expect(await look(entries, "lighth")).toEqual([shared]);
  await settle();
  expect(await look(sam.journal().entries, "dusk light")).toEqual([shared]);
});

test("words that are changed or withdrawn are changed or gone for the partner who had found them", async () => {
  const { anna, sam, settle } = await start(302);
  const page = await shareEntry(anna.journal(), "I was in Antwerp");
  await settle();
  const { entries } = sam.journal();
  expect(await look(entries, "antwerp")).toEqual([page]);
  const open = must(await anna.journal().openPage(page));
  typeWords(open, "and in Ghent");
  must(await open.flush());
  await open.close();
  await settle();
  expect(await look(entries, "ghent antwerp")).toEqual([page]);
  must(await anna.journal().withdraw(page));
  await settle();
  expect(await look(entries, "antwerp")).toEqual([]);
  expect(await look(anna.journal().entries, "antwerp")).toEqual([]);
});

test("letters and answers that wait closed are in no index of entries", async () => {
  const { anna, sam, settle } = await start(303);
  const letter = must(await sam.journal().draftLetter("responsibility"));
  await writeDraft(sam.journal(), letter, "A word like heliotrope");
  must(await sam.journal().share(letter));
  await settle();
  expect(anna.journal().cards.read()).toHaveLength(1);
  expect(await look(anna.journal().entries, "heliotrope")).toEqual([]);
});

test("what lies in the trash is not found, and is found again when it is taken out", async () => {
  const { anna } = await start(304);
  const { entries } = anna.journal();
  const draft = await write(anna.journal(), "Quarrel about the car");
  expect(await look(entries, "quarrel")).toEqual([draft]);
  must(await entries.putInTrash(draft));
  expect(await look(entries, "quarrel")).toEqual([]);
  must(await entries.takeFromTrash(draft));
  expect(await look(entries, "quarrel")).toEqual([draft]);
  must(await entries.putInTrash(draft));
  must(await entries.destroy(draft));
  expect(await look(entries, "quarrel")).toEqual([]);
});

test("my room has an index of its own, which ends when the room closes; neither finds the other’s words", async () => {
  const { anna, indexes } = await start(305);
  const { room, entries } = anna.journal();
  must(await room.setUp("a room of my own"));
  const inside = must(await room.entries.draftEntry());
  const open = must(await room.entries.openPage(inside));
  typeWords(open, "unspoken marigold");
  must(await open.flush());
  await open.close();
  const outside = await write(anna.journal(), "spoken marigold");
  expect(await look(room.entries, "marigold")).toEqual([inside]);
  expect(await look(entries, "marigold")).toEqual([outside]);
  expect(indexes.running()).toBe(2);
  await room.lock();
  expect(indexes.running()).toBe(1);
  expect(await look(room.entries, "marigold")).toEqual([]);
  expect(await look(entries, "marigold")).toEqual([outside]);
  expect(indexes.opened()).toBe(2);
});

test("locking ends every index", async () => {
  const { anna, indexes } = await start(306);
  const { room, entries } = anna.journal();
  must(await room.setUp("a room of my own"));
  await room.entries.find("words");
  await entries.find("words");
  expect(indexes.running()).toBe(2);
  await anna.lock();
  expect(indexes.running()).toBe(0);
  expect(await look(entries, "words")).toEqual([]);
  expect(indexes.opened()).toBe(2);
});
