import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { idFrom, type SpaceId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { ed25519Secret, x25519Secret } from "../../shared/crypto/keys.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { handOver } from "../../shared/people/handover.ts";
import { handToOwn } from "../../shared/people/joinOwn.ts";
import { parseKeyringContent, writeKeyringContent } from "../../shared/people/keyringContent.ts";
import { writeClaims } from "../../shared/people/meetingClaims.ts";
import {
  type OwnAccount,
  parseOwnAccount,
  writeOwnAccount,
} from "../../shared/people/ownAccount.ts";
import { openMaterial } from "../../shared/people/pairingKeys.ts";
import type { Couple } from "../../shared/people/space.ts";
import {
  meetingOf,
  type SaidStanding,
  standingFields,
  standingFrom,
  type Standing,
} from "../../shared/people/standing.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryWires, type MemoryWireOptions } from "../support/memoryWire.ts";
import {
  createTestDisk,
  inviteBy,
  makePerson,
  side,
  type TestPerson,
  type TestSide,
} from "../support/pairingPeople.ts";
import { another, ownWorld, type OwnWorld } from "./ownKit.ts";
import {
  arrange,
  draw,
  hex,
  hexKeys,
  material,
  type Seat,
  type Stage,
  tell,
  toMaterial,
  toShares,
  watch,
} from "./pairingStageKit.ts";

const clock = createManualClock(1_767_225_600_000);
const joins: Standing = { kind: "joins" };
const first: Standing = { kind: "first" };
const seats = ["inviter", "joiner"] as const;
let world: OwnWorld;

beforeAll(loadSodium);
beforeEach(() => {
  world = ownWorld();
});
afterEach(() => vi.restoreAllMocks());

/** Of the world's keys, the copies with which an attempt is made. */
const isWhole = ({ couple, person }: OwnWorld): boolean =>
  [
    ...[couple.crk, person.identity, couple.before?.devices[0]?.secret ?? new Uint8Array(0)],
    ...Object.values(couple.notebooks).map(({ key }) => key),
    ...(couple.before?.keys ?? []).flatMap(({ mine, theirs, ours }) => [mine, theirs, ours]),
  ].every((bytes) => bytes.some((byte) => byte !== 0));

type Met = { readonly adding: TestSide; readonly joining: TestSide };

const start = async (
  who: Seat,
  [one, stands]: readonly [TestPerson, Standing],
  [other, standsToo]: readonly [TestPerson, Standing],
  seed: string,
  wiring: MemoryWireOptions = {},
) => {
  const [inviter, joiner] = who === "inviter" ? [one, other] : [other, one];
  const [here, there] = who === "inviter" ? [stands, standsToo] : [standsToo, stands];
  const invitation = inviteBy(inviter, clock, "here", seed);
  const left = side("inviter", inviter, invitation, clock, { seed, standing: here });
  const right = side("joiner", joiner, invitation, clock, { seed, standing: there });
  const wires = createMemoryWires(wiring);
  left.accept(wires.left);
  right.accept(wires.right);
  await wires.settle();
  const [adding, joining] = who === "inviter" ? [left, right] : [right, left];
  return { adding, joining, wires };
};

const meet = async (who: Seat, seed: string): Promise<Met> => {
  const { mara, fresh, standing } = world;
  const { adding, joining, wires } = await start(who, [mara, standing], [fresh, joins], seed);
  adding.talk.confirm();
  joining.talk.confirm();
  await wires.settle();
  return { adding, joining };
};

const held = (one: TestSide): Couple => {
  const couple = one.disk.held();
  if (couple === undefined) throw new Error(`nothing was stored: ${JSON.stringify(one.view())}`);
  return couple;
};

describe("who may be another computer of one person", () => {
  const space = (fill: number) => ({ space: idFrom<SpaceId>(new Uint8Array(16).fill(fill)) });
  const adds: SaidStanding = { kind: "adds", ...space(1) };
  const comes: SaidStanding = { kind: "joins", space: undefined };
  const others: readonly SaidStanding[] = [
    { kind: "first", space: undefined },
    ...(["stays", "anew", "adds"] as const).flatMap((kind) => [
      { kind, ...space(1) },
      { kind, ...space(2) },
    ]),
  ];

  test.each(seats)("one adds and the other joins, whichever invites: the %s", (seat) => {
    expect(meetingOf(adds, comes, seat)).toEqual({ ok: true, value: "add" });
    expect(meetingOf(comes, adds, seat)).toEqual({ ok: true, value: "join" });
  });

  test.each(seats)("nobody else, whatever they say to the %s", (seat) => {
    for (const other of others)
      for (const [mine, theirs] of [
        ...([[adds, other] as const, [other, adds] as const] as const),
        ...(other.kind === "adds"
          ? []
          : ([[comes, other] as const, [other, comes] as const] as const)),
        [comes, comes] as const,
      ])
        expect([mine, theirs, meetingOf(mine, theirs, seat)]).toMatchObject([
          ...[mine, theirs],
          { ok: false, code: "OTHER_PURPOSE" },
        ]);
  });

  test("it is said in 17 bytes, and read only as it was said", () => {
    const bytes = concatBytes(...standingFields(adds));
    expect(bytes).toEqual(concatBytes(Uint8Array.of(3), new Uint8Array(16).fill(1)));
    expect(concatBytes(...standingFields(comes))).toEqual(
      concatBytes(Uint8Array.of(4), new Uint8Array(16)),
    );
    expect(standingFrom(3, bytes.slice(1))).toEqual(adds);
    expect(standingFrom(4, new Uint8Array(16))).toEqual(comes);
    expect(standingFrom(3, new Uint8Array(16))).toBeUndefined();
    expect(standingFrom(4, bytes.slice(1))).toBeUndefined();
    expect(standingFrom(5, bytes.slice(1))).toBeUndefined();
  });
});

describe.each(seats)("a computer that is added to another, which is the %s", (who) => {
  test("has the journal of its person, and the first knows it", async () => {
    const { adding, joining } = await meet(who, "met");
    const [there, here] = [held(adding), held(joining)];
    expect(here).toMatchObject({
      ...{ space: world.couple.space, crk: world.couple.crk, epoch: 2 },
      ...{ notebooks: world.couple.notebooks, partner: world.couple.partner },
    });
    expect(here.before?.unmet).toBe(true);
    expect({ ...there, beside: there.beside?.slice(0, -1) }).toEqual(world.couple);
    const keys = { ...world.fresh.keys, identity: world.mara.keys.identity };
    expect(there.beside?.at(-1)?.certificate).toEqual(makeCertificate(keys));
    expect(here.beside?.map(({ certificate }) => certificate.device)).toEqual([
      ...[world.older, world.mara.certificate, world.younger, world.jonas2].map((c) => c.device),
    ]);
    // What travelled were copies on both sides.
    expect(here.crk).not.toBe(there.crk);
    expect(there.crk).not.toBe(world.couple.crk);
    expect(isWhole(world)).toBe(true);
  });

  test("becomes its person's, and the first stays whose it is", async () => {
    const { adding, joining } = await meet(who, "person");
    expect(joining.disk.person()).toEqual(world.person);
    expect(adding.disk.given).toHaveLength(1);
    expect(adding.disk.person()).toBeUndefined();
  });

  test("shows no other keys beside the words, and both say the partner's name at the end", async () => {
    const { mara, fresh, standing } = world;
    const { adding, joining, wires } = await start(who, [mara, standing], [fresh, joins], "words");
    expect(adding.view()).toMatchObject({ step: "words", meeting: "adds", otherKeys: false });
    expect(joining.view()).toMatchObject({ step: "words", meeting: "joins", otherKeys: false });
    expect(adding.words()).toEqual(joining.words());
    joining.talk.confirm();
    await wires.settle();
    // Nothing waits for an attempt that one person alone has confirmed.
    expect(world.asked()).toBe(0);
    adding.talk.confirm();
    await wires.settle();
    expect(world.asked()).toBe(1);
    const done = { step: "done", partner: { name: "Jonas" } };
    expect([adding.view(), joining.view()]).toEqual([done, done]);
  });

  test("keeps it in its keyring, and so does the first", async () => {
    const { adding, joining } = await meet(who, "keyring");
    for (const [{ keys }, couple] of [
      [world.mara, held(adding)],
      [world.fresh, held(joining)],
    ] as const) {
      const content = { name: "Mara", role: "hurt", keys, settings: {}, couple };
      const bytes = writeKeyringContent(content);
      expect(bytes[0]).toBe(4);
      expect(parseKeyringContent(bytes)).toEqual({ ok: true, value: content });
    }
  });

  test("may be added to a journal in which nothing has happened yet", async () => {
    const { before: _, beside: __, ...plain } = world.couple;
    const couple = { ...plain, epoch: 1 };
    world = { ...world, standing: { ...world.standing, couple, heads: () => [] } };
    const { adding, joining } = await meet(who, "plain");
    expect(held(adding)).not.toHaveProperty("before");
    expect(held(joining)).toMatchObject({
      before: { keys: [], devices: [], vouched: [], unmet: true },
      beside: [{ owner: "me", older: true }],
    });
  });

  test("is one too many where there are four", async () => {
    const { couple, mara, fresh, standing } = world;
    const fourth = another(mara, "fourth").certificate;
    const beside = [...(couple.beside ?? []), { owner: "me", certificate: fourth, older: false }];
    const full = { ...standing, couple: { ...couple, beside } as Couple };
    const { adding, joining } = await start(who, [mara, full], [fresh, joins], "full");
    for (const one of [adding, joining])
      expect(one.view()).toEqual({ step: "ended", code: "TOO_MANY" });
    expect(world.asked()).toBe(0);
  });

  test("is not added where it is known already", async () => {
    const known = another(world.jonas, "2");
    const { mara, standing } = world;
    const { adding, joining, wires } = await start(who, [mara, standing], [known, joins], "known");
    adding.talk.confirm();
    joining.talk.confirm();
    await wires.settle();
    for (const one of [adding, joining]) {
      expect(one.view()).toEqual({ step: "ended", code: "JUNK" });
      expect(one.disk.given).toEqual([]);
    }
    expect(world.asked()).toBe(0);
  });

  test("meets nobody who means something else", async () => {
    const { mara, fresh, couple, standing } = world;
    const heads = () => {
      throw new Error("nothing may be held up for this");
    };
    const secret = x25519Secret(mara.keys.x25519.slice());
    const selfBefore = { device: mara.certificate.device, secret };
    const next = another(mara, "next");
    const others: readonly (readonly [TestPerson, Standing])[] = [
      [makePerson("Another"), first],
      [next, { kind: "stays", couple, heads }],
      [next, { kind: "anew", couple, heads, selfBefore }],
    ];
    const pairs: readonly (readonly [
      readonly [TestPerson, Standing],
      readonly [TestPerson, Standing],
    ])[] = [
      ...others.flatMap((other) => [
        [[makePerson("Mara's partner"), { ...standing, heads }], other] as const,
        [other, [fresh, joins]] as const,
      ]),
      [
        [mara, { ...standing, heads }],
        [makePerson("Another"), { ...standing, heads }],
      ],
      [
        [makePerson("Another"), joins],
        [fresh, joins],
      ],
    ];
    for (const [at, [one, other]] of pairs.entries()) {
      const met = await start(who, one, other, `purpose ${at}`);
      for (const end of [met.adding, met.joining]) {
        expect([at, end.view()]).toEqual([at, { step: "ended", code: "OTHER_PURPOSE" }]);
        expect(end.disk.given).toEqual([]);
      }
    }
  });
});

describe("two who meet again, where both have used more than one computer", () => {
  const again = (seed: string, standing: Standing, theirs: readonly [TestPerson, Standing]) =>
    start("inviter", [another(world.mara, "renewed"), standing], theirs, seed);
  const stays = (isRenewed: boolean): Standing => ({
    ...{ kind: "stays", couple: world.couple, heads: () => world.heads },
    ...(isRenewed && {
      selfBefore: {
        device: world.mara.certificate.device,
        secret: x25519Secret(world.mara.keys.x25519.slice()),
      },
    }),
  });

  test("leave every one of them behind, in their order, and the pages stay whose they are", async () => {
    const { couple, older, younger, jonas2, mara, jonas, gone, heads } = world;
    const theirs = makePerson("Jonas again");
    const met = await again("again", stays(true), [theirs, first]);
    met.adding.talk.confirm();
    met.joining.talk.confirm();
    await met.wires.settle();
    const [holder, newcomer] = [held(met.adding), held(met.joining)];
    const [hers, his] = gone.map(({ device }) => device);
    const order = [
      ...[hers, his, older.device, mara.certificate.device, younger.device],
      ...[jonas.certificate.device, jonas2.device],
    ];
    for (const one of [holder, newcomer]) {
      expect(one.beside).toBeUndefined();
      expect(one.before?.devices.map(({ device }) => device)).toEqual(order);
    }
    // Nothing that was read of them is lost, and nothing that they say from now on counts.
    const { mine } = couple.notebooks;
    const cutOf = (device: string) => holder.before?.devices.find((one) => one.device === device);
    expect(cutOf(younger.device)?.cuts.get(mine.id)).toBe(9);
    expect(newcomer.before?.vouched).toHaveLength(heads.length);
    const secrets = holder.before?.devices.flatMap(({ secret, device }) => (secret ? device : []));
    expect(secrets).toEqual([hers, mara.certificate.device]);
  });

  test("cannot do so with one whom the other knows as in use", async () => {
    const met = await again("known", stays(true), [another(world.jonas, "2"), first]);
    for (const one of [met.adding, met.joining])
      expect(one.view()).toEqual({ step: "ended", code: "ALREADY_PAIRED" });
  });

  test("are not named by a younger computer: who stays becomes a new one, or it is a mistake", () => {
    const standing = stays(false) as Extract<Standing, { kind: "stays" }>;
    const parts = { standing, name: "Mara", crk: draw(32), random: draw };
    const claims = { name: "Jonas", keys: [], devices: [], heads: [] };
    const certificates = { self: world.mara.certificate, partner: world.fresh.certificate };
    expect(() => handOver({ ...parts, ...certificates }, claims)).toThrow("becomes a new device");
  });
});

describe("a connection that breaks while a computer is added", () => {
  const disks = {
    "with quick disks": undefined,
    "with slow disks": { after: 5_000, works: true },
    "with disks that are too slow": { after: 60_000, works: true },
    "with slow disks that are full": { after: 5_000, works: false },
  };
  test.each(Object.entries(disks))(
    "after any message, %s: stored is what says done, and the rest is wiped",
    async (how, slow) => {
      const codes = new Set<string>();
      for (let count = 0; count <= 24; count += 1) {
        const { mara, fresh, standing } = world;
        const seed = `cut ${how} ${count}`;
        const invitation = inviteBy(mara, clock, "here", seed);
        const [adding, joining] = (["inviter", "joiner"] as const).map((seat) =>
          side(seat, seat === "inviter" ? mara : fresh, invitation, clock, {
            ...{ seed, standing: seat === "inviter" ? standing : joins },
            disk: createTestDisk(slow ? "slow" : "works"),
          }),
        );
        if (!adding || !joining) throw new Error("two sides");
        const wires = createMemoryWires({ cutAfter: count });
        adding.accept(wires.left);
        joining.accept(wires.right);
        for (let passed = 0; passed <= 700_000; passed += 5_000) {
          await wires.settle();
          for (const { talk, disk } of [adding, joining]) {
            talk.confirm();
            if (slow && passed >= slow.after) disk.release(slow.works);
          }
          await wires.settle();
          clock.advance(5_000);
        }
        clock.advance(Math.max(0, invitation.expiresAt - clock.now()) + 1);
        await wires.settle();
        for (const end of [adding, joining]) {
          const view = end.view();
          codes.add(view.step === "ended" ? view.code : view.step);
          expect([count, ["done", "ended"].includes(view.step)]).toEqual([count, true]);
          const done = view.step === "done";
          expect([count, end.disk.held() !== undefined]).toEqual([count, done]);
          for (const [couple, person] of end.disk.given)
            for (const secret of [
              ...[couple.crk, couple.notebooks.mine.key, couple.notebooks.ours.key],
              ...(couple.before?.keys ?? []).map(({ theirs }) => theirs),
              ...(person ? [person.identity] : []),
            ])
              expect([count, secret.some((byte) => byte !== 0)]).toEqual([count, done]);
        }
        expect([count, isWhole(world)]).toEqual([count, true]);
      }
      expect(codes.has("VANISHED")).toBe(true);
      expect(codes.has("done")).toBe(slow === undefined || (slow.works && slow.after < 20_000));
    },
  );
});

const expectEnd = (at: Stage, code: string): void => {
  expect(at.real.view()).toEqual({ step: "ended", code });
  expect(at.hand.heard.at(-1)).toEqual({ kind: "end", code });
  expect(at.real.disk.given).toEqual([]);
  expect(isWhole(world)).toBe(true);
};

const honest = (): OwnAccount => {
  const { standing, mara, fresh } = world;
  const handed = handToOwn({ standing, self: mara.certificate, joining: fresh.certificate });
  if (!handed.ok) throw new Error("an honest computer is refused");
  return handed.value.account;
};
const secretsOf = ({ identity, crk, keys }: OwnAccount): readonly string[] => [
  ...[hex(identity), hex(crk)],
  ...hexKeys(keys),
];

describe.each(seats)("a changed app that adds a computer, which is the %s", (seat) => {
  const begin = () => arrange(seat, world.fresh, joins, world.mara);

  const twists: Record<string, (account: OwnAccount) => OwnAccount> = {
    "with another person's identity": (a) => ({
      ...a,
      identity: ed25519Secret(makePerson("Stranger").keys.identity.slice()),
    }),
    "of another's computer": (a) => ({
      ...a,
      beside: [{ owner: "me", certificate: makePerson("Stranger").certificate }],
    }),
    "that is full": (a) => ({
      ...a,
      beside: [
        ...a.beside,
        { owner: "me", certificate: another(world.mara, "fourth").certificate },
      ],
    }),
    "with one key for two notebooks": (a) => ({
      ...a,
      keys: a.keys.map((one) => ({ ...one, ours: carriedNotebookKey(one.mine.slice()) })),
    }),
  };
  test.each(Object.entries(twists))(
    "cannot hand over an account %s, and nothing of it is left",
    async (_, twist) => {
      const at = await begin();
      const said = twist(honest());
      const crk = await toMaterial(at, world.standing);
      const message = material(at, crk, writeOwnAccount(said));
      const seen = watch();
      await tell(at, message);
      const { left, wiped } = seen();
      expectEnd(at, "JUNK");
      for (const secret of secretsOf(said)) {
        expect(left).not.toContain(secret);
        expect(wiped).toContain(secret);
      }
      expect(wiped).toContain(hex(crk));
    },
  );

  test("cannot hand over half an account, and nothing of the half is left", async () => {
    const said = honest();
    const bytes = writeOwnAccount(said);
    const at = await begin();
    const crk = await toMaterial(at, world.standing);
    const message = material(at, crk, bytes.slice(0, bytes.length - 30));
    const seen = watch();
    await tell(at, message);
    const { left } = seen();
    expectEnd(at, "JUNK");
    for (const secret of secretsOf(said)) expect(left).not.toContain(secret);
  });

  test("that is not ready after all leaves nothing behind: 20 seconds, and all of it is wiped", async () => {
    const said = honest();
    const at = await begin();
    const crk = await toMaterial(at, world.standing);
    const message = material(at, crk, writeOwnAccount(said));
    const taken = watch();
    await tell(at, message);
    // Nothing hangs on the root of this pairing from here on.
    expect(taken().wiped).toContain(hex(crk));
    const seen = watch();
    expect(at.real.view().step).toBe("finishing");
    at.clock.advance(19_999);
    expect(at.real.view().step).toBe("finishing");
    at.clock.advance(1);
    await at.wires.settle();
    const { wiped } = seen();
    expectEnd(at, "VANISHED");
    for (const secret of secretsOf(said)) expect(wiped).toContain(secret);
  });

  test("cannot say it before there is a key that it could be sealed with, nor twice", async () => {
    const early = await begin();
    await toShares(early, world.standing);
    await tell(early, material(early, draw(32), writeOwnAccount(honest())));
    expectEnd(early, "JUNK");
    const at = await begin();
    const crk = await toMaterial(at, world.standing);
    await tell(at, ...[0, 1].map(() => material(at, crk, writeOwnAccount(honest()))));
    expectEnd(at, "JUNK");
  });

  test("hears a name and nothing else", async () => {
    const at = await begin();
    const crk = await toMaterial(at, world.standing);
    const said = at.hand.heard.findLast(({ kind }) => kind === "material");
    if (said?.kind !== "material") throw new Error("no claims");
    const opened = openMaterial(crk, seat, at.hand.transport().hash64, said);
    const bare = writeClaims({ name: "new", keys: [], devices: [], heads: [] });
    expect(opened).toEqual({ ok: true, value: bare });
  });
});

describe.each(seats)("a changed app that joins, to a first computer that is the %s", (seat) => {
  const begin = () => arrange(seat, world.mara, world.standing, world.fresh);

  test("cannot claim anything, and what it claims is wiped", async () => {
    const bare = { name: "new", keys: [], devices: [], heads: [] };
    const keys = [
      {
        ...{ mine: carriedNotebookKey(draw(32)), theirs: carriedNotebookKey(draw(32)) },
        ours: carriedNotebookKey(draw(32)),
      },
    ];
    const heads = world.heads.slice(0, 1);
    const devices = [another(world.mara, "gone").certificate];
    for (const claims of [{ keys }, { heads }, { devices }]) {
      const at = await begin();
      const crk = await toMaterial(at, joins);
      const message = material(at, crk, writeClaims({ ...bare, ...claims }));
      const seen = watch();
      await tell(at, message);
      const { left } = seen();
      expectEnd(at, "JUNK");
      for (const secret of hexKeys(keys)) expect(left).not.toContain(secret);
      expect(world.asked()).toBe(0);
    }
  });

  test("cannot hand over an account itself", async () => {
    const at = await begin();
    const crk = await toMaterial(at, joins);
    await tell(at, material(at, crk, writeOwnAccount(honest())));
    expectEnd(at, "JUNK");
  });

  test("is told the whole account, sealed under this pairing alone, and what is not stored is wiped", async () => {
    const at = await begin();
    const crk = await toMaterial(at, joins);
    const claims = writeClaims({ name: "new", keys: [], devices: [], heads: [] });
    const message = material(at, crk, claims);
    const told = watch();
    await tell(at, message);
    expect(world.asked()).toBe(1);
    // Nothing hangs on the root of this pairing from here on.
    expect(told().wiped).toContain(hex(crk));
    const seen = watch();
    at.clock.advance(20_000);
    await at.wires.settle();
    const { wiped } = seen();
    expectEnd(at, "VANISHED");
    // The copies that it would have kept.
    const { notebooks, crk: own } = world.couple;
    for (const secret of [own, ...Object.values(notebooks).map(({ key }) => key)])
      expect(wiped).toContain(hex(secret));
    const said = at.hand.heard.find(({ kind }) => kind === "material");
    if (said?.kind !== "material") throw new Error("no account");
    const hash64 = at.hand.transport().hash64;
    expect(openMaterial(world.couple.crk, seat, hash64, said).ok).toBe(false);
    const opened = openMaterial(crk, seat, hash64, said);
    expect(opened.ok && parseOwnAccount(opened.value)).toEqual({ ok: true, value: honest() });
  });
});
