import fc from "fast-check";
import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { partBytes, stateParts } from "../../renderer/carriers/stateParts.ts";
import { createSyncFilter } from "../../renderer/carriers/syncFilter.ts";

/** What the other end of a channel would hand to Yjs. */
const read = (message: Uint8Array) => {
  const decoder = createDecoder(message);
  const [type, kind] = [readVarUint(decoder), readVarUint(decoder)];
  return { type, kind, body: readVarUint8Array(decoder) };
};
const partsFor = (from: Y.Doc, to: Y.Doc): readonly Uint8Array[] => [
  ...stateParts(from, Y.decodeStateVector(Y.encodeStateVector(to))),
];
const take = (doc: Y.Doc, parts: readonly Uint8Array[]): void => {
  for (const part of parts) Y.applyUpdate(doc, read(part).body);
};
const docOf = (client: number): Y.Doc => {
  const doc = new Y.Doc();
  doc.clientID = client;
  return doc;
};
const put = (doc: Y.Doc, key: string, length: number, fill = 1): void =>
  void doc.getMap(airlockMap).set(key, new Uint8Array(length).fill(fill));
const contentOf = (doc: Y.Doc): unknown => doc.getMap(airlockMap).toJSON();

test("a full window leaves in parts of about half a megabyte, and all of it arrives", () => {
  const ada = docOf(7);
  for (let at = 0; at < 90; at++) put(ada, `envelope ${at}`, 256 * 1024, at);
  const parts = partsFor(ada, docOf(9));
  expect(parts.length).toBeGreaterThan(30);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(partBytes + 300_000);
  const ben = docOf(9);
  take(ben, parts);
  expect(contentOf(ben)).toEqual(contentOf(ada));
  expect(ben.store.pendingStructs).toBeNull();
});

test("the other end counts as in step with the last part, and not before", () => {
  const ada = docOf(7);
  for (let at = 0; at < 9; at++) put(ada, `envelope ${at}`, 256 * 1024, at);
  const kinds = partsFor(ada, docOf(9)).map((part) => read(part).kind);
  expect(kinds.at(-1)).toBe(1);
  expect(new Set(kinds.slice(0, -1))).toEqual(new Set([2]));
  expect(partsFor(docOf(1), docOf(2)).map((part) => read(part).kind)).toEqual([1]);
});

test("every part is taken by the other end's filter", () => {
  const ada = docOf(7);
  for (let at = 0; at < 9; at++) put(ada, `envelope ${at}`, 256 * 1024, at);
  ada.getMap(airlockMap).delete("envelope 3");
  const passed: Uint8Array[] = [];
  for (const part of partsFor(ada, docOf(9)))
    expect(createSyncFilter().give(part, (given) => passed.push(given)).ok).toBe(true);
  expect(passed.length).toBeGreaterThan(2);
});

const step = fc.record({
  writer: fc.nat(2),
  key: fc.nat(6),
  /** Nothing: it is deleted. */
  length: fc.option(fc.oneof(fc.integer({ min: 1, max: 900 }), fc.constant(400_000)), {
    nil: undefined,
  }),
  meets: fc.boolean(),
});

test("whatever several writers did, in parts it comes to the same as in one", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(39), (steps, pause) => {
      const writers = [docOf(3), docOf(500_000), docOf(40)];
      const reader = docOf(12);
      for (const [at, { writer, key, length, meets }] of steps.entries()) {
        const doc = writers[writer];
        const other = writers[(writer + 1) % 3];
        if (doc === undefined || other === undefined) continue;
        if (length === undefined) doc.getMap(airlockMap).delete(`${key}`);
        else put(doc, `${key}`, length, at);
        if (meets) take(other, partsFor(doc, other));
        if (at === pause) take(reader, partsFor(doc, reader));
      }
      for (const doc of writers) take(reader, partsFor(doc, reader));
      const stock = docOf(13);
      for (const doc of writers)
        Y.applyUpdate(stock, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(stock)));
      expect(contentOf(reader)).toEqual(contentOf(stock));
      expect(Y.encodeStateVector(reader)).toEqual(Y.encodeStateVector(stock));
      expect(reader.store.pendingStructs).toBeNull();
      expect(reader.store.pendingDs).toBeNull();
    }),
    { numRuns: 25 },
  );
});
