import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { type DeviceId, idBytes, idFrom, type NotebookId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import {
  type Certificate,
  certifyDevice,
  makeCertificate,
} from "../../shared/people/certificate.ts";
import { handToOwn, takeAsOwn } from "../../shared/people/joinOwn.ts";
import {
  type OwnAccount,
  parseOwnAccount,
  writeOwnAccount,
} from "../../shared/people/ownAccount.ts";
import { type Couple, inUseOf, pairRootOf, peopleOf, personIn } from "../../shared/people/space.ts";
import { makePerson, namedRandom } from "../support/pairingPeople.ts";
import { another, ownWorld, type OwnWorld } from "./ownKit.ts";

let world: OwnWorld;
let account: OwnAccount;

beforeAll(async () => {
  await loadSodium();
  world = ownWorld();
  account = honest();
});

const honest = (): OwnAccount => {
  const handed = handToOwn({
    ...{ standing: world.standing, self: world.mara.certificate },
    joining: world.fresh.certificate,
  });
  if (!handed.ok) throw new Error("an honest computer is refused");
  return handed.value.account;
};

/** As it comes out of a message: every secret of it is a copy. */
const sent = (said: OwnAccount): OwnAccount => {
  const read = parseOwnAccount(writeOwnAccount(said));
  if (!read.ok) throw new Error("an account does not read");
  return read.value;
};

const take = (said: OwnAccount) =>
  takeAsOwn(
    {
      ...{ self: world.fresh.certificate, adding: world.mara.certificate },
      space: world.couple.space,
    },
    said,
  );

const secretsOf = ({ identity, crk, keys }: OwnAccount): readonly Uint8Array[] => [
  ...[identity, crk],
  ...keys.flatMap(({ mine, theirs, ours }) => [mine, theirs, ours]),
];
const isZeros = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

describe("what a person's other computer is told", () => {
  test("keeps to its layout, byte for byte", () => {
    const big = (length: number, value: number): Uint8Array =>
      Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);
    const one = (value: number): Uint8Array => Uint8Array.of(value);
    const padded = (text: string, to: number): Uint8Array =>
      concatBytes(big(2, text.length), Buffer.from(text), new Uint8Array(to - text.length));
    const { mara, jonas, jonas2, older, younger, couple, gone, heads } = world;
    const { mine, theirs, ours } = couple.notebooks;
    const [earlier] = couple.before?.keys ?? [];
    const [hers, his] = gone;
    if (!earlier || !hers || !his) throw new Error("a past");
    const place = (notebook: NotebookId, seq: number): Uint8Array =>
      concatBytes(idBytes(notebook), big(8, seq));
    expect(writeOwnAccount(account)).toEqual(
      concatBytes(
        ...[padded("Mara", 320), padded("hurt", 32), mara.keys.identity, couple.crk, big(4, 2)],
        ...[padded("Jonas", 320), jonas.certificate.bytes],
        ...[idBytes(mine.id), idBytes(theirs.id), idBytes(ours.id)],
        ...[one(2), earlier.mine, earlier.theirs, earlier.ours, mine.key, theirs.key, ours.key],
        ...[one(2), one(0), idBytes(hers.device), hers.x25519, one(2)],
        ...[place(mine.id, 5), place(ours.id, 5)],
        ...[one(1), idBytes(his.device), his.x25519, one(1), place(theirs.id, 4)],
        ...[one(4), one(0), older.bytes, one(0), mara.certificate.bytes],
        ...[one(0), younger.bytes, one(1), jonas2.bytes],
        ...[one(heads.length)],
        ...heads.map(({ device, notebook, seq }) =>
          concatBytes(idBytes(device), idBytes(notebook), big(8, seq)),
        ),
      ),
    );
    expect(sent(account)).toEqual(account);
  });

  test("has one length, whatever the person is called and did", () => {
    const lengths = ["", "hurt", "broke", "neither"].map(
      (role) => writeOwnAccount({ ...account, role, name: `M${role}` }).length,
    );
    expect(new Set(lengths).size).toBe(1);
    expect(sent({ ...account, role: "" }).role).toBe("");
    expect(() => writeOwnAccount({ ...account, role: "x".repeat(33) })).toThrow(RangeError);
  });

  test("holds no secret of a device, neither of one that is gone nor of the one that says it", () => {
    const bytes = Buffer.from(writeOwnAccount(account));
    const secret = world.gone[0]?.secret;
    const { ed25519, x25519, xwing, identity } = world.mara.keys;
    for (const hidden of [secret, ed25519, x25519, xwing])
      expect(hidden && bytes.includes(Buffer.from(hidden))).toBe(false);
    expect(bytes.includes(Buffer.from(identity))).toBe(true);
  });

  test("is unreadable wherever it is cut, and with one byte more", () => {
    const bytes = writeOwnAccount(account);
    for (let length = 0; length < bytes.length; length += 41)
      expect(parseOwnAccount(bytes.subarray(0, length))).toMatchObject({ code: "JUNK" });
    expect(parseOwnAccount(bytes.subarray(0, -1)).ok).toBe(false);
    expect(parseOwnAccount(concatBytes(bytes, Uint8Array.of(0))).ok).toBe(false);
  });

  test("is unreadable with a person nobody is, a certificate that does not hold, or junk behind a text", () => {
    const bytes = writeOwnAccount(account);
    const { certificate } = world.mara;
    const ownerAt = Buffer.from(bytes).indexOf(certificate.bytes) - 1;
    const partnerAt = Buffer.from(bytes).indexOf(world.jonas.certificate.bytes);
    for (const [at, value] of [
      [ownerAt, 2],
      [ownerAt + 1400, (bytes[ownerAt + 1400] ?? 0) ^ 1],
      [ownerAt + 40, (bytes[ownerAt + 40] ?? 0) ^ 1],
      [partnerAt + 700, (bytes[partnerAt + 700] ?? 0) ^ 1],
      [10, 1],
      [322 + 33, 1],
    ] as const) {
      const changed = bytes.slice();
      changed[at] = value;
      expect([at, parseOwnAccount(changed)]).toMatchObject([at, { code: "JUNK" }]);
    }
  });
});

describe("two computers of one person", () => {
  test("hold the same journal, with the same people, and meet under one root", () => {
    const handed = handToOwn({
      ...{ standing: world.standing, self: world.mara.certificate },
      joining: world.fresh.certificate,
    });
    const taken = take(sent(account));
    if (!handed.ok || !taken.ok) throw new Error("refused");
    const [there, here] = [handed.value.couple, taken.value.couple];
    const [mara, fresh] = [world.mara.certificate.device, world.fresh.certificate.device];
    const partner = world.jonas.certificate.device;
    expect(here).toMatchObject({
      ...{ space: there.space, crk: there.crk, epoch: there.epoch, partner: there.partner },
      notebooks: there.notebooks,
      before: { keys: there.before?.keys, unmet: true },
    });
    expect(inUseOf(here, fresh, partner)).toEqual(inUseOf(there, mara, partner));
    expect(inUseOf(here, fresh, partner).mine).toEqual([
      ...[world.older.device, mara, world.younger.device, fresh],
    ]);
    const all = [...inUseOf(here, fresh, partner).mine, ...inUseOf(here, fresh, partner).theirs];
    for (const device of [...all, ...world.gone.map((one) => one.device)])
      expect(personIn(here, fresh, partner)(device)).toBe(personIn(there, mara, partner)(device));
    expect(peopleOf(here, fresh, partner)).toEqual({
      ...{ me: world.gone[0]?.device, partner: world.gone[1]?.device },
    });
    const between = (
      couple: Couple,
      { keys, certificate }: typeof world.mara,
      other: Certificate,
    ): Uint8Array => pairRootOf(couple, { device: certificate.device, secret: keys.x25519 }, other);
    const root = between(here, world.fresh, world.mara.certificate);
    expect(root).toEqual(between(there, world.mara, world.fresh.certificate));
    expect(root).not.toEqual(here.crk);
    expect(between(here, world.fresh, world.jonas.certificate)).not.toEqual(here.crk);
    // Whoever holds CRK and not the secret of one of the two has another root.
    const partners = { keys: world.jonas.keys, certificate: world.mara.certificate };
    expect(between(there, partners as typeof world.mara, world.fresh.certificate)).not.toEqual(
      root,
    );
    // What either sees of the other is what it calls itself.
    const keys = { ...world.fresh.keys, identity: taken.value.person.identity };
    expect(there.beside?.at(-1)).toEqual({
      ...{ owner: "me", certificate: makeCertificate(keys), older: false },
    });
    expect(taken.value.person).toEqual(world.person);
  });

  test("know all that the first has read as read, and no secret of what is gone", () => {
    const taken = take(sent(account));
    if (!taken.ok) throw new Error("refused");
    const { before } = taken.value.couple;
    const plain = world.heads.map(({ device, notebook, seq }) => ({ device, notebook, seq }));
    expect(before?.vouched).toEqual(plain);
    expect(before?.devices.map(({ secret }) => secret)).toEqual([undefined, undefined]);
    expect(before?.devices.map(({ cuts }) => cuts)).toEqual(world.gone.map(({ cuts }) => cuts));
  });

  test("go on each with keys of its own: what one wipes stays with the other", () => {
    const handed = handToOwn({
      ...{ standing: world.standing, self: world.mara.certificate },
      joining: world.fresh.certificate,
    });
    if (!handed.ok) throw new Error("refused");
    const { couple } = handed.value;
    for (const bytes of [
      ...[couple.crk, couple.notebooks.mine.key, couple.before?.keys[0]?.ours],
      couple.before?.devices[0]?.secret,
    ])
      bytes?.fill(0);
    expect(secretsOf(honest()).some(isZeros)).toBe(false);
    expect(world.gone[0]?.secret?.some((byte) => byte !== 0)).toBe(true);
  });
});

describe("a computer is added only", () => {
  const handTo = (joining: Certificate, couple = world.couple) =>
    handToOwn({
      standing: { ...world.standing, couple },
      ...{ self: world.mara.certificate, joining },
    });

  test("if neither it nor its key is known, whosever it was", () => {
    const { mara, jonas, older, younger, jonas2 } = world;
    for (const known of [mara.certificate, jonas.certificate, older, younger, jonas2])
      expect(handTo(known)).toMatchObject({ ok: false, code: "JUNK" });
    const gone = another(mara, "gone");
    expect(handTo(gone.certificate).ok).toBe(false);
    // Another device that has the channel key of one that is known.
    const keys = { ...world.fresh.keys, x25519: another(jonas, "2").keys.x25519 };
    expect(handTo(makeCertificate(keys)).ok).toBe(false);
    expect(handTo(world.fresh.certificate).ok).toBe(true);
  });

  test("while there is room, and the heads are asked for only then", () => {
    const at = ownWorld();
    const beside = [
      ...(at.couple.beside ?? []),
      { owner: "me" as const, certificate: another(at.mara, "4").certificate, older: false },
    ];
    const standing = { ...at.standing, couple: { ...at.couple, beside } };
    const parts = { self: at.mara.certificate, joining: at.fresh.certificate };
    expect(handToOwn({ ...parts, standing }).ok).toBe(false);
    expect(at.asked()).toBe(0);
    expect(handToOwn({ ...parts, standing: at.standing }).ok).toBe(true);
    expect(at.asked()).toBe(1);
  });

  test("with heads of what is known: a stranger's are not vouched for", () => {
    const stranger = makePerson("Stranger").certificate.device;
    const strange = world.heads.slice(0, 1).map((head) => ({ ...head, device: stranger }));
    const handed = handToOwn({
      standing: { ...world.standing, heads: () => [...world.heads, ...strange] },
      ...{ self: world.mara.certificate, joining: world.fresh.certificate },
    });
    expect(handed.ok && handed.value.account.vouched).toHaveLength(world.heads.length);
  });
});

describe("a new computer takes no account", () => {
  const draw = namedRandom("twists");
  const keys = () => ({
    ...{ mine: carriedNotebookKey(draw(32)), theirs: carriedNotebookKey(draw(32)) },
    ours: carriedNotebookKey(draw(32)),
  });
  const stranger = () => makePerson("Stranger");
  const mine = (certificate: Certificate) => ({ owner: "me" as const, certificate });
  const theirs = (certificate: Certificate) => ({ owner: "partner" as const, certificate });
  const twists: Record<string, (a: OwnAccount) => OwnAccount> = {
    "with another's identity": (a) => ({ ...a, identity: stranger().keys.identity }),
    "with the partner's identity": (a) => ({ ...a, identity: world.jonas.keys.identity }),
    "without the computer that says it": (a) => ({
      ...a,
      beside: a.beside.filter(({ certificate }) => certificate !== world.mara.certificate),
    }),
    "with the computer that says it as the partner's": (a) => ({
      ...a,
      beside: a.beside.map((one) =>
        one.certificate === world.mara.certificate ? theirs(one.certificate) : one,
      ),
    }),
    "with a stranger's computer as one's own": (a) => ({
      ...a,
      beside: [...a.beside, mine(stranger().certificate)].toSpliced(0, 1),
    }),
    "with a stranger's computer as the partner's": (a) => ({
      ...a,
      beside: [...a.beside, theirs(stranger().certificate)],
    }),
    "with one's own computer as the partner's": (a) => ({
      ...a,
      beside: [...a.beside, theirs(another(world.mara, "9").certificate)],
    }),
    "in which the partner is the person": (a) => ({
      ...a,
      partner: { ...a.partner, certificate: another(world.mara, "9").certificate },
      beside: a.beside.filter(({ owner }) => owner === "me"),
      vouched: [],
    }),
    "that names this very computer": (a) => ({
      ...a,
      beside: [
        ...a.beside.filter(({ certificate }) => certificate !== world.younger),
        mine(certifyDevice(world.mara.keys.identity, world.fresh.certificate)),
      ],
    }),
    "in which this very computer is gone": (a) => ({
      ...a,
      gone: [
        ...a.gone,
        { owner: "me", ...idAndKey(world.fresh.certificate), cuts: new Map() } as const,
      ],
    }),
    "in which a computer in use is gone as well": (a) => ({
      ...a,
      gone: [...a.gone, { owner: "me", ...idAndKey(world.older), cuts: new Map() } as const],
    }),
    "in which two that are gone share a key": (a) => ({
      ...a,
      gone: a.gone.map((one, _, [first]) => (first ? { ...one, x25519: first.x25519 } : one)),
    }),
    "with a computer twice": (a) => ({ ...a, beside: [...a.beside, theirs(world.jonas2)] }),
    "with the partner's oldest beside itself": (a) => ({
      ...a,
      beside: [...a.beside, theirs(world.jonas.certificate)],
    }),
    "that is full already": (a) => ({
      ...a,
      beside: [...a.beside, mine(another(world.mara, "9").certificate)],
    }),
    "in which the partner has more computers than there may be": (a) => ({
      ...a,
      beside: [
        ...a.beside,
        ...["7", "8", "9"].map((seed) => theirs(another(world.jonas, seed).certificate)),
      ].toSpliced(0, 1),
    }),
    "with one notebook in two places": (a) => ({
      ...{ ...a, gone: [], vouched: [] },
      notebooks: { ...a.notebooks, ours: a.notebooks.mine },
    }),
    "without keys": (a) => ({ ...a, keys: [], epoch: 0 }),
    "with one key for two notebooks": (a) => ({
      ...a,
      keys: a.keys.map((one) => ({ ...one, ours: carriedNotebookKey(one.mine.slice()) })),
    }),
    "with an epoch twice": (a) => {
      const [one] = a.keys;
      return { ...a, keys: one ? [one, one] : [] };
    },
    "of more epochs than there are keys": (a) => ({ ...a, epoch: 3 }),
    "of fewer epochs than there are keys": (a) => ({ ...a, keys: [...a.keys, keys()] }),
    "with a cut in a notebook that there is not": (a) => ({
      ...a,
      gone: a.gone.map((one) => ({
        ...{ ...one, cuts: new Map([[idFrom<NotebookId>(draw(16)), 1]]) },
      })),
      vouched: [],
    }),
    "that vouches beyond a cut": (a) => ({
      ...a,
      vouched: a.vouched.map((one, at) => (at === 0 ? { ...one, seq: 6 } : one)),
    }),
    "that vouches for a device that nobody has": (a) => ({
      ...a,
      vouched: a.vouched.map((one) => ({ ...one, device: idFrom<DeviceId>(draw(16)) })).slice(0, 1),
    }),
    "that vouches for this very computer": (a) => ({
      ...a,
      vouched: a.vouched.slice(2, 3).map((one) => ({
        ...{ ...one, device: world.fresh.certificate.device },
      })),
    }),
    "that vouches in a notebook that there is not": (a) => ({
      ...a,
      vouched: a.vouched.slice(2, 3).map((one) => ({
        ...{ ...one, notebook: idFrom<NotebookId>(draw(16)) },
      })),
    }),
  };
  const idAndKey = ({ device, x25519 }: Certificate) => ({ device, x25519 });

  test("that is honest: it takes that one", () => {
    expect(take(sent(account)).ok).toBe(true);
  });

  test.each(Object.entries(twists))("%s, and nothing secret of it is left", (_, twist) => {
    const said = sent(twist(account));
    const secrets = secretsOf(said);
    expect(take(said)).toMatchObject({ ok: false, code: "JUNK" });
    for (const secret of secrets) expect(isZeros(secret)).toBe(true);
    expect(secretsOf(account).some(isZeros)).toBe(false);
  });

  test("from a computer that it has not met, though it is one of them", () => {
    const taken = takeAsOwn(
      {
        ...{ self: world.fresh.certificate, space: world.couple.space },
        adding: another(world.mara, "9").certificate,
      },
      sent(account),
    );
    expect(taken.ok).toBe(false);
  });

  test("from a computer of the partner's, though it knows the whole of it", () => {
    const partners = { self: world.fresh.certificate, adding: world.jonas2 };
    const taken = takeAsOwn({ ...partners, space: world.couple.space }, sent(account));
    expect(taken.ok).toBe(false);
  });

  test("longer than there may be: it is never written", () => {
    const many = <Item>(item: Item | undefined, length: number): readonly Item[] =>
      item === undefined ? [] : Array.from({ length }, () => item);
    for (const change of [
      { keys: many(account.keys[0], 66) },
      { gone: many(account.gone[0], 65) },
      { beside: many(account.beside[0], 11) },
      { vouched: many(account.vouched[0], 256) },
    ])
      expect(() => writeOwnAccount({ ...account, ...change })).toThrow(RangeError);
  });
});
