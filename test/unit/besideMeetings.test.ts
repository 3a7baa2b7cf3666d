import { beforeAll, describe, expect, test } from "vitest";
import { accept, refuse } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { genesisId } from "../../shared/envelope/message.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import { copyCouple } from "../../shared/journal/keys/copies.ts";
import { createKeyringKeeper } from "../../shared/journal/keys/keyringKeeper.ts";
import { createMeetings } from "../../shared/journal/meetings.ts";
import type { SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { createShelfGate } from "../../shared/journal/travel/shelfGate.ts";
import { makeCertificate, type Certificate } from "../../shared/people/certificate.ts";
import { writeKeyringContent, type KeyringContent } from "../../shared/people/keyringContent.ts";
import { makePersonKeys, renewDevice } from "../../shared/people/person.ts";
import { notebookSecret, spaceIdOf, type BesideDevice } from "../../shared/people/space.ts";
import { hasCouple, type PersonOfMine } from "../../shared/people/standing.ts";
import { createManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const random = seededRandom(2100);

const mine = () => makePersonKeys(random);

const couple = (partner: Certificate) => {
  const crk = random(32);
  const notebook = () => notebookSecret(random(48));
  return {
    ...{ space: spaceIdOf(crk), crk, epoch: 1, partner: { name: "Sam", certificate: partner } },
    notebooks: { mine: notebook(), theirs: notebook(), ours: notebook() },
  };
};

const unmet = { keys: [], devices: [], vouched: [], unmet: true };

type How = {
  /** Other computers of one's own; `older`: this one came to them. */
  readonly others?: number;
  readonly older?: boolean;
  readonly unmet?: boolean;
  readonly met?: boolean;
  readonly paused?: boolean;
  readonly paired?: boolean;
};

const open = ({ others = 0, older = false, met = true, paused = false, ...how }: How = {}) => {
  const keys = mine();
  const certify = () => makeCertificate(renewDevice(keys, random));
  const beside = Array.from({ length: others }, (): BesideDevice => {
    return { owner: "me", certificate: certify(), older };
  });
  const paired = how.paired ?? true;
  const content: KeyringContent = {
    ...{ name: "Anna", role: "hurt", keys, settings: { hints: false } },
    couple: paired
      ? {
          ...couple(makeCertificate(mine())),
          ...(others > 0 && { beside }),
          ...(how.unmet === true && { before: unmet }),
        }
      : undefined,
  };
  let saved = writeKeyringContent(content);
  let refusals = 0;
  let writes = 0;
  const clock = createManualClock(1_000);
  const keyring = createKeyringKeeper(content, async (next) => {
    if (refusals-- > 0) return refuse("DISK_FULL");
    writes += 1;
    saved = writeKeyringContent(next);
    return accept(undefined);
  });
  const heads: ChainHead[] = [];
  const gate = createShelfGate();
  /** How often what was shared was looked through, to lay it among the drafts. */
  let looked = 0;
  const shelf = {
    ledger: { heads: () => [...heads] },
    pages: {
      facts: {
        read: () => {
          looked += 1;
          return new Map();
        },
      },
    },
    chains: { people: { me: "", partner: "" } },
  } as unknown as SharedShelf;
  let freed = 0;
  const meetings = createMeetings({
    ...{ keyring, paused, clock, random, onTrouble: () => {} },
    drafts: { pages: { facts: { read: () => new Map() } } } as never,
    shared: () => (keyring.content.read().couple === undefined ? undefined : { shelf, gate }),
    hasMet: () => met,
    hasEnded: () => false,
    isLocked: () => false,
    freed: () => {
      freed += 1;
    },
  });
  return {
    ...{ meetings, keyring, content, heads, gate, certify },
    saved: () => saved,
    writes: () => writes,
    freed: () => freed,
    looked: () => looked,
    refuseNext: (times: number) => (refusals = times),
  };
};

const codeOf = (may: { readonly ok: boolean; readonly code?: string }): string => may.code ?? "ok";

describe("another computer of one’s own", () => {
  test("is added where a journal has its two, and they have met", () => {
    expect(codeOf(open().meetings.mayMeet("adds"))).toBe("ok");
    expect(codeOf(open({ paired: false }).meetings.mayMeet("adds"))).toBe("ALREADY_PAIRED");
    expect(codeOf(open({ met: false }).meetings.mayMeet("adds"))).toBe("ALREADY_PAIRED");
    expect(codeOf(open({ unmet: true }).meetings.mayMeet("adds"))).toBe("ALREADY_PAIRED");
    expect(codeOf(open({ paused: true }).meetings.mayMeet("adds"))).toBe("ALREADY_PAIRED");
  });

  test("is added until there are four, and then no more", () => {
    expect(codeOf(open({ others: 2 }).meetings.mayMeet("adds"))).toBe("ok");
    expect(codeOf(open({ others: 3 }).meetings.mayMeet("adds"))).toBe("TOO_MANY");
  });

  test("joins where no journal of two is yet, or where nobody can know that it has joined", () => {
    expect(codeOf(open({ paired: false }).meetings.mayMeet("joins"))).toBe("ok");
    expect(codeOf(open().meetings.mayMeet("joins"))).toBe("ALREADY_PAIRED");
    expect(codeOf(open({ unmet: true }).meetings.mayMeet("joins"))).toBe("ALREADY_PAIRED");
    const joined = { others: 1, older: true };
    expect(codeOf(open(joined).meetings.mayMeet("joins"))).toBe("ALREADY_PAIRED");
    expect(codeOf(open({ ...joined, unmet: true }).meetings.mayMeet("joins"))).toBe("ok");
  });
});

describe("a computer that adds another", () => {
  test("says whose it is, with its own keys, and the attempt’s copies are wiped with it", () => {
    const { meetings, content, saved } = open();
    const before = saved().slice();
    const hand = must(meetings.hand("adds"));
    if (hand.standing.kind !== "adds") throw new Error("it adds");
    const { person } = hand.standing;
    expect(person).toMatchObject({ name: "Anna", role: "hurt" });
    expect(person.identity).toEqual(content.keys.identity);
    expect(hand.renewed).toBe(false);
    expect(hand.certificate.bytes).toEqual(makeCertificate(content.keys).bytes);
    hand.wipe();
    for (const secret of [person.identity, hand.standing.couple.crk, hand.keys.x25519])
      expect(secret.every((byte) => byte === 0)).toBe(true);
    expect(writeKeyringContent(content)).toEqual(before);
  });

  test("writes and takes in nothing from when it vouches until all is stored", async () => {
    const { meetings, gate, keyring, certify } = open();
    const hand = must(meetings.hand("adds"));
    if (hand.standing.kind !== "adds") throw new Error("it adds");
    hand.standing.heads();
    expect(gate.isOpen()).toBe(false);
    const { couple: now } = keyring.content.read();
    if (now === undefined) throw new Error("paired");
    const added = { owner: "me", certificate: certify(), older: false } as const;
    expect(await meetings.store({ ...now, beside: [added] }, undefined)).toBe(true);
    expect(gate.isOpen()).toBe(false);
    expect(meetings.finish()).toMatchObject({ joined: false });
    expect(keyring.content.read().couple?.beside).toMatchObject([added]);
  });

  test("stores nothing where a word came in after all", async () => {
    const { meetings, heads, keyring, saved } = open();
    const before = saved().slice();
    const hand = must(meetings.hand("adds"));
    const { couple: now } = keyring.content.read();
    if (hand.standing.kind !== "adds" || now === undefined) throw new Error("it adds");
    hand.standing.heads();
    const [notebook, device] = [now.notebooks.theirs.id, now.partner.certificate.device];
    heads.push({ notebook, device, seq: 1, id: genesisId(now.space, notebook, device) });
    expect(await meetings.store(copyCouple(now), undefined)).toBe(false);
    expect(saved()).toEqual(before);
  });

  test("knows whoever was learned of before somebody came, and forgets nobody afterwards", async () => {
    const { meetings, keyring, certify } = open();
    const hand = must(meetings.hand("adds"));
    if (!hasCouple(hand.standing)) throw new Error("it adds");
    const { standing } = hand;
    const learn = async () => {
      const one = { owner: "partner", certificate: certify(), older: false } as const;
      await keyring.change((now) =>
        now.couple === undefined
          ? now
          : { ...now, couple: { ...now.couple, beside: [...(now.couple.beside ?? []), one] } },
      );
      const { couple: learned } = keyring.content.read();
      if (learned === undefined) throw new Error("paired");
      meetings.follow(learned);
      return learned;
    };
    const learned = await learn();
    expect(standing.couple.beside).toEqual(learned.beside);
    expect(standing.couple.crk).not.toBe(learned.crk);
    standing.heads();
    const later = await learn();
    expect(standing.couple.beside).toEqual(learned.beside);
    expect(await meetings.store(copyCouple(standing.couple), undefined)).toBe(false);
    expect(keyring.content.read().couple).toBe(later);
  });

  test("learns of nobody while somebody is there, and does as soon as they are not", () => {
    const { meetings, freed } = open();
    expect(meetings.isBusy()).toBe(false);
    must(meetings.hand("adds"));
    expect(meetings.isBusy()).toBe(false);
    meetings.met();
    expect(meetings.isBusy()).toBe(true);
    expect(freed()).toBe(0);
    meetings.over();
    expect(meetings.isBusy()).toBe(false);
    expect(freed()).toBe(1);
  });
});

describe("a computer that joins another", () => {
  const joined = async (desk: ReturnType<typeof open>) => {
    const hand = must(desk.meetings.hand("joins"));
    const identity = mine().identity;
    const person: PersonOfMine = { name: "Mara", role: "broke", identity };
    const fresh = { ...couple(makeCertificate(mine())), before: unmet };
    return { hand, person, fresh };
  };

  test("shows keys that are nobody’s: neither its identity nor its device", async () => {
    const desk = open({ paired: false });
    const { hand } = await joined(desk);
    const own = makeCertificate(desk.content.keys);
    expect(hand.standing).toEqual({ kind: "joins" });
    expect(hand.certificate.identity).not.toEqual(own.identity);
    expect(hand.certificate.device).not.toBe(own.device);
  });

  test("is its person’s in one write, and keeps its own settings", async () => {
    const desk = open({ paired: false });
    const { hand, person, fresh } = await joined(desk);
    expect(await desk.meetings.store(fresh, hand.keys, person)).toBe(true);
    expect(desk.writes()).toBe(1);
    const now = desk.keyring.content.read();
    expect(now).toMatchObject({ name: "Mara", role: "broke", settings: { hints: false } });
    expect(now.keys.identity).toEqual(person.identity);
    expect(makeCertificate(now.keys).device).toBe(hand.certificate.device);
    // Whoever made them wipes them.
    const [kept, identity] = [desk.saved().slice(), person.identity.slice()];
    hand.wipe();
    person.identity.fill(0);
    expect(writeKeyringContent(desk.keyring.content.read())).toEqual(kept);
    expect(now.keys.identity).toEqual(identity);
    expect(desk.meetings.finish()).toMatchObject({ joined: true });
  });

  test("is exactly as it was when that is taken back", async () => {
    const desk = open({ paired: false });
    const before = desk.saved().slice();
    const { hand, person, fresh } = await joined(desk);
    expect(await desk.meetings.store(fresh, hand.keys, person)).toBe(true);
    await desk.meetings.withdraw();
    expect(desk.saved()).toEqual(before);
    expect(desk.keyring.content.read()).toMatchObject({ name: "Anna", couple: undefined });
  });

  test("and whose disk refuses it is as it was", async () => {
    const desk = open({ paired: false });
    const before = desk.saved().slice();
    const { hand, person, fresh } = await joined(desk);
    desk.refuseNext(1);
    expect(await desk.meetings.store(fresh, hand.keys, person)).toBe(false);
    expect(desk.saved()).toEqual(before);
  });

  test("once more, but has heard of the others meanwhile: it stays who it is", async () => {
    const desk = open({ others: 1, older: true, unmet: true });
    const { hand, person, fresh } = await joined(desk);
    await desk.keyring.change((now) => ({
      ...now,
      couple: now.couple && { ...now.couple, before: { ...unmet, unmet: false } },
    }));
    const known = desk.keyring.content.read();
    expect(await desk.meetings.store(fresh, hand.keys, person)).toBe(false);
    expect(desk.keyring.content.read().keys).toBe(known.keys);
    // Nor does what was shared lie among the drafts once more.
    expect(desk.looked()).toBe(0);
  });
});

test("whoever stays and has others beside becomes a new device, and says which it was", () => {
  const alone = must(open().meetings.hand("again"));
  expect(alone).toMatchObject({ renewed: false, standing: { kind: "stays" } });
  const { meetings, content } = open({ others: 1 });
  const hand = must(meetings.hand("again"));
  if (hand.standing.kind !== "stays") throw new Error("it stays");
  const was = makeCertificate(content.keys);
  expect(hand.renewed).toBe(true);
  expect(hand.certificate.identity).toEqual(was.identity);
  expect(hand.certificate.device).not.toBe(was.device);
  expect(hand.standing.selfBefore?.device).toBe(was.device);
  expect(hand.standing.selfBefore?.secret).toEqual(content.keys.x25519);
});
