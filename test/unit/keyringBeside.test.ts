import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes, u32, u64, utf8 } from "../../shared/base/bytes.ts";
import {
  type DeviceId,
  idBytes,
  idFrom,
  type NotebookId,
  type SpaceId,
} from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import {
  type KeyringContent,
  parseKeyringContent,
  writeKeyringContent,
} from "../../shared/people/keyringContent.ts";
import { type PastBefore, type PastCouple, pastBesideOf } from "../../shared/people/pastCouple.ts";
import {
  type BesideDevice,
  type Couple,
  inUseOf,
  type NamedBeside,
  notebookSecret,
  peopleOf,
  mostKnown,
} from "../../shared/people/space.ts";
import { another, ownWorld, type OwnWorld } from "./ownKit.ts";
import { hex, watch } from "./pairingStageKit.ts";

let world: OwnWorld;
let person: Omit<KeyringContent, "couple">;
/** Three of hers and three of his, besides those that stand elsewhere. */
let all: readonly BesideDevice[];

beforeAll(async () => {
  await loadSodium();
  world = ownWorld();
  const { keys } = world.mara;
  person = { name: "Mara", role: "hurt", keys, settings: { a: 1 } };
  all = [
    ...(world.couple.beside ?? []),
    { owner: "me", certificate: another(world.mara, "4").certificate, older: false },
    ...["3", "4"].map((seed) => ({
      ...{ owner: "partner" as const, certificate: another(world.jonas, seed).certificate },
      older: false,
    })),
  ];
});

const of = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
const one = (...values: readonly number[]): Uint8Array => Uint8Array.of(...values);
const past = (): PastCouple => ({
  ...{ space: idFrom<SpaceId>(of(16, 0x31)), me: idFrom<DeviceId>(of(16, 0x32)), endedAt: 9 },
  partner: { name: "Jo", device: idFrom<DeviceId>(of(16, 0x33)) },
  notebooks: {
    mine: notebookSecret(concatBytes(of(16, 0x34), of(32, 0x35))),
    ours: notebookSecret(concatBytes(of(16, 0x36), of(32, 0x37))),
    theirs: { id: idFrom<NotebookId>(of(16, 0x38)) },
  },
  ...{ heads: [], theirWords: { fate: "kept", key: carriedNotebookKey(of(32, 0x39)) } },
});
const named = (fill: number, owner: "me" | "partner", older = false): NamedBeside => ({
  ...{ owner, older, certificate: { device: idFrom<DeviceId>(of(16, fill)) } },
});
const pastBefore = (): PastBefore => ({ keys: [], devices: [] });

const without = (couple: Couple): Couple => {
  const { beside: _, ...rest } = couple;
  return rest;
};
/** Of whom nothing was before, what stands beside is all that a later version says. */
const young = (): Couple => {
  const { before: _, ...couple } = world.couple;
  return couple;
};
/** What stands at the end of the bytes, behind what version 3 says. */
const besideBytes = (beside: readonly BesideDevice[]): Uint8Array =>
  concatBytes(
    one(beside.length),
    ...beside.flatMap(({ owner, older, certificate }) => [
      one(owner === "me" ? 0 : 1, older ? 1 : 0),
      certificate.bytes,
    ]),
  );

const expectBoth = (content: KeyringContent, bytes: Uint8Array): void => {
  expect(writeKeyringContent(content)).toEqual(bytes);
  expect(parseKeyringContent(bytes)).toEqual({ ok: true, value: content });
};
const as = (version: number, bytes: Uint8Array): Uint8Array =>
  concatBytes(one(version), bytes.subarray(1));

describe("a keyring of two who use one computer each is written as an earlier Twofold reads it", () => {
  test("byte for byte, whether the list of computers beside is empty or not there", () => {
    for (const [couple, version] of [
      [without(young()), 1],
      [without(world.couple), 3],
    ] as const) {
      const bytes = writeKeyringContent({ ...person, couple });
      expect(bytes[0]).toBe(version);
      expect(writeKeyringContent({ ...person, couple: { ...couple, beside: [] } })).toEqual(bytes);
    }
  });

  test("where a journal has ended, too", () => {
    for (const [ended, version] of [
      [past(), 2],
      [{ ...past(), before: pastBefore() }, 3],
      [{ ...past(), before: { ...pastBefore(), beside: [] } }, 3],
    ] as const)
      expect(writeKeyringContent({ ...person, couple: undefined, past: ended })[0]).toBe(version);
  });
});

describe("a keyring of two who use more than one computer", () => {
  test("keeps to its layout, byte for byte", () => {
    const { couple } = world;
    const earlier = writeKeyringContent({ ...person, couple: without(couple) });
    expectBoth(
      { ...person, couple },
      concatBytes(as(4, earlier), besideBytes(couple.beside ?? [])),
    );
    const bare = writeKeyringContent({ ...person, couple: without(young()) });
    // Version 1 has neither the number of pasts, nor the mark that there is nothing before.
    const at = bare.length - 1 - coupleLength();
    expectBoth(
      { ...person, couple: young() },
      concatBytes(
        ...[one(4), bare.subarray(1, at), one(0), bare.subarray(at), one(0)],
        besideBytes(couple.beside ?? []),
      ),
    );
  });
  const coupleLength = (): number => 16 + 32 + 4 + 2 + utf8("Jonas").length + 1380 + 3 * 48;

  test("keeps those of a journal that ended apart from those of today", () => {
    const ended = { ...past(), before: { ...pastBefore(), beside: [named(1, "me", true)] } };
    const content = { ...person, couple: undefined, past: ended };
    const settings = utf8('{"a":1}');
    const { identity, ed25519, x25519, xwing } = person.keys;
    expectBoth(
      content,
      concatBytes(
        ...[one(4, 0, 4), utf8("Mara"), one(0, 4), utf8("hurt")],
        ...[identity, ed25519, x25519, xwing, u32(settings.length), settings, one(1)],
        ...[of(16, 0x31), of(16, 0x32), of(16, 0x33), one(0, 2), utf8("Jo"), u64(9)],
        ...[of(16, 0x34), of(32, 0x35), of(16, 0x36), of(32, 0x37), of(16, 0x38)],
        ...[one(0), one(0), of(32, 0x39)],
        ...[one(1), one(0), one(0), one(1, 0, 1), of(16, 1), one(0)],
      ),
    );
    for (const couple of [without(world.couple), world.couple, young()]) {
      const both = { ...content, couple };
      expect(parseKeyringContent(writeKeyringContent(both))).toEqual({ ok: true, value: both });
    }
    const today = { ...person, couple: world.couple, past: past() };
    expect(parseKeyringContent(writeKeyringContent(today))).toEqual({ ok: true, value: today });
  });

  test("holds as many as there may be, and is never written with one more", () => {
    const more = (owner: "me" | "partner"): readonly BesideDevice[] =>
      ["11", "12", "13", "14"].map((seed) => ({
        ...{ owner, older: false },
        certificate: another(owner === "me" ? world.mara : world.jonas, seed).certificate,
      }));
    const full = [...all, ...more("me"), ...more("partner")];
    const content = { ...person, couple: { ...world.couple, beside: full } };
    const read = parseKeyringContent(writeKeyringContent(content));
    expect(read).toEqual({ ok: true, value: content });
    expect(full).toHaveLength(2 * (mostKnown - 1));
    expect(() =>
      writeKeyringContent({
        ...person,
        couple: { ...world.couple, beside: [...full, ...all.slice(0, 1)] },
      }),
    ).toThrow(RangeError);
  });

  test("is refused wherever it is cut, with a byte more, and as of another version", () => {
    const ended = { ...past(), before: { ...pastBefore(), beside: [named(1, "partner")] } };
    const bytes = writeKeyringContent({ ...person, couple: world.couple, past: ended });
    for (let length = 0; length < bytes.length; length += 7)
      expect([length, parseKeyringContent(bytes.subarray(0, length))]).toMatchObject([
        length,
        { ok: false, code: "BAD_KEYRING" },
      ]);
    expect(parseKeyringContent(concatBytes(bytes, one(0)))).toMatchObject({ code: "BAD_KEYRING" });
    for (const version of [1, 2, 3])
      expect(parseKeyringContent(as(version, bytes))).toMatchObject({ code: "BAD_KEYRING" });
    expect(parseKeyringContent(as(5, bytes))).toMatchObject({ code: "NEWER_KEYRING" });
    // What an earlier version says as well is not written in this one.
    const earlier = writeKeyringContent({ ...person, couple: without(world.couple) });
    const spelled = concatBytes(as(4, earlier), one(0));
    expect(parseKeyringContent(spelled)).toMatchObject({ code: "BAD_KEYRING" });
  });

  test("is refused where it says what cannot be", () => {
    const earlier = writeKeyringContent({ ...person, couple: without(world.couple) });
    const read = (...parts: readonly Uint8Array[]) =>
      parseKeyringContent(concatBytes(as(4, earlier), ...parts));
    const bytesOf = (at: number): Uint8Array => all[at]?.certificate.bytes ?? one();
    expect(read(one(1, 0, 0), bytesOf(0)).ok).toBe(true);
    const flipped = bytesOf(0).slice();
    flipped[200] = (flipped[200] ?? 0) ^ 1;
    const hers = ["5", "6", "7", "8", "9", "10", "11", "12"].map(
      (seed) => another(world.mara, seed).certificate.bytes,
    );
    const bad = {
      "a third person": read(one(1, 2, 0), bytesOf(0)),
      "neither older nor younger": read(one(1, 0, 2), bytesOf(0)),
      "an older one than the partner's oldest": read(one(1, 1, 1), bytesOf(2)),
      "a certificate that does not hold": read(one(1, 0, 0), flipped),
      "one computer twice": read(one(2, 0, 0), bytesOf(0), one(0, 1), bytesOf(0)),
      "nine of one person": read(one(8), ...hers.flatMap((bytes) => [one(0, 0), bytes])),
      "fifteen of both": read(one(15)),
    };
    for (const [what, result] of Object.entries(bad))
      expect([what, result]).toMatchObject([what, { ok: false, code: "BAD_KEYRING" }]);
  });

  test("leaves no secret behind where it is refused", () => {
    const { couple } = world;
    const { identity, ed25519, x25519, xwing } = person.keys;
    const bytes = writeKeyringContent({ ...person, couple });
    const secrets = [
      ...[identity, ed25519, x25519, xwing, couple.crk, world.gone[0]?.secret ?? one()],
      ...Object.values(couple.notebooks).map(({ key }) => key),
      ...(couple.before?.keys ?? []).flatMap(({ mine, theirs, ours }) => [mine, theirs, ours]),
    ].map(hex);
    for (const length of [bytes.length - 1, bytes.length - 1400, bytes.length - 4 * 1382]) {
      const cut = bytes.subarray(0, length);
      const seen = watch();
      expect(parseKeyringContent(cut).ok).toBe(false);
      const { left } = seen();
      for (const secret of secrets) expect(left).not.toContain(secret);
    }
  });

  test("never throws with one bit changed, and reads as it was written whatever stands beside", () => {
    const anyBeside = fc.shuffledSubarray([0, 1, 2, 3, 4, 5]);
    fc.assert(
      fc.property(anyBeside, fc.boolean(), fc.nat(), fc.nat(7), (some, bare, at, bit) => {
        const beside = some.flatMap((index) => all[index] ?? []);
        const base = without(bare ? young() : world.couple);
        const couple = { ...base, ...(beside.length > 0 && { beside }) };
        const bytes = writeKeyringContent({ ...person, couple });
        expect(bytes[0]).toBe(beside.length > 0 ? 4 : bare ? 1 : 3);
        expect(parseKeyringContent(bytes)).toEqual({ ok: true, value: { ...person, couple } });
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const read = parseKeyringContent(bytes);
        expect(["read", "BAD_KEYRING", "NEWER_KEYRING"]).toContain(read.ok ? "read" : read.code);
      }),
      { numRuns: 60 },
    );
  });
});

describe("once a journal has ended", () => {
  test("every computer is known by its name, and whose it was, though no key of it stays", () => {
    const { couple } = world;
    const [me, partner] = [world.mara.certificate.device, world.jonas.certificate.device];
    const ended: PastBefore = { ...pastBefore(), ...pastBesideOf(couple) };
    expect(inUseOf(ended, me, partner)).toEqual(inUseOf(couple, me, partner));
    for (const { certificate } of ended.beside ?? [])
      expect(Object.keys(certificate)).toEqual(["device"]);
    const content = { ...person, couple: undefined, past: { ...past(), before: ended } };
    const bytes = Buffer.from(writeKeyringContent(content));
    for (const { certificate } of couple.beside ?? []) {
      expect(bytes.includes(Buffer.from(idBytes(certificate.device)))).toBe(true);
      expect(bytes.includes(Buffer.from(certificate.x25519))).toBe(false);
    }
  });

  test("a page is still its writer's, where a younger computer stood beside the first", () => {
    const younger: Couple = {
      ...young(),
      beside: all.filter(({ older }) => !older),
    };
    const [me, partner] = [world.mara.certificate.device, world.jonas.certificate.device];
    const ended = { ...pastBefore(), ...pastBesideOf(younger) };
    const people = { before: ended, beside: ended.beside };
    expect(peopleOf(people, me, partner)).toEqual({ me, partner });
    expect(pastBesideOf(without(younger))).toEqual({});
  });
});
