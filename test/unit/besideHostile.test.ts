import { beforeAll, describe, expect, test } from "vitest";
import { noPage } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { addedBody } from "../../shared/envelope/rosterNote.ts";
import {
  certifyDevice,
  makeCertificate,
  type Certificate,
} from "../../shared/people/certificate.ts";
import { makePersonKeys, renewDevice, type PersonKeys } from "../../shared/people/person.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { sharedCards } from "../support/twoPartners.ts";
import { entryOf } from "./guardPages.ts";

beforeAll(loadSodium);

type Scene = {
  readonly partner: HostilePartner;
  readonly annaKeys: PersonKeys;
  readonly samKeys: PersonKeys;
  /** Another computer of whoever has these keys. */
  readonly another: (keys: PersonKeys) => Certificate;
};

const scene = async (seed: number): Promise<Scene> => {
  const partner = await createHostilePartner({ seed });
  const random = seededRandom(seed);
  const [annaKeys, samKeys] = [makePersonKeys(random), makePersonKeys(random)];
  expect([annaKeys, samKeys].map((keys) => makeCertificate(keys).device)).toEqual([
    partner.anna,
    partner.sam,
  ]);
  return {
    ...{ partner, annaKeys, samKeys },
    another: (keys) => makeCertificate(renewDevice(keys, random)),
  };
};

const note = (body: Uint8Array) =>
  ({ kind: "roster", notebook: "ours", page: noPage, body }) as const;

const computers = ({ journal }: HostilePartner) => journal().computers.read();

const troubles = ({ journal }: HostilePartner): readonly string[] =>
  journal()
    .troubles.read()
    .map(({ code }) => code);

const restart = async (partner: HostilePartner): Promise<void> => {
  await partner.lock();
  await partner.open();
  await partner.settle();
};

/** Nothing came of it, now or at the next start, and Sam’s chain goes on. */
const nothingCame = async (partner: HostilePartner): Promise<void> => {
  await partner.settle();
  expect(troubles(partner)).toEqual(["BAD_ROSTER_NOTE"]);
  for (let start = 0; start < 2; start += 1) {
    expect(computers(partner)).toMatchObject({ mine: 0, theirs: 1 });
    const words = `words after start ${start}`;
    partner.send({ kind: "snapshot", body: entryOf(words, 5 + start) });
    await partner.settle();
    expect(sharedCards(partner.journal()).map(({ excerpt }) => excerpt)).toContain(words);
    await restart(partner);
  }
};

test("what an honest partner’s app writes of a computer of theirs with these tools is learned", async () => {
  const { partner, another, samKeys } = await scene(3201);
  partner.send(note(addedBody(another(samKeys).bytes)));
  await partner.settle();
  expect(computers(partner)).toMatchObject({ mine: 0, theirs: 2 });
  expect(troubles(partner)).toEqual([]);
  await restart(partner);
  expect(computers(partner)).toMatchObject({ mine: 0, theirs: 2 });
});

describe("a partner’s changed app", () => {
  test("announces a computer of mine, with a certificate that it has seen or made up", async () => {
    const { partner, another, annaKeys, samKeys } = await scene(3202);
    partner.send(
      note(addedBody(another(annaKeys).bytes)),
      note(addedBody(certifyDevice(samKeys.identity, makeCertificate(annaKeys)).bytes)),
    );
    await nothingCame(partner);
  });

  test("announces a stranger’s computer", async () => {
    const { partner } = await scene(3203);
    const stranger = makeCertificate(makePersonKeys(seededRandom(3204)));
    partner.send(note(addedBody(stranger.bytes)));
    await nothingCame(partner);
  });

  test("announces a device with the key of one that is there", async () => {
    const { partner, another, annaKeys, samKeys } = await scene(3205);
    for (const keys of [annaKeys, samKeys]) {
      const { x25519 } = makeCertificate(keys);
      const half = certifyDevice(samKeys.identity, { ...another(samKeys), x25519 });
      partner.send(note(addedBody(half.bytes)));
    }
    await nothingCame(partner);
  });

  test("says something that is no certificate, or nothing at all", async () => {
    const { partner, another, samKeys } = await scene(3206);
    const altered = addedBody(another(samKeys).bytes);
    altered[900] = (altered[900] ?? 0) ^ 1;
    partner.send(note(altered), note(new Uint8Array(0)), note(new Uint8Array(70_000)));
    await nothingCame(partner);
  });

  test("announces five: there are never more than four, and each of them stays", async () => {
    const { partner, another, samKeys } = await scene(3207);
    partner.send(...[1, 2, 3, 4, 5].map(() => note(addedBody(another(samKeys).bytes))));
    await partner.settle();
    expect(computers(partner)).toMatchObject({ mine: 0, theirs: 4 });
    expect(troubles(partner)).toEqual(["BAD_ROSTER_NOTE"]);
    await restart(partner);
    expect(computers(partner)).toMatchObject({ mine: 0, theirs: 4 });
  });

  test("announces and announces: sixteen of it are looked at, so that no start is slow for it", async () => {
    const { partner, another, samKeys } = await scene(3208);
    const stranger = makeCertificate(makePersonKeys(seededRandom(3209)));
    const [junk, one, other] = [stranger, another(samKeys), another(samKeys)].map(({ bytes }) =>
      note(addedBody(bytes)),
    );
    if (junk === undefined || one === undefined || other === undefined) throw new Error("three");
    partner.send(...Array.from({ length: 15 }, () => junk), one, other);
    await partner.settle();
    for (let start = 0; start < 2; start += 1) {
      expect(computers(partner)).toMatchObject({ mine: 0, theirs: 2 });
      await restart(partner);
    }
  });
});

test("words of a computer that nobody has announced arrive nowhere", async () => {
  const { partner, another, samKeys } = await scene(3210);
  const { device } = another(samKeys);
  partner.send({ kind: "snapshot", body: entryOf("words of nobody", 5), device });
  await partner.settle();
  expect(sharedCards(partner.journal())).toEqual([]);
  expect(computers(partner)).toMatchObject({ theirs: 1 });
});
