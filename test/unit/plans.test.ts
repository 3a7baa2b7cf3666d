import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { daysFrom } from "../../shared/page/day.ts";
import {
  longestSharing,
  planEnds,
  readPlans,
  readPlanSharings,
  type PlanSharing,
} from "../../shared/page/plans.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, sharedCards } from "../support/twoPartners.ts";
import { at } from "./arrivalsKit.ts";
import { codeOf } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const day = 24 * 3_600_000;

type Desk = { readonly journal: () => Journal };

const sharingOf = ({ journal }: Desk, now: number): PlanSharing | undefined =>
  readPlanSharings(journal().cards.read(), now)[0];
const lines = ({ journal }: Desk, author: Card["author"], now: number) =>
  readPlans(journal().cards.read(), author, now).map(({ said }) =>
    said?.kind === "plan" ? said.line : undefined,
  );

/** Sam offers, for so many days. */
const offered = async (seed: number, days: number, annaAhead = 0) => {
  const partners = await createTwoPartners({ seed, annaAhead });
  const { anna, sam, settle, clock } = partners;
  const untilDay = daysFrom(clock.now(), days);
  const page = must(await sam.journal().sayPractice({ kind: "planSharing", untilDay }));
  await settle();
  const states = () => [
    sharingOf(anna, clock.now() + annaAhead)?.standing.state,
    sharingOf(sam, clock.now())?.standing.state,
  ];
  const say = async (line: string): Promise<PageId> => {
    const until = planEnds(clock.now());
    const said = must(await sam.journal().sayPractice({ kind: "plan", line, until }));
    await settle();
    return said;
  };
  return { ...partners, page, states, say };
};

const standing = async (seed: number, days = 14, annaAhead = 0) => {
  const partners = await offered(seed, days, annaAhead);
  must(await partners.anna.journal().agreeTo(partners.page));
  await partners.settle();
  return partners;
};

test("plans are said once both have agreed to it, and by whoever offered alone", async () => {
  const { anna, sam, settle, clock, page, states, say } = await offered(1001, 14);
  await say("Home about seven");
  expect(lines(anna, "partner", clock.now())).toEqual([]);
  expect(await codeOf(sam.journal().agreeTo(page))).toBe("NOT_YOURS");
  must(await anna.journal().agreeTo(page));
  await settle();
  expect(states()).toEqual(["agreed", "agreed"]);
  expect(lines(anna, "partner", clock.now())).toEqual(["Home about seven"]);
  expect(lines(sam, "me", clock.now())).toEqual(["Home about seven"]);
  must(
    await anna.journal().sayPractice({ kind: "plan", line: "Out", until: planEnds(clock.now()) }),
  );
  await settle();
  expect(lines(sam, "partner", clock.now())).toEqual([]);
});

test("a plan is gone the next day on both sides", async () => {
  const { anna, sam, settle, clock, say } = await standing(1002);
  const plan = await say("Running late");
  clock.advance(planEnds(clock.now()) - clock.now() + 120_000);
  await settle();
  for (const desk of [anna, sam])
    expect(sharedCards(desk.journal()).find(({ id }) => id === plan)).toMatchObject({
      said: undefined,
      withdrawnAt: expect.any(Number),
    });
});

test("who comes home after midnight is not gone at midnight", () => {
  expect(planEnds(at(23, 50, 12))).toBe(at(4, 0, 13));
  expect(planEnds(at(1, 0, 13))).toBe(at(4, 0, 14));
});

describe("saying one's plans ends", () => {
  test.each(["anna", "sam"] as const)("at once by either, also without a line: %s", async (who) => {
    const partners = await standing(1003);
    const { link, settle, clock, page, states, say } = partners;
    await say("With Paul");
    link.cut();
    must(await partners[who].journal().endIt(page));
    expect(lines(partners[who], who === "sam" ? "me" : "partner", clock.now())).toEqual([]);
    link.heal();
    await settle(10);
    expect(states()).toEqual(["ended", "ended"]);
    expect(lines(partners.anna, "partner", clock.now())).toEqual([]);
  });

  test("where the end crosses with the other's yes", async () => {
    const { anna, sam, link, settle, page, states } = await offered(1004, 14);
    link.cut();
    must(await anna.journal().agreeTo(page));
    must(await sam.journal().endIt(page));
    link.heal();
    await settle(10);
    expect(states()).toEqual(["ended", "ended"]);
  });

  test("by itself after its last day, on two clocks that are a day apart too", async () => {
    const { anna, sam, clock, page, states } = await standing(1005, 3, day);
    expect(states()).toEqual(["agreed", "agreed"]);
    expect(page).toBeDefined();
    for (const [desk, ahead] of [
      [anna, day],
      [sam, 0],
    ] as const) {
      const last = clock.now() + 3 * day;
      expect(sharingOf(desk, last)?.standing.state).toBe("agreed");
      expect(sharingOf(desk, last + day)?.standing).toEqual({ state: "over", wasAgreed: true });
      expect(sharingOf(desk, last + day + ahead)?.standing.state).toBe("over");
    }
  });
});

describe("a partner with a changed app", () => {
  test("cannot offer for longer than thirty days, not even by a clock of another year", async () => {
    const partner = await createHostilePartner({ seed: 1006 });
    const now = partner.clock.now();
    const offer = { kind: "planSharing", untilDay: "2036-01-01" as Day } as const;
    const [near, far] = [partner.newPage(), partner.newPage()];
    const body = () => stateOf(writePage(offer, ""));
    partner.send({ kind: "snapshot", page: near, body: body() });
    partner.send({ kind: "snapshot", page: far, body: body(), time: now + 3650 * day });
    await partner.settle();
    for (const page of [near, far]) must(await partner.journal().agreeTo(page));
    const all = readPlanSharings(partner.journal().cards.read(), partner.clock.now());
    expect(all.map(({ until }) => until)).toEqual([
      daysFrom(now, longestSharing),
      daysFrom(now, longestSharing),
    ]);
  });

  test("cannot make a plan stand for ten years, nor one without a line", async () => {
    const partner = await createHostilePartner({ seed: 1007 });
    const now = partner.clock.now();
    const page = partner.newPage();
    const untilDay = daysFrom(now, 20);
    partner.send(
      { kind: "snapshot", page, body: stateOf(writePage({ kind: "planSharing", untilDay }, "")) },
      {
        kind: "snapshot",
        body: stateOf(writePage({ kind: "plan", line: "Here", until: now + 3650 * day }, "")),
      },
      {
        kind: "snapshot",
        body: stateOf(writePage({ kind: "plan", until: now + 3650 * day }, "", "Always.")),
      },
    );
    await partner.settle();
    must(await partner.journal().agreeTo(page));
    const here = () => lines(partner, "partner", partner.clock.now());
    expect(here()).toEqual(["Here"]);
    partner.clock.advance(2 * day);
    await partner.settle();
    expect(here()).toEqual([]);
  });
});
