import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { createJudge } from "../../server/mailbox/judge.ts";
import { isVector, judgeUpdate, nothingKnown } from "../../server/mailbox/judgeUpdate.ts";
import { defaultMailboxLimits } from "../../server/mailbox/limits.ts";
import { isHollow, knownOf, weighDocument } from "../../server/mailbox/weigh.ts";
import { inventEnvelope, inventKey, putUpdate } from "./mailboxServer.harness.ts";
import { inventCouple } from "./mailboxServer.wire.ts";

const judge = (update: Uint8Array, doc?: Y.Doc) =>
  judgeUpdate(update, doc === undefined ? nothingKnown : knownOf(doc), defaultMailboxLimits);

const step = fc.record({
  device: fc.nat(2),
  key: fc.nat(6),
  act: fc.constantFrom("put", "put", "delete", "meet"),
});

test("whatever honest devices put in and take out, alone or at once, is let through with its true weight", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const server = new Y.Doc();
      const devices = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
      const take = (update: Uint8Array) => {
        const before = weighDocument(server);
        const judged = judge(update, server);
        expect(judged.ok).toBe(true);
        Y.applyUpdate(server, update);
        expect(server.store.pendingStructs).toBeNull();
        expect(server.store.pendingDs).toBeNull();
        const after = weighDocument(server);
        // Yjs joins neighbours that are deleted, so it may be less.
        const counted = judged.ok ? judged.value.structs : -1;
        expect(after.structs - before.structs).toBeLessThanOrEqual(counted);
      };
      for (const { device, key, act } of steps) {
        const doc = devices[device] ?? server;
        const entries = doc.getMap("envelopes");
        if (act === "put") entries.set(inventKey(key), inventEnvelope(600, device));
        if (act === "delete") entries.delete(inventKey(key));
        if (act === "meet") {
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)));
          take(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
        }
      }
      for (const doc of devices) take(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
      const whole = Y.encodeStateAsUpdate(server);
      expect(judge(whole).ok).toBe(true);
      expect(weighDocument(server).bytes).toBeGreaterThanOrEqual(whole.length);
      expect(isVector(Y.encodeStateVector(server))).toBe(true);
      expect(isHollow(server)).toBe(server.getMap("envelopes").size === 0);
    }),
    { numRuns: 150 },
  );
});

test("whatever bytes: an answer, nothing thrown, and what is let through Yjs takes whole", () => {
  const good = putUpdate(3);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (flips) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of flips) bytes[at] = value;
        if (!judge(bytes).ok) return;
        const doc = new Y.Doc();
        Y.applyUpdate(doc, bytes);
        expect(doc.store.pendingStructs).toBeNull();
        expect(doc.store.pendingDs).toBeNull();
        expect([...doc.share.keys()].filter((name) => name !== "envelopes")).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      judge(bytes);
      isVector(bytes);
    }),
    { numRuns: 2_000 },
  );
});

test("only what is new counts; what is there already weighs nothing", () => {
  const doc = new Y.Doc();
  const update = putUpdate(3);
  Y.applyUpdate(doc, update);
  expect(judge(update, doc)).toMatchObject({ value: { structs: 0, bytes: 0, crowd: 0 } });
  const other = putUpdate(3);
  expect(judge(other, doc)).toMatchObject({ value: { structs: 3, crowd: 3 } });
});

test("an update that only deletes is seen as one", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, putUpdate(3));
  const before = Y.encodeStateVector(doc);
  doc.getMap("envelopes").delete(inventKey(1));
  const update = Y.encodeStateAsUpdate(doc, before);
  const server = new Y.Doc();
  Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
  expect(judge(update, server)).toMatchObject({ value: { structs: 0, deletes: true } });
});

test("overlapping deletions, which would each walk the whole document, are refused", () => {
  const doc = new Y.Doc();
  doc.clientID = 9;
  doc.getMap("envelopes").set(inventKey(1), inventEnvelope());
  doc.getMap("envelopes").set(inventKey(2), inventEnvelope());
  expect(judge(Uint8Array.of(0, 1, 9, 2, 0, 1, 1, 1), doc).ok).toBe(true);
  for (const ranges of [
    [0, 2, 0, 2],
    [1, 1, 0, 1],
    [0, 2, 1, 1],
    [0, 0, 1, 1],
    [0, 3, 3, 1],
  ])
    expect(judge(Uint8Array.of(0, 1, 9, 2, ...ranges), doc).ok).toBe(false);
  expect(judge(Uint8Array.of(0, 2, 9, 1, 0, 1, 9, 1, 1, 1), doc).ok).toBe(false);
});

test("numbers too large for anybody's use are refused", () => {
  const huge = [255, 255, 255, 255, 255, 255, 255, 15];
  // A struct of such a length, such a clock, such a count, such a client that is not there.
  for (const bytes of [
    [1, 1, 9, 0, 0, ...huge, 0],
    [1, 1, 9, ...huge, 0, 1, 0],
    [...huge, 1, 9, 0, 0, 1, 0],
    [0, 1, ...huge, 1, 0, 1],
    [1, 1, 9, 0, 10, 1, 0],
  ])
    expect(judge(Uint8Array.from(bytes)).ok).toBe(false);
});

test("a word costs its sender the same in an empty box and in a full one; asking for the whole box costs by what lies there", () => {
  const name = inventCouple().box();
  const costIn = (structs: number) => {
    const doc = new Y.Doc();
    const judged = createJudge({
      limits: defaultMailboxLimits,
      rooms: {
        add: () => ({ ok: true, value: undefined }),
        mayRead: () => true,
        structs: () => structs,
        weighed: () => {},
      },
      saving: { isStuck: () => false },
      find: () => doc,
    });
    const ask = (kind: "update" | "vector", body: Uint8Array) =>
      judged.judgeGuest({ kind, name, body }, () => true);
    return {
      put: ask("update", putUpdate(1)),
      vector: ask("vector", Y.encodeStateVector(new Y.Doc())),
    };
  };
  const [empty, full] = [costIn(0), costIn(30_000)];
  expect([empty.put.verdict, full.vector.verdict]).toEqual(["take", "take"]);
  expect(full.put.work).toBe(empty.put.work);
  expect(empty.vector.work).toBe(0);
  expect(full.vector.work).toBeGreaterThan(1_000_000);
});
