import { describe, expect, test } from "vitest";
import type { PageMessage } from "../../shared/page/applyApart.ts";
import { pageAsks, pageMeta, pageWords } from "../../shared/page/pageDoc.ts";
import { decodeRecord, encodeRecord } from "../../shared/page/pageRecord.ts";
import { isTrace, traceOf } from "../../shared/page/trace.ts";
import {
  anna,
  by,
  digest as digestKept,
  digestShared as digest,
  recordOf,
  sam,
  wordsIn,
} from "./guardPages.ts";
import {
  addLines,
  asAnswer,
  asQuestion,
  changeOf,
  holds,
  idOf,
  openRecord,
  random,
  redactionOf,
  stateOf,
  writePage,
} from "./pageKit.ts";

const question = () => {
  const doc = writePage(asQuestion, "That night", "Where were you?");
  pageAsks(doc).push([5, 6]);
  return doc;
};

/** What was shared at 100, changed at 200, and withdrawn at 900. */
const withdrawal = (doc = question()) => {
  const begin = by(anna, "begin", stateOf(doc), 100);
  const change = by(
    anna,
    "change",
    changeOf(doc, () => addLines(doc, "And the night after?")),
    200,
  );
  const trace = by(anna, "begin", traceOf(doc, random), 900);
  const redactions = [
    by(anna, "redact", redactionOf(100), 901),
    by(anna, "redact", redactionOf(200), 902),
  ];
  return { said: [begin, change], trace, redactions };
};

describe("withdrawn words", () => {
  test("are gone from the record and the card at once, and the page stays in its place", () => {
    const { said, trace, redactions } = withdrawal();
    const before = digest(undefined, ...said);
    expect(before.facts).toMatchObject({ title: "That night", withdrawnAt: undefined });
    for (const messages of [[trace], [trace, ...redactions], redactions]) {
      const digested = digest(recordOf(before), ...messages);
      const { facts } = digested;
      expect(digested.refusals).toEqual([]);
      expect(digested.withdrawn).toBe(true);
      expect(facts).toMatchObject({
        kind: "question",
        title: "",
        excerpt: "",
        writtenAt: 100,
        withdrawnAt: messages[0]?.time,
        changedAt: undefined,
        asks: [],
        need: undefined,
        whole: true,
        whitedOut: false,
      });
      const record = recordOf(digested);
      for (const words of ["Where were you", "night after", "That night"])
        expect(holds(encodeRecord(record), words)).toBe(false);
      expect(record.hands).toEqual([]);
      const kept = decodeRecord(encodeRecord(record));
      expect(kept.ok && kept.value.withdrawnAt).toBe(messages[0]?.time);
    }
  });

  test("leave the same trace where only the trace and the redactions are left to read", () => {
    const { said, trace, redactions } = withdrawal();
    const live = digest(undefined, ...said, trace, ...redactions);
    const rebuilt = digest(undefined, trace, ...redactions);
    expect(rebuilt.refusals).toEqual([]);
    expect(rebuilt.facts).toEqual(live.facts);
    const inPieces = [trace, ...redactions].reduce<ReturnType<typeof digest> | undefined>(
      (known, message) => digest(known?.record, message),
      undefined,
    );
    expect(inPieces?.facts).toEqual(live.facts);
  });

  test("leave the same trace where a killed process has redacted some of them and not the others", () => {
    const { said, trace, redactions } = withdrawal();
    const live = digest(undefined, ...said, trace, ...redactions);
    const [first, second] = said as [PageMessage, PageMessage];
    const [ofFirst, ofSecond] = redactions as [PageMessage, PageMessage];
    expect(digest(undefined, second, trace, ofFirst).facts).toEqual(live.facts);
    expect(digest(undefined, first, trace, ofSecond).facts).toEqual(live.facts);
    const leaning = openRecord(recordOf(digest(undefined, ...said)));
    const third = changeOf(leaning, () => pageWords(leaning).delete(1, 1));
    const leans = digest(undefined, first, by(anna, "change", third, 300));
    expect(leans.facts?.whitedOut).toBe(true);
    expect(digest(leans.record, trace, ofSecond).facts).toEqual(live.facts);
  });

  test.each([
    ["an answer keeps its question and its round", asAnswer, { question: idOf(0x77), round: 2 }],
    [
      "a letter what it was about",
      { kind: "letter", about: "impact", pauseHours: 48 } as const,
      { about: "impact" },
    ],
    ["an addition what it belongs to", { kind: "addition", of: idOf(3) } as const, { of: idOf(3) }],
    [
      "a nod what it said",
      { kind: "nod", of: idOf(4), fits: "yes" } as const,
      { of: idOf(4), fits: "yes" },
    ],
    ["something told that it was told", { kind: "told" } as const, { kind: "told" }],
  ])("%s", (_what, start, facts) => {
    const { said, trace, redactions } = withdrawal(writePage(start, "", "the words"));
    const live = digest(undefined, ...said, trace, ...redactions);
    expect(live.facts).toMatchObject({ ...facts, kind: start.kind, withdrawnAt: 900, excerpt: "" });
    expect(digest(undefined, trace, ...redactions).facts).toEqual(live.facts);
  });

  test("a page of a kind that is not known here yet stays a page of that kind", () => {
    const doc = writePage(asQuestion, "", "words of tomorrow");
    pageMeta(doc).set("v", 2);
    pageMeta(doc).set("kind", "pace");
    const { said, trace } = withdrawal(doc);
    const digested = digest(undefined, ...said, trace);
    expect(digested.facts).toMatchObject({ kind: "newer", withdrawnAt: 900 });
    expect(pageMeta(openRecord(recordOf(digested))).get("kind")).toBe("pace");
  });

  test("a sentence that was put where a kind belongs is not kept", () => {
    const doc = writePage(asQuestion, "", "words");
    pageMeta(doc).set("about", "everything that I did ".repeat(10));
    const { said, trace } = withdrawal(doc);
    const record = recordOf(digest(undefined, ...said, trace));
    expect(holds(record.state, "everything that I did")).toBe(false);
    expect(holds(trace.body, "everything that I did")).toBe(false);
  });
});

describe("after a withdrawal", () => {
  const { said, trace, redactions } = withdrawal();
  const withdrawn = digest(undefined, ...said, trace, ...redactions);

  test("no words come back: not by a change, not by the page being begun anew, not by an old message come late", () => {
    const doc = question();
    for (const message of [
      ...said,
      by(anna, "begin", stateOf(doc), 1000),
      by(
        anna,
        "change",
        changeOf(doc, () => addLines(doc, "once more")),
        1001,
      ),
      by(anna, "change", Uint8Array.of(9, 9), 1002),
    ]) {
      const digested = digest(recordOf(withdrawn), message);
      expect(digested.refusals).toEqual([]);
      expect(digested.applied).toEqual([]);
      expect(digested.facts).toEqual(withdrawn.facts);
      expect(wordsIn(recordOf(digested))).toBe("");
    }
  });

  test("the trace said a second time changes nothing", () => {
    const again = digest(recordOf(withdrawn), by(anna, "begin", trace.body, 2000), ...redactions);
    expect(again.facts).toEqual(withdrawn.facts);
  });

  test("what was only redacted takes in the trace that says what page it was", () => {
    const unknown = digest(undefined, by(anna, "redact", redactionOf(100), 500));
    expect(unknown.facts).toBeUndefined();
    expect(unknown.refusals).toEqual([]);
    expect(digest(recordOf(unknown), ...said).facts).toBeUndefined();
    const known = digest(recordOf(unknown), ...said, trace);
    expect(known.facts).toMatchObject({
      kind: "question",
      writtenAt: 100,
      withdrawnAt: 500,
      excerpt: "",
    });
  });

  test.each(["remove", "redact"] as const)(
    "of one's own that nobody else reads, nothing stays at all (%s)",
    (act) => {
      const gone = digestKept(recordOf(withdrawn), by(anna, act));
      expect(gone.facts).toBeUndefined();
      expect(recordOf(gone).gone).toBe(true);
      expect(recordOf(gone).state).toHaveLength(0);
    },
  );
});

describe("nobody withdraws another's words", () => {
  const { said, trace } = withdrawal();
  const standing = digest(undefined, ...said);

  test.each(["redact", "begin", "change"] as const)(
    "not by a %s of Sam's on Anna's page",
    (act) => {
      const digested = digest(recordOf(standing), by(sam, act, trace.body, 900));
      expect(digested.refusals).toEqual(["NOT_YOUR_PAGE"]);
      expect(digested.withdrawn).toBe(false);
      expect(digested.facts).toEqual({ ...standing.facts, whitedOut: true });
    },
  );

  test("nor does Sam say anything on a page that Anna has withdrawn", () => {
    const withdrawn = recordOf(digest(undefined, ...said, trace));
    for (const act of ["redact", "begin", "change", "remove"] as const) {
      const digested = digest(withdrawn, by(sam, act, trace.body, 950));
      expect(digested.refusals).toEqual(["NOT_YOUR_PAGE"]);
      expect(digested.facts).toMatchObject({ owner: anna, withdrawnAt: 900 });
    }
  });
});

describe("which message is the trace", () => {
  const { said, trace } = withdrawal();

  test("is told by what it holds and nothing else", () => {
    expect(isTrace(trace.body, random)).toBe(true);
    for (const { body } of said) expect(isTrace(body, random)).toBe(false);
    expect(isTrace(Uint8Array.of(1, 2, 3), random)).toBe(false);
    expect(isTrace(Uint8Array.of(0, 0), random)).toBe(false);
  });

  test("a message that has a single word beside the trace is none, so it is redacted with the rest", () => {
    const withWords = openRecord(recordOf(digest(undefined, trace)));
    addLines(withWords, "one word");
    expect(isTrace(stateOf(withWords), random)).toBe(false);
    const withTitle = openRecord(recordOf(digest(undefined, trace)));
    pageMeta(withTitle).set("title", "a word");
    expect(isTrace(stateOf(withTitle), random)).toBe(false);
    const withAnother = openRecord(recordOf(digest(undefined, trace)));
    withAnother.getText("elsewhere").insert(0, "a word");
    expect(isTrace(stateOf(withAnother), random)).toBe(false);
  });
});
