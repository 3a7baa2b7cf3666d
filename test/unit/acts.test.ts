import { beforeAll, expect, test } from "vitest";
import { findThread } from "../../renderer/questions/threads.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Day } from "../../shared/page/card.ts";
import { createTwoPartners, must, sharedCards, writeDraft } from "../support/twoPartners.ts";
import { cardOf, change, codeOf, drafts, readPage, rewrite, send } from "./actsKit.ts";

beforeAll(loadSodium);

const hour = 60 * 60 * 1000;
const thursday = "2026-11-26" as Day;
const friday = "2026-11-27" as Day;

const asked = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, settle } = partners;
  const question = await send(anna.journal(), anna.journal().draftQuestion(), "Where were you?");
  await settle();
  return { ...partners, question };
};

test("by when an answer would help is said with the question, and can be taken away before it is sent", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 501 });
  const draft = must(await anna.journal().draftQuestion());
  await writeDraft(anna.journal(), draft, "Where were you?");
  must(await anna.journal().describeQuestion(draft, { helpsBy: thursday }));
  must(await anna.journal().describeQuestion(draft, { need: "why" }));
  expect(cardOf(anna.journal(), draft).question).toMatchObject({ need: "why", helpsBy: thursday });
  must(await anna.journal().describeQuestion(draft, { helpsBy: undefined }));
  expect(cardOf(anna.journal(), draft).question?.helpsBy).toBeUndefined();
  must(await anna.journal().describeQuestion(draft, { helpsBy: friday }));
  const question = must(await anna.journal().share(draft));
  await settle();
  expect(cardOf(sam.journal(), question).question).toMatchObject({ need: "why", helpsBy: friday });
});

test("a day that is said anew changes in the open: both see every day that was named", async () => {
  const { anna, sam, settle, question } = await asked(502);
  must(await sam.journal().sayDay(question, thursday));
  must(await sam.journal().sayDay(question, thursday));
  must(await sam.journal().sayDay(question, friday));
  await settle();
  for (const { journal } of [anna, sam]) {
    const said = journal()
      .cards.read()
      .filter(({ kind }) => kind === "byDay");
    expect(said).toMatchObject([{ of: question, days: [thursday, friday] }]);
    expect(findThread(journal().cards.read(), question)?.said?.id).toBe(said[0]?.id);
  }
});

test("two days said in the same moment are one promise and not two", async () => {
  const { sam, question } = await asked(503);
  const { sayDay } = sam.journal();
  expect(await Promise.all([sayDay(question, thursday), sayDay(question, friday)])).toMatchObject([
    { ok: true },
    { ok: true },
  ]);
  expect(sharedCards(sam.journal()).filter(({ kind }) => kind === "byDay")).toMatchObject([
    { days: [thursday, friday] },
  ]);
});

test("a day can be taken back, and another be said after that", async () => {
  const { anna, sam, settle, question } = await asked(504);
  must(await sam.journal().sayDay(question, thursday));
  const said = findThread(sam.journal().cards.read(), question)?.said;
  if (said === undefined) throw new Error("no day");
  must(await sam.journal().withdraw(said.id));
  await settle();
  expect(findThread(anna.journal().cards.read(), question)?.said).toBeUndefined();
  must(await sam.journal().sayDay(question, friday));
  await settle();
  expect(findThread(anna.journal().cards.read(), question)?.said?.days).toEqual([friday]);
});

test("what is begun twice is there once", async () => {
  const { anna, sam, settle, question } = await asked(505);
  const twice = async (begin: () => Promise<unknown>) => {
    const [one, other] = await Promise.all([begin(), begin()]);
    expect(one).toMatchObject({ ok: true });
    expect(other).toEqual(one);
  };
  await twice(() => sam.journal().draftAnswer(question));
  await twice(() => sam.journal().draftHeard(question));
  await twice(() => sam.journal().draftDisclosure());
  await twice(() => sam.journal().draftLetter("responsibility"));
  await twice(() => anna.journal().draftChange(question));
  const letter = await send(anna.journal(), anna.journal().draftLetter("impact"), "It hurt");
  await settle();
  must(await sam.journal().openClosed(letter));
  await twice(() => sam.journal().draftReply(letter));
});

test("a disclosure goes out once, and what comes later is an addition to it", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 506 });
  const draft = must(await sam.journal().draftDisclosure());
  expect(await codeOf(sam.journal().draftAddition(draft))).toBe("NO_PAGE");
  await writeDraft(sam.journal(), draft, "All of it");
  const disclosure = must(await sam.journal().share(draft));
  expect(await codeOf(sam.journal().draftDisclosure())).toBe("DELIVERED");
  const addition = must(await sam.journal().draftAddition(disclosure));
  expect(must(await sam.journal().draftAddition(disclosure))).toBe(addition);
  await writeDraft(sam.journal(), addition, "And this");
  const added = must(await sam.journal().share(addition));
  expect(must(await sam.journal().draftAddition(disclosure))).not.toBe(addition);
  await settle();
  expect(cardOf(anna.journal(), added)).toMatchObject({
    kind: "addition",
    of: disclosure,
    opened: false,
    excerpt: "",
  });
  must(await sam.journal().withdraw(disclosure));
  expect(await codeOf(sam.journal().draftDisclosure())).toBe("ok");
});

test("an empty letter is taken up again, a written one is let alone", async () => {
  const { sam } = await createTwoPartners({ seed: 507 });
  const first = must(await sam.journal().draftLetter("responsibility"));
  expect(must(await sam.journal().draftLetter("impact"))).not.toBe(first);
  expect(must(await sam.journal().draftLetter("responsibility"))).toBe(first);
  await writeDraft(sam.journal(), first, "I did this");
  expect(must(await sam.journal().draftLetter("responsibility"))).not.toBe(first);
});

test("a reply waits for the pause that the letter's writer chose, counted from its beginning", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 508 });
  const draft = must(await anna.journal().draftLetter("impact"));
  await writeDraft(anna.journal(), draft, "What it did to me");
  must(await anna.journal().setPause(draft, 24));
  const letter = must(await anna.journal().share(draft));
  await settle();
  expect(await codeOf(sam.journal().draftReply(letter))).toBe("NO_PAGE");
  must(await sam.journal().openClosed(letter));
  const reply = must(await sam.journal().draftReply(letter));
  await writeDraft(sam.journal(), reply, "I read it");
  expect(await codeOf(sam.journal().share(reply))).toBe("PAUSED");
  must(await sam.journal().rest(reply, undefined));
  clock.advance(23 * hour);
  expect(await codeOf(sam.journal().share(reply))).toBe("PAUSED");
  await sam.lock();
  await sam.open();
  clock.advance(hour);
  const sent = must(await sam.journal().share(reply));
  await settle();
  expect(cardOf(anna.journal(), sent)).toMatchObject({ kind: "reply", of: letter, opened: false });
});

test("a pause is at most two weeks, and only a letter of impact has one", async () => {
  const { anna } = await createTwoPartners({ seed: 509 });
  const draft = must(await anna.journal().draftLetter("impact"));
  for (const [hours, kept] of [
    [1000, 336],
    [-3, 0],
    [Number.NaN, 0],
    [36, 36],
  ] as const) {
    must(await anna.journal().setPause(draft, hours));
    expect(cardOf(anna.journal(), draft).letter?.pauseHours).toBe(kept);
  }
  const other = must(await anna.journal().draftLetter("responsibility"));
  expect(await codeOf(anna.journal().setPause(other, 24))).toBe("NOT_YOURS");
});

test("a draft that rests is written on and is not sent before its hour, unless it is taken up again", async () => {
  const { anna, clock } = await createTwoPartners({ seed: 510 });
  const draft = must(await anna.journal().entries.draftEntry());
  await writeDraft(anna.journal(), draft, "furious");
  must(await anna.journal().rest(draft, clock.now() + 2 * hour));
  expect(await codeOf(anna.journal().share(draft))).toBe("RESTING");
  await rewrite(anna.journal(), draft, "less so");
  await anna.lock();
  await anna.open();
  expect(await codeOf(anna.journal().share(draft))).toBe("RESTING");
  must(await anna.journal().rest(draft, undefined));
  expect(cardOf(anna.journal(), draft).draft?.restsUntil).toBeUndefined();
  must(await anna.journal().rest(draft, clock.now() + hour));
  clock.advance(hour);
  must(await anna.journal().share(draft));
});

test("nothing rests longer than two weeks, and an hour that is over is none", async () => {
  const { anna, clock } = await createTwoPartners({ seed: 511 });
  const draft = must(await anna.journal().entries.draftEntry());
  must(await anna.journal().rest(draft, clock.now() + 1000 * hour));
  expect(cardOf(anna.journal(), draft).draft?.restsUntil).toBe(clock.now() + 336 * hour);
  must(await anna.journal().rest(draft, clock.now() - 1));
  expect(cardOf(anna.journal(), draft).draft?.restsUntil).toBeUndefined();
});

test("what was heard comes back with yes or not quite, and the newest nod holds", async () => {
  const { anna, sam, settle, question } = await asked(512);
  const heard = await send(sam.journal(), sam.journal().draftHeard(question), "You felt alone");
  await settle();
  expect(cardOf(anna.journal(), heard)).toMatchObject({
    kind: "heard",
    of: question,
    opened: true,
  });
  must(await anna.journal().nod(heard, "notQuite"));
  must(await anna.journal().nod(heard, "yes"));
  must(await anna.journal().nod(heard, "yes"));
  await settle();
  for (const { journal } of [anna, sam])
    expect(sharedCards(journal()).filter(({ kind }) => kind === "nod")).toMatchObject([
      { of: heard, fits: "yes" },
    ]);
  expect(await codeOf(sam.journal().nod(heard, "yes"))).toBe("NOT_YOURS");
});

test("a sent answer is changed in a copy: it shows as changed, and the copy is nobody's new answer", async () => {
  const { anna, sam, settle, question, clock } = await asked(513);
  const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
  await settle();
  const draft = must(await sam.journal().draftChange(answer));
  expect(cardOf(sam.journal(), draft)).toMatchObject({
    kind: "answer",
    place: "draft",
    draft: { changes: answer },
    excerpt: "At work",
  });
  expect(findThread(sam.journal().cards.read(), question)?.draft).toBeUndefined();
  const fresh = must(await sam.journal().draftAnswer(question));
  expect(fresh).not.toBe(draft);
  await rewrite(sam.journal(), draft, "Not at work");
  expect(await readPage(sam.journal(), answer)).toContain("At work");
  clock.advance(hour);
  expect(must(await sam.journal().share(draft))).toBe(answer);
  await settle();
  must(await anna.journal().openClosed(answer));
  for (const { journal } of [anna, sam]) {
    expect(cardOf(journal(), answer)).toMatchObject({ excerpt: "Not at work" });
    expect(cardOf(journal(), answer).changedAt).toBeDefined();
    expect(await readPage(journal(), answer)).not.toContain("At work");
  }
  expect(drafts(sam.journal()).map(({ id }) => id)).toEqual([fresh]);
});

test("a copy in which nothing was changed goes away, and nothing shows as changed", async () => {
  const { anna, sam, settle, question } = await asked(514);
  const draft = must(await anna.journal().draftChange(question));
  expect(must(await anna.journal().share(draft))).toBe(question);
  await settle();
  expect(drafts(anna.journal())).toEqual([]);
  for (const { journal } of [anna, sam])
    expect(cardOf(journal(), question).changedAt).toBeUndefined();
});

test("a question that changed after its answer is known as such on both sides; one answered after it is not", async () => {
  const { anna, sam, settle, question, clock } = await asked(515);
  const before = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
  const begun = must(await sam.journal().draftAnswer(question));
  await writeDraft(sam.journal(), begun, "With her");
  clock.advance(hour);
  await change(anna.journal(), question, "Where were you, and with whom?");
  await settle();
  const after = must(await sam.journal().share(begun));
  await settle();
  for (const { journal } of [anna, sam]) {
    const changedAt = cardOf(journal(), question).changedAt ?? 0;
    expect(changedAt).toBeGreaterThan(0);
    expect(cardOf(journal(), before).answer?.saw).toBeLessThan(changedAt);
    expect(cardOf(journal(), after).answer?.saw).toBe(changedAt);
  }
  await change(sam.journal(), before, "At work until nine");
  await settle();
  for (const { journal } of [anna, sam])
    expect(cardOf(journal(), before).answer?.saw).toBe(cardOf(journal(), question).changedAt);
});

test("need and depth of a sent question can be changed with its words", async () => {
  const { anna, sam, settle, question } = await asked(516);
  const draft = must(await anna.journal().draftChange(question));
  must(await anna.journal().describeQuestion(draft, { depth: "everything", helpsBy: friday }));
  must(await anna.journal().share(draft));
  await settle();
  expect(cardOf(sam.journal(), question).question).toMatchObject({
    depth: "everything",
    helpsBy: friday,
  });
});

test("withdrawn words are gone on both sides, and a dated trace stands in their place", async () => {
  const { anna, sam, settle, question, clock } = await asked(517);
  const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "With her");
  await settle();
  must(await anna.journal().openClosed(answer));
  must(await sam.journal().draftChange(answer));
  clock.advance(hour);
  const at = clock.now();
  must(await sam.journal().withdraw(answer));
  must(await sam.journal().withdraw(answer));
  await settle();
  for (const desk of [anna, sam]) {
    await desk.lock();
    await desk.open();
    const card = cardOf(desk.journal(), answer);
    expect(card).toMatchObject({ kind: "answer", excerpt: "", title: "", answer: { question } });
    expect(card.withdrawnAt).toBe(Math.floor(at / 60_000) * 60_000);
    expect(await readPage(desk.journal(), answer)).not.toContain("her");
  }
  expect(drafts(sam.journal())).toEqual([]);
});

test("whoever has put off a page and opens it has not put it off any more", async () => {
  const { anna, sam, settle, question, clock } = await asked(518);
  const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "With her");
  await settle();
  must(await anna.journal().putOff(answer, "session"));
  expect(cardOf(anna.journal(), answer).putOff).toBe("session");
  must(await anna.journal().putOff(answer, "today"));
  expect(cardOf(anna.journal(), answer).putOff).toBe("today");
  must(await anna.journal().openClosed(answer));
  expect(cardOf(anna.journal(), answer)).toMatchObject({ opened: true, putOff: undefined });
  must(await anna.journal().setEnough(true));
  expect(anna.journal().enough.read()).toBe(true);
  clock.advance(24 * hour);
  expect(anna.journal().enough.read()).toBe(false);
});
