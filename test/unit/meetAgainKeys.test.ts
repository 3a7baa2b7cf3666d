import { beforeAll, describe, expect, test } from "vitest";
import type { Random } from "../../shared/base/random.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createKeyringKeeper } from "../../shared/journal/keys/keyringKeeper.ts";
import { copyCouple, copyPersonKeys } from "../../shared/journal/keys/copies.ts";
import type { Hand } from "../../shared/journal/hands.ts";
import { createMeetings } from "../../shared/journal/meetings.ts";
import type { SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { createShelfGate } from "../../shared/journal/travel/shelfGate.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { writeKeyringContent, type KeyringContent } from "../../shared/people/keyringContent.ts";
import { makePersonKeys, type PersonKeys } from "../../shared/people/person.ts";
import {
  notebookSecret,
  spaceIdOf,
  wipeCouple,
  type Couple,
  type NotebookKeys,
} from "../../shared/people/space.ts";
import { hasCouple } from "../../shared/people/standing.ts";
import { createManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

/** The couple of a meeting in which all was vouched for that there is. */
const agreedOn = ({ standing }: Hand, random: Random): Couple => {
  if (!hasCouple(standing)) throw new Error("it knows its partner");
  standing.heads();
  return { ...coupleBy(random), space: standing.couple.space };
};

/** Nothing was shared yet: there is nothing to vouch for. */
const emptyShelf = { ledger: { heads: () => [] } } as unknown as SharedShelf;

const coupleBy = (random: ReturnType<typeof seededRandom>): Couple => {
  const crk = random(32);
  const partner = makePersonKeys(random);
  const gone = makePersonKeys(random);
  const notebook = () => notebookSecret(random(48));
  const notebooks = { mine: notebook(), theirs: notebook(), ours: notebook() };
  const earlier = { mine: notebook().key, theirs: notebook().key, ours: notebook().key };
  const was = makeCertificate(gone);
  return {
    ...{ space: spaceIdOf(crk), crk, epoch: 2, notebooks },
    partner: { name: "Sam", certificate: makeCertificate(partner) },
    before: {
      keys: [earlier satisfies NotebookKeys],
      devices: [
        {
          ...{ owner: "me", device: was.device, x25519: was.x25519, secret: gone.x25519 },
          cuts: new Map([[notebooks.mine.id, 3]]),
        },
      ],
      vouched: [],
      unmet: false,
    },
  };
};

const secretsOf = (couple: Couple, keys: PersonKeys): readonly Uint8Array[] => [
  couple.crk,
  ...Object.values(couple.notebooks).map(({ key }) => key),
  ...(couple.before?.keys ?? []).flatMap((all) => Object.values(all)),
  ...(couple.before?.devices ?? []).flatMap(({ secret }) => (secret === undefined ? [] : [secret])),
  ...Object.values(keys),
];
const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

const open = (restored: boolean) => {
  const random = seededRandom(990);
  const content: KeyringContent = {
    ...{ name: "Anna", role: "hurt", keys: makePersonKeys(random) },
    settings: { hints: false, ...(restored && { restored }) },
    couple: coupleBy(random),
  };
  let saved = writeKeyringContent(content);
  let refusals = 0;
  const clock = createManualClock(1_000);
  const keyring = createKeyringKeeper(content, async (next) => {
    if (refusals-- > 0) return refuse("DISK_FULL");
    saved = writeKeyringContent(next);
    return accept(undefined);
  });
  const meetings = createMeetings({
    ...{ keyring, paused: restored, clock, random, onTrouble: () => {} },
    drafts: {} as never,
    shared: () => ({ shelf: emptyShelf, gate: createShelfGate() }),
    hasMet: () => true,
    hasEnded: () => false,
    isLocked: () => false,
    freed: () => {},
  });
  return {
    ...{ meetings, keyring, clock, content, random },
    saved: () => saved,
    refuseNext: (times: number) => (refusals = times),
  };
};

describe.each([
  ["stays", false],
  ["comes from a backup", true],
] as const)("a journal that %s", (_, restored) => {
  test("goes into a meeting with copies: wiping them takes nothing from the keyring", () => {
    const { meetings, keyring, saved } = open(restored);
    const before = saved().slice();
    const { keys, standing, wipe } = must(meetings.hand("again"));
    if (!hasCouple(standing)) throw new Error("it knows its partner");
    const held = secretsOf(standing.couple, keys);
    expect(held.some(isZero)).toBe(false);
    wipe();
    expect(held.every(isZero)).toBe(true);
    expect(writeKeyringContent(keyring.content.read())).toEqual(before);
  });

  test("has all of it in one write, and is exactly as it was when it is taken back", async () => {
    const { meetings, keyring, random, saved } = open(restored);
    const before = saved().slice();
    const hand = must(meetings.hand("again"));
    const fresh = agreedOn(hand, random);
    expect(await meetings.store(fresh, hand.renewed ? hand.keys : undefined)).toBe(true);
    const now = keyring.content.read();
    expect(now.settings).toEqual({ hints: false });
    expect(now.couple?.crk).toEqual(fresh.crk);
    expect(makeCertificate(now.keys).device).toBe(hand.certificate.device);
    // Whoever made them wipes them at any moment.
    wipeCouple(fresh);
    hand.wipe();
    expect(secretsOf(now.couple ?? fresh, now.keys).some(isZero)).toBe(false);
    await meetings.withdraw();
    expect(saved()).toEqual(before);
    expect(secretsOf(now.couple ?? fresh, {} as never).every(isZero)).toBe(true);
  });

  test("takes it back as soon as the disk allows, and begins nothing else before", async () => {
    const { meetings, clock, random, saved, refuseNext } = open(restored);
    const before = saved().slice();
    const hand = must(meetings.hand("again"));
    expect(await meetings.store(agreedOn(hand, random), hand.keys)).toBe(true);
    refuseNext(2);
    await meetings.withdraw();
    expect(saved()).not.toEqual(before);
    expect(meetings.mayMeet("again")).toMatchObject({ code: "NOT_SAVED" });
    for (let tries = 0; tries < 2; tries += 1) {
      clock.advance(5_000);
      await meetings.settled();
    }
    expect(saved()).toEqual(before);
    expect(meetings.mayMeet("again").ok).toBe(true);
  });
});

test("an ending that is on the disk before it: nothing of a meeting is stored over it", async () => {
  const { meetings, keyring, random, saved } = open(false);
  const hand = must(meetings.hand("again"));
  const { couple } = keyring.content.read();
  if (couple === undefined) throw new Error("paired");
  const { mine, ours, theirs } = couple.notebooks;
  await keyring.change((now) => ({
    ...now,
    couple: undefined,
    past: {
      ...{ space: couple.space, me: hand.certificate.device, endedAt: 1, heads: [] },
      partner: { name: "Sam", device: couple.partner.certificate.device },
      notebooks: { mine, ours, theirs: { id: theirs.id } },
      theirWords: { fate: "gone" },
    },
  }));
  const ended = saved().slice();
  expect(await meetings.store(agreedOn(hand, random), hand.keys)).toBe(false);
  expect(saved()).toEqual(ended);
  expect(keyring.content.read().couple).toBeUndefined();
});

test("a copy of a couple shares no secret byte with it", () => {
  const random = seededRandom(991);
  const couple = coupleBy(random);
  const keys = makePersonKeys(random);
  const copies = [copyCouple(couple), copyPersonKeys(keys)] as const;
  const bytes = secretsOf(...copies).map((secret) => secret.slice());
  wipeCouple(couple);
  for (const secret of Object.values(keys)) secret.fill(0);
  expect(secretsOf(...copies)).toEqual(bytes);
});

test("one that came from a backup has new device keys for every attempt, and the same identity", () => {
  const { meetings, content } = open(true);
  const hands = [1, 2].map(() => must(meetings.hand(undefined)));
  const devices = [makeCertificate(content.keys), ...hands.map(({ certificate }) => certificate)];
  expect(new Set(devices.map(({ device }) => device)).size).toBe(3);
  expect(new Set(devices.map(({ identity }) => String(identity))).size).toBe(1);
});
