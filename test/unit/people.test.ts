import { beforeAll, describe, expect, test } from "vitest";
import { equalBytes, fromHex, toBase64Url, toHex } from "../../shared/base/bytes.ts";
import type { DeviceId, NotebookId } from "../../shared/base/ids.ts";
import { enc, hash, keyedHash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { cleanName, isCleanName } from "../../shared/people/name.ts";
import { noisePrologue } from "../../shared/people/prologue.ts";
import { createRoster, type RosterDevice, rosterOfTwo } from "../../shared/people/roster.ts";
import { safetyWords, sasCommitment } from "../../shared/people/safetyWords.ts";
import { meetingKeysOf, spaceIdOf } from "../../shared/people/space.ts";
import { makePerson } from "../support/pairingPeople.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

describe("the four words", () => {
  const { sas } = tf1;
  const handshakeHash = fromHex(sas.handshake_hash);
  const [nonceA, nonceB] = [fromHex(sas.nonce_A), fromHex(sas.nonce_B)];
  const [idA, idB] = [sas.id_A as DeviceId, sas.id_B as DeviceId];

  test("and the commitment before them are those of the protocol", () => {
    expect(toHex(sasCommitment(handshakeHash, nonceA))).toBe(sas.commitment);
    expect(safetyWords(handshakeHash, nonceA, nonceB, idA, idB).join(" ")).toBe(sas.words);
  });

  test("are others for another connection, nonce or person", () => {
    const other = handshakeHash.slice();
    other[63] = (other[63] ?? 0) ^ 1;
    const all = [
      safetyWords(handshakeHash, nonceA, nonceB, idA, idB),
      safetyWords(other, nonceA, nonceB, idA, idB),
      safetyWords(handshakeHash, nonceB, nonceA, idA, idB),
      safetyWords(handshakeHash, nonceA, nonceB, idB, idA),
    ];
    expect(new Set(all.map((words) => words.join(" "))).size).toBe(4);
  });
});

test("a prologue is the same from both ends, whatever the case and order of the fingerprints", () => {
  const room = new Uint8Array(16).fill(9);
  const here = noisePrologue("TF/1 pair", room, {
    local: "sha-256 BB:01",
    remote: "sha-256 aa:02",
  });
  const there = noisePrologue("TF/1 pair", room, {
    local: "SHA-256 AA:02",
    remote: "sha-256 bb:01",
  });
  const expected = enc(
    "TF/1 pair",
    room,
    new TextEncoder().encode("sha-256 aa:02"),
    new TextEncoder().encode("sha-256 bb:01"),
  );
  expect(toHex(here)).toBe(toHex(expected));
  expect(toHex(there)).toBe(toHex(expected));
  expect(toHex(noisePrologue("TF/1 chan", room, { local: "a", remote: "b" }))).not.toBe(
    toHex(here),
  );
});

test("a couple's rooms and passwords follow from its root key as documented", () => {
  const crk = new Uint8Array(32).fill(3);
  const keys = meetingKeysOf(crk);
  expect(toHex(keys.room)).toBe(toHex(keyedHash(crk, "TF/1 room").subarray(0, 16)));
  expect(keys.topic).toBe(toBase64Url(keys.room));
  expect(keys.signalPassword).toBe(toBase64Url(keyedHash(crk, "TF/1 signal")));
  expect(equalBytes(keys.channelPsk, keyedHash(crk, "TF/1 chan"))).toBe(true);
  expect(spaceIdOf(crk)).toBe(toHex(hash("TF/1 space", crk)).slice(0, 32));
});

describe("a roster", () => {
  const device = (
    name: string,
    owner: "me" | "partner",
    cuts?: RosterDevice["cuts"],
  ): RosterDevice => {
    const { certificate } = makePerson(name);
    return { device: certificate.device, owner, certificate, cuts };
  };
  const notebook = "a".repeat(32) as NotebookId;
  const otherNotebook = "b".repeat(32) as NotebookId;

  const made = (...devices: readonly RosterDevice[]) => {
    const roster = createRoster(devices);
    if (!roster.ok) throw new Error(roster.code);
    return roster.value;
  };

  test("knows whose a device and a Noise key are, and no others", () => {
    const [mine, hers, stranger] = [makePerson("Jonas"), makePerson("Mara"), makePerson("Eve")];
    const roster = rosterOfTwo(mine.certificate, hers.certificate);
    if (!roster.ok) throw new Error(roster.code);
    expect(roster.value.find(mine.certificate.device)?.owner).toBe("me");
    expect(roster.value.findStatic(hers.certificate.x25519)?.owner).toBe("partner");
    expect(roster.value.find(stranger.certificate.device)).toBeUndefined();
    expect(roster.value.findStatic(stranger.certificate.x25519)).toBeUndefined();
    expect(roster.value.findStatic(new Uint8Array(0))).toBeUndefined();
    expect(roster.value.isWithin(stranger.certificate.device, notebook, 1)).toBe(false);
    expect(roster.value.isWithin(mine.certificate.device, notebook, 2 ** 52)).toBe(true);
  });

  test("gives a lost device no channel, and takes its messages up to the cut and no further", () => {
    const lost = device("Mara", "partner", new Map([[notebook, 7]]));
    const roster = made(device("Jonas", "me"), lost);
    expect(roster.find(lost.device)).toBe(lost);
    expect(roster.findStatic(lost.certificate.x25519)).toBeUndefined();
    expect(roster.isWithin(lost.device, notebook, 7)).toBe(true);
    expect(roster.isWithin(lost.device, notebook, 8)).toBe(false);
    expect(roster.isWithin(lost.device, otherNotebook, 1)).toBe(false);
  });

  test("refuses a device, a key or an identity in two places, and a cut that is no number", () => {
    const mine = device("Jonas", "me");
    expect(createRoster([mine, mine])).toMatchObject({ code: "DEVICE_TWICE" });
    expect(createRoster([{ ...mine, device: device("Eve", "me").device }])).toMatchObject({
      code: "DEVICE_TWICE",
    });

    const { keys } = makePerson("Jonas");
    const sameStatic = makeCertificate({ ...makePerson("Eve").keys, x25519: keys.x25519 });
    expect(rosterOfTwo(mine.certificate, sameStatic)).toMatchObject({ code: "KEY_TWICE" });
    const samePerson = makeCertificate({ ...makePerson("Eve").keys, identity: keys.identity });
    expect(rosterOfTwo(mine.certificate, samePerson)).toMatchObject({ code: "IDENTITY_OF_BOTH" });
    for (const cut of [-1, 1.5, Number.NaN, 2 ** 53]) {
      expect(createRoster([device("Mara", "partner", new Map([[notebook, cut]]))])).toMatchObject({
        code: "BAD_CUT",
      });
    }
  });
});

describe("a name", () => {
  test("keeps what people are called", () => {
    for (const name of [
      "Mara",
      "José María",
      "李小龙",
      "أمل",
      "O’Brien",
      "👩‍👩‍👧",
      "x".repeat(80),
      "😀".repeat(80),
    ]) {
      expect(cleanName(name)).toBe(name);
      expect(isCleanName(name)).toBe(true);
    }
  });

  test("loses control characters, direction marks, outer spaces and what is beyond 80 code points", () => {
    expect(cleanName("  Ma\u0000r\na\u202e \t")).toBe("Mara");
    expect(cleanName("😀".repeat(81))).toBe("😀".repeat(80));
    expect(cleanName(`${"x".repeat(79)} y`)).toBe("x".repeat(79));
    expect(cleanName("\ud800Eve")).toBe("Eve");
    expect(isCleanName(cleanName("\u2028 \u200f"))).toBe(false);
  });
});
