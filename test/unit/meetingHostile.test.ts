import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { type DeviceId, idFrom, type MessageId } from "../../shared/base/ids.ts";
import type { NotebookId, SpaceId } from "../../shared/base/ids.ts";
import { x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { handOver } from "../../shared/people/handover.ts";
import { type Account, writeAccount } from "../../shared/people/meetingAccount.ts";
import {
  type Claims,
  claimsOf,
  parseClaims,
  writeClaims,
} from "../../shared/people/meetingClaims.ts";
import { openMaterial } from "../../shared/people/pairingKeys.ts";
import { renewDevice } from "../../shared/people/person.ts";
import { type Couple, type NotebookKeys, notebookSecret } from "../../shared/people/space.ts";
import { type Standing } from "../../shared/people/standing.ts";
import { makePerson, namedRandom, type TestPerson } from "../support/pairingPeople.ts";
import {
  arrange,
  draw,
  hex,
  hexKeys,
  material,
  type Stage,
  standing,
  tell,
  toMaterial,
  toShares,
  toWords,
  watch,
} from "./pairingStageKit.ts";

/** Mara's is the real app; Jonas, who was her partner before, has changed his. */
let mara: TestPerson;
let mara2: TestPerson;
let jonas: TestPerson;
let jonas2: TestPerson;
let hers: Couple;
let his: Couple;

const renewed = (person: TestPerson, seed: string): TestPerson => {
  const keys = renewDevice(person.keys, namedRandom(seed));
  return { ...person, keys, certificate: makeCertificate(keys) };
};

beforeAll(async () => {
  await loadSodium();
  [mara, jonas] = [makePerson("Mara"), makePerson("Jonas")];
  [mara2, jonas2] = [renewed(mara, "mara 2"), renewed(jonas, "jonas 2")];
  const [mine, theirs, ours] = [draw(48), draw(48), draw(48)].map(notebookSecret);
  if (!mine || !theirs || !ours) throw new Error("three notebooks");
  const both = { space: idFrom<SpaceId>(draw(16)), crk: draw(32), epoch: 1 };
  hers = {
    ...{ ...both, notebooks: { mine, theirs, ours } },
    partner: { name: "Jonas", certificate: jonas.certificate },
  };
  his = {
    ...{ ...both, notebooks: { mine: theirs, theirs: mine, ours } },
    partner: { name: "Mara", certificate: mara.certificate },
  };
});
afterEach(() => vi.restoreAllMocks());

const headsOf = (couple: Couple, { certificate: { device } }: TestPerson, seq: number) =>
  [couple.notebooks.mine.id, couple.notebooks.ours.id].map((notebook) => ({
    ...{ notebook, device, seq, id: idFrom<MessageId>(new Uint8Array(32).fill(seq)) },
  }));
const stays = (couple: Couple): Standing => ({
  ...{ kind: "stays", couple, heads: () => headsOf(hers, mara, 7) },
});
const anew = (couple: Couple, was: TestPerson): Standing => ({
  ...{ kind: "anew", couple, heads: () => headsOf(couple, was, 9) },
  selfBefore: { device: was.certificate.device, secret: x25519Secret(was.keys.x25519.slice()) },
});

const expectEnd = (at: Stage, code: string): void => {
  expect(at.real.view()).toEqual({ step: "ended", code });
  expect(at.hand.heard.at(-1)).toEqual({ kind: "end", code });
  expect(at.real.disk.stores()).toBe(0);
  expect(at.real.disk.held()).toBeUndefined();
  const nonces = at.drawn.filter((bytes) => bytes.length === 16);
  for (const nonce of nonces) expect(nonce.every((byte) => byte === 0)).toBe(true);
  // Its own journal is as it was.
  for (const { notebooks } of [hers, his])
    for (const { key } of Object.values(notebooks))
      expect(key.some((byte) => byte !== 0)).toBe(true);
};

/** Says it at the material, and nothing secret of it, and nothing made of it, is left. */
const sayAtMaterial = async (
  at: Stage,
  said: Standing,
  written: (crk: Uint8Array) => Uint8Array,
  secrets: readonly string[],
  code: string,
  isReadInFull = true,
): Promise<void> => {
  const crk = await toMaterial(at, said);
  const message = material(at, crk, written(crk));
  const seen = watch();
  await tell(at, message);
  const { left, wiped } = seen();
  expectEnd(at, code);
  for (const secret of secrets) expect(left).not.toContain(secret);
  if (isReadInFull) for (const secret of secrets) expect(wiped).toContain(secret);
  expect(wiped).toContain(hex(crk));
};

const seats = ["inviter", "joiner"] as const;
const elsewhere = (couple: Couple): Couple => ({ ...couple, space: idFrom<SpaceId>(draw(16)) });

describe.each(seats)("who says another standing than there can be, to the %s", (seat) => {
  const begin = () => arrange(seat, mara, stays(hers), jonas2);

  test("of another journal, or of one that stays too, hears so", async () => {
    for (const [said, code] of [
      [anew(elsewhere(his), jonas), "OTHER_JOURNAL"],
      [stays(elsewhere(his)), "OTHER_JOURNAL"],
      [stays(his), "ALREADY_PAIRED"],
    ] as const) {
      const at = await begin();
      await tell(at, standing(said));
      expectEnd(at, code);
    }
    const newcomer = await arrange(seat, mara2, anew(hers, mara), jonas2);
    await tell(newcomer, standing(stays(elsewhere(his))));
    expectEnd(newcomer, "OTHER_JOURNAL");
  });

  test("that nobody knows, or that does not fit its journal, ends it", async () => {
    const zeros = new Uint8Array(16);
    for (const bytes of [
      concatBytes(Uint8Array.of(9, 3), zeros),
      concatBytes(Uint8Array.of(9, 4), draw(16)),
      concatBytes(Uint8Array.of(9, 5), draw(16)),
      concatBytes(Uint8Array.of(9, 255), zeros),
      concatBytes(Uint8Array.of(9, 0), draw(16)),
      concatBytes(Uint8Array.of(9, 1), zeros),
      concatBytes(Uint8Array.of(9, 2), zeros),
      concatBytes(Uint8Array.of(9, 2), draw(15)),
      concatBytes(Uint8Array.of(9, 2), draw(17)),
      Uint8Array.of(9),
    ]) {
      const at = await begin();
      at.hand.sayBytes(bytes);
      await at.wires.settle();
      expectEnd(at, "JUNK");
    }
  });

  test("twice, or later than first, ends it", async () => {
    for (const reach of [
      (at: Stage) => tell(at, standing(anew(his, jonas))),
      (at: Stage) => toWords(at, anew(his, jonas)),
      (at: Stage) => toShares(at, anew(his, jonas)),
      (at: Stage) => toMaterial(at, anew(his, jonas)),
    ]) {
      const at = await begin();
      await reach(at);
      expect(at.real.view().step).not.toBe("ended");
      await tell(at, standing(anew(his, jonas)));
      expectEnd(at, "JUNK");
    }
  });

  test("not at all, is waited for 20 seconds", async () => {
    const at = await begin();
    at.clock.advance(19_999);
    await at.wires.settle();
    expect(at.real.view().step).toBe("meeting");
    at.clock.advance(1);
    await at.wires.settle();
    expectEnd(at, "VANISHED");
  });
});

describe.each(seats)("a newcomer with a changed app, to a holder that is the %s", (seat) => {
  const begin = () => arrange(seat, mara, stays(hers), jonas2);
  const keys = (): NotebookKeys => ({
    ...{ mine: carriedNotebookKey(draw(32)), theirs: carriedNotebookKey(draw(32)) },
    ours: carriedNotebookKey(draw(32)),
  });
  const honest = (): Claims => claimsOf(anew(his, jonas), "Jonas", headsOf(his, jonas, 9));

  test("that has said it knows nobody cannot claim a thing of the partner's lost computer", async () => {
    for (const twist of [
      { heads: headsOf(his, jonas, 1_000_000_000) },
      { keys: honest().keys },
      { devices: honest().devices },
    ]) {
      const at = await begin();
      const crk = await toMaterial(at, { kind: "first" });
      const claims = { ...honest(), keys: [], devices: [], heads: [], ...twist };
      await tell(at, material(at, crk, writeClaims(claims)));
      expectEnd(at, "JUNK");
    }
  });

  test("whose claims end within the second set of keys leaves none of the first behind", async () => {
    const all = [...honest().keys, ...honest().keys];
    const whole = writeClaims({ ...honest(), keys: all, devices: [], heads: [] });
    const said = () => whole.slice(0, 322 + 1 + 96 + 40);
    await sayAtMaterial(await begin(), anew(his, jonas), said, hexKeys(all.slice(0, 1)), "JUNK");
  });

  const twists: Record<string, (claims: Claims) => Claims> = {
    "the holder's device as its own": (c) => ({ ...c, devices: [mara.certificate] }),
    "the device it meets with": (c) => ({ ...c, devices: [...c.devices, jonas2.certificate] }),
    "the holder's key for a device of its own": (c) => ({
      ...{ ...c, devices: [{ device: idFrom<DeviceId>(draw(16)), ...x25519Of(mara) }] },
    }),
    "another key for the device it was": (c) => ({
      ...{ ...c, devices: [{ device: jonas.certificate.device, ...x25519Of(jonas2) }] },
    }),
    "a device twice": (c) => ({ ...c, devices: [...c.devices, jonas2b(), jonas2b()] }),
    "how far the holder has written": (c) => ({ ...c, heads: headsOf(hers, mara, 90) }),
    "how far a stranger has written": (c) => ({
      ...{ ...c, heads: headsOf(his, makePerson("Stranger"), 2) },
    }),
    "a notebook that there is not": (c) => ({
      ...c,
      heads: c.heads.map((head, at) => ({
        ...{ ...head, notebook: idFrom<NotebookId>(new Uint8Array(16).fill(at + 1)) },
      })),
    }),
    "its keys the other way round": (c) => ({
      ...c,
      keys: c.keys.map(({ mine, theirs, ours }) => ({ mine: theirs, theirs: mine, ours })),
    }),
    "one key for two notebooks": (c) => ({
      ...{ ...c, keys: [...c.keys, { ...keys(), mine: his.notebooks.ours.key }] },
    }),
    "an epoch twice": (c) => {
      const more = keys();
      return { ...c, keys: [...c.keys, more, more] };
    },
  };
  const x25519Of = ({ certificate: { x25519 } }: TestPerson) => ({ x25519 });
  const jonas2b = () => ({
    device: idFrom<DeviceId>(new Uint8Array(16).fill(8)),
    ...x25519Of(jonas),
  });

  test.each(Object.entries(twists))("cannot claim %s", async (_, twist) => {
    const extra = keys();
    const claims = twist({ ...honest(), keys: [...honest().keys, extra] });
    const secrets = [...hexKeys(claims.keys), ...hexKeys([extra])];
    await sayAtMaterial(
      await begin(),
      anew(his, jonas),
      () => writeClaims(claims),
      secrets,
      "JUNK",
    );
  });

  test("cannot hand a journal over itself", async () => {
    const account = accountFor(honest(), hers, mara, jonas2);
    const said = () => writeAccount(account);
    await sayAtMaterial(
      await begin(),
      anew(his, jonas),
      said,
      hexKeys(account.keys),
      "JUNK",
      false,
    );
  });

  test("cannot say its claims twice, and what was made of them is wiped", async () => {
    const at = await begin();
    const crk = await toMaterial(at, anew(his, jonas));
    const [once, twice] = [0, 1].map(() => material(at, crk, writeClaims(honest())));
    if (!once || !twice) throw new Error("two messages");
    const seen = watch();
    await tell(at, once, twice);
    const { left, wiped } = seen();
    expectEnd(at, "JUNK");
    for (const key of hexKeys(honest().keys)) expect(left).not.toContain(key);
    expect(wiped.has(hex(crk))).toBe(true);
    // The keys of the new epoch are the last three that it drew before it sealed the account.
    const fresh = at.drawn.filter((bytes) => bytes.length === 32).slice(-3);
    for (const key of fresh) expect(key.every((byte) => byte === 0)).toBe(true);
  });

  test("that claims nothing, or is not ready, is waited for 20 seconds", async () => {
    for (const ready of [false, true]) {
      const at = await begin();
      const crk = await toMaterial(at, anew(his, jonas));
      if (ready) await tell(at, material(at, crk, writeClaims(honest())));
      expect(at.real.view().step).toBe("finishing");
      at.clock.advance(19_999);
      expect(at.real.view().step).toBe("finishing");
      const seen = watch();
      at.clock.advance(1);
      await at.wires.settle();
      expect(seen().wiped.has(hex(crk))).toBe(true);
      expectEnd(at, "VANISHED");
      // With the claims it has drawn the keys of a new epoch.
      const drawn = at.drawn.filter((bytes) => bytes.length === 32).slice(-3);
      for (const key of ready ? drawn : []) expect(key.every((byte) => byte === 0)).toBe(true);
    }
  });
});

const accountFor = (
  claims: Claims,
  couple: Couple,
  holder: TestPerson,
  newcomer: TestPerson,
): Account => {
  const read = parseClaims(writeClaims(claims));
  if (!read.ok) throw new Error("claims");
  const handed = handOver(
    {
      standing: { kind: "stays", couple, heads: () => headsOf(couple, holder, 7) },
      ...{ name: holder.name, crk: draw(32), random: draw },
      ...{ self: holder.certificate, partner: newcomer.certificate },
    },
    read.value,
  );
  if (!handed.ok) throw new Error("not handed over");
  return handed.value.account;
};

describe.each(seats)("a holder with a changed app, to a newcomer that is the %s", (seat) => {
  const begin = () => arrange(seat, mara2, anew(hers, mara), jonas);
  const honest = (): Account =>
    accountFor(
      ...([claimsOf(anew(hers, mara), "Mara", headsOf(hers, mara, 9)), his] as const),
      ...([jonas, mara2] as const),
    );
  const id = () => idFrom<NotebookId>(draw(16));
  const another = () => ({ ...mara.certificate, device: idFrom<DeviceId>(draw(16)) });
  const strange = () => ({ ...another(), x25519: jonas2.certificate.x25519, cuts: new Map() });

  const twists: Record<string, readonly [string, (account: Account) => Account]> = {
    "without the newcomer's own device, though another is gone": [
      "OTHER_JOURNAL",
      (a) => ({ ...a, devices: [{ ...bare(strange()), owner: "partner" }], vouched: [] }),
    ],
    "with the newcomer's device under another key": [
      "OTHER_JOURNAL",
      (a) => ({
        ...a,
        devices: a.devices.map((one) => ({ ...one, x25519: jonas2.certificate.x25519 })),
      }),
    ],
    "with the newcomer's device as the holder's": [
      "OTHER_JOURNAL",
      (a) => ({
        ...a,
        devices: [
          ...a.devices.map((one) => ({ ...one, owner: "me" as const })),
          { ...bare(strange()), owner: "partner" as const },
        ],
      }),
    ],
    "with nobody gone": ["JUNK", (a) => ({ ...a, devices: [], vouched: [] })],
    "with less than the newcomer wrote": [
      "OTHER_JOURNAL",
      (a) => ({
        ...{ ...a, vouched: [] },
        devices: a.devices.map((one) => ({
          ...{ ...one, cuts: new Map([...one.cuts].map(([book, seq]) => [book, seq - 1])) },
        })),
      }),
    ],
    "with its notebooks swapped": [
      "OTHER_JOURNAL",
      (a) => ({
        ...a,
        notebooks: { ...a.notebooks, mine: a.notebooks.theirs, theirs: a.notebooks.mine },
      }),
    ],
    "with one notebook in two places": [
      "JUNK",
      (a) => ({ ...a, notebooks: { ...a.notebooks, ours: a.notebooks.mine } }),
    ],
    "with a notebook of another journal": [
      "JUNK",
      (a) => ({ ...a, notebooks: { ...a.notebooks, ours: id() } }),
    ],
    "without the keys that the newcomer holds": [
      "OTHER_JOURNAL",
      (a) => ({
        ...a,
        keys: a.keys.map((keys, at) =>
          at > 0 ? keys : { ...keys, ours: carriedNotebookKey(draw(32)) },
        ),
      }),
    ],
    "with the keys of before as the new ones": [
      "JUNK",
      (a) => ({ ...a, keys: a.keys.map((_, __, all) => all[0] ?? _) }),
    ],
    "with the epoch of before": ["JUNK", (a) => ({ ...a, epoch: 1 })],
    "with a device twice": ["JUNK", (a) => ({ ...a, devices: [...a.devices, ...a.devices] })],
    "with its own device as gone": [
      "JUNK",
      (a) => ({
        ...a,
        devices: [...a.devices, { ...bare(jonas.certificate), owner: "me" }],
      }),
    ],
    "that vouches for more than counts": [
      "JUNK",
      (a) => ({
        ...a,
        vouched: headsOf(hers, mara, 10).map(({ device, notebook, seq }) => ({
          device,
          notebook,
          seq,
        })),
      }),
    ],
    "that vouches for a stranger": [
      "JUNK",
      (a) => ({ ...a, vouched: a.vouched.map((one) => ({ ...one, device: another().device })) }),
    ],
  };
  const bare = ({ device, x25519 }: Pick<Account["devices"][number], "device" | "x25519">) => ({
    ...{ device, x25519, cuts: new Map<NotebookId, number>() },
  });

  test.each(Object.entries(twists))("cannot hand over a journal %s", async (_, [code, twist]) => {
    const account = twist(honest());
    const said = () => writeAccount(account);
    await sayAtMaterial(await begin(), stays(his), said, hexKeys(account.keys), code);
  });

  test("cannot hand over a journal of an epoch that was", async () => {
    const at = await arrange(seat, mara2, anew({ ...hers, epoch: 2 }, mara), jonas);
    const account = { ...honest(), epoch: 2 };
    const said = () => writeAccount(account);
    await sayAtMaterial(at, stays(his), said, hexKeys(account.keys), "OTHER_JOURNAL");
  });

  test("cannot run away with the number of epochs", async () => {
    const account = { ...honest(), epoch: 0xffff_ffff };
    const said = () => writeAccount(account);
    await sayAtMaterial(await begin(), stays(his), said, hexKeys(account.keys), "JUNK");
  });

  test("cannot claim anything in its place", async () => {
    const claims = claimsOf(anew(his, jonas), "Jonas", headsOf(his, jonas, 9));
    const said = () => writeClaims(claims);
    await sayAtMaterial(await begin(), stays(his), said, hexKeys(claims.keys), "JUNK", false);
  });

  test("cannot hand over before there is a key that it could be sealed with", async () => {
    for (const reach of [toWords, toShares]) {
      const at = await begin();
      await reach(at, stays(his));
      await tell(at, material(at, draw(32), writeAccount(honest())));
      expectEnd(at, "JUNK");
    }
  });

  test("that has not heard the claims has nothing to hand over but another journal", async () => {
    const none = { name: "Mara", keys: [], devices: [], heads: [] };
    const account = accountFor(none, his, jonas, mara2);
    const said = () => writeAccount(account);
    const at = await begin();
    await sayAtMaterial(at, stays(his), said, hexKeys(account.keys), "OTHER_JOURNAL");
  });

  test("that hands nothing over, or is not ready, is waited for 20 seconds", async () => {
    for (const ready of [false, true]) {
      const at = await begin();
      const crk = await toMaterial(at, stays(his));
      const claims = at.hand.heard.findLast(({ kind }) => kind === "material");
      if (claims?.kind !== "material") throw new Error("no claims");
      const opened = openMaterial(crk, seat, at.hand.transport().hash64, claims);
      expect(opened.ok && parseClaims(opened.value).ok).toBe(true);
      const account = honest();
      const message = material(at, crk, writeAccount(account));
      const seen = watch();
      if (ready) await tell(at, message);
      at.clock.advance(19_999);
      expect(at.real.view().step).toBe("finishing");
      at.clock.advance(1);
      await at.wires.settle();
      const { left, wiped } = seen();
      expectEnd(at, "VANISHED");
      expect(wiped.has(hex(crk))).toBe(true);
      for (const key of hexKeys(account.keys)) expect(left).not.toContain(key);
      // Its copy of the secret of the device that it was.
      expect(left).not.toContain(hex(mara.keys.x25519));
    }
  });
});
