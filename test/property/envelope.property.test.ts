import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { concatBytes, toHex } from "../../shared/base/bytes.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { padmeLength } from "../../shared/crypto/padme.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { decodeMessage, encodeMessage, messageKinds } from "../../shared/envelope/message.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import {
  composeMessage,
  sealBytes,
  sealMessage,
  sealPadded,
  type Draft,
} from "../../shared/envelope/seal.ts";
import { admissionFor, at, codeOf, makeCouple, write, type Couple } from "../unit/envelopeKit.ts";

/** What it finds is printed with seed and path; given to `fc.assert` beside numRuns, they replay it. */
const check = <Values>(property: fc.IProperty<Values>, numRuns: number): void =>
  fc.assert(property, { numRuns });

let couple: Couple;
beforeAll(async () => {
  await loadSodium();
  couple = makeCouple("property");
});

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const id = <Id extends string>(length: number): fc.Arbitrary<Id> =>
  bytesOf(length).map((bytes) => toHex(bytes) as Id);
const sequence = fc.maxSafeNat().map((number) => Math.max(1, number));

const anyDraft: fc.Arbitrary<Omit<Draft, "recipients">> = fc.record({
  header: fc.record({
    kind: fc.constantFrom(...messageKinds),
    space: id(16),
    notebook: id(16),
    device: id(16),
    seq: sequence,
    time: fc.maxSafeNat(),
    prev: id(32),
  }),
  payload: fc.record({
    seen: fc.array(fc.record({ device: id(16), seq: sequence, id: id(32) }), {
      maxLength: 255,
      size: "small",
    }),
    page: id(16),
    body: fc.uint8Array({ maxLength: 3000 }),
  }),
  salt: bytesOf(32),
}) as fc.Arbitrary<Omit<Draft, "recipients">>;

test("a partner opens exactly what was sealed", () => {
  const { ada, roster } = couple;
  const recipients = recipientsFor(ada, roster);
  check(
    fc.property(anyDraft, bytesOf(32), bytesOf(24), (draft, keyBytes, nonce) => {
      const composed = composeMessage({ ...draft, recipients });
      if (!composed.ok) throw new Error(composed.code);
      const key = carriedNotebookKey(keyBytes);
      const opened = openEnvelope(sealMessage(composed.value, key, nonce), [
        { notebook: draft.header.notebook, key },
      ]);
      expect(opened.ok && opened.value.message).toEqual(composed.value);
    }),
    150,
  );
});

/** Ben's, with nothing admitted before; judging alone leaves it so. */
const judging = (): ((envelope: Uint8Array) => string) => {
  const admission = admissionFor(couple, couple.ben);
  return (envelope) => at(admission.judge([envelope]).outcomes.map(codeOf), 0);
};

test("one flipped bit anywhere in an envelope is refused", () => {
  const { envelope } = write(couple, couple.ada, couple.adas);
  const judge = judging();
  expect(judge(envelope)).toBe("ACCEPT");
  const refusals = new Set<string>();
  for (let bit = 0; bit < envelope.length * 8; bit++) refusals.add(judge(flipped(envelope, bit)));
  expect([...refusals].toSorted()).toEqual([
    "AEAD_FAIL",
    "BAD_FLAGS",
    "BAD_MAGIC",
    "BAD_SUITE",
    "BAD_TYPE",
    "NO_KEY",
  ]);
});

test("one flipped bit in an envelope of any size is refused", () => {
  const judge = judging();
  check(
    fc.property(fc.nat(20_000), fc.maxSafeNat(), (length, somewhere) => {
      const { envelope } = write(couple, couple.ada, couple.adas, { text: "x".repeat(length) });
      expect(judge(flipped(envelope, somewhere % (envelope.length * 8)))).not.toBe("ACCEPT");
    }),
    150,
  );
});

test("one flipped bit of a message is refused, also when it is sealed again with the right key", () => {
  const { ada, adas, random } = couple;
  const bytes = encodeMessage(write(couple, ada, adas).message);
  const judge = judging();
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const envelope = sealBytes(flipped(bytes, bit), at(adas.keys, 0), random(24));
    expect(judge(envelope)).not.toBe("ACCEPT");
  }
});

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy.set([(copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))], bit >> 3);
  return copy;
};

test("an envelope's length tells the bucket of its message and nothing else", () => {
  const { ada, adas } = couple;
  const overhead = encodeMessage(write(couple, ada, adas, { text: "" }).message).length;
  check(
    fc.property(fc.nat(6000), (length) => {
      const { envelope } = write(couple, ada, adas, { text: "y".repeat(length) });
      const padded = padmeLength(overhead + length + 1);
      expect(envelope.length).toBe(64 + padded + 16);
      const largest = write(couple, ada, adas, { text: "y".repeat(padded - overhead - 1) });
      expect(largest.envelope.length).toBe(envelope.length);
    }),
    100,
  );
});

test("random, cut and lengthened bytes are refused and never throw", () => {
  const judge = judging();
  const { envelope } = write(couple, couple.ada, couple.adas);
  const start = envelope.slice(0, 64);
  const junk = fc.uint8Array({ maxLength: 2000 });
  check(
    fc.property(junk, fc.nat(envelope.length - 1), (bytes, cut) => {
      for (const input of [
        bytes,
        concatBytes(start, bytes),
        envelope.subarray(0, cut),
        concatBytes(envelope, bytes, Uint8Array.of(0)),
      ]) {
        expect(judge(input)).toMatch(/^(TOO_SHORT|BAD_MAGIC|NO_KEY|AEAD_FAIL)$/);
      }
    }),
    200,
  );
});

test("anything at all that a partner seals with the right key is refused or held, and never throws", () => {
  const { ada, adas, random } = couple;
  const judge = judging();
  const key = at(adas.keys, 0);
  const real = encodeMessage(write(couple, ada, adas).message);
  const mutated = fc
    .array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    .map((changes) => {
      const copy = real.slice();
      for (const [offset, value] of changes) copy.set([value], offset);
      return copy;
    })
    .filter((message) => toHex(message) !== toHex(real));
  const plausible = fc
    .tuple(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(1, 2, 3, 4, 5, 6))
    .map(([rest, kind]) => concatBytes(Uint8Array.of(1, kind, 0, 0), rest));
  check(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 1500 }), mutated, plausible),
      fc.uint8Array({ minLength: 512, maxLength: 700 }),
      (message, plaintext) => {
        expect(judge(sealBytes(message, key, random(24)))).not.toBe("ACCEPT");
        expect(judge(sealPadded(plaintext, key, random(24)))).not.toBe("ACCEPT");
        expect(writtenAgain(message)).toEqual(message);
      },
    ),
    400,
  );
});

/** What decodes says the same bytes again; what does not is given back. */
const writtenAgain = (message: Uint8Array): Uint8Array => {
  const decoded = decodeMessage(message);
  const exact =
    decoded.ok && decoded.value.payload.seen.every(({ seq }) => Number.isSafeInteger(seq));
  return exact ? encodeMessage(decoded.value) : message;
};
