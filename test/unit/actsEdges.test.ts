import { beforeAll, expect, test } from "vitest";
import { findThread } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Day } from "../../shared/page/card.ts";
import { updateLimit } from "../../shared/page/guard.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  typeWords,
  writeDraft,
  type Desk,
} from "../support/twoPartners.ts";
import { cardOf, change, codeOf, drafts, readPage, rewrite, send } from "./actsKit.ts";

beforeAll(loadSodium);

const hour = 60 * 60 * 1000;

const asked = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, settle } = partners;
  const question = await send(anna.journal(), anna.journal().draftQuestion(), "Where were you?");
  await settle();
  return { ...partners, question };
};

const answersOf = (desk: Desk, question: Parameters<typeof findThread>[1]) =>
  findThread(desk.journal().cards.read(), question)?.answers.map(({ id }) => id);

test("what both write in the same hour, apart from each other, stands the same on both sides", async () => {
  const { anna, sam, link, settle, question } = await asked(540);
  link.cut();
  const one = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
  const two = await send(sam.journal(), sam.journal().draftAnswer(question), "With her");
  must(await sam.journal().sayDay(question, "2026-11-26" as Day));
  must(await anna.journal().askAgain(question));
  await change(anna.journal(), question, "Where were you really?");
  link.heal();
  await settle(8);
  for (const desk of [anna, sam]) {
    // Within one minute too: the one that was given first stands first.
    expect(answersOf(desk, question)).toEqual([one, two]);
    expect(cardOf(desk.journal(), question)).toMatchObject({ excerpt: "Where were you really?" });
    expect(cardOf(desk.journal(), question).question?.askedAt).toHaveLength(2);
    expect(findThread(desk.journal().cards.read(), question)?.said?.days).toHaveLength(1);
  }
});

test("an answer that was on its way when its question was withdrawn stands in the thread", async () => {
  const { anna, sam, link, settle, question } = await asked(541);
  link.cut();
  const underWay = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
  must(await anna.journal().withdraw(question));
  link.heal();
  await settle(8);
  for (const desk of [anna, sam]) {
    expect(cardOf(desk.journal(), question)).toMatchObject({ excerpt: "" });
    expect(cardOf(desk.journal(), question).withdrawnAt).toBeDefined();
    expect(answersOf(desk, question)).toEqual([underWay]);
  }
  must(await anna.journal().openClosed(underWay));
  expect(await readPage(anna.journal(), underWay)).toContain("At work");
});

test("an answer that was begun stays with its writer when its question is withdrawn: it is read and not sent", async () => {
  const { anna, sam, settle, question } = await asked(542);
  const begun = must(await sam.journal().draftAnswer(question));
  await writeDraft(sam.journal(), begun, "At work");
  must(await anna.journal().withdraw(question));
  await settle();
  expect(must(await sam.journal().draftAnswer(question))).toBe(begun);
  expect(await codeOf(sam.journal().share(begun))).toBe("WITHDRAWN");
  expect(await readPage(sam.journal(), begun)).toContain("At work");
  await settle();
  expect(answersOf(anna, question)).toEqual([]);
  must(await sam.journal().discardDraft(begun));
  expect(await codeOf(sam.journal().draftAnswer(question))).toBe("WITHDRAWN");
});

test("the partner's clock runs a day ahead: the order stays theirs, and the date is said to be doubtful", async () => {
  const { anna, sam, link, settle, clock, question } = await asked(543);
  link.cut();
  await anna.lock();
  clock.advance(24 * hour);
  const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
  await sam.lock();
  clock.advance(-24 * hour);
  await anna.open();
  await sam.open();
  link.heal();
  await settle();
  expect(cardOf(anna.journal(), answer).dateDoubtful).toBe(true);
  must(await anna.journal().askAgain(question));
  await settle();
  const again = await send(sam.journal(), sam.journal().draftAnswer(question), "With her");
  await settle();
  for (const desk of [anna, sam]) expect(answersOf(desk, question)).toEqual([answer, again]);
});

const long = (word: string, blocks: number): readonly string[] =>
  Array.from({ length: blocks }, (_, block) => `${word}${block} `.repeat(500));

const writeLong = async (desk: Desk, draft: PageId, blocks: readonly string[]): Promise<void> => {
  const page = must(await desk.journal().openPage(draft));
  for (const [index, block] of blocks.entries()) {
    typeWords(page, block);
    if (index % 40 === 39) must(await page.flush());
  }
  must(await page.flush());
  await page.close();
};

test("an answer of half a million letters goes through whole, is changed and is withdrawn", async () => {
  const { anna, sam, settle, question } = await asked(544);
  const draft = must(await sam.journal().draftAnswer(question));
  await writeLong(sam, draft, long("then", 150));
  const answer = must(await sam.journal().share(draft));
  await settle(12);
  must(await anna.journal().openClosed(answer));
  const there = await readPage(anna.journal(), answer);
  expect(there).toHaveLength((await readPage(sam.journal(), answer)).length);
  expect(there.length).toBeGreaterThan(updateLimit);
  expect(there).toContain("then149");

  const copy = must(await sam.journal().draftChange(answer));
  expect(await readPage(sam.journal(), copy)).toBe(there);
  await rewrite(sam.journal(), copy, "In short:");
  await writeLong(sam, copy, long("now", 150));
  must(await sam.journal().share(copy));
  await settle(12);
  const changed = await readPage(anna.journal(), answer);
  expect(changed).toBe(await readPage(sam.journal(), answer));
  expect(changed.split("In short:")).toHaveLength(2);
  expect(changed.split("now149 ")).toHaveLength(501);
  expect(changed).not.toContain("then");

  must(await sam.journal().withdraw(answer));
  await settle(12);
  for (const desk of [anna, sam])
    expect(await readPage(desk.journal(), answer)).not.toContain("now");
});

test("nothing of what a reader or a writer does in private reaches the partner's computer", async () => {
  const { anna, sam, settle, question, clock, link } = await asked(545);
  const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
  const letter = await send(sam.journal(), sam.journal().draftLetter("impact"), "It hurt");
  await settle(20);
  let carried = 0;
  link.tamper((update, from) => {
    if (from === "left") carried += update.length;
    return update;
  });
  const mine = anna.journal();
  must(await mine.putOff(answer, "today"));
  must(await mine.putOff(answer, "session"));
  must(await mine.openClosed(answer));
  must(await mine.openClosed(letter));
  must(await mine.setEnough(true));
  must(await mine.letIn());
  const reply = must(await mine.draftReply(letter));
  await writeDraft(mine, reply, "I read it");
  must(await mine.rest(reply, clock.now() + hour));
  const begun = [
    mine.entries.draftEntry(),
    mine.draftQuestion(),
    mine.draftTold(),
    mine.draftDisclosure(),
    mine.draftLetter("impact"),
    mine.draftHeard(answer),
    mine.draftChange(question),
  ];
  for (const draft of begun) await writeDraft(mine, must(await draft), "not yet");
  expect(await codeOf(mine.share(reply))).toBe("RESTING");
  await settle(20);
  expect(carried).toBe(0);
  // So that the measure is known to measure.
  must(await mine.askAgain(question));
  await settle();
  expect(carried).toBeGreaterThan(0);
  expect(sharedCards(sam.journal())).toHaveLength(3);
  expect(drafts(mine)).toHaveLength(8);
});
