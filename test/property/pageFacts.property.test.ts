import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PageMessage } from "../../shared/page/applyApart.ts";
import {
  pageAsks,
  pageDays,
  pageMeta,
  pageWords,
  type PageDoc,
} from "../../shared/page/pageDoc.ts";
import { traceOf } from "../../shared/page/trace.ts";
import { anna, by, digest } from "../unit/guardPages.ts";
import { addLines, asQuestion, random, stateOf, writePage } from "../unit/pageKit.ts";

const act = fc.oneof(
  fc.record({
    do: fc.constant("line" as const),
    text: fc.string({ unit: "grapheme", maxLength: 12 }),
  }),
  fc.record({ do: fc.constant("drop" as const), at: fc.nat(9) }),
  fc.record({
    do: fc.constant("fact" as const),
    name: fc.constantFrom(
      "title",
      "need",
      "depth",
      "helpsBy",
      "of",
      "round",
      "whole",
      "pauseHours",
    ),
    value: fc.oneof(
      fc.constantFrom("why", "facts", "2026-11-26", "a".repeat(32), true, 3),
      fc.jsonValue(),
    ),
  }),
  fc.record({ do: fc.constant("unset" as const), name: fc.constantFrom("title", "need", "whole") }),
  fc.record({ do: fc.constant("ask" as const), at: fc.nat() }),
  fc.record({ do: fc.constant("day" as const), day: fc.constantFrom("2026-11-26", "never") }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

const perform = (doc: PageDoc, one: Act): void => {
  if (one.do === "line") addLines(doc, one.text);
  if (one.do === "drop" && pageWords(doc).length > 0)
    pageWords(doc).delete(one.at % pageWords(doc).length, 1);
  if (one.do === "fact") pageMeta(doc).set(one.name, one.value);
  if (one.do === "unset") pageMeta(doc).delete(one.name);
  if (one.do === "ask") pageAsks(doc).push([one.at]);
  if (one.do === "day") pageDays(doc).push([one.day]);
};

/** A page as it was begun, and each later touch of it as an update of its own. */
const written = fc.array(act, { minLength: 1, maxLength: 14 }).map((acts) => {
  const doc = writePage(asQuestion, "A title", "first words");
  const begun = stateOf(doc);
  const touches: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => touches.push(update));
  for (const one of acts) perform(doc, one);
  return { doc, begun, touches };
});

/** Where one message ends and the next begins. */
const cuts = fc.array(fc.boolean(), { minLength: 14, maxLength: 14 });

const inMessages = (
  touches: readonly Uint8Array[],
  ends: readonly boolean[],
): readonly PageMessage[] => {
  const groups: Uint8Array[][] = [[]];
  for (const [index, touch] of touches.entries()) {
    groups.at(-1)?.push(touch);
    if (ends[index] === true) groups.push([]);
  }
  return groups
    .filter(({ length }) => length > 0)
    .map((group) => by(anna, "change", Y.mergeUpdates(group), 20));
};

test("what is known of a page is the same however its changes were cut into messages and batches", () => {
  fc.assert(
    fc.property(written, cuts, cuts, ({ begun, touches }, ends, batches) => {
      const begin = by(anna, "begin", begun, 10);
      const oneByOne = digest(
        undefined,
        begin,
        ...touches.map((one) => by(anna, "change", one, 20)),
      );
      const messages = inMessages(touches, ends);
      expect(digest(undefined, begin, ...messages).facts).toEqual(oneByOne.facts);
      let known = digest(undefined, begin);
      let batch: PageMessage[] = [];
      for (const [index, message] of messages.entries()) {
        batch.push(message);
        if (batches[index] !== true && index < messages.length - 1) continue;
        known = digest(known.record, ...batch);
        batch = [];
      }
      expect(known.facts).toEqual(oneByOne.facts);
      expect(known.refusals).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("a withdrawal leaves nothing of what was said, wherever it comes, and the same trace to both", () => {
  fc.assert(
    fc.property(written, cuts, ({ doc, begun, touches }, ends) => {
      const begin = by(anna, "begin", begun, 10);
      const trace = by(anna, "begin", traceOf(doc, random), 30);
      const messages = inMessages(touches, ends);
      const live = digest(undefined, begin, ...messages, trace, ...messages);
      expect(live.facts).toMatchObject({ title: "", excerpt: "", withdrawnAt: 30, writtenAt: 10 });
      const rebuilt = digest(undefined, trace);
      expect({ ...rebuilt.facts, writtenAt: 10 }).toEqual(live.facts);
    }),
    { numRuns: 100 },
  );
});
