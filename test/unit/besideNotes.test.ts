import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { addedBody } from "../../shared/envelope/rosterNote.ts";
import { withNotes } from "../../shared/journal/rosterNotes.ts";
import {
  certifyDevice,
  makeCertificate,
  type Certificate,
} from "../../shared/people/certificate.ts";
import { makePersonKeys, renewDevice, type PersonKeys } from "../../shared/people/person.ts";
import {
  inUseOf,
  notebookSecret,
  spaceIdOf,
  type Couple,
  type GoneDevice,
} from "../../shared/people/space.ts";
import { seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

type World = {
  readonly mine: PersonKeys;
  readonly theirs: PersonKeys;
  readonly self: Certificate;
  readonly partner: Certificate;
  readonly couple: Couple;
  /** Another computer of whoever has these keys. */
  readonly another: (keys: PersonKeys) => Certificate;
};

const world = (seed: number): World => {
  const random = seededRandom(seed);
  const [mine, theirs] = [makePersonKeys(random), makePersonKeys(random)];
  const crk = random(32);
  const notebook = () => notebookSecret(random(48));
  const partner = makeCertificate(theirs);
  return {
    ...{ mine, theirs, partner, self: makeCertificate(mine) },
    couple: {
      ...{ space: spaceIdOf(crk), crk, epoch: 1, partner: { name: "Sam", certificate: partner } },
      notebooks: { mine: notebook(), theirs: notebook(), ours: notebook() },
    },
    another: (keys) => makeCertificate(renewDevice(keys, random)),
  };
};

const withGone = (here: World, { device, x25519 }: Certificate): World => {
  const devices: readonly GoneDevice[] = [{ owner: "me", device, x25519, cuts: new Map() }];
  const before = { keys: [], devices, vouched: [], unmet: false };
  return { ...here, couple: { ...here.couple, before } };
};

const note = (by: Certificate, of: Certificate) => ({
  device: by.device,
  body: addedBody(of.bytes),
});

const learnedFrom = (
  { couple, self }: World,
  notes: Parameters<typeof withNotes>[2],
): { readonly couple: Couple; readonly troubles: readonly string[] } => {
  const troubles: string[] = [];
  return { couple: withNotes(couple, self, notes, (code) => troubles.push(code)), troubles };
};

describe("a note of a computer", () => {
  test("is believed of one’s own person, and whoever is learned of comes last", () => {
    const here = world(2001);
    const [a, b, c] = [
      here.another(here.theirs),
      here.another(here.theirs),
      here.another(here.mine),
    ];
    const { couple, troubles } = learnedFrom(here, [
      note(here.partner, a),
      note(here.partner, b),
      note(here.self, c),
    ]);
    expect(troubles).toEqual([]);
    expect(inUseOf(couple, here.self.device, here.partner.device)).toEqual({
      mine: [here.self.device, c.device],
      theirs: [here.partner.device, a.device, b.device],
    });
  });

  test("by a computer that was only just learned of counts too", () => {
    const here = world(2002);
    const [a, b] = [here.another(here.theirs), here.another(here.theirs)];
    const { couple } = learnedFrom(here, [note(here.partner, a), note(a, b)]);
    expect(couple.beside?.map(({ certificate }) => certificate.device)).toEqual([
      a.device,
      b.device,
    ]);
  });

  test("of one that is known, or of this one, changes nothing and is no trouble", () => {
    const here = world(2003);
    const a = here.another(here.theirs);
    const once = learnedFrom(here, [note(here.partner, a)]).couple;
    const again = learnedFrom({ ...here, couple: once }, [
      note(here.partner, a),
      note(here.partner, here.partner),
      note(here.self, here.self),
    ]);
    expect(again.couple).toBe(once);
    expect(again.troubles).toEqual([]);
  });

  test("of one that a meeting has replaced does not bring it back", () => {
    const here = world(2004);
    const lost = here.another(here.mine);
    const known = withGone(here, lost);
    expect(learnedFrom(known, [note(here.self, lost)]).couple).toBe(known.couple);
    // Nor does it bring in a friend: whatever it said before the meeting was replaced with it.
    const friend = here.another(here.mine);
    const said = learnedFrom(known, [note(lost, friend)]);
    expect(said.couple).toBe(known.couple);
    expect(said.troubles).toEqual(["BAD_ROSTER_NOTE"]);
  });
});

describe("a changed app", () => {
  const refused = (here: World, one: ReturnType<typeof note>): void => {
    const { couple, troubles } = learnedFrom(here, [one]);
    expect(couple).toBe(here.couple);
    expect(troubles).toEqual(["BAD_ROSTER_NOTE"]);
  };

  test("of the partner’s announces a computer of mine: it is nobody’s", () => {
    const here = world(2010);
    refused(here, note(here.partner, here.another(here.mine)));
  });

  test("announces a computer of a stranger’s: it is nobody’s", () => {
    const here = world(2011);
    const stranger = makePersonKeys(seededRandom(2012));
    refused(here, note(here.partner, makeCertificate(stranger)));
    refused(here, note(here.self, makeCertificate(stranger)));
  });

  test("of a stranger’s announces one of the partner’s: who is not there says nothing", () => {
    const here = world(2013);
    refused(here, note(here.another(here.theirs), here.another(here.theirs)));
  });

  test("gives this computer’s keys, or one of them, to a device of the partner’s", () => {
    const here = world(2014);
    refused(here, note(here.partner, certifyDevice(here.theirs.identity, here.self)));
    const half = { ...here.another(here.theirs), x25519: here.self.x25519 };
    refused(here, note(here.partner, certifyDevice(here.theirs.identity, half)));
  });

  test("of the partner’s gives the key of my new computer to one of theirs: mine comes, theirs does not", () => {
    const here = world(2018);
    const mine = here.another(here.mine);
    const copied = { ...here.another(here.theirs), x25519: mine.x25519 };
    const [hers, his] = [
      note(here.self, mine),
      note(here.partner, certifyDevice(here.theirs.identity, copied)),
    ];
    for (const notes of [
      [hers, his],
      [his, hers],
    ]) {
      const { couple, troubles } = learnedFrom(here, notes);
      expect(couple.beside?.map(({ certificate }) => certificate.device)).toEqual([mine.device]);
      expect(troubles).toEqual(["BAD_ROSTER_NOTE"]);
    }
  });

  test("gives one key to two of its person’s: it could speak for both, so neither comes", () => {
    const here = world(2019);
    const [a, b, c] = [1, 2, 3].map(() => here.another(here.theirs));
    if (a === undefined || b === undefined || c === undefined) throw new Error("three");
    const notes = [a, { ...b, x25519: a.x25519 }, c].map((one) =>
      note(here.partner, certifyDevice(here.theirs.identity, one)),
    );
    for (const told of [notes, notes.toReversed()]) {
      const { couple, troubles } = learnedFrom(here, told);
      expect(couple.beside?.map(({ certificate }) => certificate.device)).toEqual([c.device]);
      expect(troubles).toEqual(["BAD_ROSTER_NOTE", "BAD_ROSTER_NOTE"]);
    }
  });

  test("gives a new device the key of one that is gone", () => {
    const here = world(2015);
    const lost = here.another(here.mine);
    const known = withGone(here, lost);
    const half = { ...here.another(here.theirs), x25519: lost.x25519 };
    refused(known, note(here.partner, certifyDevice(here.theirs.identity, half)));
  });

  test("announces five: the fifth is refused, and so is one of mine beyond four", () => {
    const here = world(2016);
    for (const keys of [here.theirs, here.mine]) {
      const by = keys === here.mine ? here.self : here.partner;
      const all = [1, 2, 3, 4].map(() => here.another(keys));
      const { couple, troubles } = learnedFrom(
        here,
        all.map((one) => note(by, one)),
      );
      expect(couple.beside?.map(({ certificate }) => certificate.device)).toEqual(
        all.slice(0, 3).map(({ device }) => device),
      );
      expect(troubles).toEqual(["BAD_ROSTER_NOTE"]);
    }
  });

  test("says something else, or nothing that is a certificate", () => {
    const here = world(2017);
    const good = note(here.partner, here.another(here.theirs));
    const altered = good.body.slice();
    altered[700] = (altered[700] ?? 0) ^ 1;
    const newer = good.body.slice();
    newer[0] = 2;
    for (const body of [altered, newer, good.body.subarray(1), new Uint8Array(0)])
      refused(here, { ...good, body });
  });
});
