import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { AdmissionParts } from "../../shared/envelope/admit.ts";
import { houseOf, redactionBy, type House } from "./envelopeDevicesKit.ts";
import {
  admissionFor,
  admitAll,
  at,
  rosterEntry,
  seenOf,
  write,
  writeAfter,
  writeChain,
  type Me,
  type Written,
} from "./envelopeKit.ts";

beforeAll(loadSodium);

/** Ada at two computers, both in use; Ben reads. */
let house: House;
beforeEach(() => {
  house = houseOf("siblings");
});

const reader = (me: Me = house.couple.ben, more: Partial<AdmissionParts> = {}) =>
  admissionFor(house.couple, me, {
    ...house.rules,
    roster: [house.old, house.fresh, house.couple.ben]
      .filter(({ device }) => device !== me.device)
      .map(rosterEntry),
    ...more,
  });

/** What the first computer is said to have written after `after`, and never has. */
const madeUp = (after: Written, count: number): readonly Written[] => {
  const { couple, old } = house;
  const chain: Written[] = [];
  for (let index = 0; index < count; index += 1)
    chain.push(
      writeAfter(couple, chain.at(-1) ?? after, couple.adas, old, { text: `no ${index}` }),
    );
  return chain;
};

const headOf = (admission: ReturnType<typeof reader>, { device }: Me) =>
  admission.chains.headOf(house.adas.id, device)?.seq;

describe("a record that a stolen computer has made up about another's chain", () => {
  test.each([1, 3])(
    "gives way to what was truly written there, whichever comes first (%i of them)",
    (count) => {
      const { couple, old, fresh, adas } = house;
      const chain = writeChain(couple, old, couple.adas, 5);
      const before = chain.slice(0, 2);
      const lies = madeUp(at(chain, 1), count);
      const redaction = redactionBy(house, fresh, lies, { seen: [seenOf(at(lies, -1))] });
      const next = writeAfter(couple, redaction, adas, fresh, { seen: [seenOf(at(lies, -1))] });
      for (const order of [
        [[...before, redaction, next], chain.slice(2)],
        [[redaction, next], before, chain.slice(2).toReversed()],
        [before, chain.slice(3), [redaction], [at(chain, 2)], [next]],
        [chain, [next], [redaction]],
      ]) {
        const admission = reader();
        for (const some of order) admitAll(admission, some);
        expect(headOf(admission, old)).toBe(5);
        expect(admission.chains.idAt(adas.id, old.device, 3)).toBe(at(chain, 2).message.id);
        expect(headOf(admission, fresh)).toBe(2);
        for (const me of [old, fresh])
          expect(admission.chains.isFrozen(adas.id, me.device)).toBe(false);
      }
    },
  );

  test("reaches nothing in the chain of the very computer that it is about, which writes on", () => {
    const { couple, old, fresh, adas } = house;
    const admission = reader(old);
    const first = write(couple, old, couple.adas);
    admission.record(first.message);
    const lies = madeUp(first, 3);
    const redaction = redactionBy(house, fresh, lies, { seen: [seenOf(at(lies, -1))] });
    expect(admitAll(admission, [redaction])).toEqual(["ACCEPT"]);
    expect(headOf(admission, old)).toBe(1);
    const second = writeAfter(couple, first, couple.adas, old);
    admission.record(second.message);
    expect(admission.nextHeader(adas.id)).toMatchObject({ seq: 3, prev: second.message.id });
  });

  test("does not keep others from the words of whoever believed it", () => {
    const { couple, old, fresh } = house;
    const first = write(couple, old, couple.adas);
    const lies = madeUp(first, 2);
    const redaction = redactionBy(house, fresh, lies, { seen: [seenOf(at(lies, -1))] });
    const bens = write(couple, couple.ben, couple.bens, {
      seen: [seenOf(redaction)],
      readers: [rosterEntry(old)],
    });
    const admission = reader(old);
    admission.record(first.message);
    expect(admitAll(admission, [redaction, bens])).toEqual(["ACCEPT", "ACCEPT"]);
  });

  test("with a gap before it is waited for, and fills nothing", () => {
    const { couple, old, fresh } = house;
    const chain = writeChain(couple, old, couple.adas, 2);
    const lies = madeUp(at(chain, 1), 3).slice(1);
    const redaction = redactionBy(house, fresh, lies, { seen: [seenOf(at(lies, -1))] });
    const admission = reader();
    expect(admitAll(admission, [...chain, redaction]).at(-1)).toBe("PENDING_SEEN");
    expect(headOf(admission, old)).toBe(2);
  });
});

describe("what one of a person's computers withdraws of another's", () => {
  const story = () => {
    const { couple, old, fresh } = house;
    const chain = writeChain(couple, old, couple.adas, 3);
    const page = at(chain, 2).message.payload.page;
    const more = writeAfter(couple, at(chain, 2), couple.adas, old, { page });
    const gone = [at(chain, 2), more];
    const redaction = redactionBy(house, fresh, gone, { seen: [seenOf(more)] });
    const next = writeAfter(couple, redaction, house.adas, fresh, { seen: [seenOf(more)] });
    const later = writeAfter(couple, more, couple.adas, old);
    return { here: chain.slice(0, 2), gone, redaction, next, later };
  };

  test("holds up nobody who never had it, though that computer is off for good", () => {
    const { here, redaction, next } = story();
    for (const order of [
      [...here, redaction, next],
      [next, redaction, ...here],
    ]) {
      const admission = reader();
      admitAll(admission, order);
      expect(headOf(admission, house.fresh)).toBe(2);
      expect(headOf(admission, house.old)).toBe(2);
    }
  });

  test("stands in for it once that computer writes on, whatever comes first", () => {
    const { here, gone, redaction, later } = story();
    for (const order of [
      [...here, redaction, later],
      [later, ...here, redaction],
      [redaction, later, ...here],
    ]) {
      const admission = reader();
      admitAll(admission, order);
      expect(headOf(admission, house.old)).toBe(5);
      expect(admitAll(admission, gone)).toEqual(["DUP", "DUP"]);
    }
  });

  test("is known and not shown where that computer sends it all the same, not knowing yet", () => {
    const { here, gone, redaction, later } = story();
    const page = at(gone, 0).message.payload.page;
    for (const order of [gone, gone.toReversed()]) {
      const admission = reader();
      admitAll(admission, [...here, redaction]);
      const judged = admission.judge([...order, later].map(({ envelope }) => envelope));
      admission.commit(judged);
      expect(judged.admitted.some(({ message }) => message.payload.page === page)).toBe(false);
      expect(headOf(admission, house.old)).toBe(5);
    }
  });
});
