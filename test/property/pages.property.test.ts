import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { copyForSharing } from "../../shared/page/copyWords.ts";
import { decodeRecord, encodeRecord } from "../../shared/page/pageRecord.ts";
import { pageMeta, pageWords } from "../../shared/page/pageDoc.ts";
import {
  annasPage,
  anna,
  by,
  digest,
  entryDoc,
  entryOf,
  recordOf,
  sam,
  timed,
  unchangedBytes,
  wordsIn,
} from "../unit/guardPages.ts";
import { writeUpdate, type Place, type UpdateWriter } from "../unit/guardUpdates.ts";

/** What a hand at the keyboard, or a changed app, does to a page. */
const act = fc.oneof(
  fc.record({
    do: fc.constant("type" as const),
    at: fc.nat(40),
    text: fc.string({ maxLength: 12 }),
  }),
  fc.record({
    do: fc.constant("delete" as const),
    at: fc.nat(40),
    length: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({
    do: fc.constant("paragraph" as const),
    at: fc.nat(10),
    text: fc.string({ maxLength: 12 }),
  }),
  fc.record({ do: fc.constant("drop" as const), at: fc.nat(10) }),
  fc.record({
    do: fc.constant("fact" as const),
    name: fc.constantFrom("title", "kind", "v", "whole", "question"),
    value: fc.jsonValue(),
  }),
  fc.record({ do: fc.constant("ask" as const), value: fc.jsonValue() }),
  fc.record({
    do: fc.constant("format" as const),
    at: fc.nat(40),
    length: fc.integer({ min: 1, max: 8 }),
  }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

const perform = (doc: Y.Doc, one: Act): void => {
  const body = pageWords(doc);
  const texts = body
    .toArray()
    .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []));
  const text = texts.find((found): found is Y.XmlText => found instanceof Y.XmlText);
  if (one.do === "type") text?.insert(Math.min(one.at, text.length), one.text);
  if (one.do === "delete" && text !== undefined && text.length > 0) {
    const at = one.at % text.length;
    text.delete(at, Math.min(one.length, text.length - at));
  }
  if (one.do === "format" && text !== undefined && text.length > 0) {
    const at = one.at % text.length;
    text.format(at, Math.min(one.length, text.length - at), { bold: {} });
  }
  if (one.do === "paragraph") {
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText(one.text)]);
    body.insert(one.at % (body.length + 1), [paragraph]);
  }
  if (one.do === "drop" && body.length > 0) body.delete(one.at % body.length, 1);
  if (one.do === "fact") pageMeta(doc).set(one.name, one.value);
  if (one.do === "ask") doc.getArray("asks").push([one.value]);
};

const changeOf = (doc: Y.Doc, change: () => void): Uint8Array => {
  const before = Y.encodeStateVector(doc);
  change();
  return Y.encodeStateAsUpdate(doc, before);
};

const mine = annasPage("I did not go there");
const mineBytes = unchangedBytes(mine);

describe("a page that is not theirs", () => {
  test("stays byte for byte what it was, whatever the partner's app does to its copy of it", () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(1, 2),
        (acts, client) => {
          const doc = new Y.Doc();
          doc.clientID = client;
          Y.applyUpdate(doc, mine.state);
          const update = changeOf(doc, () => acts.forEach((one) => perform(doc, one)));
          const digested = digest(mine, by(sam, "change", update));
          expect(digested.refusals).toEqual(["NOT_YOUR_PAGE"]);
          expect(digested.facts?.whitedOut).toBe(true);
          expect(unchangedBytes(recordOf(digested))).toBe(mineBytes);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("does not depend on what comes between: its owner's updates give the same words with and without", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(act, fc.uint8Array({ maxLength: 60 })), { maxLength: 20 }),
        (acts) => {
          const doc = entryDoc("I did not go there");
          const begun = by(anna, "begin", Y.encodeStateAsUpdate(doc));
          const messages = acts.map((one) =>
            one instanceof Uint8Array
              ? by(sam, "change", one)
              : by(
                  anna,
                  "change",
                  changeOf(doc, () => perform(doc, one)),
                ),
          );
          const alone = digest(
            undefined,
            begun,
            ...messages.filter(({ device }) => device === anna),
          );
          const together = digest(undefined, begun, ...messages);
          expect(unchangedBytes(recordOf(together))).toBe(unchangedBytes(recordOf(alone)));
          expect(wordsIn(recordOf(together))).toBe(pageWords(doc).toString());
          expect(recordOf(together).whitedOut).toBe(
            messages.filter(({ device }) => device === sam).length,
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a page of the partner's own", () => {
  const theirs = recordOf(digest(undefined, by(sam, "begin", entryOf("Sam's words", 5))));

  test("takes whatever an editor can do to it, in one batch or many, and reads the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(act, { maxLength: 6 }), { maxLength: 8 }),
        fc.boolean(),
        (evenings, oneByOne) => {
          const doc = new Y.Doc();
          Y.applyUpdate(doc, theirs.state);
          const messages = evenings.map((acts, evening) => {
            doc.clientID = 100 + evening;
            return by(
              sam,
              "change",
              changeOf(doc, () => acts.forEach((one) => perform(doc, one))),
            );
          });
          let record = theirs;
          if (oneByOne) for (const message of messages) record = recordOf(digest(record, message));
          else record = recordOf(digest(record, ...messages));
          expect(record.whitedOut).toBe(0);
          expect(wordsIn(record)).toBe(pageWords(doc).toString());
        },
      ),
      { numRuns: 150 },
    );
  });

  test("is what it was, or what an update made of it, but never half of one: bits flipped, bytes cut, bytes added", () => {
    const doc = new Y.Doc();
    doc.clientID = 6;
    Y.applyUpdate(doc, theirs.state);
    const good = changeOf(doc, () => {
      for (let count = 0; count < 5; count++)
        perform(doc, { do: "paragraph", at: count, text: `line ${count}` });
      perform(doc, { do: "delete", at: 0, length: 4 });
      perform(doc, { do: "fact", name: "title", value: { deep: [1, "two", null] } });
    });
    const damage = fc.oneof(
      fc.record({ how: fc.constant("flip" as const), at: fc.nat(good.length - 1), bit: fc.nat(7) }),
      fc.record({
        how: fc.constant("cut" as const),
        at: fc.nat(good.length - 1),
        bit: fc.constant(0),
      }),
      fc.record({ how: fc.constant("add" as const), at: fc.nat(good.length), bit: fc.nat(255) }),
    );
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        let update: Uint8Array = good.slice();
        for (const { how, at, bit } of damages) {
          if (how === "flip" && at < update.length) update[at] = (update[at] ?? 0) ^ (1 << bit);
          if (how === "cut") update = update.slice(0, at);
          if (how === "add")
            update = Uint8Array.from([...update.slice(0, at), bit, ...update.slice(at)]);
        }
        const taken = timed(() => {
          const digested = digest(theirs, by(sam, "change", update));
          const untouched = unchangedBytes(recordOf(digested)) === unchangedBytes(theirs);
          expect(digested.refusals.length === 0 || untouched).toBe(true);
          const next = digest(
            recordOf(digested),
            by(sam, "change", writeUpdate(777).type({ root: "body" }, "element").done()),
          );
          expect(next.facts).toBeDefined();
        });
        expect(taken).toBeLessThan(2_000);
      }),
      { numRuns: 600 },
    );
  });

  test("survives structs put together at random: it never throws, never hangs, and honest words can follow", () => {
    const id = fc.tuple(fc.constantFrom(5, 5, 5, 6, 1), fc.nat(30));
    const place: fc.Arbitrary<Place> = fc.oneof(
      fc.record({ origin: id }),
      fc.record({ right: id }),
      fc.record({ origin: id, right: id }),
      fc.record({ root: fc.constantFrom("body", "meta", "asks", "hidden") }),
      fc.record({
        root: fc.constantFrom("body", "meta"),
        under: fc.constantFrom("title", "kind", "k", "__proto__"),
      }),
      fc.record({ parent: id }),
      fc.record({ parent: id, under: fc.constantFrom("a", "b") }),
    );
    const struct: fc.Arbitrary<(writer: UpdateWriter) => UpdateWriter> = fc.oneof(
      fc.tuple(place, fc.string({ maxLength: 4 })).map(
        ([at, text]) =>
          (writer: UpdateWriter) =>
            writer.text(at, text),
      ),
      fc
        .tuple(
          place,
          fc.constantFrom("array", "map", "text", "element", "fragment", "hook", "xmlText"),
        )
        .map(
          ([at, type]) =>
            (writer: UpdateWriter) =>
              writer.type(at, type),
        ),
      fc.tuple(place, fc.string({ maxLength: 3 })).map(
        ([at, key]) =>
          (writer: UpdateWriter) =>
            writer.format(at, key),
      ),
      place.map((at) => (writer: UpdateWriter) => writer.subdocument(at)),
      fc.nat(2 ** 20).map((length) => (writer: UpdateWriter) => writer.skip(length)),
    );
    const update = fc
      .record({
        client: fc.constantFrom(5, 6),
        clock: fc.nat(30),
        structs: fc.array(struct, { maxLength: 25 }),
        deletions: fc.array(fc.tuple(fc.nat(40), fc.nat(10)), { maxLength: 3 }),
      })
      .map(({ client, clock, structs, deletions }) =>
        structs.reduce((writer, add) => add(writer), writeUpdate(client, clock)).done(deletions),
      );
    fc.assert(
      fc.property(fc.array(update, { minLength: 1, maxLength: 4 }), (updates) => {
        const taken = timed(() => {
          const digested = digest(theirs, ...updates.map((one) => by(sam, "change", one)));
          const record = recordOf(digested);
          expect(digested.applied.length + digested.refusals.length).toBe(updates.length);
          expect(decodeRecord(encodeRecord(record))).toMatchObject({
            ok: true,
            value: { whitedOut: digested.refusals.length },
          });
          const doc = new Y.Doc();
          doc.clientID = 999;
          Y.applyUpdate(doc, record.state);
          const honest = changeOf(doc, () =>
            perform(doc, { do: "paragraph", at: 0, text: "honest" }),
          );
          expect(digest(record, by(sam, "change", honest)).refusals).toEqual([]);
        });
        expect(taken).toBeLessThan(2_000);
      }),
      { numRuns: 400 },
    );
  });
});

test("what is shared says the same as the draft and nothing that was deleted from it", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 15 }), fc.nat(2 ** 31), (acts, hand) => {
      const draft = entryDoc("secret before anything");
      for (const one of acts) perform(draft, one);
      const pieces = copyForSharing(draft, hand);
      const shared = digest(undefined, ...pieces.map((piece) => by(anna, "begin", piece)));
      expect(shared.refusals).toEqual([]);
      expect(wordsIn(recordOf(shared))).toBe(pageWords(draft).toString());
      const stillThere = pageWords(draft).toString().includes("secret");
      const travels = Buffer.concat(pieces).toString("latin1").includes("secret");
      expect(travels && !stillThere).toBe(false);
      expect(copyForSharing(draft, hand)).toEqual(pieces);
    }),
    { numRuns: 100 },
  );
});
