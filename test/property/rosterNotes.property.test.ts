import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { DeviceId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { addedBody } from "../../shared/envelope/rosterNote.ts";
import { type RosterNote, withNotes } from "../../shared/journal/rosterNotes.ts";
import {
  certifyDevice,
  makeCertificate,
  type Certificate,
} from "../../shared/people/certificate.ts";
import { makePersonKeys, renewDevice } from "../../shared/people/person.ts";
import {
  type Couple,
  inUseOf,
  mostInUse,
  mostKnown,
  notebookSecret,
  spaceIdOf,
} from "../../shared/people/space.ts";
import { seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

const twoPeople = (random = seededRandom(4711)) =>
  [makePersonKeys(random), makePersonKeys(random)] as const;

/** Anna reads; of Sam there is one to begin with, and the names of as many more as are needed. */
const world = () => {
  const random = seededRandom(4711);
  const [annas, sams] = twoPeople(random);
  const self = makeCertificate(annas);
  const all = [sams, ...Array.from({ length: 11 }, () => renewDevice(sams, random))].map(
    makeCertificate,
  );
  const [first] = all;
  if (first === undefined) throw new Error("nobody");
  const crk = random(32);
  const couple: Couple = {
    ...{ space: spaceIdOf(crk), crk, epoch: 1, partner: { name: "Sam", certificate: first } },
    notebooks: {
      mine: notebookSecret(random(48)),
      theirs: notebookSecret(random(48)),
      ours: notebookSecret(random(48)),
    },
  };
  return { self, couple, all };
};

let made: ReturnType<typeof world> | undefined;
const sharedWorld = () => (made ??= world());

type Told = { readonly by: number; readonly of: number };

/** Each device's notes come in its own order, and those of several in any; what has come is looked at each time. */
const readIn = (told: readonly Told[], order: readonly number[]) => {
  const { self, couple, all } = sharedWorld();
  const left = new Map<number, Told[]>();
  for (const one of told) left.set(one.by, [...(left.get(one.by) ?? []), one]);
  const come: RosterNote[] = [];
  const troubles: string[] = [];
  let now = couple;
  for (let step = 0; left.size > 0; step += 1) {
    const authors = [...left.keys()];
    const by = authors[(order[step % order.length] ?? 0) % authors.length];
    const rest = by === undefined ? undefined : left.get(by);
    const next = rest?.shift();
    if (by === undefined || next === undefined) throw new Error("nothing left");
    if (rest?.length === 0) left.delete(by);
    come.push({ device: at(all, next.by).device, body: addedBody(at(all, next.of).bytes) });
    // Nobody’s notes are on a shelf before they are known: their chains are refused until then.
    const known = new Set(theirs(now));
    now = withNotes(
      now,
      self,
      come.filter(({ device }) => known.has(device)),
      (code) => troubles.push(code),
    );
  }
  for (let again = 0; again < all.length; again += 1) {
    const known = new Set(theirs(now));
    now = withNotes(
      now,
      self,
      come.filter(({ device }) => known.has(device)),
    );
  }
  return { inUse: theirs(now).toSorted(), troubles };
};

const theirs = (couple: Couple): readonly DeviceId[] => {
  const { self } = sharedWorld();
  return inUseOf(couple, self.device, couple.partner.certificate.device).theirs;
};

const at = (all: readonly Certificate[], index: number): Certificate => {
  const one = all[index];
  if (one === undefined) throw new Error("no such device");
  return one;
};

const anyOrder = fc.array(fc.nat(30), { minLength: 1, maxLength: 40 });
const anyNotes = fc.array(fc.record({ by: fc.nat(11), of: fc.nat(11) }), { maxLength: 30 });

test("whatever a person’s computers say of each other, and in whatever order it comes, all readers end with the same", () => {
  fc.assert(
    fc.property(anyNotes, anyOrder, anyOrder, (told, one, other) => {
      const { inUse } = readIn(told, one);
      expect(readIn(told, other).inUse).toEqual(inUse);
      expect(inUse.length).toBeLessThanOrEqual(mostKnown);
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** Anna's and Sam's devices, some with the X25519 key of another; each of `told` names one by one of the same person. */
const anyKeys = fc.array(fc.record({ by: fc.nat(5), of: fc.nat(5), key: fc.option(fc.nat(11)) }), {
  maxLength: 16,
});

test("where a key is given to two, it does not matter who says so first, and the partner keeps none of mine out", () => {
  const { self, couple, all } = sharedWorld();
  const random = seededRandom(4712);
  const [annas, sams] = twoPeople();
  const mine = Array.from({ length: 5 }, () => makeCertificate(renewDevice(annas, random)));
  const devices = [...[self, ...mine], ...all.slice(0, 6)];
  const noteOf = (
    owner: "me" | "partner",
    told: { by: number; of: number; key: number | null },
  ) => {
    const from = owner === "me" ? 0 : 6;
    const named = at(devices, from + told.of);
    const { x25519 } = told.key === null ? named : at(devices, told.key);
    const { identity } = owner === "me" ? annas : sams;
    const { bytes } = certifyDevice(identity, { ...named, x25519 });
    return { device: at(devices, from + told.by).device, body: addedBody(bytes) };
  };
  const learned = (notes: readonly RosterNote[], owner?: "me"): readonly string[] =>
    (withNotes(couple, self, notes).beside ?? [])
      .filter((one) => owner === undefined || one.owner === owner)
      .map(({ owner: of, certificate }) => `${of} ${certificate.device}`)
      .toSorted();
  fc.assert(
    fc.property(anyKeys, anyKeys, fc.boolean(), (hers, his, hisFirst) => {
      const [one, other] = [
        hers.map((told) => noteOf("me", told)),
        his.map((told) => noteOf("partner", told)),
      ];
      const notes = hisFirst ? [...other, ...one] : [...one, ...other];
      // Those of each device stay in its own order.
      const byDevice = devices
        .toReversed()
        .flatMap(({ device }) => notes.filter((note) => note.device === device));
      expect(learned(byDevice)).toEqual(learned(notes));
      expect(learned(notes, "me")).toEqual(learned(one));
    }),
    { numRuns: 40 },
  );
}, 60_000);

/** Computers that add others as our app does: while they know of fewer than four; who hears of whom is chance. */
const anyHistory = fc.array(fc.record({ adds: fc.boolean(), by: fc.nat(20), of: fc.nat(20) }), {
  maxLength: 60,
});

test("no computer that an honest one has added is refused by anybody, however little they had heard of each other", () => {
  fc.assert(
    fc.property(anyHistory, anyOrder, (history, order) => {
      const knows: Set<number>[] = [new Set([0])];
      const told: Told[] = [];
      for (const { adds, by, of } of history) {
        const [mine, others] = [knows[by % knows.length], knows[of % knows.length]];
        if (mine === undefined || others === undefined) throw new Error("nobody");
        if (!adds) {
          for (const one of others) mine.add(one);
        } else if (mine.size < mostInUse) {
          const next = knows.length;
          told.push({ by: by % knows.length, of: next });
          mine.add(next);
          knows.push(new Set(mine));
        }
      }
      expect(knows.length).toBeLessThanOrEqual(mostKnown);
      const { inUse, troubles } = readIn(told, order);
      expect(inUse).toHaveLength(knows.length);
      expect(troubles).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);
