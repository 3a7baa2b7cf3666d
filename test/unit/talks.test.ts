import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { readTalks, type Talk } from "../../shared/page/talks.ts";
import { type TalkTime, talkTime } from "../../shared/page/talkTime.ts";
import { createLearnt } from "../../renderer/talks/learnt.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import { codeOf, send } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const minute = 60_000;
const day = 24 * 60 * minute;

type Desk = { readonly journal: () => Journal };

const talkOf = ({ journal }: Desk, page: PageId): Talk => {
  const talk = readTalks(journal().cards.read()).find(({ card }) => card.id === page);
  if (talk === undefined) throw new Error("no such talk");
  return talk;
};

/** What a screen would show, by this person's own clock; made anew as at an unlocking. */
const screenOf = (desk: Desk, page: PageId, now: () => number) => {
  const watching = createLearnt({
    cards: desk.journal().cards,
    clock: { now, after: () => () => {} },
  });
  watching.follow();
  return (): TalkTime => talkTime(talkOf(desk, page), watching.learnt, now());
};

const minutesLeft = (time: TalkTime): number | string =>
  "leftMs" in time ? Math.round(time.leftMs / minute) : time.state;

const agreed = async (seed: number, annaAhead = 0) => {
  const partners = await createTwoPartners({ seed, annaAhead });
  const { anna, sam, settle, clock } = partners;
  const start = { kind: "talk", at: clock.now() + annaAhead, minutes: 30 } as const;
  const draft = must(await anna.journal().beginPractice(start));
  const page = must(await anna.journal().share(draft));
  await settle();
  must(await sam.journal().agreeTo(page));
  await settle();
  const screens = {
    anna: screenOf(anna, page, () => clock.now() + annaAhead),
    sam: screenOf(sam, page, clock.now),
  };
  const left = () => [screens.anna(), screens.sam()].map(minutesLeft);
  const begin = async (who: Desk, of: PageId = page) => {
    const begun = must(await who.journal().sayPractice({ kind: "talkBegins", of }));
    await settle();
    return begun;
  };
  const pause = async (who: Desk) => {
    const rest = { kind: "talkRests", of: page, until: clock.now() + 15 * minute } as const;
    const rested = must(await who.journal().sayPractice(rest));
    await settle();
    return rested;
  };
  return { ...partners, page, left, screens, begin, pause };
};

describe("the time of a talk", () => {
  test.each([0, day, -day])(
    "goes by alike on both screens, and ends by itself, with clocks so far apart: %i ms",
    async (apart) => {
      const { anna, sam, clock, left, begin } = await agreed(1101, apart);
      expect(left()).toEqual(["waits", "waits"]);
      await begin(sam);
      expect(left()).toEqual([30, 30]);
      clock.advance(12 * minute);
      expect(left()).toEqual([18, 18]);
      clock.advance(18 * minute);
      expect(left()).toEqual(["over", "over"]);
      expect([anna, sam]).toHaveLength(2);
    },
  );

  test.each([0, day, -day])(
    "stands while one of the two has a pause, and goes on where it stood: %i ms",
    async (apart) => {
      const { anna, sam, clock, left, screens, begin, pause } = await agreed(1102, apart);
      await begin(anna);
      clock.advance(10 * minute);
      const rest = await pause(anna);
      expect([screens.anna().state, screens.sam().state]).toEqual(["rests", "rests"]);
      clock.advance(40 * minute);
      expect(left()).toEqual([20, 20]);
      await begin(sam, rest);
      expect([screens.anna().state, screens.sam().state]).toEqual(["goes", "goes"]);
      clock.advance(5 * minute);
      expect(left()).toEqual([15, 15]);
    },
  );

  test("stands once while both have a pause at the same time, and until both went on", async () => {
    const { anna, sam, link, clock, left, screens, settle, begin, pause } = await agreed(1103);
    await begin(anna);
    link.cut();
    const first = await pause(anna);
    const second = await pause(sam);
    link.heal();
    await settle(10);
    clock.advance(10 * minute);
    await begin(sam, first);
    expect([screens.anna().state, screens.sam().state]).toEqual(["rests", "rests"]);
    await begin(anna, second);
    expect(left()).toEqual([30, 30]);
  });

  test("is over at once when either ends it, also where that crosses with a pause", async () => {
    const { anna, sam, link, left, begin, pause, page, settle } = await agreed(1104);
    await begin(anna);
    link.cut();
    must(await sam.journal().sayPractice({ kind: "talkEnds", of: page, line: "Thank you." }));
    await pause(anna);
    link.heal();
    await settle(10);
    expect(left()).toEqual(["over", "over"]);
    expect(talkOf(anna, page).ends).toMatchObject([{ said: { line: "Thank you." } }]);
  });

  test("goes on by the date of its beginning where the journal was locked meanwhile; a date that cannot be is over", async () => {
    const { anna, sam, clock, begin, page } = await agreed(1105, day);
    await begin(anna);
    clock.advance(10 * minute);
    const unlocked = screenOf(anna, page, () => clock.now() + day);
    // A page bears its minute alone.
    expect([19, 20]).toContain(minutesLeft(unlocked()));
    const theirs = screenOf(sam, page, clock.now);
    expect(minutesLeft(theirs())).toBe("over");
  });

  test("is over a day after it began, whatever pauses there are", async () => {
    const { anna, clock, left, begin, pause } = await agreed(1106);
    await begin(anna);
    await pause(anna);
    clock.advance(day);
    expect(left()).toEqual(["over", "over"]);
  });
});

test("a talk begins with two yeses alone, and an end by either keeps it from beginning", async () => {
  const { anna, sam, settle, page, left, begin } = await agreed(1107);
  must(await sam.journal().endIt(page));
  await settle();
  await begin(anna);
  expect(left()).toEqual(["waits", "waits"]);
});

test("topics are pages of either, named by the proposal and read where they are", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 1108 });
  const question = await send(anna.journal(), anna.journal().draftQuestion(), "Why then?");
  await settle();
  const draft = must(await sam.journal().beginPractice({ kind: "talk" }));
  expect(await codeOf(sam.journal().share(draft))).toBe("EMPTY");
  must(await sam.journal().describePractice(draft, { kind: "talk", topics: [question] }));
  const page = must(await sam.journal().share(draft));
  await settle();
  expect(talkOf(anna, page).topics).toEqual([question]);
});

describe("a partner with a changed app", () => {
  const proposal = async (seed: number, minutes: number) => {
    const partner = await createHostilePartner({ seed });
    const page = partner.newPage();
    const talk = writePage({ kind: "talk", at: partner.clock.now(), minutes }, "");
    partner.send({ kind: "snapshot", page, body: stateOf(talk) });
    await partner.settle();
    return { partner, page };
  };

  test("cannot make a talk of ten thousand minutes", async () => {
    const { partner, page } = await proposal(1109, 10_000);
    expect(talkOf(partner, page).minutes).toBe(10);
    must(await partner.journal().agreeTo(page));
    const screen = screenOf(partner, page, partner.clock.now);
    const begins = writePage({ kind: "talkBegins", of: page, at: 0 }, "");
    const time = partner.clock.now() + 3650 * day;
    partner.send({ kind: "snapshot", body: stateOf(begins), time });
    await partner.settle();
    expect(minutesLeft(screen())).toBe(10);
    partner.clock.advance(11 * minute);
    expect(screen().state).toBe("over");
  });

  test("cannot begin what is not agreed, nor begin or end a page that is no talk", async () => {
    const { partner, page } = await proposal(1110, 30);
    const mine = await send(partner.journal(), partner.journal().draftTold(), "Words of mine.");
    const screen = screenOf(partner, page, partner.clock.now);
    for (const of of [page, mine, partner.newPage()]) {
      const begins = writePage({ kind: "talkBegins", of }, "");
      partner.send({ kind: "snapshot", body: stateOf(begins) });
    }
    await partner.settle();
    expect(screen()).toEqual({ state: "waits" });
    expect(readTalks(partner.journal().cards.read())).toHaveLength(1);
    expect(await codeOf(partner.journal().sayPractice({ kind: "talkBegins", of: mine }))).toBe(
      "NO_PAGE",
    );
  });

  test("cannot put the return from a pause years away", async () => {
    const { partner, page } = await proposal(1111, 30);
    must(await partner.journal().agreeTo(page));
    const now = partner.clock.now();
    const rests = writePage({ kind: "talkRests", of: page, until: now + 3650 * day }, "");
    partner.send({ kind: "snapshot", body: stateOf(rests) });
    await partner.settle();
    expect(talkOf(partner, page).rests[0]?.until).toBeLessThanOrEqual(now + day / 2);
  });
});
