import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { AdmissionParts } from "../../shared/envelope/admit.ts";
import { encodeRedaction } from "../../shared/envelope/redaction.ts";
import { cutsOfSeq, houseOf, redactionBy, type House } from "./envelopeDevicesKit.ts";
import {
  admissionFor,
  admitAll,
  at,
  rosterEntry,
  seenOf,
  write,
  writeAfter,
  writeChain,
} from "./envelopeKit.ts";

let house: House;
beforeAll(async () => {
  await loadSodium();
  house = houseOf("devices");
});

/** Ada's new computer, after a meeting at which Ben's counted up to here. */
const newComputer = (changes: Partial<AdmissionParts> = {}) => {
  const { couple, old, fresh } = house;
  const cuts = cutsOfSeq(house, 5);
  return admissionFor(house.couple, fresh, {
    ...house.rules,
    selves: [old],
    roster: [
      { ...rosterEntry(old), cuts, vouched: cuts },
      { ...rosterEntry(couple.ben), vouched: cutsOfSeq(house, 3) },
    ],
    ...changes,
  });
};

/** Ben's, who knows that Ada's first one is gone: cut in her own notebook, and with nothing in the one of both. */
const bens = (cut: number, changes: Partial<AdmissionParts> = {}) => {
  const { couple, old, fresh } = house;
  const cuts = new Map([[couple.adas.id, cut]]);
  return admissionFor(couple, couple.ben, {
    ...house.rules,
    roster: [{ ...rosterEntry(old), cuts }, rosterEntry(fresh)],
    ...changes,
  });
};

describe("on a new computer, whose words count", () => {
  test("my own of before come back without a tag, as far as they were vouched for and no further", () => {
    const { couple, old } = house;
    const chain = writeChain(couple, old, couple.adas, 7);
    const admission = newComputer();
    const judged = admission.judge(chain.map(({ envelope }) => envelope));
    expect(judged.admitted.map(({ message }) => message.header.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(judged.admitted.every(({ vouched }) => vouched)).toBe(true);
    expect(judged.outcomes.slice(5)).toEqual([
      { outcome: "REFUSED", code: "REVOKED_DEVICE" },
      { outcome: "REFUSED", code: "REVOKED_DEVICE" },
    ]);
  });

  test("nobody's word lets anything in that bears the name of the computer I write on", () => {
    const { couple, old, fresh } = house;
    const cuts = cutsOfSeq(house, 5);
    const entry = { ...rosterEntry(fresh), vouched: cuts };
    const admission = newComputer({ roster: [entry, { ...rosterEntry(old), cuts }] });
    expect(admitAll(admission, [write(couple, fresh, house.adas)])).toEqual(["NO_TAG"]);
  });

  test("without anybody's word, my own of before are not taken from others", () => {
    const { couple, old } = house;
    const gone = { ...rosterEntry(old), cuts: cutsOfSeq(house, 5) };
    const admission = newComputer({ roster: [gone, rosterEntry(couple.ben)] });
    const toFresh = [rosterEntry(house.fresh)];
    expect(admitAll(admission, [write(couple, old, house.adas)])).toEqual(["NO_TAG"]);
    // Whoever has the lost computer can tag for the new one.
    expect(admitAll(admission, [write(couple, old, house.adas, { readers: toFresh })])).toEqual([
      "NO_TAG",
    ]);
  });

  test("the lost computer's keys make no word of the partner's beyond what there was at the meeting", () => {
    const { couple, old, fresh } = house;
    const forOld = [rosterEntry(old)];
    const chain = writeChain(couple, couple.ben, couple.bens, 3);
    const admission = newComputer();
    admitAll(admission, chain);
    const forged = writeAfter(couple, at(chain, 2), couple.bens, couple.ben, { readers: forOld });
    expect(admitAll(admission, [forged])).toEqual(["NO_TAG"]);
    const wrong = { device: couple.ben.device, secret: old.secret };
    const guessed = writeAfter(couple, at(chain, 2), couple.bens, wrong, {
      readers: [rosterEntry(fresh)],
    });
    expect(admitAll(admission, [guessed])).toEqual(["BAD_TAG"]);
    const real = writeAfter(couple, at(chain, 2), couple.bens, couple.ben, {
      readers: [rosterEntry(fresh)],
    });
    expect(admitAll(admission, [real])).toEqual(["ACCEPT"]);
  });

  test("what the partner tagged for the lost computer is read by its tag, where its keys are here", () => {
    const { couple, old } = house;
    const chain = writeChain(couple, couple.ben, couple.bens, 3);
    const known = newComputer().judge(chain.map(({ envelope }) => envelope));
    expect(known.admitted.map(({ vouched }) => vouched)).toEqual([false, false, false]);
    const selves = [{ device: old.device, secret: undefined }];
    const told = newComputer({ selves }).judge(chain.map(({ envelope }) => envelope));
    expect(told.admitted.map(({ vouched }) => vouched)).toEqual([true, true, true]);
  });

  test("a partner's computer that is gone counts up to its cut, by tags for any of mine", () => {
    const { couple, old, fresh } = house;
    const goneBen = { ...rosterEntry(couple.ben), cuts: cutsOfSeq(house, 2) };
    const admission = newComputer({ roster: [goneBen] });
    const first = write(couple, couple.ben, couple.bens, { readers: [rosterEntry(old)] });
    const readers = [rosterEntry(fresh)];
    const second = writeAfter(couple, first, couple.bens, couple.ben, { readers });
    const third = writeAfter(couple, second, couple.bens, couple.ben, { readers });
    expect(admitAll(admission, [first, second, third])).toEqual([
      "ACCEPT",
      "ACCEPT",
      "REVOKED_DEVICE",
    ]);
  });

  test("a partner's computer that is gone says nothing beyond its cut to whoever stayed", () => {
    const { couple, old } = house;
    const chain = writeChain(couple, old, couple.adas, 3);
    expect(admitAll(bens(2), chain)).toEqual(["ACCEPT", "ACCEPT", "REVOKED_DEVICE"]);
  });

  test("after an ending, the words of all of the partner's computers count that the heads vouch for", () => {
    const { couple, old, fresh } = house;
    const [one, two] = [write(couple, old, house.adas), write(couple, fresh, house.adas)];
    const other = writeAfter(couple, two, house.adas, fresh);
    const admission = admissionFor(couple, couple.ben, {
      ...house.rules,
      roster: [],
      past: {
        devices: [old.device, fresh.device],
        vouched: new Set([one.message.id, two.message.id]),
      },
    });
    expect(admitAll(admission, [one, two, other])).toEqual(["ACCEPT", "ACCEPT", "NO_TAG"]);
  });
});

describe("what has seen a computer that is gone", () => {
  const seeing = (chain: ReturnType<typeof writeChain>, seq: number) =>
    write(house.couple, house.fresh, house.adas, { seen: [seenOf(at(chain, seq - 1))] });

  test("waits for what can still come of it", () => {
    const chain = writeChain(house.couple, house.old, house.couple.adas, 3);
    const admission = bens(3);
    expect(admitAll(admission, [seeing(chain, 3)])).toEqual(["PENDING_SEEN"]);
    admitAll(admission, chain);
    expect(admission.chains.headOf(house.adas.id, house.fresh.device)?.seq).toBe(1);
  });

  test("does not wait for what lies beyond its cut", () => {
    const chain = writeChain(house.couple, house.old, house.couple.adas, 3);
    expect(admitAll(bens(2), [seeing(chain, 3)])).toEqual(["ACCEPT"]);
  });

  test("does not wait where another message has the place", () => {
    const chain = writeChain(house.couple, house.old, house.couple.adas, 3);
    const admission = bens(3);
    admitAll(admission, writeChain(house.couple, house.old, house.couple.adas, 3));
    expect(admitAll(admission, [seeing(chain, 3)])).toEqual(["ACCEPT"]);
  });

  test("goes on when the chain that it waits for has forked, in the same breath", () => {
    const { couple, old, fresh, adas } = house;
    const chain = writeChain(couple, old, couple.adas, 3);
    const admission = bens(3);
    admitAll(admission, chain.slice(0, 1));
    expect(admitAll(admission, [seeing(chain, 3)])).toEqual(["PENDING_SEEN"]);
    expect(admitAll(admission, [write(couple, old, couple.adas)])).toEqual(["FORK"]);
    expect(admission.chains.headOf(adas.id, fresh.device)?.seq).toBe(1);
    const next = writeAfter(couple, at(chain, 0), couple.adas, old);
    expect(admitAll(admission, [next])).toEqual(["FROZEN"]);
    expect(admission.chains.isFrozen(adas.id, fresh.device)).toBe(false);
  });
});

describe("a redaction of what an earlier computer wrote", () => {
  const story = (length: number) => {
    const page = newId(house.couple.random);
    const chain = writeChain(house.couple, house.old, house.couple.adas, length);
    return { page, chain };
  };

  test("stands in for what never came, though it waits itself for what comes after that", () => {
    const { fresh, old, adas } = house;
    const { chain } = story(4);
    const redaction = redactionBy(house, fresh, [at(chain, 1)], { seen: [seenOf(at(chain, 3))] });
    for (const order of [
      [at(chain, 0), at(chain, 2), at(chain, 3), redaction],
      [redaction, at(chain, 3), at(chain, 2), at(chain, 0)],
      [at(chain, 2), redaction, at(chain, 0), at(chain, 3)],
    ]) {
      const admission = bens(4);
      admitAll(admission, order);
      expect(admission.chains.idAt(adas.id, old.device, 2)).toBe(at(chain, 1).message.id);
      expect(admission.chains.headOf(adas.id, old.device)?.seq).toBe(4);
      expect(admission.chains.headOf(adas.id, fresh.device)?.seq).toBe(1);
      expect(admitAll(admission, [at(chain, 1)])).toEqual(["DUP"]);
    }
  });

  test("has no say about the other person's words", () => {
    const { couple, fresh, old, adas } = house;
    const { chain } = story(3);
    const admission = bens(3);
    const wrong = admissionFor(couple, couple.ben, {
      ...house.rules,
      person: (device) => device,
      roster: [{ ...rosterEntry(old), cuts: new Map([[adas.id, 3]]) }, rosterEntry(fresh)],
    });
    const redaction = redactionBy(house, fresh, [at(chain, 1)], { seen: [seenOf(at(chain, 2))] });
    for (const each of [admission, wrong]) admitAll(each, [at(chain, 0), at(chain, 2), redaction]);
    expect(admission.chains.headOf(adas.id, old.device)?.seq).toBe(3);
    expect(wrong.chains.headOf(adas.id, old.device)?.seq).toBe(1);
    expect(wrong.chains.headOf(adas.id, fresh.device)).toBe(undefined);
  });

  test("cannot come from a computer that is gone, about what a later one wrote", () => {
    const { couple, fresh, old, adas } = house;
    const later = writeChain(couple, fresh, house.adas, 3);
    const redaction = redactionBy(house, old, [at(later, 1)], { seen: [seenOf(at(later, 2))] });
    const admission = bens(3);
    admitAll(admission, [at(later, 0), at(later, 2), redaction]);
    expect(admission.chains.headOf(adas.id, fresh.device)?.seq).toBe(1);
    expect(admission.chains.headOf(adas.id, old.device)).toBe(undefined);
  });

  test("puts nothing in a chain beyond its cut", () => {
    const { fresh, old, adas } = house;
    const { chain } = story(3);
    const admission = bens(2);
    admitAll(admission, [at(chain, 0), at(chain, 1), redactionBy(house, fresh, [at(chain, 2)])]);
    expect(admission.chains.headOf(adas.id, old.device)?.seq).toBe(2);
  });

  test("that names another message than the one that stands there freezes nothing", () => {
    const { fresh, old, adas } = house;
    const { chain } = story(3);
    const other = story(3).chain;
    const admission = bens(3);
    const redaction = redactionBy(house, fresh, [at(other, 1)]);
    expect(admitAll(admission, [...chain, redaction]).at(-1)).toBe("ACCEPT");
    expect(admission.chains.isFrozen(adas.id, old.device)).toBe(false);
    expect(admission.chains.isFrozen(adas.id, fresh.device)).toBe(false);
  });

  test("that names another message than the one that waits there lets that one in", () => {
    const { fresh, old, adas } = house;
    const { chain } = story(3);
    const other = writeAfter(house.couple, at(chain, 0), house.couple.adas, old, { text: "other" });
    const admission = bens(3);
    const redaction = redactionBy(house, fresh, [other], { seen: [seenOf(at(chain, 2))] });
    admitAll(admission, [at(chain, 1), redaction, at(chain, 2), at(chain, 0)]);
    expect(admission.chains.idAt(adas.id, old.device, 2)).toBe(at(chain, 1).message.id);
    expect(admission.chains.headOf(adas.id, old.device)?.seq).toBe(3);
    expect(admission.chains.headOf(adas.id, fresh.device)?.seq).toBe(1);
    expect(admission.chains.isFrozen(adas.id, old.device)).toBe(false);
  });

  test("cut anywhere throws nothing and stops no chain", () => {
    const { fresh, adas } = house;
    const { chain } = story(3);
    const body = encodeRedaction(chain.map(({ message }) => message));
    for (let length = 0; length < body.length; length += 7) {
      const admission = bens(3);
      const cut = redactionBy(house, fresh, [], { body: body.subarray(0, length) });
      admitAll(admission, [cut, ...chain]);
      expect(admission.chains.headOf(adas.id, fresh.device)?.seq).toBe(1);
      expect(admission.chains.headOf(adas.id, house.old.device)?.seq).toBe(3);
    }
  });
});
