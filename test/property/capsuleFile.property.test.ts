import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { idFrom, type DeviceId, type MessageId, type NotebookId } from "../../shared/base/ids.ts";
import { capsuleHeadLength, sealedCapsulePiece } from "../../shared/carry/capsule/head.ts";
import { readCapsuleHead } from "../../shared/carry/capsule/head.ts";
import { readCapsule } from "../../shared/carry/capsule/readCapsule.ts";
import type { CapsuleRecord, WrittenRecord } from "../../shared/carry/capsule/records.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { padmeRounded } from "../../shared/crypto/padme.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { chunkLength } from "../../shared/page/photo.ts";
import { chunkNameOf } from "../../shared/page/photoSeal.ts";
import { patient, sourceOf } from "../unit/backupKit.ts";
import { recordsIn, sealRecords } from "../unit/capsuleKit.ts";

beforeAll(loadSodium);

const root = new Uint8Array(32).fill(3);
const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);
const id = <Id extends DeviceId | NotebookId>(fill: number): Id => idFrom<Id>(bytes(16, fill));

const anyContent: fc.Arbitrary<readonly WrittenRecord[]> = fc
  .record({
    heads: fc.uniqueArray(fc.nat({ max: 255 }), { maxLength: 5 }),
    wanted: fc.array(fc.nat({ max: 255 }), { maxLength: 5 }),
    envelopes: fc.array(fc.tuple(fc.integer({ min: 592, max: 200_000 }), fc.nat({ max: 255 })), {
      maxLength: 6,
    }),
    chunks: fc.array(fc.nat({ max: 255 }), { maxLength: 4 }),
  })
  .map(({ heads, wanted, envelopes, chunks }) => [
    {
      type: "heads" as const,
      writer: id<DeviceId>(1),
      heads: heads.map((fill) => ({
        notebook: id<NotebookId>(2),
        device: id<DeviceId>(fill),
        seq: fill + 1,
        id: idFrom<MessageId>(bytes(32, fill)),
      })),
    },
    ...(wanted.length === 0
      ? []
      : [{ type: "wanted" as const, names: wanted.map((fill) => chunkNameOf(bytes(9, fill))) }]),
    ...envelopes.map(([length, fill]) => ({
      type: "envelope" as const,
      envelope: bytes(length, fill) as CarriedEnvelope,
    })),
    ...chunks.map((fill) => ({ type: "chunk" as const, bytes: bytes(chunkLength, fill) })),
    { type: "end" as const, envelopes: envelopes.length, chunks: chunks.length },
  ]);

/** The code that it ends with, and what was read up to there. */
const outcome = async (
  file: Uint8Array,
): Promise<{ readonly code: string; readonly records: readonly CapsuleRecord[] }> => {
  const source = sourceOf(file);
  const head = await readCapsuleHead(source);
  if (!head.ok) return { code: head.code, records: [] };
  const records: CapsuleRecord[] = [];
  for await (const record of readCapsule({ source, head: head.value, root, work: patient })) {
    if (!record.ok) return { code: record.code, records };
    records.push(record.value);
  }
  return { code: "whole", records };
};

describe("a capsule", () => {
  test("gives back exactly what was put in, in a file of no telling length", async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, fc.nat(), async (content, seed) => {
        const file = await sealRecords(root, content, seed);
        expect(await recordsIn(root, file)).toEqual(content);
        const pieces = (file.length - capsuleHeadLength) / sealedCapsulePiece;
        expect(padmeRounded(pieces)).toBe(pieces);
      }),
      { numRuns: 60 },
    );
  });

  test("that was changed, cut, mixed or lengthened anywhere is never whole, and gives nothing that was not put in", async () => {
    const change = fc.oneof(
      fc.record({ how: fc.constant("flip" as const), at: fc.nat(), bit: fc.nat({ max: 7 }) }),
      fc.record({ how: fc.constant("cut" as const), at: fc.nat() }),
      fc.record({
        how: fc.constant("drop" as const),
        at: fc.nat(),
        bytes: fc.integer({ min: 1, max: 70_000 }),
      }),
      fc.record({
        how: fc.constant("repeat" as const),
        at: fc.nat(),
        bytes: fc.integer({ min: 1, max: 70_000 }),
      }),
      fc.record({
        how: fc.constant("lengthen" as const),
        by: fc.uint8Array({ minLength: 1, maxLength: 200 }),
      }),
      fc.record({ how: fc.constant("join" as const), at: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(anyContent, anyContent, change, async (content, others, one) => {
        const file = await sealRecords(root, content, 1);
        const other = await sealRecords(root, others, 2);
        const at = "at" in one ? one.at % file.length : 0;
        const changed = ((): Uint8Array => {
          switch (one.how) {
            case "flip": {
              const flipped = file.slice();
              flipped[at] = (flipped[at] ?? 0) ^ (1 << one.bit);
              return flipped;
            }
            case "cut":
              return file.slice(0, at);
            case "drop":
              return concatBytes(file.slice(0, at), file.slice(at + one.bytes));
            case "repeat":
              return concatBytes(file.slice(0, at + one.bytes), file.slice(at));
            case "lengthen":
              return concatBytes(file, one.by);
            case "join":
              return concatBytes(file.slice(0, at), other.slice(at));
          }
        })();
        fc.pre(Buffer.compare(changed, file) !== 0 && Buffer.compare(changed, other) !== 0);
        const { code, records } = await outcome(changed);
        expect(code).not.toBe("whole");
        const known = one.how === "join" && at < 40 ? others : content;
        expect(records).toEqual(known.slice(0, records.length));
      }),
      { numRuns: 250 },
    );
  });

  test("of bytes that somebody made up is refused, whatever they are", async () => {
    const start = fc.constantFrom(
      new Uint8Array(),
      new TextEncoder().encode("TFX1"),
      Uint8Array.of(0x54, 0x46, 0x58, 0x31, 1, 0, 0, 0),
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (begin, rest) => {
        expect((await outcome(concatBytes(begin, rest))).code).not.toBe("whole");
      }),
      { numRuns: 300 },
    );
  });
});
