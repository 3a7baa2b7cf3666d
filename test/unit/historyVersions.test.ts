import { beforeAll, describe, expect, test } from "vitest";
import { accept, refuse } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { openHistory, type HistoryShelf } from "../../shared/journal/pages/history.ts";
import { pageMeta, pageWords } from "../../shared/page/pageDoc.ts";
import { traceOf } from "../../shared/page/trace.ts";
import { mostVersions } from "../../shared/page/versions.ts";
import { must } from "../support/twoPartners.ts";
import { anna, by, page, sam } from "./guardPages.ts";
import { historyOf, shelfOf, wordsOf, writer } from "./historyKit.ts";
import { addLines, asAnswer, changeOf, openState, random, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const minute = 60_000;
const day = 24 * 60 * minute;

describe("the versions of a page", () => {
  test("that was never changed are one", async () => {
    const history = await historyOf(writer(undefined, 5).said);
    expect(wordsOf(history)).toEqual(["one"]);
    expect(history.versions[0]).toMatchObject({ writtenAt: 5, dateDoubtful: false, title: "" });
  });

  test("are how it stood whenever the writer had rested for ten minutes, with the time of the last change", async () => {
    const { said, add } = writer();
    add(30 * minute, "two");
    add(35 * minute, "three");
    add(44 * minute, "four");
    add(54 * minute, "five");
    const history = await historyOf(said);
    expect(wordsOf(history)).toEqual(["one", "one two three four", "one two three four five"]);
    expect(history.versions.map(({ writtenAt }) => writtenAt)).toEqual([
      0,
      44 * minute,
      54 * minute,
    ]);
  });

  test("do not hold what was typed and taken out again within one sitting", async () => {
    const { said, add, change, doc } = writer();
    add(30 * minute, "too harsh");
    change(31 * minute, () => pageWords(doc).delete(1, 1));
    add(32 * minute, "kinder");
    add(60 * minute, "later");
    const history = await historyOf(said);
    expect(wordsOf(history)).toEqual(["one", "one kinder", "one kinder later"]);
  });

  test("follow the title as they follow the words", async () => {
    const { said, change, doc } = writer();
    change(30 * minute, () => pageMeta(doc).set("title", "A name"));
    const history = await historyOf(said);
    expect(history.versions.map(({ title }) => title)).toEqual(["", "A name"]);
  });

  test("are not made by what changes no words", async () => {
    const { said, change, doc } = writer();
    change(30 * minute, () => doc.getArray("asks").push([1]));
    change(60 * minute, () => pageMeta(doc).set("need", "heard"));
    expect(wordsOf(await historyOf(said))).toEqual(["one"]);
  });

  test("that read the same side by side are one, from when it first read so", async () => {
    const { said, add, change, doc } = writer();
    add(30 * minute, "two");
    change(60 * minute, () => {
      pageWords(doc).delete(1, 1);
      addLines(doc, "two");
    });
    const history = await historyOf(said);
    expect(wordsOf(history)).toEqual(["one", "one two"]);
    expect(history.versions.at(-1)?.writtenAt).toBe(30 * minute);
  });

  test("that came back to earlier words after other ones are all there", async () => {
    const { said, add, change, doc } = writer();
    add(30 * minute, "two");
    change(60 * minute, () => pageWords(doc).delete(1, 1));
    expect(wordsOf(await historyOf(said))).toEqual(["one", "one two", "one"]);
  });

  test("keep that a date cannot be right", async () => {
    const { said, add } = writer();
    add(day, "two", true);
    add(2 * day, "three");
    const history = await historyOf(said);
    expect(history.versions.map(({ dateDoubtful }) => dateDoubtful)).toEqual([false, true, false]);
  });
});

describe("editions", () => {
  test("are each a version, however soon one follows the other", async () => {
    const { said, edit } = writer(writePage(asAnswer, "", "first"));
    edit(minute, 1, "second");
    edit(2 * minute, 2, "third");
    const history = await historyOf(said);
    expect(wordsOf(history)).toEqual(["first", "second", "third"]);
    expect(history.versions.map(({ writtenAt }) => writtenAt)).toEqual([0, minute, 2 * minute]);
  });

  const long = Array.from({ length: 24 }, (_, line) => `${line} ${"x".repeat(60_000)}`);

  test("in several pieces are one version, also where an hour lay between the pieces", async () => {
    const { said, edit } = writer(writePage(asAnswer, "", "first"));
    edit(minute, 1, ...long);
    expect(said.length).toBeGreaterThan(3);
    const late = said.map((one, index) =>
      index > 1 ? { ...one, time: one.time + 60 * minute } : one,
    );
    for (const messages of [said, late]) {
      const history = await historyOf(messages);
      expect(history.versions.length).toBe(2);
      expect(wordsOf(history)[0]).toBe("first");
    }
  });

  test("that stood half sent for days were read that way, and the half is a version", async () => {
    const { said, edit } = writer(writePage(asAnswer, "", "first"));
    edit(minute, 1, ...long);
    const late = said.map((one, index) => (index > 1 ? { ...one, time: one.time + 3 * day } : one));
    expect((await historyOf(late)).versions.length).toBe(3);
  });

  test("the pieces in which a page was first shared are one version", async () => {
    const draft = writePage(asAnswer, "", "first");
    pageMeta(draft).delete("whole");
    const { said, add, change, doc } = writer(draft);
    add(60 * minute, "second");
    change(120 * minute, () => pageMeta(doc).set("whole", true));
    add(180 * minute, "third");
    expect(wordsOf(await historyOf(said))).toEqual(["first second", "first second third"]);
  });
});

describe("a clock that is wrong", () => {
  test("by a day, forwards and back again, leaves the order of the chain and every version", async () => {
    const { said, add } = writer();
    add(day, "two");
    add(minute, "three");
    add(minute + 20 * minute, "four");
    const history = await historyOf(said);
    expect(wordsOf(history)).toEqual(["one", "one two", "one two three", "one two three four"]);
    expect(history.versions.map(({ writtenAt }) => writtenAt)).toEqual([
      0,
      day,
      minute,
      21 * minute,
    ]);
  });
});

describe("what the guard whites out", () => {
  test("is in no version, whoever sent it", async () => {
    const { said, add, doc } = writer();
    add(30 * minute, "two");
    const heavy = changeOf(doc, () => doc.getMap("meta").set("deep", nested(100)));
    const samsDoc = openState(stateOf(doc));
    const slipped = changeOf(samsDoc, () => addLines(samsDoc, "slipped in"));
    const messages = [
      ...said.slice(0, 1),
      by(sam, "change", slipped, 10 * minute),
      ...said.slice(1),
      by(anna, "change", Uint8Array.of(1, 2, 3), 60 * minute),
      by(anna, "change", heavy, 90 * minute),
    ];
    const history = await historyOf(messages);
    expect(wordsOf(history)).toEqual(["one", "one two"]);
  });

  const nested = (depth: number): object => (depth === 0 ? {} : { in: nested(depth - 1) });
});

describe("so many changes that not all can be kept", () => {
  test("leave the first version and the newest ones", async () => {
    const { said, add } = writer();
    for (let count = 1; count <= mostVersions + 20; count++) add(count * 30 * minute, `${count}`);
    const history = await historyOf(said);
    expect(history.versions.length).toBe(mostVersions);
    const words = wordsOf(history);
    expect(words[0]).toBe("one");
    expect(words.at(-1)?.endsWith(` ${mostVersions + 20}`)).toBe(true);
    expect(words[1]?.endsWith(" 22")).toBe(true);
  }, 60_000);
});

describe("there is no history", () => {
  test("of a page that is not there, that is not whole, or that was taken away", async () => {
    const half = writePage(asAnswer, "", "half");
    pageMeta(half).delete("whole");
    for (const messages of [[], writer(half).said, [...writer().said, by(anna, "remove")]])
      expect(await openHistory(shelfOf(messages), { page, rules: "shared" }, random)).toMatchObject(
        { code: "NO_PAGE" },
      );
  });

  test("of words that were withdrawn", async () => {
    const { said, doc, add } = writer();
    add(30 * minute, "two");
    const withdrawn = [...said, by(anna, "begin", traceOf(doc, random), 60 * minute)];
    expect(await openHistory(shelfOf(withdrawn), { page, rules: "shared" }, random)).toMatchObject({
      code: "WITHDRAWN",
    });
  });

  test("of a page that was written with a newer Twofold", async () => {
    const newer = writePage({ kind: "entry" }, "", "words of tomorrow");
    pageMeta(newer).set("v", 2);
    expect(
      await openHistory(shelfOf(writer(newer).said), { page, rules: "shared" }, random),
    ).toMatchObject({
      code: "NEWER_KIND",
    });
  });

  test("where the disk refuses", async () => {
    const shelf: HistoryShelf = {
      ...shelfOf(writer().said),
      messagesOf: async () => refuse("STORE_FAILED"),
    };
    expect(await openHistory(shelf, { page, rules: "shared" }, random)).toMatchObject({
      code: "STORE_FAILED",
    });
  });
});

test("a closed history has forgotten the words", async () => {
  const { said, add } = writer();
  add(30 * minute, "two");
  const history = await historyOf(said);
  expect(wordsOf(history)).toEqual(["one", "one two"]);
  history.close();
  expect(wordsOf(history)).toEqual(["", ""]);
});

test("what the ledger cannot tell any more, the newest version does", async () => {
  const { said, add } = writer();
  add(30 * minute, "two");
  const shelf: HistoryShelf = { ...shelfOf(said), messagesOf: async () => accept([]) };
  const history = must(await openHistory(shelf, { page, rules: "shared" }, random));
  expect(wordsOf(history)).toEqual(["one two"]);
  expect(history.versions[0]?.writtenAt).toBe(30 * minute);
});
