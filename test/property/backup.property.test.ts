import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { accept, type Result } from "../../shared/base/result.ts";
import { isSealedUnder, readHead } from "../../shared/backup/head.ts";
import { readBackup } from "../../shared/backup/readBackup.ts";
import type { BackupRecord } from "../../shared/backup/records.ts";
import { writeBackup } from "../../shared/backup/writeBackup.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Envelope } from "../../shared/envelope/envelope.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { memoryFile, patient, sourceOf } from "../unit/backupKit.ts";

beforeAll(loadSodium);

const key = masterKey(new Uint8Array(32).fill(5));
const vault = new Uint8Array(243).fill(9);

const write = async (records: readonly BackupRecord[], seed = 1): Promise<Uint8Array> => {
  const file = memoryFile();
  const all = async function* () {
    for (const record of records) yield accept(record);
  };
  must(
    await writeBackup({
      kind: "journal",
      masterKey: key,
      vault,
      records: all(),
      to: file,
      random: seededRandom(seed),
      cancelled: () => false,
      wrote: () => {},
    }),
  );
  return file.bytes() ?? new Uint8Array();
};

const read = async (bytes: Uint8Array): Promise<Result<readonly BackupRecord[], string>> => {
  const file = sourceOf(bytes);
  const head = await readHead(file, "journal");
  if (!head.ok) return head;
  if (!isSealedUnder(head.value, key)) return { ok: false, code: "OTHER" };
  const records: BackupRecord[] = [];
  for await (const record of readBackup(file, head.value, key, patient)) {
    if (!record.ok) return record;
    records.push(record.value);
  }
  return accept(records);
};

const bytesOf = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Uint8Array.from(bytes));

const ledger = fc.constantFrom("kept" as const, "carried" as const);
const inVolume: fc.Arbitrary<BackupRecord> = fc.oneof(
  fc.record({
    type: fc.constant("envelope" as const),
    envelope: bytesOf(592, 9_000) as unknown as fc.Arbitrary<Envelope>,
    own: fc.option(bytesOf(32, 32), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant("volume" as const),
    ledger,
    number: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  }),
  fc.record({
    type: fc.constant("chunk" as const),
    ledger,
    name: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    bytes: bytesOf(0, 70_000),
  }),
);

const contents = fc
  .record({ madeAt: fc.nat(), keyring: bytesOf(0, 2_000), records: fc.array(inVolume) })
  .map(({ madeAt, keyring, records }): readonly BackupRecord[] => [
    { type: "manifest", madeAt },
    { type: "keyring", content: keyring },
    { type: "volume", ledger: "kept", number: 1 },
    ...records,
    {
      type: "end",
      envelopes: records.filter(({ type }) => type === "envelope").length,
      chunks: records.filter(({ type }) => type === "chunk").length,
    },
  ]);

let whole = new Uint8Array();
beforeAll(async () => {
  whole = new Uint8Array(
    await write([
      { type: "manifest", madeAt: 1 },
      { type: "keyring", content: new Uint8Array(700) },
      { type: "end", envelopes: 0, chunks: 0 },
    ]),
  );
});

const somewhere = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const flipped = (at: number, bit: number): Uint8Array => {
  const copy = whole.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
};

describe("a backup", () => {
  test("gives back exactly what was put in", () =>
    fc.assert(
      fc.asyncProperty(contents, async (records) => {
        expect(await read(await write(records))).toEqual({ ok: true, value: records });
      }),
      { numRuns: 30 },
    ));

  test("with one bit flipped anywhere is refused", () =>
    fc.assert(
      fc.asyncProperty(somewhere, fc.nat({ max: 7 }), async (where, bit) => {
        const altered = flipped(Math.floor(where * whole.length), bit);
        expect(await read(altered)).toMatchObject({ ok: false });
      }),
      { numRuns: 120 },
    ));

  test("with one bit flipped in its head is refused, and never as a wrong passphrase", () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: 358 }), fc.nat({ max: 7 }), async (at, bit) => {
        const codes = ["NOT_A_BACKUP", "NEWER_BACKUP", "BACKUP_ALTERED", "CUT_SHORT"];
        const answer = await read(flipped(at, bit));
        expect(codes).toContain(answer.ok ? "ok" : answer.code);
      }),
      { numRuns: 200 },
    ));

  test("cut anywhere is refused", () =>
    fc.assert(
      fc.asyncProperty(somewhere, async (where) => {
        const cut = whole.slice(0, Math.floor(where * whole.length));
        expect(await read(cut)).toMatchObject({ ok: false });
      }),
      { numRuns: 120 },
    ));

  test("of any bytes never throws", () =>
    fc.assert(
      fc.asyncProperty(bytesOf(0, 2_000), async (bytes) => {
        expect((await read(bytes)).ok).toBe(false);
        const begun = Uint8Array.from([...whole.slice(0, 12), ...bytes]);
        expect((await read(begun)).ok).toBe(false);
      }),
    ));
});

describe("records in an order that is not a backup's", () => {
  const manifest: BackupRecord = { type: "manifest", madeAt: 1 };
  const keyring: BackupRecord = { type: "keyring", content: new Uint8Array() };
  const end: BackupRecord = { type: "end", envelopes: 0, chunks: 0 };
  const envelope: BackupRecord = {
    type: "envelope",
    envelope: new Uint8Array(600) as Envelope,
    own: undefined,
  };
  test.each<readonly [string, readonly BackupRecord[]]>([
    ["without a manifest", [keyring, end]],
    ["without a keyring", [manifest, end]],
    ["with two keyrings", [manifest, keyring, keyring, end]],
    ["an envelope in no volume", [manifest, keyring, envelope, end]],
    ["that counts other envelopes", [manifest, keyring, { ...end, envelopes: 1 }]],
    ["of the room", [manifest, keyring, { type: "volume", ledger: "room", number: 1 }, end]],
    ["without an end", [manifest, keyring]],
    ["with words after its end", [manifest, keyring, end, keyring]],
  ])("%s", async (_what, records) => {
    expect(await read(await write(records))).toMatchObject({ ok: false, code: "BACKUP_ALTERED" });
  });
});
