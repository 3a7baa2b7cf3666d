import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { applyBounded, yjsBounds } from "../../shared/page/boundedYjs.ts";
import { copyForSharing } from "../../shared/page/copyWords.ts";
import { replaceWords } from "../../shared/page/edition.ts";
import { updateLimit } from "../../shared/page/guard.ts";
import { pageAsks, pageMeta, pageWords, type PageDoc } from "../../shared/page/pageDoc.ts";
import type { PageRecord } from "../../shared/page/pageRecord.ts";
import { anna, by, digest, recordOf, sam, timed, wordsIn } from "./guardPages.ts";
import {
  addLines,
  asAnswer,
  asQuestion,
  holds,
  idOf,
  openRecord,
  stateOf,
  writePage,
} from "./pageKit.ts";

beforeAll(loadSodium);

const shareOf = (draft: PageDoc, hand = 1): PageRecord =>
  recordOf(digest(undefined, ...copyForSharing(draft, hand).map((one) => by(anna, "begin", one))));

const editionOf = (record: PageRecord, draft: PageDoc, id = idOf(1)): readonly Uint8Array[] =>
  replaceWords({ shared: openRecord(record), draft, id });

const take = (record: PageRecord, pieces: readonly Uint8Array[], time = 50) =>
  digest(record, ...pieces.map((piece) => by(anna, "change", piece, time)));

const shared = () => shareOf(writePage(asAnswer, "A title", "first", "second"));

const asOtherQuestion = { kind: "question", need: "reassurance", depth: "meaning" } as const;

describe("an edition", () => {
  test("makes the page say what its draft says, shows as changed, and keeps nothing of the old words", () => {
    const draft = writePage(asAnswer, "Another", "second, said better", "third");
    const pieces = editionOf(shared(), draft);
    expect(pieces.length).toBe(1);
    const digested = take(shared(), pieces);
    expect(digested.refusals).toEqual([]);
    expect(digested.facts).toMatchObject({
      title: "Another",
      changedAt: 50,
      whole: true,
      round: 2,
    });
    expect(wordsIn(recordOf(digested))).toBe(pageWords(draft).toString());
    for (const words of ["first", "A title"])
      expect(holds(recordOf(digested).state, words)).toBe(false);
    expect(pageMeta(openRecord(recordOf(digested))).get("edition")).toBe(idOf(1));
  });

  test("is not made twice of the same draft", () => {
    const draft = writePage(asAnswer, "", "third");
    const once = recordOf(take(shared(), editionOf(shared(), draft)));
    expect(editionOf(once, draft)).toEqual([]);
    expect(editionOf(once, draft, idOf(2))).not.toEqual([]);
  });

  test("takes a title away as it sets one", () => {
    const digested = take(shared(), editionOf(shared(), writePage(asAnswer, "", "first")));
    expect(digested.facts?.title).toBe("");
  });

  test("of a question changes what it asks for and leaves the times it was asked alone", () => {
    const draft = writePage(asQuestion, "", "Where?");
    pageMeta(draft).set("helpsBy", "2026-11-26");
    const posted = openRecord(shareOf(draft));
    pageAsks(posted).push([7]);
    const asked = recordOf(digest(undefined, by(anna, "begin", stateOf(posted))));
    const other = writePage(asOtherQuestion, "", "Where?");
    const digested = take(asked, editionOf(asked, other));
    expect(digested.facts).toMatchObject({
      need: "reassurance",
      depth: "meaning",
      helpsBy: undefined,
      asks: [7],
      excerpt: "Where?",
      changedAt: undefined,
    });
  });

  test("of a letter changes the pause that it asks for", () => {
    const letter = (pauseHours: number) =>
      writePage({ kind: "letter", about: "impact", pauseHours }, "", "words");
    const sent = shareOf(letter(24));
    expect(take(sent, editionOf(sent, letter(48))).facts?.pauseHours).toBe(48);
  });

  test("with the same words leaves them as they are: nothing shows as changed", () => {
    const same = writePage(asAnswer, "A title", "first", "second");
    const digested = take(shared(), editionOf(shared(), same));
    expect(digested.facts?.changedAt).toBeUndefined();
    expect(editionOf(recordOf(digested), same)).toEqual([]);
  });

  test("with the same letters, otherwise emphasized, is a change of words", () => {
    const draft = writePage(asAnswer, "A title", "first", "second");
    const text = (pageWords(draft).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.format(0, 5, { bold: {} });
    const digested = take(shared(), editionOf(shared(), draft));
    expect(digested.facts?.changedAt).toBe(50);
    expect(wordsIn(recordOf(digested))).toBe(pageWords(draft).toString());
  });

  test("leaves nothing of the draft's own on the page: not that it rests, not what it changes", () => {
    const draft = writePage(asAnswer, "", "third");
    for (const name of ["sharing", "changes", "restsUntil", "pausedUntil"])
      pageMeta(draft).set(name, idOf(9));
    const changed = openRecord(recordOf(take(shared(), editionOf(shared(), draft))));
    expect([...pageMeta(changed).keys()].toSorted()).toEqual(
      ["edition", "kind", "question", "round", "saw", "v", "whole"].toSorted(),
    );
  });

  test("made by anybody but the page's owner is whited out", () => {
    const [piece = new Uint8Array()] = editionOf(shared(), writePage(asAnswer, "", "third"));
    expect(digest(shared(), by(sam, "change", piece)).refusals).toEqual(["NOT_YOUR_PAGE"]);
  });
});

describe("an edition that was cut short", () => {
  /** More than one message can hold. */
  const long = () =>
    writePage(
      asAnswer,
      "",
      ...Array.from({ length: 24 }, (_, line) => `${line} ${"x".repeat(60_000)}`),
    );

  test("is written again from its beginning, and says nothing twice", () => {
    const draft = long();
    const pieces = editionOf(shared(), draft);
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(updateLimit);
    const whole = wordsIn(recordOf(take(shared(), pieces)));
    expect(whole).toBe(pageWords(draft).toString());
    for (let come = 1; come < pieces.length; come++) {
      const half = recordOf(take(shared(), pieces.slice(0, come)));
      const again = editionOf(half, draft);
      const digested = take(half, again);
      expect(digested.refusals).toEqual([]);
      expect(wordsIn(recordOf(digested))).toBe(whole);
      expect(editionOf(recordOf(digested), draft)).toEqual([]);
      // The disk had refused a piece, which goes out first when all of them are written again.
      const late = take(half, [...pieces.slice(come, come + 1), ...again]);
      expect(late.refusals).toEqual([]);
      expect(wordsIn(recordOf(late))).toBe(whole);
    }
  });

  test("ends as it began where a question was asked again in between", () => {
    const draft = long();
    const asked = shareOf(writePage(asQuestion, "", "Where?"));
    const [first = new Uint8Array(), ...rest] = editionOf(asked, draft);
    const half = openRecord(recordOf(take(asked, [first])));
    pageAsks(half).push([7]);
    const between = recordOf(digest(undefined, by(anna, "begin", stateOf(half))));
    const digested = take(between, editionOf(between, draft));
    expect(digested.facts?.asks).toEqual([7]);
    expect(wordsIn(recordOf(digested))).toBe(wordsIn(recordOf(take(asked, [first, ...rest]))));
  });
});

describe("a long page", () => {
  const lines = (count: number, letters: string): string[] =>
    Array.from({ length: count }, (_, line) => `${letters} ${line}`);

  test("of a hundred thousand characters is changed fifty times and is no longer than the first time, nor slower", () => {
    let record = shareOf(writePage(asAnswer, "", ...lines(500, "y".repeat(196))));
    const length = record.state.length;
    const spent: number[] = [];
    for (let count = 0; count < 50; count++) {
      const draft = writePage(asAnswer, `${count}`, ...lines(500, "z".repeat(194) + count));
      spent.push(
        timed(() => {
          const digested = take(record, editionOf(record, draft, idOf(count + 1)));
          expect(digested.refusals).toEqual([]);
          record = recordOf(digested);
        }),
      );
    }
    expect(wordsIn(record)).toContain(`${"z".repeat(194)}49 499`);
    expect(record.state.length).toBeLessThan(length * 1.25);
    const sum = (some: readonly number[]): number => some.reduce((all, one) => all + one, 0);
    expect(sum(spent.slice(-10))).toBeLessThan(3 * sum(spent.slice(0, 10)) + 2_000);
  }, 120_000);

  test("needs no search for its place, however many editions there were", () => {
    let record = shareOf(writePage(asAnswer, "", ...lines(300, "some words")));
    const doc = openRecord(record);
    const bound = yjsBounds.searches;
    try {
      (yjsBounds as { searches: number }).searches = 0;
      for (let count = 0; count < 20; count++) {
        const draft = writePage(asAnswer, `${count}`, ...lines(300, `other words ${count}`));
        const pieces = editionOf(record, draft, idOf(count + 1));
        for (const piece of pieces) expect(() => applyBounded(doc, piece)).not.toThrow();
        record = { ...record, state: stateOf(doc) };
      }
    } finally {
      (yjsBounds as { searches: number }).searches = bound;
    }
    expect(pageWords(doc).length).toBe(300);
  });

  test("takes time by its length and not by the square of it", () => {
    const spend = (count: number): number => {
      const record = shareOf(writePage(asAnswer, "", "short"));
      const draft = writePage(asAnswer, "", ...lines(count, "w"));
      return timed(() => void take(record, editionOf(record, draft)));
    };
    spend(500);
    expect(spend(8_000)).toBeLessThan(24 * Math.max(spend(1_000), 25));
  }, 60_000);

  test("of emoji and of words from right to left says the same as its draft", () => {
    const draft = writePage(
      asAnswer,
      "שלום 👩‍👩‍👧‍👦",
      "لم أذهب إلى هناك",
      "👍🏽 é e\u0301 \u202eabc\u202c",
      "\ud83d",
    );
    const digested = take(shared(), editionOf(shared(), draft));
    expect(wordsIn(recordOf(digested))).toBe(
      wordsIn(recordOf(digest(undefined, by(anna, "begin", stateOf(draft))))),
    );
    expect(digested.facts?.title).toBe("שלום 👩‍👩‍👧‍👦");
  });
});

test("a page that holds no words takes its first ones", () => {
  const empty = shareOf(writePage(asAnswer, "only a title"));
  const draft = writePage(asAnswer, "", "words");
  addLines(draft, "");
  expect(wordsIn(recordOf(take(empty, editionOf(empty, draft))))).toBe(pageWords(draft).toString());
});
