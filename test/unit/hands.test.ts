import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import {
  type Hand,
  handLasts,
  handUntil,
  longestHand,
  readHands,
} from "../../shared/page/hands.ts";
import { pageMeta, type PracticeStart } from "../../shared/page/pageDoc.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import { cardOf, codeOf } from "./actsKit.ts";
import { makeCard } from "./arrivalsKit.ts";
import { carriedKeys } from "./practicesKit.ts";
import { changeOf, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const hour = 3_600_000;
const day = 24 * hour;

type Desk = { readonly journal: () => Journal };

const theirs = ({ journal }: Desk): Hand | undefined => journal().hands.read().theirs;
const mine = ({ journal }: Desk): Hand | undefined => journal().hands.read().mine;

const asks = (now: number, lasts = 2 * hour): PracticeStart => ({
  kind: "hand",
  need: "quiet",
  line: "Ten minutes alone.",
  until: now + lasts,
});

const given = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, settle, clock } = partners;
  const page = must(await anna.journal().sayPractice(asks(clock.now())));
  await settle();
  return { ...partners, page };
};

test("a hand signal reaches the other with one press: the one need and its line, and until when", async () => {
  const { anna, sam, page } = await given(901);
  expect(theirs(sam)).toMatchObject({ card: { id: page }, need: "quiet" });
  expect(theirs(sam)?.line).toBe("Ten minutes alone.");
  expect(mine(anna)?.until).toBe(theirs(sam)?.until);
  expect([mine(sam), theirs(anna)]).toEqual([undefined, undefined]);
});

describe("once its time is over nobody sees it", () => {
  test("on either side, by itself, with nothing said and nobody's hand in it", async () => {
    const { anna, sam, settle, clock } = await given(902);
    clock.advance(2 * hour - 60_000);
    expect([mine(anna), theirs(sam)].map((hand) => hand?.need)).toEqual(["quiet", "quiet"]);
    clock.advance(60_000);
    expect([mine(anna), theirs(sam)]).toEqual([undefined, undefined]);
    await settle();
    expect([mine(anna), theirs(sam)]).toEqual([undefined, undefined]);
  });

  test("nor somebody who was away meanwhile, nor after a start", async () => {
    const { anna, sam, link, settle, clock } = await createTwoPartners({ seed: 903 });
    link.cut();
    must(await anna.journal().sayPractice(asks(clock.now())));
    clock.advance(3 * hour);
    link.heal();
    await settle(10);
    expect(sam.journal().cards.read()).toMatchObject([{ kind: "hand" }]);
    expect(theirs(sam)).toBeUndefined();
    await sam.lock();
    await sam.open();
    expect(theirs(sam)).toBeUndefined();
  });

  test("a changed app that says next year has a day, and one whose clock is a year ahead has a day from when it came", async () => {
    const year = 365 * day;
    for (const ahead of [0, year]) {
      const partner = await createHostilePartner({ seed: 904 });
      const written = partner.clock.now() + ahead;
      const lie = writePage(asks(written, year), "");
      partner.send({ kind: "snapshot", body: stateOf(lie), time: written });
      await partner.settle();
      expect(theirs(partner)?.need).toBe("quiet");
      partner.clock.advance(day / 2);
      await partner.lock();
      await partner.open();
      expect(theirs(partner)?.need).toBe("quiet");
      partner.clock.advance(day / 2 + 10_000);
      expect(theirs(partner)).toBeUndefined();
      await partner.lock();
      await partner.open();
      await partner.settle();
      expect(theirs(partner)).toBeUndefined();
      partner.clock.advance(ahead);
      expect(theirs(partner)).toBeUndefined();
    }
  });

  test("two hours of a clock that is a day ahead are two hours here", async () => {
    const partner = await createHostilePartner({ seed: 905 });
    const written = partner.clock.now() + day;
    partner.send({ kind: "snapshot", body: stateOf(writePage(asks(written), "")), time: written });
    await partner.settle();
    expect(theirs(partner)?.need).toBe("quiet");
    partner.clock.advance(2 * hour);
    expect(theirs(partner)).toBeUndefined();
  });

  test("nor one without an end, with an end before its beginning, or with a need that there is not", async () => {
    for (const wrong of [
      { until: undefined },
      { until: 5 },
      { until: "late" },
      { need: "money" },
    ]) {
      const partner = await createHostilePartner({ seed: 906 });
      const start = { ...asks(partner.clock.now()), ...wrong } as PracticeStart;
      partner.send({ kind: "snapshot", body: stateOf(writePage(start, "")) });
      await partner.settle();
      expect(partner.journal().cards.read()).toHaveLength(1);
      expect(theirs(partner)).toBeUndefined();
    }
  });

  test("a changed app that puts the end off later is not heard", async () => {
    const partner = await createHostilePartner({ seed: 907 });
    const doc = writePage(asks(partner.clock.now()), "");
    const page = partner.newPage();
    partner.send({ page, kind: "snapshot", body: stateOf(doc) });
    await partner.settle();
    const until = theirs(partner)?.until;
    const later = changeOf(doc, () => pageMeta(doc).set("until", partner.clock.now() + 20 * hour));
    partner.send({ page, body: later });
    await partner.settle();
    expect(until).toBeDefined();
    expect(theirs(partner)?.until).toBe(until);
  });
});

test("a newer one takes the place of the older: its words are gone, and when the newer ends nothing comes back", async () => {
  const { anna, sam, settle, clock, page } = await given(908);
  clock.advance(60_000);
  const newer = must(
    await anna
      .journal()
      .sayPractice({ kind: "hand", need: "closeness", until: clock.now() + hour }),
  );
  await settle();
  expect(theirs(sam)).toMatchObject({ card: { id: newer }, need: "closeness" });
  expect(cardOf(sam.journal(), page)).toMatchObject({ said: undefined });
  expect(cardOf(sam.journal(), page).withdrawnAt).toBeDefined();
  clock.advance(61 * 60_000);
  expect(theirs(sam)).toBeUndefined();
  // Also where the word that the older one is gone has not come.
  const hand = (number: number, until: number) =>
    makeCard(number, { kind: "hand", said: { kind: "hand", need: "quiet", until } });
  const [older, later] = [hand(1, 10 * hour), hand(2, 4 * hour)];
  const cards = [
    { ...older, writtenAt: 0 },
    { ...later, writtenAt: hour },
  ];
  expect(readHands(cards, 2 * hour, new Map()).theirs?.card.id).toBe(later.id);
  expect(readHands(cards, 5 * hour, new Map()).theirs).toBeUndefined();
});

test("whoever gave it takes it down at once, also offline", async () => {
  const { anna, sam, link, settle, page } = await given(909);
  link.cut();
  must(await anna.journal().withdraw(page));
  expect(mine(anna)).toBeUndefined();
  link.heal();
  await settle(10);
  expect(theirs(sam)).toBeUndefined();
});

describe("what is said back", () => {
  const back = (of: PageId, line = "I am here.") =>
    ({ kind: "handBack", of, line, until: 2_000_000_000_000 }) as const;

  test("stands with the signal, the newest of it, for both; and goes with the signal", async () => {
    const { anna, sam, settle, clock, page } = await given(910);
    must(await sam.journal().sayPractice(back(page)));
    clock.advance(60_000);
    must(await sam.journal().sayPractice(back(page, "I come up now.")));
    await settle();
    expect(mine(anna)?.back?.line).toBe("I come up now.");
    expect(theirs(sam)?.back?.line).toBe("I come up now.");
    clock.advance(2 * hour);
    expect(mine(anna)).toBeUndefined();
  });

  test("is the other's alone: nobody answers their own signal, in the app or with a changed one", async () => {
    const { anna, page } = await given(911);
    expect(await codeOf(anna.journal().sayPractice(back(page)))).toBe("NOT_YOURS");
    const partner = await createHostilePartner({ seed: 912 });
    const hand = partner.newPage();
    const words = writePage(asks(partner.clock.now()), "");
    partner.send({ page: hand, kind: "snapshot", body: stateOf(words) });
    const lie = writePage(back(hand), "");
    partner.send({ kind: "snapshot", body: stateOf(lie) });
    await partner.settle();
    expect(theirs(partner)).toMatchObject({ need: "quiet", back: undefined });
  });

  test("is sent only when somebody says it: a signal that stands and ends has its reader send nothing by itself", async () => {
    const { anna, sam, settle, clock } = await given(913);
    // Her own app takes her words away when they are over, and his says that this has come.
    await anna.lock();
    const before = await carriedKeys(sam);
    clock.advance(3 * hour);
    await settle(20);
    expect(await carriedKeys(sam)).toEqual(before);
  });
});

test("every length that is offered ends within a day, at every hour and on the nights when clocks change", () => {
  const wrong: string[] = [];
  for (const month of [2, 5, 9])
    for (let hours = 0; hours < 31 * 24; hours++) {
      const now = new Date(2026, month, 1, hours, 17).getTime();
      for (const lasts of handLasts) {
        const left = handUntil(lasts, now) - now;
        if (left <= 0 || left > longestHand) wrong.push(`${lasts} at ${new Date(now).toString()}`);
      }
    }
  expect(wrong).toEqual([]);
  const night = new Date(2026, 10, 21, 1).getTime();
  expect(handUntil("morning", night) - night).toBe(8 * hour);
});
