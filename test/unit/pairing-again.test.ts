import { beforeAll, describe, expect, test } from "vitest";
import type { MessageId, NotebookId } from "../../shared/base/ids.ts";
import { idFrom } from "../../shared/base/ids.ts";
import { x25519Secret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { handOver } from "../../shared/people/handover.ts";
import { parseKeyringContent, writeKeyringContent } from "../../shared/people/keyringContent.ts";
import { type Account, parseAccount, writeAccount } from "../../shared/people/meetingAccount.ts";
import {
  type Claims,
  claimsOf,
  parseClaims,
  writeClaims,
} from "../../shared/people/meetingClaims.ts";
import { renewDevice } from "../../shared/people/person.ts";
import { type Couple, personIn } from "../../shared/people/space.ts";
import {
  meetingOf,
  type MeetsAgain,
  type SaidStanding,
  type Standing,
} from "../../shared/people/standing.ts";
import { takeOver } from "../../shared/people/takeOver.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryWires, type MemoryWireOptions } from "../support/memoryWire.ts";
import {
  createTestDisk,
  inviteBy,
  makePerson,
  namedRandom,
  side,
  type TestPerson,
  type TestSide,
} from "../support/pairingPeople.ts";

const clock = createManualClock(1_767_225_600_000);
let mara: TestPerson;
let jonas: TestPerson;

type Met = { readonly inviter: TestSide; readonly joiner: TestSide };

const meet = async (
  [one, stands]: readonly [TestPerson, Standing],
  [other, standsToo]: readonly [TestPerson, Standing],
  seed = "first",
  confirm = true,
  wiring: MemoryWireOptions = {},
): Promise<Met> => {
  const invitation = inviteBy(one, clock, "here", seed);
  const inviter = side("inviter", one, invitation, clock, { seed, standing: stands });
  const joiner = side("joiner", other, invitation, clock, { seed, standing: standsToo });
  const wires = createMemoryWires(wiring);
  inviter.accept(wires.left);
  joiner.accept(wires.right);
  await wires.settle();
  if (!confirm) return { inviter, joiner };
  inviter.talk.confirm();
  joiner.talk.confirm();
  await wires.settle();
  return { inviter, joiner };
};

const held = (one: TestSide): Couple => {
  const couple = one.disk.held();
  if (couple === undefined) throw new Error(`nothing was stored: ${JSON.stringify(one.view())}`);
  return couple;
};

const renewed = (person: TestPerson, seed: string): TestPerson => {
  const keys = renewDevice(person.keys, namedRandom(seed));
  return { ...person, keys, certificate: makeCertificate(keys) };
};

const headsOf = (couple: Couple, person: TestPerson, seq: number): ChainHead[] =>
  [couple.notebooks.mine.id, couple.notebooks.ours.id].map((notebook) => ({
    ...{ notebook, device: person.certificate.device, seq },
    id: idFrom<MessageId>(new Uint8Array(32).fill(seq)),
  }));

const stays = (couple: Couple, heads: readonly ChainHead[] = []): Standing => ({
  kind: "stays",
  couple,
  heads: () => heads,
});
const anew = (couple: Couple, was: TestPerson, heads: readonly ChainHead[] = []): Standing => ({
  kind: "anew",
  couple,
  heads: () => heads,
  selfBefore: { device: was.certificate.device, secret: x25519Secret(was.keys.x25519.slice()) },
});
const first: Standing = { kind: "first" };

let hers: Couple;
let his: Couple;

beforeAll(async () => {
  await loadSodium();
  mara = makePerson("Mara");
  jonas = makePerson("Jonas");
  const met = await meet([mara, first], [jonas, first]);
  hers = held(met.inviter);
  his = held(met.joiner);
});

const expectOneJournal = (holder: Couple, newcomer: Couple): void => {
  expect(newcomer.space).toBe(holder.space);
  expect(newcomer.crk).toEqual(holder.crk);
  expect(newcomer.epoch).toBe(holder.epoch);
  expect(newcomer.notebooks.mine).toEqual(holder.notebooks.theirs);
  expect(newcomer.notebooks.theirs).toEqual(holder.notebooks.mine);
  expect(newcomer.notebooks.ours).toEqual(holder.notebooks.ours);
  const turned = holder.before?.keys.map(({ mine, theirs, ours }) => ({
    ...{ mine: theirs, theirs: mine, ours },
  }));
  expect(newcomer.before?.keys).toEqual(turned);
  expect(newcomer.before?.vouched).toEqual(holder.before?.vouched);
  const bare = (couple: Couple, me: string) =>
    couple.before?.devices.map(({ owner, device, x25519, cuts }) => ({
      ...{ owner: owner === "me" ? me : me === "a" ? "b" : "a", device, x25519, cuts },
    }));
  expect(bare(newcomer, "a")).toEqual(bare(holder, "b"));
};

describe("who hands the journal over", () => {
  const space = (fill: number) => ({
    space: idFrom<Couple["space"]>(new Uint8Array(16).fill(fill)),
  });
  const one: SaidStanding = { kind: "first", space: undefined };
  const two: SaidStanding = { kind: "stays", ...space(1) };
  const three: SaidStanding = { kind: "anew", ...space(1) };
  test.each([
    [one, one, "pair", "pair"],
    [two, three, "hold", "come"],
    [two, one, "hold", "come"],
    [three, one, "hold", "come"],
    [three, three, "hold", "come"],
    [two, two, "ALREADY_PAIRED", "ALREADY_PAIRED"],
    [two, { kind: "stays", ...space(2) }, "OTHER_JOURNAL", "OTHER_JOURNAL"],
    [two, { kind: "anew", ...space(2) }, "OTHER_JOURNAL", "OTHER_JOURNAL"],
    [three, { kind: "anew", ...space(2) }, "OTHER_JOURNAL", "OTHER_JOURNAL"],
  ] as const)("%j and %j", (mine, theirs, here, there) => {
    const word = (result: ReturnType<typeof meetingOf>) => (result.ok ? result.value : result.code);
    expect(word(meetingOf(mine, theirs, "inviter"))).toBe(here);
    expect(word(meetingOf(theirs, mine, "joiner"))).toBe(there);
  });
});

describe("two of whose computers ever so many are gone", () => {
  const gone = (count: number): Couple => ({
    ...hers,
    before: {
      ...{ keys: [], vouched: [], unmet: false },
      devices: Array.from({ length: count }, (_, index) => {
        const { device, x25519 } = renewed(jonas, `gone ${index}`).certificate;
        return { owner: "partner" as const, device, x25519, cuts: new Map() };
      }),
    },
  });

  test.each([
    [63, "done"],
    [64, "WORN_OUT"],
  ])(
    "meet again while there is room for one more, and hear why not before they compare: %i",
    async (count, ends) => {
      const fresh = makePerson("Jonas again");
      const seed = `worn ${count}`;
      const all = [[mara, stays(gone(count))] as const, [fresh, first] as const] as const;
      const before = await meet(...all, seed, false);
      const met = ends === "done" ? await meet(...all, seed) : before;
      for (const { view } of [met.inviter, met.joiner]) {
        const shown = view();
        expect(shown.step === "ended" ? shown.code : shown.step).toBe(ends);
      }
      expect(met.joiner.disk.held()?.before?.devices.length).toBe(ends === "done" ? 64 : undefined);
    },
  );
});

describe("two who meet again", () => {
  test.each(["holder invites", "newcomer invites"])(
    "after a lost computer without a backup have one journal: %s",
    async (who) => {
      const fresh = makePerson("Jonas again");
      const heads = [...headsOf(hers, mara, 7), ...headsOf(his, jonas, 5)];
      const a = [mara, stays(hers, heads)] as const;
      const b = [fresh, first] as const;
      const met = await (who === "holder invites" ? meet(a, b, who) : meet(b, a, who));
      const [holder, newcomer] =
        who === "holder invites" ? [met.inviter, met.joiner] : [met.joiner, met.inviter];
      expectOneJournal(held(holder), held(newcomer));
      expect(held(holder).space).toBe(hers.space);
      expect(held(holder).epoch).toBe(2);
      expect(held(newcomer).before?.unmet).toBe(true);
      const person = personIn(held(newcomer), fresh.certificate.device, mara.certificate.device);
      expect(person(fresh.certificate.device)).toBe(jonas.certificate.device);
      const gone = held(holder).before?.devices[0];
      expect(gone?.cuts.get(hers.notebooks.theirs.id)).toBe(5);
    },
  );

  test("after a backup keep what the newcomer knows of itself, and read what was tagged for it", async () => {
    const next = renewed(jonas, "next");
    const met = await meet(
      [mara, stays(hers, headsOf(his, jonas, 5))],
      [next, anew(his, jonas, headsOf(his, jonas, 9))],
      "backup",
    );
    const [holder, newcomer] = [held(met.inviter), held(met.joiner)];
    expectOneJournal(holder, newcomer);
    expect(newcomer.before?.devices[0]?.cuts.get(his.notebooks.mine.id)).toBe(9);
    expect(newcomer.before?.vouched.map(({ seq }) => seq)).toEqual([5, 5]);
    expect(newcomer.before?.devices[0]?.secret).toEqual(jonas.keys.x25519);
    expect(holder.before?.devices[0]?.secret).toBeUndefined();
  });

  test("when both were restored, and again where one alone had stored it, nothing is left behind", async () => {
    const [mara2, jonas2] = [renewed(mara, "m2"), renewed(jonas, "j2")];
    const both = await meet([mara2, anew(hers, mara)], [jonas2, anew(his, jonas)], "both");
    expectOneJournal(held(both.inviter), held(both.joiner));
    expect(held(both.inviter).before?.devices).toHaveLength(2);
    // Hers was not stored: she is as she was, and he has been somebody else since.
    const jonas3 = renewed(jonas2, "j3");
    const unmet = held(both.joiner);
    const mara3 = renewed(mara, "m3");
    const again = await meet(
      [mara3, anew(hers, mara)],
      [jonas3, anew(unmet, jonas2, headsOf(unmet, jonas2, 3))],
      "again",
    );
    expectOneJournal(held(again.inviter), held(again.joiner));
    expect(held(again.inviter).before?.keys).toHaveLength(2);
    const kept = held(again.inviter).before?.devices.find(
      ({ device }) => device === jonas2.certificate.device,
    );
    expect(kept?.cuts.get(hers.notebooks.theirs.id)).toBe(3);
  });

  test("see whose computer is new before they confirm", async () => {
    const fresh = makePerson("Jonas again");
    const met = await meet([mara, stays(hers)], [fresh, first], "view", false);
    expect(met.inviter.view()).toMatchObject({ meeting: "theirs", otherKeys: true });
    expect(met.joiner.view()).toMatchObject({ meeting: "mine", otherKeys: false });
    const next = renewed(jonas, "next");
    const back = await meet([mara, stays(hers)], [next, anew(his, jonas)], "view 2", false);
    expect(back.inviter.view()).toMatchObject({ meeting: "theirs", otherKeys: false });
  });

  test("end in a code where nobody has a new computer", async () => {
    const met = await meet([mara, stays(hers)], [jonas, stays(his)], "stay");
    expect(met.inviter.view()).toEqual({ step: "ended", code: "ALREADY_PAIRED" });
    expect(met.joiner.view()).toEqual({ step: "ended", code: "ALREADY_PAIRED" });
    const same = await meet([mara, stays(hers)], [jonas, first], "same");
    expect(same.joiner.view()).toEqual({ step: "ended", code: "ALREADY_PAIRED" });
    expect(createTestDisk().held()).toBeUndefined();
  });
});

const pairs = {
  "one stays, one begins": () =>
    [
      [mara, stays(hers)],
      [makePerson("Jonas again"), first],
    ] as const,
  "one stays, one was restored": () =>
    [
      [mara, stays(hers)],
      [renewed(jonas, "cut j"), anew(his, jonas)],
    ] as const,
  "both were restored": () =>
    [
      [renewed(mara, "cut m"), anew(hers, mara)],
      [renewed(jonas, "cut j"), anew(his, jonas)],
    ] as const,
};
/** How long each disk takes, ms, and whether it works at all then. */
const disks = {
  "with quick disks": undefined,
  "with slow disks": { after: 5_000, works: true },
  "with disks that are too slow": { after: 60_000, works: true },
  "with slow disks that are full": { after: 5_000, works: false },
};

describe.each(Object.entries(pairs))("a connection that breaks, where %s", (_, whom) => {
  test.each(Object.entries(disks))(
    "after any message, %s: both come to an end, and stored is what says done",
    async (how, slow) => {
      const codes = new Set<string>();
      for (let count = 0; count <= 24; count += 1) {
        const [one, other] = whom();
        const seed = `cut ${how} ${count}`;
        const invitation = inviteBy(one[0], clock, "here", seed);
        const [inviter, joiner] = (["inviter", "joiner"] as const).map((seat, at) => {
          const [person, standing] = at === 0 ? one : other;
          const disk = createTestDisk(slow ? "slow" : "works");
          return side(seat, person, invitation, clock, { seed, standing, disk });
        });
        if (inviter === undefined || joiner === undefined) throw new Error("two sides");
        const wires = createMemoryWires({ cutAfter: count });
        inviter.accept(wires.left);
        joiner.accept(wires.right);
        for (let passed = 0; passed <= 700_000; passed += 5_000) {
          await wires.settle();
          for (const { talk, disk } of [inviter, joiner]) {
            talk.confirm();
            if (slow && passed >= slow.after) disk.release(slow.works);
          }
          await wires.settle();
          clock.advance(5_000);
        }
        clock.advance(Math.max(0, invitation.expiresAt - clock.now()) + 1);
        await wires.settle();
        const views = [inviter, joiner].map((end) => end.view());
        for (const view of views) {
          expect([count, ["done", "ended"].includes(view.step)]).toEqual([count, true]);
          codes.add(view.step === "ended" ? view.code : view.step);
        }
        for (const end of [inviter, joiner])
          expect([count, end.disk.held() !== undefined]).toEqual([
            count,
            end.view().step === "done",
          ]);
        const couples = [inviter, joiner].map((end) => end.disk.held());
        const [here, there] = couples;
        if (here && there)
          expectOneJournal(
            ...(here.before?.unmet ? ([there, here] as const) : ([here, there] as const)),
          );
      }
      expect(codes.has("VANISHED")).toBe(true);
      expect(codes.has("done")).toBe(slow === undefined || (slow.works && slow.after < 20_000));
      // What was handed over were copies: each still reads its own journal.
      for (const couple of [hers, his])
        for (const { key } of Object.values(couple.notebooks))
          expect(key.some((byte) => byte !== 0)).toBe(true);
    },
  );
});

describe("a changed app", () => {
  const exchange = (changeClaims = (claims: Claims): Claims => claims) => {
    const next = renewed(jonas, "hostile");
    const standing = anew(his, jonas, headsOf(his, jonas, 9));
    const claims = claimsOf(standing, "Jonas", headsOf(his, jonas, 9));
    const sent = parseClaims(writeClaims(changeClaims(claims)));
    if (!sent.ok) throw new Error("claims do not read");
    const crk = new Uint8Array(32).fill(4);
    const handed = handOver(
      {
        ...{ standing: stays(hers) as MeetsAgain, name: "Mara", crk },
        ...{ self: mara.certificate, partner: next.certificate, random: namedRandom("drawn") },
      },
      sent.value,
    );
    const take = (change: (account: Account) => Account): string => {
      if (!handed.ok) return handed.code;
      const account = parseAccount(writeAccount(change(handed.value.account)));
      if (!account.ok) return account.code;
      const heads = headsOf(his, jonas, 9);
      const parts = { standing, claims, heads, space: hers.space, crk };
      const taken = takeOver(
        { ...parts, self: next.certificate, partner: mara.certificate },
        account.value,
      );
      return taken.ok ? "taken" : taken.code;
    };
    return { handed, take };
  };

  test("cannot claim anything about the partner's devices", () => {
    expect(exchange().handed.ok).toBe(true);
    const notebook = hers.notebooks.mine.id;
    const { device, x25519 } = mara.certificate;
    expect(exchange((c) => ({ ...c, heads: [{ device, notebook, seq: 9 }] })).handed.ok).toBe(
      false,
    );
    expect(exchange((c) => ({ ...c, devices: [{ device, x25519 }] })).handed.ok).toBe(false);
    expect(
      exchange((c) => ({
        ...c,
        heads: c.heads.slice(0, 1).map((head) => ({
          ...head,
          notebook: idFrom<NotebookId>(new Uint8Array(16)),
        })),
      })).handed.ok,
    ).toBe(false);
  });

  test("cannot hand over less of a journal, or another one", () => {
    const { take } = exchange();
    expect(take((account) => account)).toBe("taken");
    const { mine, theirs, ours } = hers.notebooks;
    expect(
      take((a) => ({ ...a, notebooks: { mine: theirs.id, theirs: mine.id, ours: ours.id } })),
    ).toBe("OTHER_JOURNAL");
    expect(take((a) => ({ ...a, keys: a.keys.slice(1) }))).toBe("JUNK");
    expect(take((a) => ({ ...a, keys: a.keys.toReversed() }))).toBe("OTHER_JOURNAL");
    expect(take((a) => ({ ...a, devices: [] }))).toBe("JUNK");
    expect(
      take((a) => ({ ...a, devices: a.devices.map((gone) => ({ ...gone, cuts: new Map() })) })),
    ).toBe("OTHER_JOURNAL");
  });

  test("says nothing readable with one byte less, or with too many devices", () => {
    const { handed } = exchange();
    if (!handed.ok) throw new Error("not handed over");
    const bytes = writeAccount(handed.value.account);
    for (let length = 0; length < bytes.length; length += 1)
      expect(parseAccount(bytes.subarray(0, length)).ok).toBe(false);
    expect(parseAccount(new Uint8Array([...bytes, 0])).ok).toBe(false);
    const gone = handed.value.account.devices[0];
    const many = Array.from({ length: 65 }, () => gone);
    expect(() => writeAccount({ ...handed.value.account, devices: many as never })).toThrow(
      RangeError,
    );
  });
});

test("a keyring of two who met again reads as it was written, and cut short never", async () => {
  const met = await meet([mara, stays(hers)], [renewed(jonas, "k"), anew(his, jonas)], "keyring");
  const content = {
    ...{ name: "Jonas", role: "", keys: jonas.keys, settings: {}, couple: held(met.joiner) },
  };
  const bytes = writeKeyringContent(content);
  expect(bytes[0]).toBe(3);
  const read = parseKeyringContent(bytes);
  expect(read.ok && read.value).toEqual(content);
  for (let length = 0; length < bytes.length; length += 7)
    expect(parseKeyringContent(bytes.subarray(0, length)).ok).toBe(false);
});
