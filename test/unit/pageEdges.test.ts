import { describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { copyForSharing } from "../../shared/page/copyWords.ts";
import { updateLimit } from "../../shared/page/guard.ts";
import { pageAsks, pageDays, pageMeta, pageWords } from "../../shared/page/pageDoc.ts";
import { anna, by, digest, recordOf, sam, wordsIn } from "./guardPages.ts";
import { addLines, asQuestion, changeOf, idOf, openRecord, stateOf, writePage } from "./pageKit.ts";

describe("a question that is changed after it was answered", () => {
  const question = writePage(asQuestion, "", "Where were you?");
  const posted = recordOf(digest(undefined, by(anna, "begin", stateOf(question), 100)));
  const changed = digest(
    posted,
    by(
      anna,
      "change",
      changeOf(question, () => addLines(question, "And with whom?")),
      300,
    ),
  );

  test("is later than what its answer has seen of it, and an answer written now is not", () => {
    const answered = (saw: number) => {
      const start = { kind: "answer", question: idOf(7), round: 0, saw } as const;
      return digest(undefined, by(sam, "begin", stateOf(writePage(start, "", "At work")), 200))
        .facts;
    };
    expect(changed.facts?.changedAt).toBe(300);
    expect(answered(0)?.saw).toBeLessThan(changed.facts?.changedAt ?? 0);
    expect(answered(300)?.saw).toBe(changed.facts?.changedAt);
  });

  test("shows no change for being asked again, however often", () => {
    const again = digest(
      posted,
      by(
        anna,
        "change",
        changeOf(question, () => pageAsks(question).push([400, 500])),
        500,
      ),
    );
    expect(again.refusals).toEqual(["UPDATE_HEAVY"]);
    const fromPosted = openRecord(posted);
    const asked = digest(
      posted,
      by(
        anna,
        "change",
        changeOf(fromPosted, () => pageAsks(fromPosted).push([400, 500])),
        500,
      ),
    );
    expect(asked.facts).toMatchObject({ asks: [400, 500], changedAt: undefined });
  });
});

describe("a kind that this build does not know", () => {
  const doc = writePage(asQuestion, "Of tomorrow", "words of tomorrow");
  pageMeta(doc).set("v", 2);
  pageMeta(doc).set("kind", "pace");
  doc.getMap("pace").set("mine", "slow");
  const begun = digest(undefined, by(sam, "begin", stateOf(doc), 100));

  test("is shown as written with a newer Twofold, without its words", () => {
    expect(begun.refusals).toEqual([]);
    expect(begun.facts).toMatchObject({ kind: "newer", excerpt: "", writtenAt: 100 });
  });

  test("is kept whole, with what later messages add to it, for the build that knows it", () => {
    const later = digest(
      recordOf(begun),
      by(
        sam,
        "change",
        changeOf(doc, () => doc.getMap("pace").set("ours", "slower")),
        200,
      ),
    );
    const kept = openRecord(recordOf(later));
    expect(kept.getMap("pace").toJSON()).toEqual({ mine: "slow", ours: "slower" });
    expect(pageWords(kept).toString()).toContain("words of tomorrow");
    expect(later.facts?.kind).toBe("newer");
  });

  test("is what it says it is as soon as it says so in words that are known here", () => {
    const kept = openRecord(recordOf(begun));
    const change = changeOf(kept, () => {
      pageMeta(kept).set("v", 1);
      pageMeta(kept).set("kind", "told");
    });
    const known = digest(recordOf(begun), by(sam, "change", change));
    expect(known.facts).toMatchObject({ kind: "told", excerpt: "words of tomorrow" });
  });
});

describe("a page of a hundred and twenty thousand characters", () => {
  const lines = Array.from({ length: 1_200 }, (_, line) => `${line}`.padEnd(100, "ä"));
  const draft = writePage({ kind: "disclosure" }, "Everything", ...lines);

  test("is shared in messages that each fit, says all of it, and its card only the beginning", () => {
    const pieces = copyForSharing(draft, 9);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(updateLimit);
    const shared = digest(undefined, ...pieces.map((piece) => by(anna, "begin", piece)));
    expect(shared.refusals).toEqual([]);
    expect(wordsIn(recordOf(shared))).toBe(pageWords(draft).toString());
    expect(shared.facts?.excerpt.length).toBe(200);
  });

  test("in one paragraph that was written in one go is shared as well", () => {
    const one = writePage({ kind: "entry" }, "", "x".repeat(120_000));
    const shared = digest(
      undefined,
      ...copyForSharing(one, 9).map((piece) => by(anna, "begin", piece)),
    );
    expect(wordsIn(recordOf(shared)).length).toBeGreaterThan(120_000);
  });
});

describe("emoji and words from right to left", () => {
  test.each([
    ["families of emoji", "👩‍👩‍👧‍👦".repeat(60)],
    ["skin tones and flags", "👍🏽🇩🇪".repeat(60)],
    ["Hebrew", "לא הלכתי לשם ".repeat(30)],
    ["Arabic with marks of direction", "\u2067لم أذهب إلى هناك\u2069 ".repeat(20)],
    ["letters with marks that combine", "e\u0301".repeat(150)],
  ])("%s come through unchanged, and a cut card has no broken letter", (_what, text) => {
    const draft = writePage({ kind: "entry" }, text, text);
    const shared = digest(
      undefined,
      ...copyForSharing(draft, 3).map((one) => by(anna, "begin", one)),
    );
    const words = (pageWords(openRecord(recordOf(shared))).get(0) as Y.XmlElement).get(0);
    expect(String(words)).toBe(text);
    const { title = "", excerpt = "" } = shared.facts ?? {};
    for (const shown of [title, excerpt]) {
      expect(shown).not.toBe("");
      expect([...shown].length).toBeLessThanOrEqual(200);
      expect(Buffer.from(shown, "utf8").toString("utf8")).toBe(shown);
      expect(text.replaceAll(/\s+/gu, " ").startsWith(shown.trim())).toBe(true);
    }
  });
});

test("the days of a byDay are read in the order in which they were named, and only days that there are", () => {
  const doc = writePage({ kind: "byDay", of: idOf(1) }, "");
  pageDays(doc).push(["2026-11-26", "2026-02-30", 5, "soon", "2026-11-24"]);
  expect(digest(undefined, by(sam, "begin", stateOf(doc))).facts?.days).toEqual([
    "2026-11-26",
    "2026-11-24",
  ]);
});
