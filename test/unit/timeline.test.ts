import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { noonOf } from "../../shared/page/day.ts";
import {
  readMilestonesAsked,
  readTimeline,
  type TimelineMonth,
} from "../../shared/page/timeline.ts";
import { readWeather } from "../../shared/page/weather.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { at, makeCard, page } from "./arrivalsKit.ts";
import { codeOf } from "./actsKit.ts";
import { addLines, changeOf, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const now = at(20, 0, 20);
const day = (named: string): Day => named as Day;
const whats = (months: readonly TimelineMonth[]): readonly string[] =>
  months.flatMap(({ month, marks }) => marks.map(({ what }) => `${month} ${what}`));

describe("the timeline", () => {
  test("shows a setback on the day it is about, not on the day it was written of", () => {
    const setback = makeCard(1, {
      kind: "setback",
      writtenAt: at(9),
      said: { kind: "setback", day: day("2026-07-05") },
    });
    expect(whats(readTimeline([setback], now))).toEqual(["2026-07 setback"]);
  });

  test("says of what is closed that something waits, once for a month, and neither what nor how much", () => {
    const closed = [
      makeCard(1, { kind: "disclosure", opened: false, writtenAt: at(9) }),
      makeCard(2, { kind: "letter", opened: false, writtenAt: at(10) }),
    ];
    const months = readTimeline(closed, now);
    expect(months).toEqual([{ month: "2026-11", marks: [{ what: "closed", at: at(10) }] }]);
    // Through a pillar, where it stood would tell what it is.
    for (const pillar of ["honesty", "responsibility", "empathy", "action"] as const)
      expect(readTimeline(closed, now, pillar)).toEqual([]);
  });

  test("leaves out drafts, what was withdrawn, and talks that are still to come", () => {
    const talk = (number: number, when: number) => [
      makeCard(number, { kind: "talk", said: { kind: "talk", at: when }, writtenAt: at(8) }),
      makeCard(number + 50, { kind: "yes", author: "me", of: page(number), writtenAt: at(9) }),
    ];
    const cards = [
      makeCard(1, { kind: "setback", place: "draft", author: "me" }),
      makeCard(2, { kind: "setback", withdrawnAt: at(9) }),
      ...talk(3, now + 1),
      ...talk(4, now - 1),
    ];
    expect(readTimeline(cards, now)).toMatchObject([
      { marks: [{ what: "talk", card: { id: page(4) } }] },
    ]);
  });

  test("shows when an agreement began and when it ended, and nothing of one that was never agreed", () => {
    const agreement = (number: number): Card =>
      makeCard(number, {
        kind: "agreement",
        writtenAt: at(8, 0, 1),
        agreement: { reviewBy: day("2026-12-30"), revises: undefined },
      });
    const yes = (of: number, when: number) =>
      makeCard(100 + of, { kind: "yes", author: "me", of: page(of), writtenAt: when });
    const end = (of: number, when: number) =>
      makeCard(200 + of, { kind: "end", of: page(of), writtenAt: when });
    const cards = [
      ...[agreement(1), yes(1, at(9, 0, 2)), end(1, at(9, 0, 5))],
      ...[agreement(2), end(2, at(9, 0, 6))],
      agreement(3),
    ];
    expect(readTimeline(cards, now)).toMatchObject([
      {
        marks: [
          { what: "agreementEnded", at: at(9, 0, 5), card: { id: page(1) } },
          { what: "agreement", at: at(9, 0, 2), card: { id: page(1) } },
        ],
      },
    ]);
  });

  test("through a pillar holds only what stands under it, of both", () => {
    const letter = (number: number, about: "impact" | "responsibility") =>
      makeCard(number, { kind: "letter", letter: { about, pauseHours: 0 } });
    const cards = [
      letter(1, "impact"),
      letter(2, "responsibility"),
      makeCard(3, { kind: "promise", author: "me" }),
    ];
    const ids = (pillar: Parameters<typeof readTimeline>[2]) =>
      readTimeline(cards, now, pillar).flatMap(({ marks }) =>
        marks.map((mark) => (mark.what === "closed" ? "" : mark.card.id)),
      );
    expect(ids("empathy")).toEqual([page(1)]);
    expect(ids("responsibility")).toEqual([page(2)]);
    expect(ids("action")).toEqual([page(3)]);
    expect(ids("honesty")).toEqual([]);
  });

  test("ten years of it are read in a moment, newest month first", () => {
    const cards = Array.from({ length: 12_000 }, (_, index) =>
      makeCard(index, { kind: "setback", writtenAt: now - index * 7 * 3_600_000 }),
    );
    const began = performance.now();
    const months = readTimeline(cards, now).map(({ month }) => month);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(months).toEqual(months.toSorted().toReversed());
    expect(months.length).toBeGreaterThan(110);
  });
});

describe("a milestone", () => {
  const proposed = async (seed: number) => {
    const partners = await createTwoPartners({ seed });
    const { anna, settle } = partners;
    const milestone = day("2026-05-03");
    const draft = must(await anna.journal().beginPractice({ kind: "milestone", day: milestone }));
    await writeDraft(anna.journal(), draft, "The first whole evening.");
    const shared = must(await anna.journal().share(draft));
    await settle();
    const marks = () =>
      [anna, partners.sam].map((desk) =>
        whats(readTimeline(desk.journal().cards.read(), partners.clock.now())),
      );
    return { ...partners, shared, marks };
  };

  test("is placed by two yeses, on the day that was named, and taken off by either, offline and at once", async () => {
    const { anna, sam, settle, link, shared, marks } = await proposed(911);
    expect(marks()).toEqual([[], []]);
    expect(readMilestonesAsked(sam.journal().cards.read())).toMatchObject([{ id: shared }]);
    expect(await codeOf(anna.journal().agreeTo(shared))).toBe("NOT_YOURS");
    must(await sam.journal().agreeTo(shared));
    await settle();
    expect(marks()).toEqual([["2026-05 milestone"], ["2026-05 milestone"]]);
    link.cut();
    must(await anna.journal().endIt(shared));
    expect(marks()[0]).toEqual([]);
    link.heal();
    await settle(10);
    expect(marks()).toEqual([[], []]);
    expect(readMilestonesAsked(sam.journal().cards.read())).toEqual([]);
  });

  test("of a partner with a changed app is not placed by their own yes, nor with other words than I said yes to", async () => {
    const partner = await createHostilePartner({ seed: 912 });
    const milestone = partner.newPage();
    const doc = writePage({ kind: "milestone", day: day("2026-05-03") }, "", "A good day.");
    partner.send({ kind: "snapshot", page: milestone, body: stateOf(doc) });
    partner.send({
      kind: "snapshot",
      body: stateOf(writePage({ kind: "yes", of: milestone }, "")),
    });
    await partner.settle();
    const shown = () => whats(readTimeline(partner.journal().cards.read(), now));
    expect(shown()).toEqual([]);
    must(await partner.journal().agreeTo(milestone));
    expect(shown()).toEqual(["2026-05 milestone"]);
    partner.send({ page: milestone, body: changeOf(doc, () => addLines(doc, "You said so.")) });
    await partner.settle();
    expect(shown()).toEqual([]);
  });
});

describe("the weather ribbon", () => {
  const felt = (number: number, part: Partial<Card>) =>
    makeCard(number, {
      author: "me",
      feelings: ["calm"],
      aboutAt: noonOf(day("2026-10-04")),
      ...part,
    });

  test("has my own words, on the days that they are about, whether I shared them or not", () => {
    const cards = [
      felt(1, { place: "draft" }),
      makeCard(2, {
        kind: "checkin",
        author: "me",
        said: { kind: "checkin", day: day("2026-11-03"), feelings: ["sad", "calm"] },
      }),
    ];
    expect(readWeather(cards)).toEqual([
      { month: "2026-11", days: [{ day: "2026-11-03", words: ["sad", "calm"] }] },
      { month: "2026-10", days: [{ day: "2026-10-04", words: ["calm"] }] },
    ]);
  });

  test("has none of the partner's, of my room, of the trash, or of what was withdrawn", () => {
    const cards = [
      felt(1, { author: "partner" }),
      felt(2, { place: "room" }),
      felt(3, { trashedAt: now }),
      felt(4, { withdrawnAt: now }),
      makeCard(5, { kind: "checkin", said: { kind: "checkin", feelings: ["sad"] } }),
    ];
    expect(readWeather(cards)).toEqual([]);
  });
});
