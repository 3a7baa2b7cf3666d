import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { updateLimit } from "../../shared/page/guard.ts";
import { by, digest, entryOf, recordOf, sam, timed } from "./guardPages.ts";
import { writeUpdate } from "./guardUpdates.ts";

/**
 * Each of these keeps plain Yjs busy for ten seconds to many minutes, or takes gigabytes, with one update of less
 * than half a megabyte. Generous, because the computers that run this are slow; the shapes miss it by far.
 */
const bearable = 5_000;

const theirs = recordOf(digest(undefined, by(sam, "begin", entryOf("Sam's words", 5))));
const clock = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(theirs.state)).get(5) ?? 0;

describe("no update of a partner's keeps the app busy", () => {
  test("forty thousand values that were all the first under one key", () => {
    const flood = writeUpdate(5, clock);
    for (let count = 0; count < 40_000; count++) flood.text({ root: "meta", under: "k" });
    const update = flood.done();
    expect(update.length).toBeLessThan(updateLimit);
    const taken = timed(() =>
      expect(digest(theirs, by(sam, "change", update)).refusals).toEqual(["UPDATE_MALFORMED"]),
    );
    expect(taken).toBeLessThan(bearable);
  });

  test("twenty thousand letters, each of which has to search a list of twenty thousand for its place", () => {
    const length = 20_000;
    const flood = writeUpdate(5, clock).text({ root: "body" });
    for (let count = 1; count < length; count++) flood.text({ origin: [5, clock + count - 1] });
    for (let count = 1; count < length; count++) flood.text({ right: [5, clock + length - count] });
    const update = flood.done();
    expect(update.length).toBeLessThan(updateLimit);
    const taken = timed(() =>
      expect(digest(theirs, by(sam, "change", update)).refusals).toEqual(["UPDATE_MALFORMED"]),
    );
    expect(taken).toBeLessThan(bearable);
  });

  test("twenty thousand formats open at the same time", () => {
    const begun = digest(
      theirs,
      by(sam, "change", writeUpdate(5, clock).type({ root: "body" }, "xmlText").done()),
    );
    const flood = writeUpdate(5, clock + 1).text({ parent: [5, clock] });
    for (let count = 0; count < 20_000; count++) {
      flood
        .format({ origin: [5, clock + 1 + 2 * count] }, `k${count}`)
        .text({ origin: [5, clock + 2 + 2 * count] });
    }
    const update = flood.done();
    expect(update.length).toBeLessThan(updateLimit);
    const taken = timed(() =>
      expect(digest(recordOf(begun), by(sam, "change", update)).refusals).toEqual(["UPDATE_HEAVY"]),
    );
    expect(taken).toBeLessThan(bearable);
  });

  test("as many formats, brought in a few at a time", () => {
    let record = recordOf(
      digest(
        theirs,
        by(sam, "change", writeUpdate(5, clock).type({ root: "body" }, "xmlText").done()),
      ),
    );
    let refused = 0;
    const taken = timed(() => {
      for (let batch = 0; batch < 20; batch++) {
        const at = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(record.state)).get(5) ?? 0;
        const some = writeUpdate(5, at);
        some.text(at === clock + 1 ? { parent: [5, clock] } : { origin: [5, at - 1] });
        for (let count = 0; count < 100; count++)
          some.format({ origin: [5, at + count] }, `k${batch}-${count}`);
        const digested = digest(record, by(sam, "change", some.done()));
        refused += digested.refusals.length;
        record = recordOf(digested);
      }
    });
    expect(refused).toBe(19);
    expect(taken).toBeLessThan(bearable);
  });

  test("a change at each of ten thousand levels", () => {
    const levels = 10_000;
    const nest = writeUpdate(5, clock).type({ root: "body", under: "a" }, "map");
    for (let level = 1; level < levels; level++)
      nest.type({ parent: [5, clock + level - 1], under: "a" }, "map");
    const touch = writeUpdate(5, clock + levels);
    for (let level = 0; level < levels; level++)
      touch.text({ parent: [5, clock + level], under: "b" });
    const taken = timed(() => {
      const digested = digest(
        theirs,
        by(sam, "change", nest.done()),
        by(sam, "change", touch.done()),
      );
      expect(digested.refusals).toEqual(["UPDATE_HEAVY", "UPDATE_HEAVY"]);
    });
    expect(taken).toBeLessThan(bearable);
  });

  test("ten thousand levels that are taken away in the same breath", () => {
    const levels = 10_000;
    const nest = writeUpdate(5, clock).type({ root: "body" }, "array");
    for (let level = 1; level < levels; level++)
      nest.type({ parent: [5, clock + level - 1] }, "array");
    const taken = timed(() => {
      expect(digest(theirs, by(sam, "change", nest.done([[clock, 1]]))).refusals.length).toBe(1);
    });
    expect(taken).toBeLessThan(bearable);
  });

  test("a header that promises more structs than memory holds", () => {
    for (const claimed of [33_000_000, 4_000_000_000, 2 ** 40, 2 ** 52]) {
      const update = writeUpdate(5, clock).text({ root: "body" }).done([], claimed);
      const taken = timed(() =>
        expect(digest(theirs, by(sam, "change", update)).refusals).toEqual(["UPDATE_MALFORMED"]),
      );
      expect(taken).toBeLessThan(1_000);
    }
  });

  test("half a megabyte of the smallest structs there are", () => {
    const flood = writeUpdate(5, clock);
    for (let count = 0; count < 200_000; count++) flood.skip(1);
    const update = flood.done();
    const taken = timed(() => void digest(theirs, by(sam, "change", update)));
    expect(taken).toBeLessThan(bearable);
  });
});

describe("what an honest editor does never comes near those bounds", () => {
  test("a long page, written over many evenings, changed in the middle, taken back and done again", () => {
    let record = theirs;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, theirs.state);
    for (let evening = 0; evening < 30; evening++) {
      doc.clientID = 100 + evening;
      const body = doc.getXmlFragment("body");
      const undo = new Y.UndoManager(body, { captureTimeout: 0 });
      const before = Y.encodeStateVector(doc);
      for (let count = 0; count < 20; count++) {
        const paragraph = new Y.XmlElement("paragraph");
        const text = new Y.XmlText("one more line");
        paragraph.insert(0, [text]);
        body.insert((evening * 7 + count * 3) % (body.length + 1), [paragraph]);
        text.format(2, 4, { bold: {}, link: { href: "https://example.org" } });
        if (count % 5 === 0) body.delete((count * 11) % body.length, 1);
      }
      for (let count = 0; count < 8; count++) undo.undo();
      for (let count = 0; count < 5; count++) undo.redo();
      const digested = digest(record, by(sam, "change", Y.encodeStateAsUpdate(doc, before)));
      expect(digested.refusals).toEqual([]);
      record = recordOf(digested);
      undo.destroy();
    }
    const read = new Y.Doc();
    Y.applyUpdate(read, record.state);
    expect(read.getXmlFragment("body").toString()).toBe(doc.getXmlFragment("body").toString());
  });

  test("lists within lists, as deep as a screen is wide", () => {
    const doc = new Y.Doc();
    let at: Y.XmlFragment = doc.getXmlFragment("body");
    for (let level = 0; level < 50; level++) {
      const list = new Y.XmlElement("bulletList");
      const item = new Y.XmlElement("listItem");
      at.push([list]);
      list.push([item]);
      at = item;
    }
    at.push([new Y.XmlText("deep down")]);
    expect(digest(undefined, by(sam, "begin", Y.encodeStateAsUpdate(doc))).refusals).toEqual([]);
  });

  test("two windows of one writer that write in the same place at the same time", () => {
    const windows = [1, 2].map((client) => {
      const doc = new Y.Doc();
      doc.clientID = client + 50;
      Y.applyUpdate(doc, theirs.state);
      return doc;
    });
    const updates = windows.map((doc) => {
      const before = Y.encodeStateVector(doc);
      for (let count = 0; count < 40; count++) {
        const paragraph = new Y.XmlElement("paragraph");
        paragraph.insert(0, [new Y.XmlText(`line ${count}`)]);
        doc.getXmlFragment("body").insert(0, [paragraph]);
      }
      return Y.encodeStateAsUpdate(doc, before);
    });
    expect(digest(theirs, ...updates.map((update) => by(sam, "change", update))).refusals).toEqual(
      [],
    );
  });
});
