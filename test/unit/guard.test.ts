import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { concatBytes } from "../../shared/base/bytes.ts";
import { updateLimit } from "../../shared/page/guard.ts";
import { newPageDoc, pageAsks, pageMeta, pageWords } from "../../shared/page/pageDoc.ts";
import { seededRandom } from "../support/seededRandom.ts";
import {
  annasPage,
  anna,
  by,
  digest,
  entryDoc,
  entryOf,
  recordOf,
  sam,
  unchangedBytes,
  wordsIn,
} from "./guardPages.ts";
import { anyNested, anyNumber, varint, writeUpdate } from "./guardUpdates.ts";

/** Sam's app has all of Anna's page and changes it as Yjs lets anyone. */
const samsChange = (
  state: Uint8Array,
  client: number,
  change: (doc: Y.Doc) => void,
): Uint8Array => {
  const doc = newPageDoc(seededRandom(client));
  doc.clientID = client;
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  change(doc);
  return Y.encodeStateAsUpdate(doc, before);
};

const firstText = (doc: Y.Doc): Y.XmlText => {
  const text = (pageWords(doc).get(0) as Y.XmlElement).get(0);
  if (!(text instanceof Y.XmlText)) throw new Error("no text");
  return text;
};

describe("a partner's update never touches a page that is not theirs", () => {
  const mine = annasPage();
  const attacks: readonly (readonly [string, Uint8Array])[] = [
    [
      "a word slipped into a sentence",
      samsChange(mine.state, 2, (doc) => firstText(doc).insert(6, "really ")),
    ],
    ["a word taken out", samsChange(mine.state, 2, (doc) => firstText(doc).delete(6, 4))],
    ["everything taken out", samsChange(mine.state, 2, (doc) => pageWords(doc).delete(0, 1))],
    ["another title", samsChange(mine.state, 2, (doc) => pageMeta(doc).set("title", "Lies"))],
    [
      "the page made a question",
      samsChange(mine.state, 2, (doc) => pageMeta(doc).set("kind", "question")),
    ],
    [
      "structs under Anna's own client id",
      samsChange(mine.state, 1, (doc) => firstText(doc).insert(6, "really ")),
    ],
    [
      "Anna's next clock taken up by Sam",
      writeUpdate(1, Y.decodeStateVector(Y.encodeStateVectorFromUpdate(mine.state)).get(1) ?? 0)
        .text({ root: "body" })
        .done(),
    ],
    ["only deletions of Anna's structs", writeUpdate(1).done([[0, 3]])],
    ["an empty update", Uint8Array.of(0, 0)],
    ["no bytes", new Uint8Array()],
    ["what no update is", Uint8Array.of(255, 255, 255, 255, 255)],
  ];

  test.each(attacks)("%s", (_what, update) => {
    for (const act of ["begin", "change"] as const) {
      const digested = digest(mine, by(sam, act, update));
      expect(digested.refusals).toEqual(["NOT_YOUR_PAGE"]);
      expect(digested.applied).toEqual([]);
      expect(recordOf(digested).whitedOut).toBe(1);
      expect(digested.facts?.whitedOut).toBe(true);
      expect(unchangedBytes(recordOf(digested))).toBe(unchangedBytes(mine));
    }
  });

  test("nor can it take the page away", () => {
    const digested = digest(mine, by(sam, "remove"));
    expect(recordOf(digested).gone).toBe(false);
    expect(unchangedBytes(recordOf(digested))).toBe(unchangedBytes(mine));
    expect(digested.refusals).toEqual(["NOT_YOUR_PAGE"]);
  });

  test("and what comes between its owner's own updates is left out without disturbing them", () => {
    const doc = entryDoc("one");
    const first = Y.encodeStateAsUpdate(doc);
    const before = Y.encodeStateVector(doc);
    firstText(doc).insert(3, " two");
    const second = Y.encodeStateAsUpdate(doc, before);
    const digested = digest(
      undefined,
      by(anna, "begin", first),
      ...attacks.map(([, update]) => by(sam, "change", update)),
      by(anna, "change", second),
    );
    expect(wordsIn(recordOf(digested))).toContain("one two");
    expect(recordOf(digested).whitedOut).toBe(attacks.length);
  });
});

describe("whoever begins a page owns it", () => {
  test("a page that Sam begins under the id of one of Anna's is not begun", () => {
    const digested = digest(annasPage(), by(sam, "begin", entryOf("squatted", 2)));
    expect(wordsIn(recordOf(digested))).toContain("I did not go");
    expect(digested.facts?.owner).toBe(anna);
  });

  test("and where Sam was first, Anna's cannot change it either: nobody's words mix", () => {
    const digested = digest(
      undefined,
      by(sam, "begin", entryOf("first", 2)),
      by(anna, "begin", entryOf("second", 1)),
    );
    expect(digested.facts?.owner).toBe(sam);
    expect(wordsIn(recordOf(digested))).not.toContain("second");
  });

  test("an update that was whited out does not make its writer the owner", () => {
    const digested = digest(
      undefined,
      by(sam, "begin", Uint8Array.of(9, 9, 9)),
      by(anna, "begin", entryOf("mine")),
    );
    expect(digested.facts?.owner).toBe(anna);
    expect(digested.refusals).toEqual(["UPDATE_MALFORMED"]);
  });

  test("a page that was taken away stays away", () => {
    const begun = digest(
      undefined,
      by(anna, "begin", entryOf("to be removed")),
      by(anna, "remove"),
    );
    expect(recordOf(begun)).toMatchObject({ gone: true, state: new Uint8Array() });
    const again = digest(
      recordOf(begun),
      by(anna, "begin", entryOf("back")),
      by(sam, "begin", entryOf("back", 2)),
    );
    expect(recordOf(again)).toMatchObject({ gone: true, state: new Uint8Array() });
    expect(again.facts).toBeUndefined();
  });
});

describe("what a partner's own page may not hold is whited out, and the page before it stays", () => {
  const theirs = recordOf(digest(undefined, by(sam, "begin", entryOf("Sam's words", 5))));
  const clock = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(theirs.state)).get(5) ?? 0;
  const next = () => writeUpdate(5, clock);

  test.each<readonly [string, string, () => Uint8Array]>([
    ["over half a megabyte", "UPDATE_TOO_LARGE", () => new Uint8Array(updateLimit + 1)],
    [
      "cut off",
      "UPDATE_MALFORMED",
      () => next().text({ root: "body" }, "hello").done().slice(0, -4),
    ],
    [
      "a struct more in the header than there is",
      "UPDATE_MALFORMED",
      () => next().text({ root: "body" }).done([], 2),
    ],
    [
      "a billion structs in the header",
      "UPDATE_MALFORMED",
      () => next().text({ root: "body" }).done([], 1e9),
    ],
    [
      "2^52 structs in the header",
      "UPDATE_MALFORMED",
      () =>
        next()
          .text({ root: "body" })
          .done([], 2 ** 52),
    ],
    ["2^52 writers in the header", "UPDATE_MALFORMED", () => Uint8Array.from(varint(2 ** 52))],
    ["2^52 deletions", "UPDATE_MALFORMED", () => Uint8Array.from([0, 1, 5, ...varint(2 ** 52)])],
    [
      "a text longer than the update",
      "UPDATE_MALFORMED",
      () =>
        Uint8Array.from([
          1,
          1,
          5,
          ...varint(clock),
          4,
          1,
          4,
          98,
          111,
          100,
          121,
          ...varint(2 ** 40),
        ]),
    ],
    [
      "a word of no letters, in something that is no place for one",
      "UPDATE_MALFORMED",
      () =>
        writeUpdate(6)
          .text({ parent: [5, 0] }, "")
          .done(),
    ],
    ["a gap of no length", "UPDATE_MALFORMED", () => next().skip(0).done()],
    ["a deletion of nothing", "UPDATE_MALFORMED", () => next().done([[0, 0]])],
    ["deletions in another's name", "NOT_YOUR_HAND", () => writeUpdate(6).done([[0, 1]])],
    [
      "a document within the page",
      "UPDATE_HEAVY",
      () => next().subdocument({ root: "body" }).done(),
    ],
    [
      "values nested a thousand levels deep",
      "UPDATE_HEAVY",
      () =>
        next()
          .plain({ root: "asks" }, [anyNested(1_000)])
          .done(),
    ],
    [
      "values nested past the stack",
      "UPDATE_MALFORMED",
      () =>
        next()
          .plain({ root: "asks" }, [anyNested(100_000)])
          .done(),
    ],
    [
      "what follows on something never sent",
      "UPDATE_HEAVY",
      () =>
        writeUpdate(5, clock + 10)
          .text({ root: "body" })
          .done(),
    ],
    [
      "what stands beside itself",
      "UPDATE_MALFORMED",
      () =>
        next()
          .text({ origin: [5, clock] })
          .done(),
    ],
    [
      "what stands beside what comes later",
      "UPDATE_MALFORMED",
      () =>
        next()
          .text({ origin: [5, clock + 5] })
          .done(),
    ],
  ])("%s: %s", (_what, code, make) => {
    const digested = digest(theirs, by(sam, "change", make()));
    expect(digested.refusals).toEqual([code]);
    expect(recordOf(digested).whitedOut).toBe(1);
    expect(unchangedBytes(recordOf(digested))).toBe(unchangedBytes(theirs));
  });

  test("types nested ten thousand levels deep are whited out, in the words, among the facts and elsewhere", () => {
    for (const root of ["body", "meta", "hidden"]) {
      const nest = next().type(root === "meta" ? { root, under: "x" } : { root }, "array");
      for (let level = 0; level < 10_000; level++)
        nest.type({ parent: [5, clock + level] }, "array");
      const digested = digest(theirs, by(sam, "change", nest.done()));
      expect(digested.refusals).toEqual(["UPDATE_HEAVY"]);
      expect(unchangedBytes(recordOf(digested))).toBe(unchangedBytes(theirs));
    }
  });

  test("an honest update that follows is applied as if nothing had been", () => {
    const digested = digest(
      theirs,
      by(sam, "change", Uint8Array.of(1, 2, 3)),
      by(
        sam,
        "change",
        samsChange(theirs.state, 8, (doc) => firstText(doc).insert(0, "Truly: ")),
      ),
    );
    expect(wordsIn(recordOf(digested))).toContain("Truly: Sam's words");
    expect(recordOf(digested).whitedOut).toBe(1);
  });
});

describe("a card never believes what a page says of itself", () => {
  const cardOf = (change: (doc: Y.Doc) => void) => {
    const doc = entryDoc("words", 5);
    change(doc);
    const digested = digest(undefined, by(sam, "begin", Y.encodeStateAsUpdate(doc)));
    if (digested.facts === undefined) throw new Error("no facts");
    return digested.facts;
  };

  test.each<{ readonly title: unknown }>([
    { title: {} },
    { title: [] },
    { title: 7 },
    { title: null },
    { title: true },
    { title: new Uint8Array(3) },
    { title: { toString: "x" } },
  ])("a title of $title is no title", ({ title }) => {
    expect(cardOf((doc) => pageMeta(doc).set("title", title)).title).toBe("");
  });

  test("a title that is a shared type is no title", () => {
    expect(cardOf((doc) => pageMeta(doc).set("title", new Y.Text("x"))).title).toBe("");
  });

  test("a title of half a megabyte, of control letters or broken ones is cut to what a list can show", () => {
    expect(cardOf((doc) => pageMeta(doc).set("title", "é".repeat(100_000))).title.length).toBe(200);
    expect(cardOf((doc) => pageMeta(doc).set("title", "a\u0000b\u001bc\ud800d")).title).toBe(
      "a b c\ufffdd",
    );
  });

  test.each<readonly [string, unknown]>([
    ["v", 2],
    ["v", "1"],
    ["v", {}],
    ["kind", "poem"],
    ["kind", 5],
    ["kind", {}],
    ["kind", "__proto__"],
    ["kind", null],
  ])("%s = %j is kept and shown as written with a newer Twofold", (name, value) => {
    expect(cardOf((doc) => pageMeta(doc).set(name, value))).toMatchObject({
      kind: "newer",
      excerpt: "",
    });
  });

  test.each<readonly [string, unknown]>([
    ["need", "everything"],
    ["need", {}],
    ["depth", 3],
    ["question", "not an id"],
    ["question", {}],
    ["question", "A".repeat(32)],
    ["round", -1],
    ["round", 1.5],
    ["round", Number.NaN],
    ["round", Number.POSITIVE_INFINITY],
    ["round", "2"],
    ["round", {}],
    ["whole", "yes"],
    ["whole", 1],
  ])("%s = %j is left out", (name, value) => {
    const facts = cardOf((doc) => {
      pageMeta(doc).set("kind", "answer");
      pageMeta(doc).set(name, value);
    });
    const expected: Readonly<Record<string, unknown>> = { round: 0, whole: false };
    expect((facts as unknown as Record<string, unknown>)[name]).toBe(expected[name]);
  });

  test("a million askings, of which most are no times, are read at once and a thousand are kept", () => {
    const flood = writeUpdate(5)
      .plain(
        { root: "asks" },
        Array.from({ length: 250_000 }, (_, index) => anyNumber(index % 64)),
      )
      .done();
    let record = recordOf(digest(undefined, by(sam, "begin", flood)));
    for (let more = 1; more < 4; more++) {
      const update = writeUpdate(5, more * 250_000)
        .plain(
          { origin: [5, more * 250_000 - 1] },
          Array.from({ length: 250_000 }, () => anyNumber(1)),
        )
        .done();
      record = recordOf(digest(record, by(sam, "change", update)));
    }
    const last = digest(
      record,
      by(
        sam,
        "change",
        samsChange(record.state, 9, (doc) => pageAsks(doc).push(["soon", {}, -1, 0.5, null])),
      ),
    );
    expect(last.facts?.asks.length).toBe(1000);
    expect(last.facts?.asks.every((time) => Number.isSafeInteger(time) && time >= 0)).toBe(true);
  });

  test("maps, lists, texts and hooks among the words are passed over", () => {
    const facts = cardOf((doc) => {
      const body = pageWords(doc) as unknown as Y.Array<unknown>;
      body.push([
        new Y.Map([["a", new Y.Map()]]),
        new Y.Array(),
        new Y.Text("hidden"),
        new Y.XmlHook("x"),
      ]);
    });
    expect(facts.excerpt).toBe("words");
  });
});

test("bytes that lie beside an update in memory are not read into it", () => {
  const secret = new TextEncoder().encode("secret".repeat(20));
  const update = Uint8Array.from([1, 1, 5, 0, 4, 1, 4, 98, 111, 100, 121, 100, 97, 98]);
  const together = concatBytes(update, secret);
  const digested = digest(undefined, by(sam, "begin", together.subarray(0, update.length)));
  expect(Buffer.from(digested.record?.state ?? []).toString("latin1")).not.toContain("secret");
});
