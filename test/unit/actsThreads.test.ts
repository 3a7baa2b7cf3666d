import * as Y from "yjs";
import { beforeAll, expect, test } from "vitest";
import { findThread, isAnswered, readThreads } from "../../renderer/questions/threads.ts";
import { idFrom, type DeviceId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { takeBack } from "../../shared/journal/acts/takingBack.ts";
import { beginWhole, sharedPageOf } from "../../shared/journal/pages/writing.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { copyForSharing } from "../../shared/page/copyWords.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";
import { newPageDoc, pageMeta, startPage, type PageStart } from "../../shared/page/pageDoc.ts";
import type { Shelf } from "../../shared/page/shelf.ts";
import { plainCard } from "../support/fakeJournal.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const question: Card = {
  ...plainCard(id(1), 1),
  kind: "question",
  author: "partner",
  question: { need: "why", depth: "facts", askedAt: [1], helpsBy: undefined },
};

const answer = (number: number, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), number),
  kind: "answer",
  answer: { question: question.id, round: 0, saw: 0 },
  ...more,
});

const day = (number: number, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), number),
  kind: "byDay",
  of: question.id,
  days: ["2026-11-26" as Day],
  ...more,
});

const copyOf = (page: PageId) => ({
  place: "draft" as const,
  draft: { changes: page, restsUntil: undefined, pausedUntil: undefined },
});

test("the copy in which a page is being changed is neither a new answer nor a new question", () => {
  const cards = [
    question,
    answer(2),
    answer(3, copyOf(id(2))),
    { ...question, id: id(4), author: "me" as const, ...copyOf(id(9)) },
  ];
  expect(findThread(cards, question.id)?.draft).toBeUndefined();
  expect(findThread(cards, question.id)?.answers.map((card) => card.id)).toEqual([id(2)]);
  expect(readThreads(cards).drafts).toEqual([]);
});

test("a question whose answer was withdrawn may be answered; the trace keeps its place", () => {
  const thread = findThread([question, answer(2, { withdrawnAt: 5 })], question.id);
  expect(thread?.answers.map((card) => card.id)).toEqual([id(2)]);
  expect(thread !== undefined && isAnswered(thread)).toBe(false);
});

test("only whoever is asked says by when, and a day that was taken back is none", () => {
  const said = (...days: readonly Card[]) => findThread([question, ...days], question.id)?.said?.id;
  expect(said(day(2), day(3))).toBe(id(3));
  expect(said(day(2, { author: "partner" }))).toBeUndefined();
  expect(said(day(2, { withdrawnAt: 5 }))).toBeUndefined();
  expect(said(day(2, { days: [] }))).toBeUndefined();
});

const openShelf = async (seed: number): Promise<Shelf> =>
  must(
    await openKeptShelf({
      rootKey: new Uint8Array(32).fill(seed),
      stores: createMemoryDisk().start().kept,
      clock: createManualClock(1_790_000_000_000),
      random: seededRandom(seed),
      onTrouble: () => {},
    }),
  );

/** All that is on it is of one person: me, unless the partner is asked for. */
const asMine = (shelf: Shelf, me = [...shelf.pages.facts.read().values()][0]?.owner) => {
  if (me === undefined) throw new Error("an empty shelf");
  return { ...shelf, chains: { people: { me, partner: me } } };
};

const put = async (
  shelf: Shelf,
  page: PageId,
  start: PageStart,
  more: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const doc = newPageDoc(seededRandom(Number.parseInt(page, 16)));
  startPage(doc, start);
  for (const [name, value] of Object.entries(more)) pageMeta(doc).set(name, value);
  for (const piece of copyForSharing(doc, 7)) must(await shelf.write(page, "begin", piece));
};

test("before another pairing, words go back among the drafts: nods, days and traces do not, and nothing passes for sent", async () => {
  const random = seededRandom(5);
  const shared = await openShelf(1);
  const drafts = await openShelf(2);
  await put(shared, id(1), { kind: "disclosure" }, { title: "all", edition: id(8) });
  await put(shared, id(2), { kind: "addition", of: id(1) }, { title: "and this" });
  await put(shared, id(3), { kind: "entry" }, { withdrawn: true });
  must(await beginWhole(shared, { kind: "nod", of: id(7), fits: "yes" }, random));
  must(await beginWhole(shared, { kind: "byDay", of: id(7) }, random));
  expect(await takeBack(asMine(shared), drafts, random)).toBe(true);

  const back = [...drafts.pages.facts.read().values()];
  expect(back.map(({ kind, title }) => [kind, title])).toEqual([
    ["disclosure", "all"],
    ["addition", "and this"],
  ]);
  const [disclosure, addition] = back;
  expect(disclosure && addition?.of).toBe(disclosure && sharedPageOf(disclosure.id));
  for (const { changes, sharing } of back) expect([changes, sharing]).toEqual([undefined, false]);
});

test("before another pairing, the copy of a page that is taken back is a draft like any other", async () => {
  const random = seededRandom(6);
  const shared = await openShelf(3);
  const drafts = await openShelf(4);
  await put(shared, id(1), { kind: "told" }, { title: "before" });
  await put(drafts, id(2), { kind: "told" }, { title: "after" });
  const doc = newPageDoc(random);
  pageMeta(doc).set("changes", id(1));
  pageMeta(doc).set("sharing", true);
  must(await drafts.write(id(2), "change", Y.encodeStateAsUpdate(doc)));
  expect(await takeBack(asMine(shared), drafts, random)).toBe(true);
  const back = [...drafts.pages.facts.read().values()];
  expect(back.map(({ title }) => title).toSorted()).toEqual(["after", "before"]);
  for (const { changes, sharing } of back) expect([changes, sharing]).toEqual([undefined, false]);
});

test("before another pairing, what was said with one press stays behind: no draft is made that nobody would see", async () => {
  const random = seededRandom(8);
  const shared = await openShelf(7);
  const drafts = await openShelf(8);
  await put(shared, id(1), { kind: "talk" }, { title: "a talk" });
  await put(shared, id(2), { kind: "talkBegins", of: id(1) }, {});
  await put(shared, id(3), { kind: "plan" }, { line: "Home about seven" });
  await put(shared, id(4), { kind: "hand" }, { need: "quiet" });
  await put(shared, id(5), { kind: "thanks" }, { line: "for the soup" });
  expect(await takeBack(asMine(shared), drafts, random)).toBe(true);
  const back = [...drafts.pages.facts.read().values()];
  expect(back.map(({ kind }) => kind)).toEqual(["talk"]);
});

test("before another pairing, nothing that a partner sent in the last moment becomes a draft of mine", async () => {
  const random = seededRandom(7);
  const shared = await openShelf(5);
  const drafts = await openShelf(6);
  await put(shared, id(1), { kind: "entry" }, { title: "words of theirs" });
  const me = idFrom<DeviceId>(new Uint8Array(16).fill(9));
  expect(await takeBack(asMine(shared, me), drafts, random)).toBe(true);
  expect(drafts.pages.facts.read().size).toBe(0);
});

test("whoever asked cannot answer: their answer to themselves is not shown as mine", () => {
  const thread = findThread([question, answer(2, { author: "partner" })], question.id);
  expect(thread?.answers).toEqual([]);
  expect(thread !== undefined && isAnswered(thread)).toBe(false);
});

test("an answer to an asking that never was leaves a question that is asked again open", () => {
  const asked: Card = {
    ...question,
    author: "me",
    question: { need: "why", depth: "facts", askedAt: [1, 3], helpsBy: undefined },
  };
  const early = answer(2, {
    author: "partner",
    answer: { question: question.id, round: 2 ** 40, saw: 0 },
  });
  const thread = findThread([asked, early], question.id);
  expect(thread?.answers.length).toBe(1);
  expect(thread !== undefined && isAnswered(thread)).toBe(false);
});
