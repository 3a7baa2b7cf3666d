import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createChains, loadChains } from "../../shared/envelope/chain.ts";
import {
  admissionFor,
  admitAll,
  at,
  makeCouple,
  seenOf,
  write,
  writeAfter,
  writeChain,
  type Couple,
} from "./envelopeKit.ts";

let couple: Couple;
beforeAll(async () => {
  await loadSodium();
  couple = makeCouple("waiting");
});

test("a fork freezes that chain, keeps both messages and leaves the other chains alone", () => {
  const { ada, ben, adas, ours } = couple;
  const chain = writeChain(couple, ada, adas, 3);
  const other = writeAfter(couple, at(chain, 0), adas, ada, { text: "not what I said" });
  const reader = admissionFor(couple, ben);
  admitAll(reader, chain.slice(0, 2));
  const judged = reader.judge([other.envelope]);
  expect(judged.outcomes).toMatchObject([
    {
      outcome: "FORK",
      fork: { seq: 2, device: ada.device, kept: [{ message: { id: other.message.id } }] },
    },
  ]);
  expect(judged.admitted).toEqual([]);
  reader.commit(judged);
  expect(reader.chains.isFrozen(adas.id, ada.device)).toBe(true);
  expect(reader.chains.idAt(adas.id, ada.device, 2)).toBe(at(chain, 1).message.id);
  expect(reader.chains.entryOf(other.message.id)).toMatchObject({ standing: "forked", seq: 2 });
  expect(
    admitAll(reader, [at(chain, 2), other, at(chain, 1), ...writeChain(couple, ada, ours, 1)]),
  ).toEqual(["FROZEN", "DUP", "DUP", "ACCEPT"]);
});

test("a frozen chain stays frozen when the index is read back", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 3);
  const other = writeAfter(couple, at(chain, 0), adas, ada, { text: "otherwise" });
  const reader = admissionFor(couple, ben);
  const judged = reader.judge([...chain.slice(0, 2), other].map(({ envelope }) => envelope));
  const loaded = loadChains(judged.entries);
  expect(loaded.ok).toBe(true);
  const restarted = admissionFor(couple, ben, {
    chains: loaded.ok ? loaded.value : createChains(),
  });
  expect(restarted.chains.headOf(adas.id, ada.device)?.seq).toBe(2);
  expect(admitAll(restarted, [at(chain, 2), other])).toEqual(["FROZEN", "DUP"]);
});

test("of two that wait with one sequence, the one that fits is admitted and the other is refused", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 3);
  const stray = write(couple, ada, adas, { seq: 3, prev: at(chain, 0).message.id });
  for (const order of [
    [stray, at(chain, 2)],
    [at(chain, 2), stray],
  ]) {
    const reader = admissionFor(couple, ben);
    expect(admitAll(reader, [at(chain, 0), ...order])).toEqual(["ACCEPT", "PENDING", "PENDING"]);
    const judged = reader.judge([at(chain, 1).envelope]);
    expect(judged.admitted.map(({ message }) => message.id)).toEqual(
      [at(chain, 1), at(chain, 2)].map(({ message }) => message.id),
    );
    expect(judged.dropped).toMatchObject([
      { code: "BAD_PREV", message: { message: { id: stray.message.id } } },
    ]);
    expect(judged.forks).toEqual([]);
  }
});

test("two that wait with one sequence and both fit are a fork: neither is admitted, both are kept", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 4);
  const rival = writeAfter(couple, at(chain, 1), adas, ada, { text: "the other third" });
  const reader = admissionFor(couple, ben);
  admitAll(reader, [at(chain, 0), rival, at(chain, 2), at(chain, 3)]);
  const judged = reader.judge([at(chain, 1).envelope]);
  expect(judged.admitted).toHaveLength(1);
  expect(judged.forks).toMatchObject([{ seq: 3, kept: { length: 2 } }]);
  expect(judged.dropped).toMatchObject([
    { code: "FROZEN", message: { message: { id: at(chain, 3).message.id } } },
  ]);
  reader.commit(judged);
  expect(reader.chains.headOf(adas.id, ada.device)?.seq).toBe(2);
  expect(admitAll(reader, [rival, at(chain, 2), at(chain, 3)])).toEqual(["DUP", "DUP", "FROZEN"]);
});

test("a rival of one that waits for a seen head is a fork, whichever comes first", () => {
  const { ada, ben, adas, ours } = couple;
  const unseen = write(couple, ben, ours);
  const waiting = write(couple, ada, adas, { seen: [seenOf(unseen)] });
  const free = write(couple, ada, adas);
  expect(admitAll(admissionFor(couple, ben), [waiting, free])).toEqual(["PENDING_SEEN", "FORK"]);
  expect(admitAll(admissionFor(couple, ben), [free, waiting])).toEqual(["ACCEPT", "FORK"]);
});

test("a waiting room that is full drops what comes, says so, and still takes what is missing", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 6);
  const reader = admissionFor(couple, ben, { bounds: { messages: 3, bytes: 1e6 } });
  expect(admitAll(reader, chain.slice(1))).toEqual([
    "PENDING",
    "PENDING",
    "PENDING",
    "HELD_FULL",
    "HELD_FULL",
  ]);
  expect(admitAll(reader, [at(chain, 3)])).toEqual(["PENDING"]);
  expect(admitAll(reader, [at(chain, 0)])).toEqual(["ACCEPT"]);
  expect(reader.chains.headOf(adas.id, ada.device)?.seq).toBe(4);
  expect(admitAll(reader, chain.slice(4))).toEqual(["ACCEPT", "ACCEPT"]);
});

test("the waiting room is bounded in bytes too, for each chain by itself", () => {
  const { ada, ben, adas, ours } = couple;
  const [chain, another] = [writeChain(couple, ada, adas, 4), writeChain(couple, ada, ours, 2)];
  const bytes = at(chain, 1).envelope.length * 2;
  const reader = admissionFor(couple, ben, { bounds: { messages: 100, bytes } });
  expect(admitAll(reader, [...chain.slice(1), at(another, 1)])).toEqual([
    "PENDING",
    "PENDING",
    "HELD_FULL",
    "PENDING",
  ]);
});

test("what was released or refused no longer takes room in the waiting room", () => {
  const { ada, ben, adas } = couple;
  const chain = writeChain(couple, ada, adas, 6);
  const stray = write(couple, ada, adas, { seq: 2, prev: at(chain, 3).message.id });
  const size = at(chain, 1).envelope.length;
  for (const bounds of [
    { messages: 2, bytes: 1e6 },
    { messages: 100, bytes: 2 * size },
  ]) {
    const reader = admissionFor(couple, ben, { bounds });
    expect(admitAll(reader, [stray, at(chain, 1), at(chain, 0)])).toEqual([
      "PENDING",
      "PENDING",
      "ACCEPT",
    ]);
    expect(admitAll(reader, [at(chain, 3), at(chain, 4), at(chain, 5)])).toEqual([
      "PENDING",
      "PENDING",
      "HELD_FULL",
    ]);
  }
});
