import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes, fromHex } from "../../shared/base/bytes.ts";
import { ed25519Secret, x25519Secret, xwingSecret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { SpaceId } from "../../shared/base/ids.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import type { PersonKeys } from "../../shared/people/person.ts";
import { notebookSecret } from "../../shared/people/space.ts";
import { createVictim, type Victim } from "../support/hostilePartner.ts";
import { must } from "../support/twoPartners.ts";
import { readVectorFile, type VectorDevice } from "../vectors/tf1File.ts";

beforeAll(loadSodium);

const file = must(
  readVectorFile(readFileSync(new URL("../vectors/data/tf1.json", import.meta.url), "utf8")),
);

const keysOf = (device: VectorDevice, person: number): PersonKeys => ({
  identity: ed25519Secret(new Uint8Array(32).fill(person)),
  ed25519: ed25519Secret(fromHex(device.ed25519_seed)),
  x25519: x25519Secret(fromHex(device.x25519_secret)),
  xwing: xwingSecret(fromHex(device.xwing_seed)),
});

/** The vectors' B as a real journal, with A for a partner. */
const openB = async (): Promise<Victim> => {
  const [a, b] = [file.devices["A"], file.devices["B"]];
  if (a === undefined || b === undefined) throw new Error("no A and B");
  const [solo, both] = file.notebooks.map(({ id, key }) => concatBytes(fromHex(id), fromHex(key)));
  if (solo === undefined || both === undefined) throw new Error("no notebooks");
  const partner = makeCertificate(keysOf(a, 1));
  return createVictim({
    partner: partner.device,
    seed: 5,
    keyring: {
      name: "B",
      role: "neither",
      keys: keysOf(b, 2),
      settings: {},
      couple: {
        space: file.space as SpaceId,
        crk: new Uint8Array(32).fill(7),
        epoch: 1,
        partner: { name: "A", certificate: partner },
        notebooks: {
          mine: notebookSecret(new Uint8Array(48).fill(3)),
          theirs: notebookSecret(solo),
          ours: notebookSecret(both),
        },
      },
    },
  });
};

const envelopeNamed = (name: string): Uint8Array => {
  const found = file.accept?.envelopes.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return fromHex(found.envelope);
};

const storedIn = async ({ disk }: Victim): Promise<number> => {
  const { volumes } = disk.start().carried;
  let count = 0;
  for (const number of must(await volumes.list())) {
    const volume = must(await volumes.open(number));
    count += [...volume.keys()].filter((key) => volume.ownMark(key) === undefined).length;
  }
  return count;
};

const codes = ({ journal }: Victim): readonly string[] =>
  journal()
    .troubles.read()
    .map(({ code }) => code);

test("what the vectors accept is taken in, whatever order it comes in", async () => {
  const victim = await openB();
  victim.wire.put(["A#3", "A#1", "A#2"].map(envelopeNamed));
  await victim.settle();
  await victim.lock();
  expect(await storedIn(victim)).toBe(3);
});

describe("each refused envelope of the vectors, put into the airlock by the partner", () => {
  const cases = (file.reject?.cases ?? []).filter((one) => one.as === undefined);

  test.each(cases)(
    "$name: $code is said, nothing of it is stored, and the next good words arrive",
    async ({ envelope, code }) => {
      const victim = await openB();
      victim.wire.put([envelopeNamed("A#1"), fromHex(envelope), envelopeNamed("A#2")]);
      await victim.settle();
      const tooSmallForTheAirlock = fromHex(envelope).length < 592;
      expect(tooSmallForTheAirlock ? [code] : codes(victim)).toContain(code);
      expect(victim.journal().sync.read().state).not.toBe("broken");
      await victim.lock();
      expect(await storedIn(victim)).toBe(2);
    },
  );

  test("all of them at once, with the good ones between", async () => {
    const victim = await openB();
    const rubbish = cases.map(({ envelope }) => fromHex(envelope));
    victim.wire.put([
      ...rubbish.slice(0, 10),
      envelopeNamed("A#2"),
      ...rubbish.slice(10),
      envelopeNamed("A#1"),
    ]);
    await victim.settle();
    await victim.lock();
    await victim.open();
    await victim.settle();
    await victim.lock();
    expect(await storedIn(victim)).toBe(2);
  });
});

describe("each chain case of the vectors", () => {
  const expected: Readonly<Record<string, { readonly stored: number; readonly broken: boolean }>> =
    {
      FORK: { stored: 2, broken: true },
      BAD_PREV: { stored: 1, broken: false },
      PENDING: { stored: 1, broken: false },
      DUP: { stored: 1, broken: false },
    };

  test.each(
    (file.chain?.cases ?? []).map(({ name, outcome, envelope }) => ({ name, outcome, envelope })),
  )("$name: $outcome", async ({ outcome, envelope }) => {
    const victim = await openB();
    victim.wire.put([envelopeNamed("A#1")]);
    await victim.settle();
    victim.wire.put([fromHex(envelope)]);
    await victim.settle();
    expect(victim.journal().sync.read().state === "broken").toBe(expected[outcome]?.broken);
    await victim.lock();
    expect(await storedIn(victim)).toBe(expected[outcome]?.stored);
  });
});
