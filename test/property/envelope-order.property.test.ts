import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { newId, type DeviceId } from "../../shared/base/ids.ts";
import { x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Admission } from "../../shared/envelope/admit.ts";
import { loadChains, type ChainEntry } from "../../shared/envelope/chain.ts";
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
  type Couple,
  type Me,
  type Notebook,
  type Written,
} from "../unit/envelopeKit.ts";

/** Ada and Ben write, each seeing the other's newest; a third device of theirs reads all of it. */
let couple: Couple;
let reader: Me;
let written: readonly Written[];

beforeAll(async () => {
  await loadSodium();
  const two = makeCouple("order");
  reader = { device: newId<DeviceId>(two.random), secret: x25519Secret(two.random(32)) };
  couple = { ...two, roster: [...two.roster, rosterEntry(reader)] };
  written = conversation(5);
});

const conversation = (rounds: number): readonly Written[] => {
  const { ada, ben, adas, bens, ours } = couple;
  const turns: readonly (readonly [Me, Notebook])[] = [
    [ada, adas],
    [ben, ours],
    [ben, bens],
    [ada, ours],
  ];
  const newest = new Map<string, Written>();
  const all: Written[] = [];
  for (let turn = 0; turn < rounds * turns.length; turn++) {
    const [author, notebook] = at(turns, turn % turns.length);
    const chain = author.device + notebook.id;
    const seen = [...newest.values()]
      .filter(({ message }) => message.header.device !== author.device)
      .map(seenOf);
    const before = newest.get(chain);
    const next =
      before === undefined
        ? write(couple, author, notebook, { seen })
        : writeAfter(couple, before, notebook, author, { seen });
    newest.set(chain, next);
    all.push(next);
  }
  return all;
};

const headsOf = (admission: ReturnType<typeof admissionFor>): readonly string[] =>
  admission.chains
    .heads()
    .map(({ notebook, device, seq, id }) => `${notebook} ${device} ${seq} ${id}`)
    .toSorted();

const inOrder = (): readonly string[] => {
  const admission = admissionFor(couple, reader);
  expect(admitAll(admission, written)).toEqual(written.map(() => "ACCEPT"));
  return headsOf(admission);
};

/** A whole delivery: every message at least once, some more often, in batches, some of which the disk refuses. */
const deliveries = fc.record({
  order: fc.shuffledSubarray(range(20), { minLength: 20 }),
  repeats: fc.array(fc.nat(19), { maxLength: 15 }),
  batches: fc.array(
    fc.record({ size: fc.integer({ min: 1, max: 6 }), diskRefuses: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 20,
    },
  ),
});

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

type Batch = { readonly size: number; readonly diskRefuses: boolean };

/** Gives the index lines in the order in which they would be stored. */
const deliver = (
  admission: Admission,
  order: readonly number[],
  batches: readonly Batch[],
): readonly ChainEntry[] => {
  const stored: ChainEntry[] = [];
  for (let start = 0, count = 0; start < order.length; count++) {
    const { size, diskRefuses } = at(batches, count % batches.length);
    const envelopes = order.slice(start, start + size).map((index) => at(written, index).envelope);
    if (diskRefuses) admission.judge(envelopes);
    const judged = admission.judge(envelopes);
    expect(
      judged.outcomes.map(codeOf).every((code) => /^(ACCEPT|DUP|PENDING|PENDING_SEEN)$/.test(code)),
    ).toBe(true);
    admission.commit(judged);
    stored.push(...judged.entries);
    start += size;
  }
  return stored;
};

test("any order and any repetition of envelopes ends in the same chains", () => {
  const expected = inOrder();
  expect(expected).toHaveLength(4);
  fc.assert(
    fc.property(deliveries, ({ order, repeats, batches }) => {
      const admission = admissionFor(couple, reader);
      const stored = deliver(admission, [...repeats, ...order, ...repeats], batches);
      expect(headsOf(admission)).toEqual(expected);
      expect(stored.map(({ id }) => id).toSorted()).toEqual(
        written.map(({ message }) => message.id).toSorted(),
      );
    }),
    { numRuns: 80 },
  );
});

test("a restart at any point loses nothing but what waited, and that comes again", () => {
  const expected = inOrder();
  fc.assert(
    fc.property(deliveries, fc.nat(20), ({ order, batches }, until) => {
      const before = deliver(admissionFor(couple, reader), order.slice(0, until), batches);
      const chains = loadChains(before);
      if (!chains.ok) throw new Error(chains.code);
      const restarted = admissionFor(couple, reader, { chains: chains.value });
      deliver(restarted, order, batches);
      expect(headsOf(restarted)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test("every message that is admitted follows what it follows: its chain, and what its author had seen", () => {
  fc.assert(
    fc.property(deliveries, ({ order, batches }) => {
      const known = new Set<string>();
      const byId = new Map(written.map(({ message }) => [message.id, message]));
      for (const { id } of deliver(admissionFor(couple, reader), order, batches)) {
        const message = byId.get(id);
        if (message === undefined) throw new Error("admitted what nobody wrote");
        const { seq, prev } = message.header;
        expect(seq === 1 || known.has(prev)).toBe(true);
        expect(message.payload.seen.every((head) => known.has(head.id))).toBe(true);
        known.add(id);
      }
    }),
    { numRuns: 40 },
  );
});

test("whichever of two forked messages comes first, the chain freezes and both are kept", () => {
  const { ada, adas } = couple;
  const first = write(couple, ada, adas);
  const [left, right] = [
    writeAfter(couple, first, adas, ada),
    writeAfter(couple, first, adas, ada),
  ];
  const after = writeAfter(couple, left, adas, ada);
  const all = [first, left, right, after];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
      const admission = admissionFor(couple, reader);
      for (const one of order) admitAll(admission, [one]);
      expect(admission.chains.isFrozen(adas.id, ada.device)).toBe(true);
      for (const { message } of [first, left, right])
        expect(admission.chains.entryOf(message.id)).toBeDefined();
    }),
    { numRuns: 24 },
  );
});
