import { beforeAll, expect, test } from "vitest";
import { newId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { x25519Public, x25519Secret } from "../../shared/crypto/keys.ts";
import { entryFor, loadChains } from "../../shared/envelope/chain.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { sealMessage } from "../../shared/envelope/seal.ts";
import {
  admissionFor,
  admitAll,
  at,
  codeOf,
  makeCouple,
  rosterEntry,
  seenOf,
  write,
  writeAfter,
  writeChain,
  type Couple,
} from "./envelopeKit.ts";

let couple: Couple;
beforeAll(async () => {
  await loadSodium();
  couple = makeCouple("admission");
});

test("a chain is admitted in order, and its head is the last of it", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 3);
  const reader = admissionFor(couple, ben);
  expect(admitAll(reader, chain)).toEqual(["ACCEPT", "ACCEPT", "ACCEPT"]);
  expect(reader.chains.headOf(adas.id, ada.device)).toMatchObject({
    seq: 3,
    id: at(chain, 2).message.id,
  });
  expect(reader.chains.idAt(adas.id, ada.device, 2)).toBe(at(chain, 1).message.id);
});

test("what waits for one before it is released in order when that one comes", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 5);
  const reader = admissionFor(couple, ben);
  expect(admitAll(reader, [at(chain, 4), at(chain, 2), at(chain, 3), at(chain, 1)])).toEqual(
    Array.from({ length: 4 }, () => "PENDING"),
  );
  expect(reader.chains.heads()).toEqual([]);
  const judged = reader.judge([at(chain, 0).envelope]);
  const ids = chain.map(({ message }) => message.id);
  expect(judged.admitted.map(({ message }) => message.id)).toEqual(ids);
  expect(judged.outcomes[0]).toMatchObject({ outcome: "ACCEPT", admitted: { length: 5 } });
  expect(judged.entries.map(({ id }) => id)).toEqual(ids);
});

test("judging changes nothing: when the disk refuses, the same envelopes are admitted later", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 3);
  const reader = admissionFor(couple, ben);
  admitAll(reader, [at(chain, 2)]);
  const arrived = [at(chain, 0).envelope, at(chain, 1).envelope];
  for (let tries = 0; tries < 3; tries++) {
    const judged = reader.judge(arrived);
    expect(judged.admitted).toHaveLength(3);
    expect(reader.chains.heads()).toEqual([]);
  }
  reader.commit(reader.judge(arrived));
  expect(reader.chains.headOf(adas.id, ada.device)?.seq).toBe(3);
  expect(admitAll(reader, chain)).toEqual(["DUP", "DUP", "DUP"]);
});

test("a judging that is not the newest, or a second commit, is a bug", () => {
  const { ada, ben, adas } = couple;
  const [first] = writeChain(couple, ada, adas, 1);
  const reader = admissionFor(couple, ben);
  const envelopes = first === undefined ? [] : [first.envelope];
  const old = reader.judge(envelopes);
  const newest = reader.judge(envelopes);
  expect(() => reader.commit(old)).toThrow("not the newest");
  reader.commit(newest);
  expect(() => reader.commit(newest)).toThrow("committed before");
});

test("the same message in another envelope is a duplicate, also within one judging", () => {
  const { ada, ben, adas, random } = couple;
  const [first] = writeChain(couple, ada, adas, 1);
  const key = at(adas.keys, 0);
  if (first === undefined) throw new Error("no message");
  const again = { ...first, envelope: sealMessage(first.message, key, random(24)) };
  expect(again.envelope).not.toEqual(first.envelope);
  expect(admitAll(admissionFor(couple, ben), [first, again])).toEqual(["ACCEPT", "DUP"]);
});

test("an index with a hole, or with something twice, is broken and not believed", () => {
  const { ada, adas } = couple;
  const entries = writeChain(couple, ada, adas, 3).map(({ message }) => entryFor(message));
  const refused = { ok: false, code: "BROKEN_INDEX" };
  expect(loadChains([at(entries, 0), at(entries, 2)])).toMatchObject(refused);
  expect(loadChains([at(entries, 0), at(entries, 0)])).toMatchObject(refused);
  expect(loadChains([{ ...at(entries, 0), standing: "forked", seq: 5 }])).toMatchObject(refused);
  const first = at(entries, 0);
  expect(loadChains([first, { ...first, standing: "forked" }])).toMatchObject(refused);
  const rival = { ...first, id: at(entries, 2).id, standing: "forked" as const };
  expect(loadChains([first, rival, at(entries, 1)])).toMatchObject(refused);
  expect(loadChains([first, rival]).ok).toBe(true);
  expect(loadChains(entries).ok).toBe(true);
});

test("a message whose author had seen another waits for that other, across notebooks", () => {
  const { ada, ben, adas, ours, roster } = couple;
  const third = { device: newId<typeof ada.device>(couple.random), secret: ada.secret };
  const reading = admissionFor(couple, third, { roster });
  const readers = [...roster, rosterEntry(third)];
  const adasOne = write(couple, ada, adas, { readers });
  const bensOne = write(couple, ben, ours, { readers, seen: [seenOf(adasOne)] });
  expect(admitAll(reading, [bensOne])).toEqual(["PENDING_SEEN"]);
  const judged = reading.judge([adasOne.envelope]);
  expect(judged.admitted.map(({ message }) => message.id)).toEqual([
    adasOne.message.id,
    bensOne.message.id,
  ]);
});

test("what had seen my own words is released after I have recorded them", () => {
  const { ada, ben, adas, ours } = couple;
  const mine = write(couple, ada, adas);
  const theirs = write(couple, ben, ours, { seen: [seenOf(mine)] });
  const reader = admissionFor(couple, ada);
  expect(admitAll(reader, [theirs])).toEqual(["PENDING_SEEN"]);
  reader.record(mine.message);
  expect(reader.judge([]).admitted).toHaveLength(1);
});

test("a seen head that names a known message as another's, or at another place, is refused", () => {
  const { ada, ben, adas, ours } = couple;
  const mine = write(couple, ada, adas);
  const reader = admissionFor(couple, ada);
  reader.record(mine.message);
  for (const lie of [
    { ...seenOf(mine), seq: 2 },
    { ...seenOf(mine), device: ben.device },
  ]) {
    expect(admitAll(reader, [write(couple, ben, ours, { seen: [lie] })])).toEqual(["BAD_PAYLOAD"]);
  }
});

test("a lie about seen heads is found out when what waited gets its turn", () => {
  const { ada, ben, adas, ours } = couple;
  const mine = write(couple, ada, adas);
  const theirs = write(couple, ben, ours, { seen: [{ ...seenOf(mine), seq: 9 }] });
  const reader = admissionFor(couple, ada);
  expect(admitAll(reader, [theirs])).toEqual(["PENDING_SEEN"]);
  reader.record(mine.message);
  const judged = reader.judge([]);
  expect(judged).toMatchObject({ admitted: [], dropped: [{ code: "BAD_PAYLOAD" }] });
  reader.commit(judged);
  expect(reader.judge([]).dropped).toEqual([]);
});

test("my own words come back as known, and words in my name that I never wrote are refused", () => {
  const { ada, adas } = couple;
  const [mine, forged] = [
    write(couple, ada, adas),
    write(couple, ada, adas, { text: "never said" }),
  ];
  const reader = admissionFor(couple, ada);
  reader.record(mine.message);
  expect(admitAll(reader, [mine, forged])).toEqual(["DUP", "NO_TAG"]);
  expect(reader.chains.isFrozen(adas.id, ada.device)).toBe(false);
});

test("the next header follows what was recorded, or the one written just before", () => {
  const { ada, adas, space } = couple;
  const author = admissionFor(couple, ada);
  const first = author.nextHeader(adas.id);
  const one = write(couple, ada, adas);
  expect(first).toEqual({
    space,
    notebook: adas.id,
    device: ada.device,
    seq: 1,
    prev: one.message.header.prev,
  });
  expect(author.nextHeader(adas.id)).toEqual(first);
  const second = author.nextHeader(adas.id, one.message);
  expect(second).toMatchObject({ seq: 2, prev: one.message.id });
  author.record(one.message);
  expect(author.nextHeader(adas.id)).toEqual(second);
  const stray = write(couple, ada, adas, { seq: 2 }).message;
  const bens = write(couple, couple.ben, couple.bens).message;
  for (const wrong of [one.message, stray, bens]) {
    expect(() => author.record(wrong)).toThrow("does not follow");
  }
});

test("a revoked device's words count up to the cut and not beyond", () => {
  const { ada, ben, adas, ours, roster } = couple;
  const cuts = new Map([[adas.id, 2]]);
  const cut = roster.map((entry) => (entry.device === ada.device ? { ...entry, cuts } : entry));
  const reader = admissionFor(couple, ben, { roster: cut });
  expect(admitAll(reader, writeChain(couple, ada, adas, 3))).toEqual([
    "ACCEPT",
    "ACCEPT",
    "REVOKED_DEVICE",
  ]);
  expect(admitAll(reader, writeChain(couple, ada, ours, 1))).toEqual(["REVOKED_DEVICE"]);
});

test("a device whose key gives zeros stays unknown", () => {
  const { ada, ben, adas } = couple;
  const weak = [{ device: ada.device, x25519: x25519Public(new Uint8Array(32)) }];
  const reader = admissionFor(couple, ben, { roster: weak });
  expect(admitAll(reader, [write(couple, ada, adas)])).toEqual(["UNKNOWN_DEVICE"]);
});

test("after a new epoch, envelopes under the old key and under the new one open", () => {
  const { ada, ben, adas, bens, ours } = couple;
  const next = carriedNotebookKey(couple.random(32));
  const both = { ...adas, keys: [...adas.keys, next] };
  const reader = admissionFor(couple, ben, { notebooks: [both, bens, ours] });
  const first = write(couple, ada, adas);
  const second = writeAfter(couple, first, adas, ada, { key: next });
  expect(admitAll(reader, [first, second])).toEqual(["ACCEPT", "ACCEPT"]);
});

test("where several things are wrong, the first in the protocol's order is named", () => {
  const { ada, ben, adas, bens, ours, random } = couple;
  const stranger = { device: newId<typeof ada.device>(random), secret: x25519Secret(random(32)) };
  const nowhere = { ...adas, id: newId<typeof adas.id>(random) };
  const otherSpace = newId<typeof couple.space>(random);
  const key = at(ours.keys, 0);
  const prev = newId<typeof ada.device>(random).repeat(2);
  const wrongPrev = { seq: 2, prev: prev as never };
  const unread = { readers: [rosterEntry(stranger)] };
  const cases = [
    [write(couple, stranger, nowhere, { space: otherSpace, key, ...wrongPrev }), "WRONG_SPACE"],
    [write(couple, stranger, nowhere, { key, ...wrongPrev }), "UNKNOWN_NOTEBOOK"],
    [write(couple, stranger, adas, { key, ...wrongPrev }), "WRONG_NOTEBOOK_KEY"],
    [write(couple, stranger, adas, wrongPrev), "UNKNOWN_DEVICE"],
    [write(couple, ada, bens, { ...unread, ...wrongPrev }), "NOT_ALLOWED"],
    [write(couple, ada, adas, { ...unread, ...wrongPrev }), "NO_TAG"],
    [write(couple, ada, adas, { seq: 3, prev: prev as never }), "PENDING"],
    [
      write(couple, ada, adas, { ...wrongPrev, seen: [seenOf(write(couple, ben, bens))] }),
      "BAD_PREV",
    ],
  ] as const;
  for (const [written, code] of cases) {
    const reader = admissionFor(couple, ben);
    admitAll(reader, [write(couple, ada, adas)]);
    expect(reader.judge([written.envelope]).outcomes.map(codeOf)).toEqual([code]);
  }
});
