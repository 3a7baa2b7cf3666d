import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarUint,
  writeVarUint8Array,
} from "lib0/encoding";
import { expect, test } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";
import { createSyncFilter } from "../../renderer/carriers/syncFilter.ts";

/** A partner's changed app sends messages of up to 64 MiB. Here they are large enough to show what stops them. */
const million = 1024 * 1024;

const sync = (kind: number, body: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  writeVarUint(encoder, kind);
  writeVarUint8Array(encoder, body);
  return toUint8Array(encoder);
};

const numbers = (...values: readonly number[]): Uint8Array => {
  const encoder = createEncoder();
  for (const value of values) writeVarUint(encoder, value);
  return toUint8Array(encoder);
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const encoder = createEncoder();
  for (const part of parts) writeUint8Array(encoder, part);
  return toUint8Array(encoder);
};

const pairs = (count: number, one: number, other: number): Uint8Array =>
  Uint8Array.from({ length: count * 2 }, (_, index) => (index % 2 === 0 ? one : other));

const clients = (count: number): Uint8Array => {
  const encoder = createEncoder();
  for (let client = 0; client < count; client++) {
    writeVarUint(encoder, 0);
    writeVarUint(encoder, client);
    writeVarUint(encoder, 0);
  }
  return toUint8Array(encoder);
};

const bombs: Readonly<Record<string, Uint8Array>> = {
  "a million two-byte structs": sync(
    2,
    joined(numbers(1, million, 5, 0), pairs(million, 0, 1), numbers(0)),
  ),
  "a million two-byte deletions": sync(2, joined(numbers(0, 1, 5, million), pairs(million, 1, 1))),
  "a million writers of nothing": sync(1, joined(numbers(million), clients(million), numbers(0))),
  "a state vector of half a megabyte": sync(
    0,
    joined(numbers(million / 4), pairs(million / 4, 1, 1)),
  ),
};

for (const [name, bomb] of Object.entries(bombs)) {
  test(`${name} never reach Yjs`, () => {
    const passed: Uint8Array[] = [];
    expect(createSyncFilter().give(bomb, (given) => passed.push(given))).toMatchObject({
      ok: false,
      code: "JUNK",
    });
    expect(passed).toEqual([]);
  });
}

test("forty thousand envelopes of the least size, as many as an airlock can hold, pass", () => {
  const doc = new Doc();
  const envelopes = doc.getMap("envelopes");
  doc.transact(() => {
    for (let key = 0; key < 40_000; key++) envelopes.set(String(key), new Uint8Array(592));
  });
  expect(createSyncFilter().give(sync(1, encodeStateAsUpdate(doc)), () => {}).ok).toBe(true);
});
