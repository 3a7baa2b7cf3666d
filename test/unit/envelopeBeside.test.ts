import { beforeAll, describe, expect, test } from "vitest";
import { newId, type DeviceId } from "../../shared/base/ids.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { encodeAck } from "../../shared/envelope/ack.ts";
import { createBesideWord, type BesideWord } from "../../shared/envelope/besideWord.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import { devicesOf } from "../../shared/envelope/devices.ts";
import { genesisId, type MessageHeader } from "../../shared/envelope/message.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import { addedBody, readRosterNote } from "../../shared/envelope/rosterNote.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import type { RuledDevice, Rules } from "../../shared/envelope/verify.ts";
import {
  admissionFor,
  admitAll,
  at,
  makeCouple,
  rosterEntry,
  seenOf,
  write,
  writeAfter,
  writeChain,
  type Couple,
  type Me,
  type Notebook,
  type Written,
} from "./envelopeKit.ts";

beforeAll(loadSodium);

/** Ada writes on two computers; a third one of hers is gone. */
const houseOf = (seed: string) => {
  const couple = makeCouple(seed);
  const another = (): Me => ({
    device: newId(couple.random),
    secret: x25519Secret(couple.random(32)),
  });
  const [second, lost] = [another(), another()];
  const adas: Notebook = {
    ...couple.adas,
    writers: [lost.device, couple.ada.device, second.device],
  };
  const person = (device: DeviceId): DeviceId =>
    [couple.ada.device, second.device].includes(device) ? lost.device : device;
  const notebooks = [adas, couple.bens, couple.ours];
  const wordFor = (): BesideWord =>
    createBesideWord(second, [
      { device: couple.ada.device, x25519: x25519PublicOf(couple.ada.secret) },
    ]);
  /** The second one's, as its roster stands right after it was added. */
  const secondWith = (beside: BesideWord | undefined, roster: readonly RuledDevice[] = []) =>
    admissionFor(couple, second, {
      notebooks,
      person,
      beside,
      roster: [rosterEntry(couple.ada), rosterEntry(couple.ben), ...roster],
    });
  return { couple, second, lost, adas, person, notebooks, wordFor, secondWith };
};

const ackBy = (
  { random, space, ours }: Couple,
  author: Me,
  heads: readonly ChainHead[],
  readers: readonly RuledDevice[],
  more: { readonly seen?: readonly Written[]; readonly after?: Written } = {},
): Written => {
  const composed = composeMessage({
    header: {
      ...{ kind: "ack" as const, space, notebook: ours.id, device: author.device, time: 1 },
      seq: (more.after?.message.header.seq ?? 0) + 1,
      prev: more.after?.message.id ?? genesisId(space, ours.id, author.device),
    },
    payload: {
      seen: (more.seen ?? []).map(seenOf),
      page: newId(random),
      body: encodeAck(heads),
    },
    salt: random(32),
    recipients: recipientsFor(author, readers),
  });
  const [key] = ours.keys;
  if (!composed.ok || key === undefined) throw new Error("the test wrote what cannot be sealed");
  return { message: composed.value, envelope: sealMessage(composed.value, key, random(24)) };
};

const headOf = ({ message: { id, header } }: Written): ChainHead => ({
  ...{ notebook: header.notebook, device: header.device, seq: header.seq, id },
});

describe("what carries no tag for another computer of mine", () => {
  const untagged = (house: ReturnType<typeof houseOf>, length: number) =>
    writeChain(house.couple, house.couple.ben, house.couple.bens, length);

  test("is refused where no other computer is beside it, and may come again where one is", () => {
    const house = houseOf("alone");
    const [one] = [at(untagged(house, 1), 0)];
    expect(admitAll(house.secondWith(undefined), [one])).toEqual(["NO_TAG"]);
    expect(admitAll(house.secondWith(house.wordFor()), [one])).toEqual(["UNVOUCHED"]);
  });

  test("counts up to what the other has acknowledged and no further, though that ack waits for it", () => {
    const house = houseOf("waits");
    const { couple, second } = house;
    const chain = untagged(house, 4);
    const toSecond = [rosterEntry(second)];
    const ack = ackBy(couple, couple.ada, [headOf(at(chain, 2))], toSecond, {
      seen: [at(chain, 2)],
    });
    const admission = house.secondWith(house.wordFor());
    expect(admitAll(admission, [at(chain, 0)])).toEqual(["UNVOUCHED"]);
    expect(admitAll(admission, [ack])).toEqual(["PENDING_SEEN"]);
    expect(admitAll(admission, chain)).toEqual(["ACCEPT", "ACCEPT", "ACCEPT", "UNVOUCHED"]);
    expect(admission.chains.headOf(couple.ours.id, couple.ada.device)?.seq).toBe(1);
  });

  test("counts in the same breath as the word for it, whichever stands first", () => {
    const house = houseOf("breath");
    const { couple, second } = house;
    const chain = untagged(house, 1);
    const ack = ackBy(couple, couple.ada, chain.map(headOf), [rosterEntry(second)]);
    for (const order of [
      [...chain, ack],
      [ack, ...chain],
    ])
      expect(admitAll(house.secondWith(house.wordFor()), order)).toEqual(["ACCEPT", "ACCEPT"]);
  });

  test("is let in by no ack but one that only the two could have made", () => {
    const house = houseOf("only");
    const { couple, second } = house;
    const chain = untagged(house, 1);
    const heads = chain.map(headOf);
    const toSecond = [rosterEntry(second)];
    const asAda = { device: couple.ada.device, secret: couple.ben.secret };
    for (const ack of [
      ackBy(couple, couple.ben, heads, toSecond),
      ackBy(couple, asAda, heads, toSecond),
      ackBy(couple, couple.ada, heads, [rosterEntry(couple.ben)]),
    ]) {
      const admission = house.secondWith(house.wordFor());
      admitAll(admission, [ack]);
      expect(admitAll(admission, chain)).toEqual(["UNVOUCHED"]);
    }
  });

  test("never counts in this computer's own name, nor beyond a cut", () => {
    const house = houseOf("never");
    const { couple, second, lost, adas } = house;
    const own = write(couple, second, adas);
    const chain = writeChain(couple, lost, adas, 3);
    const heads = [headOf(own), headOf(at(chain, 2))];
    const ack = ackBy(couple, couple.ada, heads, [rosterEntry(second)]);
    const cuts = new Map([[adas.id, 2]]);
    const admission = house.secondWith(house.wordFor(), [{ ...rosterEntry(lost), cuts }]);
    expect(admitAll(admission, [ack, own, ...chain])).toEqual([
      "ACCEPT",
      "NO_TAG",
      "ACCEPT",
      "ACCEPT",
      "REVOKED_DEVICE",
    ]);
  });

  test("is not asked for again where its place is taken", () => {
    const house = houseOf("taken");
    const { couple, second } = house;
    const mine = write(couple, couple.ben, couple.bens, { readers: [rosterEntry(second)] });
    const admission = house.secondWith(house.wordFor());
    expect(admitAll(admission, [mine])).toEqual(["ACCEPT"]);
    expect(admitAll(admission, untagged(house, 1))).toEqual(["NO_TAG"]);
  });

  test("nothing but an ack says anything, and the furthest counts", () => {
    const house = houseOf("furthest");
    const { couple, second } = house;
    const chain = untagged(house, 3);
    const toSecond = [rosterEntry(second)];
    const beside = house.wordFor();
    const far = ackBy(couple, couple.ada, [headOf(at(chain, 2))], toSecond);
    const near = ackBy(couple, couple.ada, [headOf(at(chain, 0))], toSecond);
    const said = write(couple, couple.ada, house.adas, { readers: toSecond });
    beside.hear({ ...far.message, header: { ...far.message.header, kind: "update" } });
    beside.hear(said.message);
    expect(beside.vouches(at(chain, 0).message.header)).toBe(false);
    for (const ack of [far, near]) beside.hear(ack.message);
    expect(chain.map(({ message }) => beside.vouches(message.header))).toEqual([true, true, true]);
  });
});

describe("who may withdraw whose words", () => {
  const rulesOf = (house: ReturnType<typeof houseOf>): Rules => {
    const { couple, second, lost, notebooks, person } = house;
    return {
      ...{ space: couple.space, me: couple.ada, notebooks, person },
      selves: [{ device: lost.device, secret: undefined }],
      roster: [
        { ...rosterEntry(lost), cuts: new Map([[house.adas.id, 3]]) },
        rosterEntry(second),
        rosterEntry(couple.ben),
      ],
    };
  };

  test("computers in use each other's, and those of one that is gone; one that is gone nothing of theirs", () => {
    const house = houseOf("withdraws");
    const { couple, second, lost, adas } = house;
    const { mayWithdraw } = devicesOf(rulesOf(house));
    const by = (device: DeviceId, seq = 2): MessageHeader => ({
      ...{ kind: "update" as const, space: couple.space, notebook: adas.id, device, seq, time: 1 },
      prev: genesisId(couple.space, adas.id, device),
    });
    const inUse = [couple.ada.device, second.device];
    for (const one of inUse) {
      for (const other of inUse) expect(mayWithdraw(by(one), by(other))).toBe(true);
      expect(mayWithdraw(by(one), by(lost.device))).toBe(true);
      expect(mayWithdraw(by(one), by(lost.device, 4))).toBe(false);
      expect(mayWithdraw(by(lost.device), by(one))).toBe(false);
      expect(mayWithdraw(by(one), by(couple.ben.device))).toBe(false);
      expect(mayWithdraw(by(couple.ben.device), by(one))).toBe(false);
      expect(mayWithdraw(by(one), { ...by(second.device), notebook: couple.ours.id })).toBe(false);
    }
  });

  test("those that were replaced each other's, since they may have stood beside one another", () => {
    const house = houseOf("replaced");
    const { couple, second, lost, adas, person, notebooks } = house;
    const cuts = new Map([[adas.id, 9]]);
    const { mayWithdraw } = devicesOf({
      ...{ space: couple.space, me: couple.ben, notebooks, person },
      roster: [lost, couple.ada, second].map((me) => ({ ...rosterEntry(me), cuts })),
    });
    const [older, younger] = [couple.ada, second].map((author) =>
      writeChain(couple, author, adas, 2),
    );
    if (older === undefined || younger === undefined) throw new Error("nothing written");
    const header = (chain: readonly Written[]) => at(chain, 1).message.header;
    expect(mayWithdraw(header(younger), header(older))).toBe(true);
    expect(mayWithdraw(header(older), header(younger))).toBe(true);
  });
});

describe("a note that a computer is in use too", () => {
  const certificate = new Uint8Array(1380).map((_, index) => index % 251);

  test("gives back the certificate, and is refused for every other length and every other word", () => {
    const body = addedBody(certificate);
    expect(readRosterNote(body)).toEqual({ ok: true, value: { certificate } });
    for (const bad of [
      new Uint8Array(),
      body.subarray(0, 1380),
      Uint8Array.of(...body, 0),
      Uint8Array.of(2, ...certificate),
      certificate,
    ])
      expect(readRosterNote(bad)).toMatchObject({ ok: false, code: "BAD_ROSTER_NOTE" });
    expect(() => addedBody(certificate.subarray(1))).toThrow(RangeError);
  });

  test("has its place in the chain like any other message", () => {
    const { couple } = houseOf("note");
    const note = write(couple, couple.ada, couple.ours, { kind: "roster" });
    const next = writeAfter(couple, note, couple.ours, couple.ada, { kind: "ack" });
    expect(admitAll(admissionFor(couple, couple.ben), [next, note])).toEqual(["PENDING", "ACCEPT"]);
  });
});
