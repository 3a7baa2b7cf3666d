import { expect, test } from "vitest";
import * as Y from "yjs";
import { readHeadings } from "../../renderer/ui/editor/headings.ts";
import {
  canChange,
  findBegun,
  findMyDisclosure,
  findPaper,
  findUnsent,
  readBeside,
  readPapers,
} from "../../renderer/letters/papers.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { type Card, pageKinds, type PageBody, type PageKind } from "../../shared/page/card.ts";
import { plainCard } from "../support/fakeJournal.ts";

const id = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const card = (number: number, kind: PageKind, more: Partial<Card> = {}): Card => ({
  ...plainCard(id(number), number),
  kind,
  ...more,
});
const impact = { about: "impact", pauseHours: 24 } as const;
const responsibility = { about: "responsibility", pauseHours: 0 } as const;
const draft = { place: "draft" } as const;
const theirs = { author: "partner" } as const;
const changing = (page: number) => ({
  ...draft,
  draft: { changes: id(page), restsUntil: undefined, pausedUntil: undefined },
});

test("what I am writing, what came and what I sent stand apart", () => {
  const { writing, came, sent } = readPapers([
    card(4, "told", draft),
    card(3, "letter", { ...theirs, letter: impact }),
    card(2, "disclosure"),
    card(1, "told", theirs),
  ]);
  expect(writing.map((paper) => paper.id)).toEqual([id(4)]);
  expect(came.map((paper) => paper.id)).toEqual([id(3), id(1)]);
  expect(sent.map((paper) => paper.id)).toEqual([id(2)]);
});

test("entries, questions, answers and what was heard have their own places", () => {
  const all = pageKinds.map((kind, index) => card(index + 1, kind));
  const { sent } = readPapers(all);
  expect(sent.map(({ kind }) => kind)).toEqual([
    "told",
    "disclosure",
    "addition",
    "letter",
    "reply",
  ]);
  expect(findPaper(all, id(1))).toBeUndefined();
});

test("the order stays as it came: what is closed is neither moved up nor down", () => {
  const cards = [9, 7, 5, 3].map((number) =>
    card(number, "told", { ...theirs, opened: number % 4 === 1 }),
  );
  expect(readPapers(cards).came.map((paper) => paper.id)).toEqual([id(9), id(7), id(5), id(3)]);
});

test("additions stand below a disclosure as they came, and those of another stay away", () => {
  const cards = [
    card(6, "addition", { of: id(1) }),
    card(5, "addition", { of: id(2) }),
    card(4, "addition", { of: id(1) }),
    card(7, "addition", { of: id(1), ...draft }),
    card(8, "heard", { of: id(1) }),
  ];
  expect(readBeside(cards, id(1)).map((paper) => paper.id)).toEqual([id(4), id(6)]);
});

test("a reply that was begun is gone on with; a change of a sent one is not taken for it", () => {
  const sent = card(5, "reply", { of: id(1) });
  const change = card(6, "reply", { of: id(1), ...changing(5) });
  const heard = card(7, "heard", { of: id(1), ...draft });
  expect(findUnsent([heard, change, sent], id(1))).toBeUndefined();
  expect(findUnsent([change, sent, card(8, "reply", { of: id(1), ...draft })], id(1))?.id).toBe(
    id(8),
  );
});

test("an empty page is taken up again, and one with words is left in peace", () => {
  const begun = card(3, "letter", { ...draft, letter: responsibility });
  expect(findBegun([{ ...begun, excerpt: "I" }], "letter", "responsibility")).toBeUndefined();
  expect(findBegun([{ ...begun, letter: impact }], "letter", "responsibility")).toBeUndefined();
  expect(findBegun([{ ...begun, ...changing(1) }], "letter", "responsibility")).toBeUndefined();
  expect(findBegun([begun], "letter", "responsibility")?.id).toBe(id(3));
  expect(findBegun([card(4, "told", draft)], "told")?.id).toBe(id(4));
});

test("what I delivered stands before everything; withdrawn, a new one can be written", () => {
  const sent = card(2, "disclosure");
  const gone = card(1, "disclosure", { withdrawnAt: 5 });
  const begun = card(3, "disclosure", draft);
  expect(findMyDisclosure([card(4, "disclosure", theirs)])).toBeUndefined();
  expect(findMyDisclosure([begun, sent])?.id).toBe(sent.id);
  expect(findMyDisclosure([gone, begun])?.id).toBe(begun.id);
  expect(findMyDisclosure([gone])?.withdrawnAt).toBe(5);
});

test("what was delivered as a whole, and what was added to it, is not changed afterwards", () => {
  const can = (kind: PageKind) =>
    readPapers([card(1, kind, { letter: kind === "letter" ? impact : undefined })]).sent.map(
      canChange,
    );
  expect([can("disclosure"), can("addition"), can("told"), can("letter"), can("reply")]).toEqual([
    [false],
    [false],
    [true],
    [true],
    [true],
  ]);
});

test("a section counts as there by its heading, whatever its size and marks, and not by its name in the text", () => {
  const body = new Y.Doc().getXmlFragment("body");
  const put = (name: string, text: string, marks: object = {}) => {
    const element = new Y.XmlElement(name);
    const run = new Y.XmlText();
    body.push([element]);
    element.push([run]);
    run.insert(0, text, marks);
  };
  put("heading", "Who knows ", { bold: {} });
  put("paragraph", "Health");
  put("heading", "When, and for how long");
  expect(readHeadings(body as unknown as PageBody)).toEqual([
    "Who knows",
    "When, and for how long",
  ]);
});
