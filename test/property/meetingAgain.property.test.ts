import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type DeviceId, idFrom, type MessageId, type NotebookId } from "../../shared/base/ids.ts";
import type { SpaceId } from "../../shared/base/ids.ts";
import { x25519Public, x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { handOver } from "../../shared/people/handover.ts";
import { handToOwn, takeAsOwn } from "../../shared/people/joinOwn.ts";
import { type Account, parseAccount, writeAccount } from "../../shared/people/meetingAccount.ts";
import {
  type Claims,
  claimsOf,
  parseClaims,
  writeClaims,
} from "../../shared/people/meetingClaims.ts";
import { renewDevice } from "../../shared/people/person.ts";
import { parseOwnAccount, writeOwnAccount } from "../../shared/people/ownAccount.ts";
import {
  type Couple,
  inUseOf,
  mostInUse,
  notebookSecret,
  peopleOf,
} from "../../shared/people/space.ts";
import {
  meetingOf,
  type MeetsAgain,
  meetsAgain,
  saidOf,
  type Standing,
} from "../../shared/people/standing.ts";
import { takeOver } from "../../shared/people/takeOver.ts";
import { makePerson, namedRandom, type TestPerson } from "../support/pairingPeople.ts";

type Who = "mara" | "jonas";
/** By `device notebook`: the last sequence that is on this computer. */
type Chains = ReadonlyMap<string, number>;
type Computer = {
  readonly person: TestPerson;
  readonly couple: Couple | undefined;
  readonly chains: Chains;
  readonly paused: boolean;
};
type World = {
  /** The computer of each that goes on; what stands beside it is there as well. */
  readonly now: Record<Who, Computer>;
  readonly beside: Record<Who, readonly Computer[]>;
  readonly backups: Record<Who, Computer[]>;
  /** Whoever each was at first. */
  readonly first: Record<Who, DeviceId>;
  count: number;
};

const others = { mara: "jonas", jonas: "mara" } as const;
const both = ["mara", "jonas"] as const;
let mara: TestPerson;
let jonas: TestPerson;

beforeAll(async () => {
  await loadSodium();
  mara = makePerson("Mara");
  jonas = makePerson("Jonas");
});

const freshWorld = (): World => {
  const draw = namedRandom("first meeting");
  const space = idFrom<SpaceId>(draw(16));
  const [crk, ...books] = [draw(32), draw(48), draw(48), draw(48)];
  const [hers, his, ours] = books.map(notebookSecret);
  if (!hers || !his || !ours) throw new Error("three notebooks");
  const couple = (partner: TestPerson, mine: typeof hers, theirs: typeof his): Couple => ({
    ...{ space, crk, epoch: 1, notebooks: { mine, theirs, ours } },
    partner: { name: partner.name, certificate: partner.certificate },
  });
  const chains: Chains = new Map();
  return {
    now: {
      mara: { person: mara, couple: couple(jonas, hers, his), chains, paused: false },
      jonas: { person: jonas, couple: couple(mara, his, hers), chains, paused: false },
    },
    beside: { mara: [], jonas: [] },
    backups: { mara: [], jonas: [] },
    first: { mara: mara.certificate.device, jonas: jonas.certificate.device },
    count: 0,
  };
};

const headsOf = ({ chains }: Computer) =>
  [...chains].map(([chain, seq]) => {
    const [device = "", notebook = ""] = chain.split(" ");
    const id = idFrom<MessageId>(new Uint8Array(32).fill(seq));
    return { device: device as DeviceId, notebook: notebook as NotebookId, seq, id };
  });

const seqIn = (chains: Chains, device: string, notebook: string): number =>
  chains.get(`${device} ${notebook}`) ?? 0;

const write = (one: Computer, more: number): Computer => {
  if (one.paused || one.couple === undefined || more === 0) return one;
  const chains = new Map(one.chains);
  for (const { id } of [one.couple.notebooks.mine, one.couple.notebooks.ours]) {
    const chain = `${one.person.certificate.device} ${id}`;
    chains.set(chain, (chains.get(chain) ?? 0) + more);
  }
  return { ...one, chains };
};

/** All that is there arrives, as far as it counts. */
const carry = (from: Computer, to: Computer): Computer => {
  const { couple } = to;
  if (from.paused || to.paused || !couple || !from.couple) return to;
  if (from.couple.crk.some((byte, at) => byte !== couple.crk[at])) return to;
  const chains = new Map(to.chains);
  const gone = new Map(couple.before?.devices.map((one) => [one.device, one]));
  const { mine, theirs } = inUse(to, couple);
  for (const { device, notebook, seq } of headsOf(from)) {
    if (!gone.has(device) && ![...mine, ...theirs].includes(device)) continue;
    const cut = gone.get(device)?.cuts ?? new Map([[notebook, seq]]);
    const counts = Math.min(seq, cut.get(notebook) ?? 0);
    if (counts > seqIn(chains, device, notebook)) chains.set(`${device} ${notebook}`, counts);
  }
  const before = couple.before && { ...couple.before, unmet: false };
  return { ...to, chains, couple: { ...couple, ...(before && { before }) } };
};

const inUse = ({ person }: Computer, couple: Couple) =>
  inUseOf(couple, person.certificate.device, couple.partner.certificate.device);

const isShared = (one: Computer, other: Computer): boolean =>
  one.couple !== undefined &&
  other.couple !== undefined &&
  ![one, other].some(({ paused }) => paused) &&
  hex(one.couple.crk) === hex(other.couple.crk);

/** The word of a computer of either that it is in use, and which it has added. */
const learn = (from: Computer, to: Computer, owner: "me" | "partner"): Computer => {
  const { couple } = to;
  if (!isShared(from, to) || couple === undefined) return to;
  const said = [
    from.person.certificate,
    ...(from.couple?.beside ?? []).flatMap((one) => (one.owner === "me" ? [one.certificate] : [])),
  ];
  const known = new Set([
    ...inUse(to, couple).mine,
    ...inUse(to, couple).theirs,
    ...(couple.before?.devices ?? []).map(({ device }) => device),
  ]);
  const beside = [...(couple.beside ?? [])];
  for (const certificate of said) {
    const count = beside.filter((one) => one.owner === owner).length;
    if (!known.has(certificate.device) && count < mostInUse - 1)
      beside.push({ owner, certificate, older: false });
  }
  return { ...to, couple: { ...couple, ...(beside.length > 0 && { beside }) } };
};

/** One more computer of this person, if there is room. */
const add = (world: World, who: Who): void => {
  const adding = world.now[who];
  const { couple, person } = adding;
  if (couple === undefined || adding.paused || couple.before?.unmet === true) return;
  world.count += 1;
  const fresh = makePerson(`${who} ${world.count}`);
  const handed = handToOwn({
    standing: {
      ...{ kind: "adds", couple, heads: () => headsOf(adding) },
      person: { name: person.name, role: "", identity: person.keys.identity },
    },
    ...{ self: person.certificate, joining: fresh.certificate },
  });
  expect(handed.ok).toBe(inUse(adding, couple).mine.length < mostInUse);
  if (!handed.ok) return;
  const account = parseOwnAccount(writeOwnAccount(handed.value.account));
  if (!account.ok) throw new Error("an own account does not read");
  const { space } = couple;
  const parts = { self: fresh.certificate, adding: person.certificate, space };
  const taken = takeAsOwn(parts, account.value);
  if (!taken.ok) throw new Error("an honest account is refused");
  const keys = { ...fresh.keys, identity: taken.value.person.identity };
  const joined: Computer = {
    person: { name: person.name, keys, certificate: makeCertificate(keys) },
    ...{ couple: taken.value.couple, chains: adding.chains, paused: false },
  };
  const now: Computer = { ...adding, couple: handed.value.couple };
  expect(inUse(joined, taken.value.couple)).toEqual(inUse(now, handed.value.couple));
  expect(keysHeld(taken.value.couple)).toEqual(keysHeld(couple));
  for (const one of [joined, now])
    expectPeople(world, who, one, world.now[others[who]].person, couple.partner.certificate.device);
  world.now[who] = now;
  world.beside[who] = [...world.beside[who], joined];
};

/** Another computer of the same person goes on. */
const swap = (world: World, who: Who, which: number): void => {
  const all = world.beside[who];
  const next = all[which % Math.max(1, all.length)];
  if (next === undefined) return;
  world.beside[who] = [...all.filter((one) => one !== next), world.now[who]];
  world.now[who] = next;
};

const standingOf = (one: Computer): Standing => {
  const { couple, person } = one;
  if (couple === undefined) return { kind: "first" };
  const held = { couple, heads: () => headsOf(one) };
  const secret = x25519Secret(person.keys.x25519.slice());
  const selfBefore = { device: person.certificate.device, secret };
  if (one.paused || couple.before?.unmet === true) return { kind: "anew", ...held, selfBefore };
  const isAlone = !couple.beside?.some(({ owner }) => owner === "me");
  return { kind: "stays", ...held, ...(!isAlone && { selfBefore }) };
};

const renew = (world: World, one: Computer): TestPerson => {
  world.count += 1;
  const keys = renewDevice(one.person.keys, namedRandom(`renewed ${world.count}`));
  return { ...one.person, keys, certificate: makeCertificate(keys) };
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const keysHeld = (couple: Couple): readonly string[] => [
  ...(couple.before?.keys ?? []).map(({ mine, theirs, ours }) =>
    [mine, theirs, ours].map(hex).join(" "),
  ),
  [couple.notebooks.mine, couple.notebooks.theirs, couple.notebooks.ours]
    .map(({ key }) => hex(key))
    .join(" "),
];
const turned = (keys: string): string => {
  const [mine, theirs, ours] = keys.split(" ");
  return [theirs, mine, ours].join(" ");
};

type Step = {
  readonly writes: Record<Who, number>;
  readonly carried: readonly Who[];
  readonly adds: readonly Who[];
  /** Who hears of what was added: of the other's, and of one's own. */
  readonly learns: readonly Who[];
  readonly swaps: readonly Who[];
  readonly backups: readonly Who[];
  readonly fates: Record<Who, "goes on" | "lost" | "restored">;
  readonly which: number;
  readonly inviter: Who;
  readonly stored: readonly ("holder" | "newcomer")[];
};

const some = fc.subarray<Who>([...both]);
const anyStep: fc.Arbitrary<Step> = fc.record({
  writes: fc.record({ mara: fc.nat(3), jonas: fc.nat(3) }),
  ...{ carried: some, adds: some, learns: some, swaps: some, backups: some },
  fates: fc
    .tuple(fc.constantFrom(...both), fc.constantFrom("lost", "restored"), fc.nat(4))
    .map(([who, fate, also]) => ({
      mara: who === "mara" || also === 0 ? fate : "goes on",
      jonas: who === "jonas" || also === 0 ? (also === 0 ? "restored" : fate) : "goes on",
    })),
  which: fc.nat(),
  inviter: fc.constantFrom(...both),
  stored: fc.oneof(
    { weight: 3, arbitrary: fc.constant(["holder", "newcomer"] as const) },
    { weight: 1, arbitrary: fc.constantFrom(["holder"] as const, ["newcomer"] as const, []) },
  ),
});

const live = (world: World, step: Step): void => {
  const { now, backups } = world;
  for (const who of both) {
    now[who] = write(now[who], step.writes[who]);
    if (step.backups.includes(who) && now[who].couple) backups[who].push(now[who]);
  }
  for (const who of step.adds) add(world, who);
  for (const who of step.learns) {
    for (const one of [now[others[who]], ...world.beside[others[who]]])
      now[who] = learn(one, now[who], "partner");
    for (const one of world.beside[who]) now[who] = learn(one, now[who], "me");
  }
  for (const who of step.swaps) swap(world, who, step.which);
  for (const who of both) now[who] = write(now[who], step.writes[who]);
  for (const who of step.carried) {
    now[who] = carry(now[others[who]], now[who]);
    for (const one of world.beside[who]) now[who] = carry(one, now[who]);
  }
  for (const who of both) {
    const backup = backups[who][step.which % Math.max(1, backups[who].length)];
    if (step.fates[who] === "restored" && backup) now[who] = { ...backup, paused: true };
    if (step.fates[who] === "lost") {
      world.count += 1;
      const person = makePerson(`${who} ${world.count}`);
      now[who] = { person, couple: undefined, chains: new Map(), paused: false };
    }
  }
};

/** The holder does not know a device of its own that the newcomer knows: its backup is older than that. */
const knowsLess = (holder: Computer, newcomer: Computer): boolean => {
  const was = newcomer.couple;
  if (was === undefined) return false;
  const own = [
    holder.person.certificate.device,
    ...(holder.couple?.before?.devices ?? []).flatMap((gone) =>
      gone.owner === "me" ? [gone.device] : [],
    ),
    ...besideOf(holder, "me"),
  ];
  const known = [
    ...(was.before?.devices ?? []).flatMap((gone) =>
      gone.owner === "partner" ? [gone.device] : [],
    ),
    ...besideOf(newcomer, "partner"),
  ];
  const theirs = was.partner.certificate.device;
  const hasSpoken = was.before?.vouched.some(({ device }) => device === theirs) === true;
  if (was.before?.unmet !== true || hasSpoken) known.push(theirs);
  return known.some((device) => !own.includes(device));
};

const besideOf = ({ couple }: Computer, of: "me" | "partner"): readonly DeviceId[] =>
  (couple?.beside ?? []).flatMap(({ owner, certificate }) =>
    owner === of ? [certificate.device] : [],
  );

type Beside = `${"a younger" | "an older" | "a partner's"} beside`;

const standsBeside = ({ now }: World): readonly Beside[] =>
  both.flatMap((who) =>
    (now[who].couple?.beside ?? []).map(({ owner, older }): Beside => {
      if (owner === "partner") return "a partner's beside";
      return older ? "an older beside" : "a younger beside";
    }),
  );

type Outcome = "nobody is new" | "nobody knows" | "met" | "refused";

const meet = (world: World, step: Step): Outcome => {
  const standings = { mara: standingOf(world.now.mara), jonas: standingOf(world.now.jonas) };
  const outcomes = both.map((who) => {
    const seat = step.inviter === who ? "inviter" : "joiner";
    return meetingOf(saidOf(standings[who]), saidOf(standings[others[who]]), seat);
  });
  const [hers, his] = outcomes;
  if (!hers?.ok || !his?.ok) {
    expect([hers, his]).toMatchObject([{ code: "ALREADY_PAIRED" }, { code: "ALREADY_PAIRED" }]);
    return "nobody is new";
  }
  if (hers.value === "pair") {
    expect(his.value).toBe("pair");
    return "nobody knows";
  }
  expect([hers.value, his.value].toSorted()).toEqual(["come", "hold"]);
  const who: Who = hers.value === "hold" ? "mara" : "jonas";
  const [holder, newcomer] = [world.now[who], world.now[others[who]]];
  const [standing, theirs] = [standings[who], standings[others[who]]];
  if (!meetsAgain(standing)) throw new Error("nothing to hand over");
  const self = standing.selfBefore === undefined ? holder.person : renew(world, holder);
  // With nobody known, too: of an attempt that only the holder stored, the device is known there.
  const partner = renew(world, newcomer);
  world.count += 1;
  const draw = namedRandom(`meeting ${world.count}`);
  const crk = draw(32);
  const held = [holder, newcomer].map(({ couple }) => (couple ? keysHeld(couple) : []));

  const claims = claimsOf(theirs, partner.name, headsOf(newcomer));
  const heard = parseClaims(writeClaims(claims));
  expect(heard).toEqual({ ok: true, value: claims });
  if (!heard.ok) throw new Error("claims");
  const handed = handOver(
    {
      ...{ standing, name: self.name, crk, random: draw },
      ...{ self: self.certificate, partner: partner.certificate },
    },
    heard.value,
  );
  const known = [
    ...(holder.couple?.before?.devices ?? []).map(({ device }) => device),
    ...[holder.couple?.partner.certificate.device, ...besideOf(holder, "partner")],
  ];
  const unknown = claims.devices.filter(({ device }) => !known.includes(device));
  expect([handed.ok, step]).toEqual([unknown.length <= 8, step]);
  if (!handed.ok) return "refused";
  const { account } = handed.value;
  const told = parseAccount(writeAccount(account));
  expect(told).toEqual({ ok: true, value: account });
  if (!told.ok) throw new Error("account");
  const taken = takeOver(
    {
      ...{ standing: theirs, claims, heads: headsOf(newcomer), space: holder.couple?.space ?? "" },
      ...{ self: partner.certificate, partner: self.certificate, crk },
    } as Parameters<typeof takeOver>[0],
    told.value,
  );
  // Whatever comes of it, what each had is as it was.
  expect([holder, newcomer].map(({ couple }) => (couple ? keysHeld(couple) : []))).toEqual(held);
  expect([taken.ok, step]).toEqual([!knowsLess(holder, newcomer), step]);
  if (!taken.ok) {
    expect(taken.code).toBe("OTHER_JOURNAL");
    for (const { mine, theirs: key, ours } of told.value.keys)
      for (const bytes of [mine, key, ours]) expect(bytes.every((byte) => byte === 0)).toBe(true);
    return "refused";
  }
  const [one, other] = [handed.value.couple, taken.value];
  expectOneJournal(one, other);
  expectPeople(world, who, { ...holder, person: self, couple: one }, partner);
  expectPeople(world, others[who], { ...newcomer, person: partner, couple: other }, self);
  expectNothingLost(one, other, holder, newcomer);
  expect([one.beside, other.beside]).toEqual([undefined, undefined]);
  expectAllGone(one, holder, newcomer);
  // Whatever was in use of whoever has stored it has the couple root key of before.
  if (step.stored.includes("holder")) {
    world.now[who] = { ...holder, person: self, couple: one, paused: false };
    world.beside[who] = [];
  }
  if (step.stored.includes("newcomer")) {
    world.now[others[who]] = { ...newcomer, person: partner, couple: other, paused: false };
    world.beside[others[who]] = [];
  }
  return "met";
};

const expectOneJournal = (holder: Couple, newcomer: Couple): void => {
  const { mine, theirs, ours } = holder.notebooks;
  expect(newcomer).toMatchObject({
    ...{ space: holder.space, crk: holder.crk, epoch: holder.epoch },
    notebooks: { mine: theirs, theirs: mine, ours },
  });
  expect(keysHeld(newcomer)).toEqual(keysHeld(holder).map(turned));
  expect(new Set(keysHeld(holder).flatMap((keys) => keys.split(" "))).size).toBe(
    3 * keysHeld(holder).length,
  );
  const bare = ({ before }: Couple, me: string, partner: string) =>
    before?.devices.map(({ owner, device, x25519 }) => [
      ...[owner === "me" ? me : partner, device, hex(x25519)],
    ]);
  expect(bare(newcomer, "n", "h")).toEqual(bare(holder, "h", "n"));
  expect([holder.before?.unmet, newcomer.before?.unmet]).toEqual([false, true]);
};

/** All that either knew of itself, of both people: nothing of before goes on but whoever met now. */
const expectAllGone = (one: Couple, holder: Computer, newcomer: Computer): void => {
  const gone = one.before?.devices ?? [];
  const names = (of: "me" | "partner"): readonly DeviceId[] =>
    gone.flatMap(({ owner, device }) => (owner === of ? [device] : []));
  expect(names("me")).toEqual(expect.arrayContaining([...besideOf(holder, "me")]));
  expect(names("partner")).toEqual(
    expect.arrayContaining([...besideOf(holder, "partner"), ...besideOf(newcomer, "me")]),
  );
  if (besideOf(holder, "me").length > 0)
    expect(names("me")).toContain(holder.person.certificate.device);
};

const expectPeople = (
  world: World,
  who: Who,
  one: Computer,
  partner: TestPerson,
  theirs = partner.certificate.device,
): void => {
  const couple = one.couple ?? {};
  expect(peopleOf(couple, one.person.certificate.device, theirs)).toEqual({
    me: world.first[who],
    partner: world.first[others[who]],
  });
};

/** Cuts, keys and secrets after a meeting, against what either computer had before it. */
const expectNothingLost = (
  one: Couple,
  other: Couple,
  holder: Computer,
  newcomer: Computer,
): void => {
  const ids = Object.values(one.notebooks).map(({ id }) => id);
  for (const { device, owner, cuts } of one.before?.devices ?? []) {
    const was = holder.couple?.before?.devices.find((gone) => gone.device === device);
    const here = other.before?.devices.find((gone) => gone.device === device);
    for (const id of ids) {
      const accepted = seqIn(holder.chains, device, id);
      const claimed = owner === "partner" ? seqIn(newcomer.chains, device, id) : 0;
      const cut = Math.max(accepted, claimed, was?.cuts.get(id) ?? 0);
      expect(cuts.get(id) ?? 0).toBe(cut);
      expect(here?.cuts.get(id) ?? 0).toBe(Math.max(cut, seqIn(newcomer.chains, device, id)));
    }
  }
  // What was vouched for once counts on, also where whoever vouches now was set back.
  for (const [after, was] of [
    [one, holder],
    [other, newcomer],
  ] as const) {
    const earlier = was.couple?.before?.vouched ?? [];
    for (const { device, notebook, seq } of after.before?.vouched ?? []) {
      const then = earlier.find((known) => known.device === device && known.notebook === notebook);
      expect(seq).toBe(Math.max(seqIn(holder.chains, device, notebook), then?.seq ?? 0));
    }
    const names = (after.before?.vouched ?? []).map(({ device, notebook }) => device + notebook);
    for (const { device, notebook } of earlier) expect(names).toContain(device + notebook);
    expect(names.length).toBeGreaterThanOrEqual(holder.chains.size);
    expect(new Set(names).size).toBe(names.length);
  }
  for (const [after, was] of [
    [one, holder],
    [other, newcomer],
  ] as const) {
    if (was.couple === undefined) continue;
    const held = keysHeld(was.couple);
    expect(keysHeld(after).slice(0, -1)).toEqual(expect.arrayContaining([...held]));
    expect(after.epoch).toBeGreaterThan(was.couple.epoch);
    const known = (was.couple.before?.devices ?? []).filter(({ secret }) => secret !== undefined);
    for (const { device, secret } of known)
      expect(after.before?.devices.find((gone) => gone.device === device)?.secret).toEqual(secret);
  }
  for (const couple of [one, other])
    for (const { owner, secret } of couple.before?.devices ?? [])
      if (owner === "partner") expect(secret).toBeUndefined();
};

const quiet: Step = {
  ...{ writes: { mara: 0, jonas: 0 }, carried: [], backups: [], which: 0, inviter: "mara" },
  ...{ adds: [], learns: [], swaps: [] },
  ...{ fates: { mara: "goes on", jonas: "goes on" }, stored: ["holder", "newcomer"] },
};
/** Jonas has words of Mara's that her backup is older than. */
const olderBackup: Step[] = [
  { ...quiet, backups: ["mara"] },
  { ...quiet, writes: { mara: 3, jonas: 0 }, carried: ["jonas"] },
  { ...quiet, backups: ["jonas"], fates: { mara: "restored", jonas: "restored" } },
];

/** Mara, who has added a computer, stays; then he does, whom she knows by three, and she comes with her younger one. */
const besideBoth: Step[] = [
  { ...quiet, adds: ["mara", "jonas"] },
  { ...quiet, writes: { mara: 2, jonas: 2 }, learns: [...both], carried: [...both] },
  { ...quiet, fates: { mara: "goes on", jonas: "lost" } },
  { ...quiet, carried: [...both], adds: ["mara"] },
  { ...quiet, swaps: ["mara"], writes: { mara: 1, jonas: 0 }, adds: ["jonas"], learns: [...both] },
  { ...quiet, backups: ["mara"], fates: { mara: "restored", jonas: "goes on" } },
];

/** He adds a computer, which has words of hers; then she comes with a backup that is older than those. */
const olderThanYounger: Step[] = [
  { ...quiet, backups: ["mara"], fates: { mara: "lost", jonas: "goes on" } },
  { ...quiet, writes: { mara: 1, jonas: 0 }, carried: ["jonas"], stored: [] },
  { ...quiet, adds: ["jonas"], swaps: ["jonas"], stored: [] },
  { ...quiet, fates: { mara: "restored", jonas: "goes on" } },
  { ...quiet, fates: { mara: "lost", jonas: "goes on" } },
];

describe("two who meet again, whatever happened to their computers", () => {
  test("have one journal each time, with every key and nothing cut below what either knew", () => {
    const seen = new Set<Outcome | Beside>();
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 7 }), (steps) => {
        const world = freshWorld();
        for (const step of steps) {
          live(world, step);
          const stood = standsBeside(world);
          const outcome = meet(world, step);
          seen.add(outcome);
          if (outcome === "met") for (const one of stood) seen.add(one);
          if (outcome === "nobody knows") return;
        }
      }),
      { numRuns: 120, examples: [[olderBackup], [besideBoth], [olderThanYounger]] },
    );
    expect(seen.has("met") && seen.has("refused")).toBe(true);
    for (const one of ["a younger", "an older", "a partner's"] as const)
      expect([one, seen.has(`${one} beside`)]).toEqual([one, true]);
  });
});

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const anyKey = bytes(32).map(carriedNotebookKey);
const anyDevice = bytes(16).map((raw) => idFrom<DeviceId>(raw));
const anyNotebook = bytes(16).map((raw) => idFrom<NotebookId>(raw));
const anySeq = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(Number.MAX_SAFE_INTEGER));
const anyKeys = fc.array(fc.record({ mine: anyKey, theirs: anyKey, ours: anyKey }), {
  maxLength: 3,
});
const anyPlaces = fc.uniqueArray(
  fc.record({ device: anyDevice, notebook: anyNotebook, seq: anySeq }),
  { maxLength: 3, selector: ({ device, notebook }) => device + notebook },
);
const anyName = fc.constantFrom("Mara", "J", "Zoë 🌿", "x".repeat(80), "🌿".repeat(80));
const anyClaims: fc.Arbitrary<Claims> = fc.record({
  ...{ name: anyName, keys: anyKeys, heads: anyPlaces },
  devices: fc.array(fc.record({ device: anyDevice, x25519: bytes(32).map(x25519Public) }), {
    maxLength: 3,
  }),
});
const anyAccount: fc.Arbitrary<Account> = fc.record({
  ...{ name: anyName, keys: anyKeys, vouched: anyPlaces },
  epoch: fc.integer({ min: 0, max: 0xffff_ffff }),
  notebooks: fc.record({ mine: anyNotebook, theirs: anyNotebook, ours: anyNotebook }),
  devices: fc.array(
    fc.record({
      owner: fc.constantFrom("me" as const, "partner" as const),
      ...{ device: anyDevice, x25519: bytes(32).map(x25519Public) },
      cuts: fc
        .uniqueArray(fc.tuple(anyNotebook, anySeq), { maxLength: 3, selector: ([id]) => id })
        .map((all): ReadonlyMap<NotebookId, number> => new Map(all)),
    }),
    { maxLength: 3 },
  ),
});

describe.each([
  {
    what: "claims",
    any: anyClaims.map((value) => ({
      value: value as Claims | Account,
      bytes: writeClaims(value),
    })),
    parse: parseClaims as (raw: Uint8Array) => ReturnType<typeof parseClaims | typeof parseAccount>,
    again: (raw: Uint8Array) => {
      const read = parseClaims(raw);
      return read.ok ? writeClaims(read.value) : raw;
    },
  },
  {
    what: "an account",
    any: anyAccount.map((value) => ({
      value: value as Claims | Account,
      bytes: writeAccount(value),
    })),
    parse: parseAccount as (
      raw: Uint8Array,
    ) => ReturnType<typeof parseClaims | typeof parseAccount>,
    again: (raw: Uint8Array) => {
      const read = parseAccount(raw);
      return read.ok ? writeAccount(read.value) : raw;
    },
  },
])("the bytes of $what", ({ any, parse, again }) => {
  test("read as they were written, and cut anywhere or with more behind them never", () => {
    fc.assert(
      fc.property(any, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 9 }), (one, at, more) => {
        expect(parse(one.bytes)).toEqual({ ok: true, value: one.value });
        expect(parse(one.bytes.subarray(0, at % one.bytes.length)).ok).toBe(false);
        expect(parse(Uint8Array.of(...one.bytes, ...more)).ok).toBe(false);
      }),
    );
  });

  test("with any bit changed say something else in full, or nothing", () => {
    fc.assert(
      fc.property(any, fc.nat(7), fc.nat(15), (one, bit, from) => {
        for (let at = from; at < one.bytes.length; at += 16) {
          const changed = one.bytes.slice();
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          expect(again(changed)).toEqual(changed);
          const read = parse(changed);
          expect(read.ok && read.value).not.toEqual(one.value);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("one meeting of two", () => {
  const sides = () => {
    const world = freshWorld();
    const her = write(world.now.mara, 3);
    const him = carry(her, { ...write(world.now.jonas, 5) });
    const next = renew(world, him);
    const theirs = standingOf({ ...him, paused: true });
    const standing = standingOf(her);
    if (!meetsAgain(standing) || her.couple === undefined) throw new Error("no couple");
    const claims = claimsOf(theirs, "Jonas", headsOf(him));
    const space = her.couple.space;
    const crk = new Uint8Array(32).fill(3);
    const hold = (said: Claims, how: MeetsAgain = standing) =>
      handOver(
        {
          ...{ standing: how, name: "Mara", crk, random: namedRandom("new epoch") },
          ...{ self: mara.certificate, partner: next.certificate },
        },
        said,
      );
    const come = (account: Account) =>
      takeOver(
        {
          ...{ standing: theirs, claims, heads: headsOf(him), space, crk },
          ...{ self: next.certificate, partner: mara.certificate },
        },
        account,
      );
    /** Its own copy each time: whoever refuses wipes it. */
    const account = (): Account => {
      const said = parseClaims(writeClaims(claims));
      const handed = said.ok ? hold(said.value) : said;
      if (!handed.ok) throw new Error("not handed over");
      return handed.value.account;
    };
    return { hold, come, claims, account, standing, couple: her.couple };
  };
  const places = (length: number) =>
    Array.from({ length }, (_, at) =>
      idFrom<NotebookId>(Uint8Array.from({ length: 16 }, () => at)),
    );

  test("with any bit of the claims or of the account changed ends in a couple or a code, never in a throw", () => {
    const { hold, come, claims, account, couple } = sides();
    const written = { claims: writeClaims(claims), account: writeAccount(account()) };
    const codes = new Set<string>();
    for (let bit = 0; bit < 8 * written.claims.length; bit += 3) {
      const said = parseClaims(flipped(written.claims, bit));
      const handed = said.ok ? hold(said.value) : said;
      const told = handed.ok ? parseAccount(writeAccount(handed.value.account)) : { ok: true };
      expect(told.ok).toBe(true);
      codes.add(`claims ${handed.ok ? "taken" : handed.code}`);
    }
    for (let bit = 0; bit < 8 * written.account.length; bit += 3) {
      const said = parseAccount(flipped(written.account, bit));
      const taken = said.ok ? come(said.value) : said;
      codes.add(`account ${taken.ok ? "taken" : taken.code}`);
      if (!taken.ok) continue;
      expect(taken.value.space).toBe(couple.space);
      expect(taken.value.notebooks.mine.id).toBe(couple.notebooks.theirs.id);
      expect(keysHeld(taken.value)).toEqual(expect.arrayContaining(keysHeld(couple).map(turned)));
    }
    expect([...codes].toSorted()).toEqual([
      ...["account JUNK", "account OTHER_JOURNAL", "account taken", "claims JUNK", "claims taken"],
    ]);
  });

  test("with more than there can be is refused", () => {
    const { hold, come, claims, account, standing, couple } = sides();
    const copy = (): Claims => {
      const read = parseClaims(writeClaims(claims));
      if (!read.ok) throw new Error("claims");
      return read.value;
    };
    const many = Array.from({ length: 10_000 }, (_, at) => {
      const raw = new Uint8Array(32);
      new DataView(raw.buffer).setUint32(0, at + 1);
      return { device: idFrom<DeviceId>(raw.subarray(0, 16)), x25519: x25519Public(raw) };
    });
    const gone = many.map((one) => ({ ...one, owner: "partner" as const, cuts: new Map() }));
    expect(() => writeClaims({ ...claims, devices: many })).toThrow(RangeError);
    expect(() => writeAccount({ ...account(), devices: gone })).toThrow(RangeError);
    expect(hold({ ...copy(), devices: many })).toMatchObject({ code: "JUNK" });
    // What only the newcomer knows of; more at a time would use the bound up for good.
    expect(hold({ ...copy(), devices: many.slice(0, 9) })).toMatchObject({ code: "JUNK" });
    expect(hold({ ...copy(), devices: many.slice(0, 8) }).ok).toBe(true);
    const before = { keys: [], devices: gone.slice(0, 64), vouched: [], unmet: false };
    const longAgo = { ...standing, couple: { ...couple, before } };
    expect(hold(copy(), longAgo)).toMatchObject({ code: "JUNK" });

    const [one] = account().devices;
    if (one === undefined) throw new Error("nobody is gone");
    const cut = (length: number) => ({
      ...account(),
      devices: [{ ...one, cuts: new Map(places(length).map((id) => [id, 1])) }],
    });
    const read = parseAccount(writeAccount(cut(255)));
    expect(read).toEqual({ ok: true, value: cut(255) });
    expect(read.ok && come(read.value)).toMatchObject({ code: "JUNK" });
    expect(() => writeAccount(cut(256))).toThrow(RangeError);
  });

  test("with anything said twice is refused", () => {
    const { hold, come, claims, account } = sides();
    const copy = (twist: (said: Claims) => Claims) => {
      const read = parseClaims(writeClaims(twist(claims)));
      return read.ok ? hold(read.value) : read;
    };
    const told = (twist: (said: Account) => Account) => {
      const read = parseAccount(writeAccount(twist(account())));
      return read.ok ? come(read.value) : read;
    };
    const twice = <Item>(items: readonly Item[]) => [...items, ...items];
    expect(copy((said) => said).ok && told((said) => said).ok).toBe(true);
    expect(copy((c) => ({ ...c, heads: twice(c.heads) }))).toMatchObject({ code: "JUNK" });
    const fresh = {
      device: places(9)[8] as never,
      x25519: x25519Public(new Uint8Array(32).fill(8)),
    };
    expect(copy((c) => ({ ...c, devices: [...c.devices, fresh] })).ok).toBe(true);
    expect(copy((c) => ({ ...c, devices: twice([fresh]) }))).toMatchObject({ code: "JUNK" });
    expect(told((a) => ({ ...a, devices: twice(a.devices) }))).toMatchObject({ code: "JUNK" });
    expect(told((a) => ({ ...a, keys: twice(a.keys) }))).toMatchObject({ code: "JUNK" });
    expect(told((a) => ({ ...a, vouched: twice(a.vouched) }))).toMatchObject({ code: "JUNK" });
  });
});

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
};
