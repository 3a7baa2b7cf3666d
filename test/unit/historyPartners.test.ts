import { beforeAll, expect, test } from "vitest";
import type * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { plainWords } from "../../shared/page/words.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  shareEntry,
  typeWords,
  wordsOf,
  writeDraft,
  type Desk,
} from "../support/twoPartners.ts";

beforeAll(loadSodium);

const hour = 60 * 60 * 1000;

const versionsIn = async (journal: Journal, page: PageId) => {
  const history = must(await journal.openHistory(page));
  const versions = history.versions.map(({ writtenAt, dateDoubtful, title, body }) => ({
    writtenAt,
    dateDoubtful,
    title,
    words: plainWords(body as unknown as Y.XmlFragment, 1_000),
  }));
  history.close();
  return versions;
};

/** The cache is lost, so that everything is read anew from the envelopes that are left. */
const readAnew = async (desk: Desk): Promise<void> => {
  await desk.lock();
  must(await desk.disk.start().carried.cache.clear());
  await desk.open();
};

test("both read the same versions of an entry that was changed, also when all is read anew", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 61 });
  const page = await shareEntry(anna.journal(), "I slept badly");
  await settle();
  for (const line of ["and I dreamt", "of the sea"]) {
    clock.advance(hour);
    const open = must(await anna.journal().openPage(page));
    typeWords(open, line);
    await settle(12);
    await open.close();
  }
  await settle();
  const annas = await versionsIn(anna.journal(), page);
  expect(annas.map(({ words }) => words)).toEqual([
    "I slept badly",
    "I slept badly and I dreamt",
    "I slept badly and I dreamt of the sea",
  ]);
  expect(await versionsIn(sam.journal(), page)).toEqual(annas);
  await readAnew(sam);
  expect(await versionsIn(sam.journal(), page)).toEqual(annas);
});

test("a changed answer has its earlier words beside it, once its reader has opened it", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 62 });
  const draft = must(await anna.journal().draftQuestion());
  await writeDraft(anna.journal(), draft, "Where were you?");
  const question = must(await anna.journal().share(draft));
  await settle();
  const reply = must(await sam.journal().draftAnswer(question));
  await writeDraft(sam.journal(), reply, "At work");
  const answer = must(await sam.journal().share(reply));
  await settle();
  clock.advance(hour);
  const change = must(await sam.journal().draftChange(answer));
  await writeDraft(sam.journal(), change, "and then not at work");
  expect(must(await sam.journal().share(change))).toBe(answer);
  await settle();
  const sams = await versionsIn(sam.journal(), answer);
  expect(sams.map(({ words }) => words)).toEqual(["At work", "At work and then not at work"]);
  expect(await anna.journal().openHistory(answer)).toMatchObject({ ok: false });
  must(await anna.journal().openClosed(answer));
  expect(await versionsIn(anna.journal(), answer)).toEqual(sams);
});

test("a partner who is reading while the words are withdrawn has them no longer, here or after reading all anew", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 63 });
  const page = await shareEntry(anna.journal(), "words to be taken back");
  await settle();
  const card = sharedCards(sam.journal())[0];
  const reading = must(await sam.journal().openPage(page));
  expect(wordsOf(reading)).toContain("taken back");
  clock.advance(hour);
  must(await anna.journal().withdraw(page));
  await settle();
  expect(wordsOf(reading)).toBe("");
  expect(reading.editable).toBe(false);
  const gone = sharedCards(sam.journal())[0];
  expect(gone).toMatchObject({ id: page, title: "", excerpt: "", writtenAt: card?.writtenAt });
  expect(gone?.withdrawnAt).toBeGreaterThan(card?.writtenAt ?? 0);
  await reading.close();
  expect(await sam.journal().openHistory(page)).toMatchObject({ code: "WITHDRAWN" });
  for (const desk of [anna, sam]) {
    const before = sharedCards(desk.journal());
    await readAnew(desk);
    expect(sharedCards(desk.journal())).toEqual(before);
  }
});

test("what is still typed into a page that was withdrawn under the editor goes nowhere", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 64 });
  const page = await shareEntry(anna.journal(), "words");
  await settle();
  const open = must(await anna.journal().openPage(page));
  must(await anna.journal().withdraw(page));
  typeWords(open, "more words");
  open.setTitle("a title");
  await settle(12);
  await open.close();
  await settle();
  for (const { journal } of [anna, sam])
    expect(sharedCards(journal())).toMatchObject([{ title: "", excerpt: "" }]);
});
