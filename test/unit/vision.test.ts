import { beforeAll, describe, expect, test } from "vitest";
import type { Journal } from "../../shared/journal/journal.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import {
  addLine,
  bodyOf,
  insertLine,
  readVision,
  readWhose,
  textAt,
  wordsOn,
} from "./visionKit.ts";

beforeAll(loadSodium);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const opened = async (seed: number, annaAhead = 0) => {
  const partners = await createTwoPartners({ seed, annaAhead });
  const { anna, sam } = partners;
  const [annas, sams] = await Promise.all(
    [anna, sam].map(async ({ journal }) => must(await journal().vision.open())),
  );
  if (annas === undefined || sams === undefined) throw new Error("not both are open");
  return { ...partners, annas, sams };
};

const versionsOf = async (journal: Journal) => {
  const history = must(await journal.vision.openHistory());
  return history.versions;
};

test("two who write at the same time read the same words, and no word is lost", async () => {
  const { annas, sams, settle, anna, sam } = await opened(4101);
  addLine(annas, "We live by the sea.");
  await settle();
  expect(wordsOn(sams)).toBe("We live by the sea.");
  textAt(sams, 0).insert(8, "together ");
  textAt(annas, 0).insert(19, " And we keep a dog.");
  addLine(sams, "Sundays are for nobody else.");
  addLine(annas, "I paint again.");
  await settle(12);
  for (const page of [annas, sams]) {
    for (const words of [
      "We live together by the sea. And we keep a dog.",
      "Sundays are for nobody else.",
      "I paint again.",
    ])
      expect(wordsOn(page)).toContain(words);
  }
  expect(wordsOn(annas)).toBe(wordsOn(sams));
  expect(await readVision(anna.journal())).toBe(wordsOn(annas));
  expect(await readVision(sam.journal())).toBe(wordsOn(annas));
});

test("two who begin it without each other have one page with the words of both, after locks and restarts too", async () => {
  const { anna, sam, link, settle, annas, sams, clock } = await opened(4102, dayMs);
  link.cut();
  addLine(annas, "A house with a stove.");
  addLine(annas, "Friends at the table.");
  addLine(sams, "I am somebody you can ask.");
  must(await annas.flush());
  must(await sams.flush());
  await anna.lock();
  await sam.lock();
  clock.advance(3 * dayMs);
  await anna.open();
  await sam.open();
  link.heal();
  await settle(12);
  const words = await readVision(anna.journal());
  for (const line of ["A house with a stove. Friends at the table.", "I am somebody you can ask."])
    expect(words).toContain(line);
  expect(await readVision(sam.journal())).toBe(words);
});

test("words that were typed before a lock are there after it", async () => {
  const { anna, sam, annas, settle } = await opened(4104);
  addLine(annas, "Typed a moment ago.");
  await anna.lock();
  await anna.open();
  await settle(6);
  expect(await readVision(anna.journal())).toBe("Typed a moment ago.");
  expect(await readVision(sam.journal())).toBe("Typed a moment ago.");
});

test("a computer whose page cache is gone makes the same page from the volumes", async () => {
  const { anna, sam, annas, sams, settle } = await opened(4105);
  for (let round = 0; round < 4; round++) {
    insertLine(annas, 0, `Anna ${round}.`);
    await settle(3);
    textAt(sams, 0).insert(4, ` and Sam`);
    await settle(3);
  }
  const words = wordsOn(annas);
  for (const desk of [anna, sam]) {
    await desk.lock();
    must(await desk.disk.start().carried.cache.clear());
    await desk.open();
    await settle();
    expect(await readVision(desk.journal())).toBe(words);
  }
});

describe("whose words", () => {
  test("are told by who sent them: to both the same, also where one breaks the other's line", async () => {
    const { anna, sam, annas, sams, settle } = await opened(4106, dayMs);
    addLine(annas, "We live by the sea and walk.");
    await settle(12);
    textAt(sams, 0).insert(7, " together");
    await settle(12);
    // As an editor does on Enter: the rest of the line is taken out, and put into a new one.
    textAt(sams, 0).delete(27, 10);
    insertLine(sams, 1, " and walk.");
    await settle(12);
    expect(wordsOn(annas)).toBe("We live together by the sea and walk.");
    expect(await readWhose(anna.journal())).toEqual([
      "me: We live  | partner: together  | me: by the sea",
      "me:  and walk.",
    ]);
    expect(await readWhose(sam.journal())).toEqual([
      "partner: We live  | me: together  | partner: by the sea",
      "partner:  and walk.",
    ]);
  });

  test("stay whose they were when an earlier version is brought back", async () => {
    const { anna, sam, annas, sams, settle, clock } = await opened(4107);
    addLine(annas, "A garden.");
    await settle(12);
    addLine(sams, "A long table.");
    await settle(12);
    clock.advance(hourMs);
    bodyOf(sams).delete(0, 2);
    await settle(12);
    expect(wordsOn(annas)).toBe("");
    const versions = await versionsOf(anna.journal());
    const before = versions.at(-2);
    if (before === undefined) throw new Error("no earlier version");
    must(await annas.bringBack(before));
    await settle(12);
    for (const page of [annas, sams]) expect(wordsOn(page)).toBe("A garden. A long table.");
    expect(await readWhose(anna.journal())).toEqual(["me: A garden.", "partner: A long table."]);
    expect(await readWhose(sam.journal())).toEqual(["partner: A garden.", "me: A long table."]);
  });
});

test("both read the same versions: each begins where somebody writes on who had rested, by their own clock", async () => {
  const { anna, sam, annas, sams, settle, clock } = await opened(4108, dayMs);
  addLine(annas, "One.");
  await settle(12);
  addLine(annas, "Two.");
  await settle(12);
  clock.advance(hourMs);
  addLine(sams, "Three.");
  await settle(12);
  addLine(annas, "Four.");
  await settle(12);
  addLine(sams, "Five.");
  addLine(annas, "Six.");
  await settle(12);
  const [ofAnna, ofSam] = await Promise.all(
    [anna, sam].map(async ({ journal }) =>
      (await versionsOf(journal())).map((version) => wordsOn(version)),
    ),
  );
  expect(ofAnna).toEqual(ofSam);
  expect(ofAnna).toEqual(["One. Two.", "One. Two. Three.", wordsOn(annas)]);
});
