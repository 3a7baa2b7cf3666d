import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Card } from "../../shared/page/card.ts";
import { isOver, lastsUntil } from "../../shared/page/expiry.ts";
import type { Said } from "../../shared/page/said.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, sharedCards } from "../support/twoPartners.ts";
import { at, makeCard } from "./arrivalsKit.ts";
import { cardOf } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const years = 3650 * day;

const note = (said: Said, writtenAt: number, more: Partial<Card> = {}): Card =>
  makeCard(1, { kind: said.kind, said, writtenAt, ...more });

describe("until when a note holds", () => {
  test("is what it says, and over from that moment on", () => {
    const plan = note({ kind: "plan", line: "Home about seven", until: at(4, 0, 13) }, at(16));
    expect(isOver(plan, at(16))).toBe(false);
    expect(isOver(plan, at(4, 0, 13) - 1)).toBe(false);
    expect(isOver(plan, at(4, 0, 13))).toBe(true);
  });

  test.each([
    ["hand", at(16, 30, 13)],
    ["plan", at(0, 0, 14)],
    ["truce", at(12, 0, 13)],
  ] as const)("is bounded by its kind, whatever its writer's app says: %s", (kind, end) => {
    const forever = note({ kind, until: at(16, 30) + years }, at(16, 30));
    expect(lastsUntil(forever)).toBe(end);
    expect(isOver(forever, end - 1)).toBe(false);
    expect(isOver(forever, end)).toBe(true);
  });

  test("is over at once where nothing is said of it, and once its writer took it away", () => {
    expect(isOver(note({ kind: "hand", need: "quiet" }, at(16)), at(16))).toBe(true);
    const said = { kind: "hand", until: at(18) } as const;
    expect(isOver(note(said, at(16), { withdrawnAt: at(16, 5) }), at(16, 6))).toBe(true);
  });

  test("is nobody's to ask of a page that is no note", () => {
    const rests = note({ kind: "talkRests", until: at(18) }, at(16));
    expect(lastsUntil(rests)).toBeUndefined();
    expect(isOver(rests, at(18) + years)).toBe(false);
  });

  test("a clock that runs a day, or ten years, ahead of the reader's makes no note stand", () => {
    for (const ahead of [day, years])
      expect(isOver(note({ kind: "plan", until: at(20) + ahead }, at(16) + ahead), at(16))).toBe(
        true,
      );
    const minutesAhead = note({ kind: "plan", until: at(20) }, at(16, 20));
    expect(isOver(minutesAhead, at(16))).toBe(false);
  });
});

const planned = async (seed: number, annaAhead = 0) => {
  const partners = await createTwoPartners({ seed, annaAhead });
  const until = partners.clock.now() + annaAhead + 2 * hour;
  const start = { kind: "plan", line: "Home about seven", until } as const;
  const page = must(await partners.anna.journal().sayPractice(start));
  await partners.settle();
  expect(cardOf(partners.sam.journal(), page).said).toMatchObject({ line: start.line });
  return { ...partners, page };
};

describe("a note whose time has passed", () => {
  test("is taken away on both sides by its writer's app, and not before", async () => {
    const { anna, sam, clock, settle, page } = await planned(901);
    clock.advance(2 * hour - 2 * minute);
    await settle();
    expect(cardOf(sam.journal(), page).withdrawnAt).toBeUndefined();
    clock.advance(3 * minute);
    await settle();
    for (const desk of [anna, sam])
      expect(cardOf(desk.journal(), page)).toMatchObject({
        withdrawnAt: expect.any(Number),
        said: undefined,
        excerpt: "",
      });
  });

  test("is taken away at the next unlocking where the journal was locked meanwhile", async () => {
    const { anna, sam, clock, settle, page } = await planned(902);
    await anna.lock();
    clock.advance(day);
    await settle();
    expect(cardOf(sam.journal(), page).withdrawnAt).toBeUndefined();
    expect(isOver(cardOf(sam.journal(), page), clock.now())).toBe(true);
    await anna.open();
    await settle();
    expect(cardOf(sam.journal(), page).said).toBeUndefined();
  });

  test("is taken away by its writer's own clock, though that differs from the other's by a day", async () => {
    const { sam, clock, settle, page } = await planned(903, day);
    clock.advance(2 * hour + minute);
    await settle();
    expect(cardOf(sam.journal(), page).withdrawnAt).toBeDefined();
  });

  test.each([
    ["a day", day],
    ["twenty minutes", hour / 3],
  ])(
    "from a clock that is %s ahead, is seen as long as its writer said and no longer, after a restart as well",
    async (_, ahead) => {
      const { anna, sam, clock, settle, page } = await planned(ahead === day ? 909 : 910, ahead);
      // Their app is closed: nothing takes it away there.
      await anna.lock();
      const standsFor = async (ms: number): Promise<boolean> => {
        clock.advance(ms);
        await settle(1);
        return !isOver(cardOf(sam.journal(), page), clock.now());
      };
      expect(await standsFor(hour)).toBe(true);
      await sam.lock();
      await sam.open();
      expect(await standsFor(0)).toBe(true);
      expect(lastsUntil(cardOf(sam.journal(), page))).toBeLessThan(clock.now() + hour + minute);
      expect(await standsFor(hour + minute)).toBe(false);
    },
  );

  test("stays where its time has not come, though another's has", async () => {
    const { anna, sam, clock, settle, page } = await planned(904);
    const until = clock.now() + 5 * hour;
    const start = { kind: "plan", line: "Running late", until } as const;
    const later = must(await anna.journal().sayPractice(start));
    clock.advance(3 * hour);
    await settle();
    expect(cardOf(sam.journal(), page).withdrawnAt).toBeDefined();
    expect(cardOf(sam.journal(), later).withdrawnAt).toBeUndefined();
    clock.advance(3 * hour);
    await settle();
    expect(cardOf(sam.journal(), later).withdrawnAt).toBeDefined();
  });

  test("is tried again where the disk refuses", async () => {
    const { anna, sam, clock, settle, page } = await planned(905);
    anna.disk.failNext("put", "DISK_FULL", 3);
    clock.advance(2 * hour + minute);
    await settle();
    clock.advance(5 * minute);
    await settle();
    expect(cardOf(sam.journal(), page).withdrawnAt).toBeDefined();
  });

  test("asks for nothing once the journal is locked", async () => {
    const { anna, sam, clock, page } = await planned(906);
    await anna.lock();
    await sam.lock();
    expect(clock.waiting()).toBe(0);
    expect(page).toBeDefined();
  });
});

test("nothing is taken away once the journal has ended", async () => {
  const { anna, clock, settle, page } = await planned(907);
  must(await anna.journal().ending.end({ theirWords: "keep", tell: false }));
  clock.advance(day);
  await settle();
  expect(cardOf(anna.journal(), page).withdrawnAt).toBeUndefined();
});

test("a partner's changed app cannot make a plan stand for ten years, nor have mine take theirs away", async () => {
  const partner = await createHostilePartner({ seed: 908 });
  const now = partner.clock.now();
  const said = { kind: "plan", line: "Always at home", until: now + years } as const;
  partner.send({ kind: "snapshot", body: stateOf(writePage(said, "")) });
  partner.send({ kind: "snapshot", body: stateOf(writePage(said, "")), time: now + years });
  await partner.settle();
  const plans = sharedCards(partner.journal());
  expect(plans).toHaveLength(2);
  expect(plans.filter((card) => isOver(card, now))).toHaveLength(1);
  expect(plans.every((card) => isOver(card, now + 2 * day))).toBe(true);
  partner.clock.advance(3 * day);
  await partner.settle();
  expect(sharedCards(partner.journal()).map(({ withdrawnAt }) => withdrawnAt)).toEqual([
    undefined,
    undefined,
  ]);
});
