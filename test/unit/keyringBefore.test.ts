import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { type DeviceId, idFrom, type NotebookId, type SpaceId } from "../../shared/base/ids.ts";
import {
  ed25519Secret,
  x25519Public,
  x25519Secret,
  xwingSecret,
} from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import {
  type KeyringContent,
  parseKeyringContent,
  writeKeyringContent,
} from "../../shared/people/keyringContent.ts";
import type { PastBefore, PastCouple } from "../../shared/people/pastCouple.ts";
import { type Before, type Couple, notebookSecret } from "../../shared/people/space.ts";
import { makePerson, type TestPerson } from "../support/pairingPeople.ts";

let jonas: TestPerson;

beforeAll(async () => {
  await loadSodium();
  jonas = makePerson("Jonas");
});

const of = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
/** Big endian, by division: seqs are longer than 32 bits. */
const big = (length: number, value: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);
const said = (text: string): Uint8Array => {
  const encoded = new TextEncoder().encode(text);
  return concatBytes(big(2, encoded.length), encoded);
};
const one = (value: number): Uint8Array => Uint8Array.of(value);
const secretOf = (value: number) => notebookSecret(concatBytes(of(16, value), of(32, value + 1)));
const key = (value: number) => carriedNotebookKey(of(32, value));
const device = (value: number) => idFrom<DeviceId>(of(16, value));
const notebook = (value: number) => idFrom<NotebookId>(of(16, value));

const person = {
  name: "Mara",
  role: "hurt",
  keys: {
    identity: ed25519Secret(of(32, 0x11)),
    ed25519: ed25519Secret(of(32, 0x12)),
    x25519: x25519Secret(of(32, 0x13)),
    xwing: xwingSecret(of(32, 0x14)),
  },
  settings: { a: 1 },
};
const couple = (): Couple => ({
  space: idFrom<SpaceId>(of(16, 0x21)),
  crk: of(32, 0x22),
  epoch: 0x01020304,
  partner: { name: "Jonas", certificate: jonas.certificate },
  notebooks: { mine: secretOf(0x23), theirs: secretOf(0x25), ours: secretOf(0x27) },
});
const past: PastCouple = {
  space: idFrom<SpaceId>(of(16, 0x31)),
  me: device(0x32),
  partner: { name: "Jo", device: device(0x33) },
  endedAt: 0x0102030405,
  notebooks: { mine: secretOf(0x34), ours: secretOf(0x36), theirs: { id: notebook(0x38) } },
  heads: [],
  theirWords: { fate: "kept", key: key(0x39) },
};
const before: Before = {
  unmet: true,
  keys: [{ mine: key(0x41), theirs: key(0x42), ours: key(0x43) }],
  devices: [
    {
      owner: "me",
      device: device(0x44),
      x25519: x25519Public(of(32, 0x45)),
      secret: x25519Secret(of(32, 0x46)),
      cuts: new Map([[notebook(0x23), 7]]),
    },
    {
      owner: "partner",
      device: device(0x47),
      x25519: x25519Public(of(32, 0x48)),
      cuts: new Map(),
    },
  ],
  vouched: [{ device: device(0x44), notebook: notebook(0x23), seq: 2 ** 53 - 1 }],
};
const pastBefore: PastBefore = {
  keys: [
    { mine: key(0x51), ours: key(0x52), theirs: key(0x53) },
    { mine: key(0x54), ours: key(0x55), theirs: undefined },
  ],
  devices: [{ owner: "partner", device: device(0x56) }],
};

/** The layouts, from what the heads of keyringContent.ts, pastCouple.ts and beforeFields.ts say. */
const layout = {
  person: (version: number) =>
    concatBytes(
      ...[one(version), said("Mara"), said("hurt")],
      ...[of(32, 0x11), of(32, 0x12), of(32, 0x13), of(32, 0x14)],
      ...[big(4, 7), new TextEncoder().encode('{"a":1}')],
    ),
  couple: () =>
    concatBytes(
      ...[of(16, 0x21), of(32, 0x22), big(4, 0x01020304), said("Jonas"), jonas.certificate.bytes],
      ...[of(16, 0x23), of(32, 0x24), of(16, 0x25), of(32, 0x26), of(16, 0x27), of(32, 0x28)],
    ),
  past: () =>
    concatBytes(
      ...[of(16, 0x31), of(16, 0x32), of(16, 0x33), said("Jo"), big(8, 0x0102030405)],
      ...[of(16, 0x34), of(32, 0x35), of(16, 0x36), of(32, 0x37), of(16, 0x38)],
      ...[one(0), one(0), of(32, 0x39)],
    ),
  before: () =>
    concatBytes(
      ...[one(1), one(1), of(32, 0x41), of(32, 0x42), of(32, 0x43), one(2)],
      ...[one(0), of(16, 0x44), of(32, 0x45), one(1), of(32, 0x46)],
      ...[one(1), of(16, 0x23), big(8, 7)],
      ...[one(1), of(16, 0x47), of(32, 0x48), one(0), one(0)],
      ...[one(1), of(16, 0x44), of(16, 0x23), big(8, 2 ** 53 - 1)],
    ),
  pastBefore: () =>
    concatBytes(
      ...[one(2), of(32, 0x51), of(32, 0x52), one(1), of(32, 0x53)],
      ...[of(32, 0x54), of(32, 0x55), one(0)],
      ...[one(1), one(1), of(16, 0x56)],
    ),
};

const expectBoth = (content: KeyringContent, bytes: Uint8Array): void => {
  expect(writeKeyringContent(content)).toEqual(bytes);
  expect(parseKeyringContent(bytes)).toEqual({ ok: true, value: content });
};

describe("a keyring of somebody who never met again is written as an earlier Twofold reads it", () => {
  test("with nobody, and with a partner", () => {
    expectBoth({ ...person, couple: undefined }, concatBytes(layout.person(1), one(0)));
    expectBoth(
      { ...person, couple: couple() },
      concatBytes(layout.person(1), one(1), layout.couple()),
    );
  });

  test("with a journal that ended, and with another since", () => {
    expectBoth(
      { ...person, couple: undefined, past },
      concatBytes(layout.person(2), one(1), layout.past(), one(0)),
    );
    expectBoth(
      { ...person, couple: couple(), past },
      concatBytes(layout.person(2), one(1), layout.past(), one(1), layout.couple()),
    );
  });
});

const met = () => ({ ...couple(), before });
const pastMet = { ...past, before: pastBefore };

test("a keyring of two who met again keeps to its layout, byte for byte", () => {
  const head = layout.person(3);
  const ended = concatBytes(one(1), layout.past());
  expectBoth(
    { ...person, couple: met() },
    concatBytes(head, one(0), one(1), layout.couple(), one(1), layout.before()),
  );
  expectBoth(
    { ...person, couple: undefined, past: pastMet },
    concatBytes(head, ended, one(1), layout.pastBefore(), one(0)),
  );
  expectBoth(
    { ...person, couple: couple(), past: pastMet },
    concatBytes(
      ...[head, ended, one(1), layout.pastBefore()],
      ...[one(1), layout.couple(), one(0)],
    ),
  );
  expectBoth(
    { ...person, couple: met(), past },
    concatBytes(head, ended, one(0), one(1), layout.couple(), one(1), layout.before()),
  );
});

test("a keyring of two who met again is refused wherever it is cut, and with one byte more", () => {
  const bytes = writeKeyringContent({ ...person, couple: met(), past: pastMet });
  for (let length = 0; length < bytes.length; length += 1)
    expect([length, parseKeyringContent(bytes.subarray(0, length))]).toMatchObject([
      length,
      { ok: false, code: "BAD_KEYRING" },
    ]);
  expect(parseKeyringContent(concatBytes(bytes, one(0)))).toMatchObject({ code: "BAD_KEYRING" });
});

describe("a keyring that says what cannot be is refused", () => {
  const withBefore = (...parts: readonly Uint8Array[]) =>
    parseKeyringContent(concatBytes(layout.person(3), one(0), one(1), layout.couple(), ...parts));
  const withPastBefore = (...parts: readonly Uint8Array[]) =>
    parseKeyringContent(concatBytes(layout.person(3), one(1), layout.past(), ...parts, one(0)));
  const keys = of(96, 0x41);
  const gone = (at: number, owner = 1, has = 0, cuts = one(0)) =>
    concatBytes(one(owner), of(15, 0x47), one(at), of(32, 0x48), one(has), cuts);
  const place = (seq: Uint8Array) => concatBytes(of(16, 0x23), seq);
  const chain = (at: number) => concatBytes(of(15, 0x44), one(at), of(16, 0x23), big(8, 1));
  const repeat = (times: number, part: (at: number) => Uint8Array) =>
    concatBytes(...Array.from({ length: times }, (_, at) => part(at)));

  test("of earlier epochs, devices and their cuts", () => {
    const sound = [one(1), one(0), one(0), one(0), one(0)] as const;
    expect(withBefore(...sound).ok).toBe(true);
    const cuts = (...seqs: readonly Uint8Array[]) =>
      concatBytes(one(seqs.length), ...seqs.map(place));
    const device1 = (bytes: Uint8Array) =>
      withBefore(one(1), one(0), one(0), one(1), bytes, one(0));
    expect(device1(gone(1, 1, 0, cuts(big(8, 2 ** 53 - 1)))).ok).toBe(true);
    const bad = {
      "neither here nor not": withBefore(one(2), one(0), one(0), one(0), one(0)),
      "neither met nor unmet": withBefore(one(1), one(2), one(0), one(0), one(0)),
      "65 epochs": withBefore(
        one(1),
        one(0),
        one(65),
        repeat(65, () => keys),
        one(0),
        one(0),
      ),
      "65 devices": withBefore(one(1), one(0), one(0), one(65), repeat(65, gone), one(0)),
      "a third person": device1(gone(1, 2)),
      "half a secret": device1(gone(1, 1, 2)),
      "a seq past what counts": device1(gone(1, 1, 0, cuts(big(8, 2 ** 53)))),
      "the longest seq": device1(gone(1, 1, 0, cuts(of(8, 0xff)))),
      "a notebook cut twice": device1(gone(1, 1, 0, cuts(big(8, 3), big(8, 4)))),
      "a chain vouched for twice": withBefore(
        ...[one(1), one(0), one(0), one(0), one(2), chain(1), chain(1)],
      ),
    };
    for (const [what, read] of Object.entries(bad))
      expect([what, read]).toMatchObject([what, { ok: false, code: "BAD_KEYRING" }]);
  });

  test("of a journal that ended", () => {
    const theirs = (has: number) => concatBytes(of(64, 0x51), one(has));
    const device1 = (owner: number) => concatBytes(one(owner), of(16, 0x56));
    expect(withPastBefore(one(1), one(0), one(0)).ok).toBe(true);
    const bad = {
      "neither here nor not": withPastBefore(one(2), one(0), one(0)),
      "65 epochs": withPastBefore(
        one(1),
        one(65),
        repeat(65, () => theirs(0)),
        one(0),
      ),
      "half a key": withPastBefore(one(1), one(1), theirs(2), one(0)),
      "65 devices": withPastBefore(
        one(1),
        one(0),
        one(65),
        repeat(65, () => device1(1)),
      ),
      "a third person": withPastBefore(one(1), one(0), one(1), device1(2)),
    };
    for (const [what, read] of Object.entries(bad))
      expect([what, read]).toMatchObject([what, { ok: false, code: "BAD_KEYRING" }]);
  });

  test("the most that there may be is read, and one more is never written", () => {
    const full = (more: { epochs?: number; devices?: number; places?: number }): Before => ({
      unmet: false,
      keys: Array.from({ length: 64 + (more.epochs ?? 0) }, () => ({
        ...{ mine: key(1), theirs: key(2), ours: key(3) },
      })),
      devices: Array.from({ length: 64 + (more.devices ?? 0) }, (_, at) => ({
        ...{ owner: "me" as const, device: device(at), x25519: x25519Public(of(32, at)) },
        cuts: new Map(),
      })),
      vouched: Array.from({ length: 255 + (more.places ?? 0) }, (_, at) => ({
        ...{ device: idFrom<DeviceId>(big(16, at)), notebook: notebook(1), seq: at + 1 },
      })),
    });
    const content = (all: Before) => ({ ...person, couple: { ...couple(), before: all } });
    const most = content(full({}));
    expect(parseKeyringContent(writeKeyringContent(most))).toEqual({ ok: true, value: most });
    for (const more of [{ epochs: 1 }, { devices: 1 }, { places: 1 }])
      expect(() => writeKeyringContent(content(full(more)))).toThrow(RangeError);
    const cuts = new Map(
      Array.from({ length: 256 }, (_, at) => [idFrom<NotebookId>(big(16, at)), 1] as const),
    );
    const [gone1] = before.devices;
    if (gone1 === undefined) throw new Error("no device");
    const cutTooOften = { ...before, devices: [{ ...gone1, cuts }] };
    expect(() => writeKeyringContent(content(cutTooOften))).toThrow(RangeError);
  });
});

describe("whatever two have behind them", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const anyKey = bytes(32).map(carriedNotebookKey);
  const anyDevice = bytes(16).map((raw) => idFrom<DeviceId>(raw));
  const anyNotebook = bytes(16).map((raw) => idFrom<NotebookId>(raw));
  const anySeq = fc.oneof(
    fc.integer({ min: 1, max: 9 }),
    fc.maxSafeNat().filter((seq) => seq > 0),
  );
  const anyOwner = fc.constantFrom("me" as const, "partner" as const);
  const anyCuts = fc.uniqueArray(fc.tuple(anyNotebook, anySeq), {
    ...{ maxLength: 4, selector: ([id]) => id },
  });
  const anyGone = fc
    .record({
      owner: anyOwner,
      device: anyDevice,
      x25519: bytes(32).map(x25519Public),
      cuts: anyCuts.map((all): ReadonlyMap<NotebookId, number> => new Map(all)),
      secret: fc.option(bytes(32).map(x25519Secret), { nil: undefined }),
    })
    .map(({ secret, ...rest }) => ({ ...rest, ...(secret && { secret }) }));
  const anyBefore: fc.Arbitrary<Before> = fc.record({
    unmet: fc.boolean(),
    keys: fc.array(fc.record({ mine: anyKey, theirs: anyKey, ours: anyKey }), { maxLength: 5 }),
    devices: fc.array(anyGone, { maxLength: 5 }),
    vouched: fc.uniqueArray(fc.record({ device: anyDevice, notebook: anyNotebook, seq: anySeq }), {
      maxLength: 6,
      selector: (chain) => chain.device + chain.notebook,
    }),
  });
  const anyPastBefore: fc.Arbitrary<PastBefore> = fc.record({
    keys: fc.array(
      fc.record({
        ...{ mine: anyKey, ours: anyKey },
        theirs: fc.option(anyKey, { nil: undefined }),
      }),
      { maxLength: 5 },
    ),
    devices: fc.array(fc.record({ owner: anyOwner, device: anyDevice }), { maxLength: 5 }),
  });
  const anyHistory = fc.record({
    now: fc.option(anyBefore, { nil: undefined }),
    ended: fc.option(anyPastBefore, { nil: undefined }),
  });
  const contentOf = ({
    now,
    ended,
  }: {
    now: Before | undefined;
    ended: PastBefore | undefined;
  }) => ({
    ...person,
    couple: { ...couple(), ...(now && { before: now }) },
    ...(ended && { past: { ...past, before: ended } }),
  });

  test("their keyring reads as it was written, in the earliest version that says it all", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const content = contentOf(history);
        const bytes = writeKeyringContent(content);
        expect(bytes[0]).toBe(history.now || history.ended ? 3 : 1);
        expect(parseKeyringContent(bytes)).toEqual({ ok: true, value: content });
      }),
    );
  });

  test("their keyring never throws with one bit changed or its end gone", () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), fc.nat(7), (history, at, bit) => {
        const bytes = writeKeyringContent(contentOf(history));
        expect(parseKeyringContent(bytes.subarray(0, at % bytes.length)).ok).toBe(false);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const read = parseKeyringContent(bytes);
        expect(["read", "BAD_KEYRING", "NEWER_KEYRING"]).toContain(read.ok ? "read" : read.code);
      }),
    );
  });
});
