import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createPace, holdMs } from "../../shared/journal/travel/pace.ts";
import { createManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createTwoPartners, must, sharedCards, shareEntry } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const longest = holdMs.least + holdMs.more;

/** When, after the first of so many words, the partner has them, ms: looked at every half second. */
const waits = async (seed: number): Promise<number> => {
  const { anna, sam, clock, settle } = await createTwoPartners({ seed });
  await settle();
  must(await anna.journal().changeSettings({ sendsAtOnce: false }));
  await shareEntry(anna.journal(), "At some moment");
  for (let waited = 0; waited <= longest; waited += 500) {
    await settle(0);
    if (sharedCards(sam.journal()).length > 0) return waited;
    clock.advance(500);
  }
  return Infinity;
};

describe("what is shared", () => {
  test("arrives some seconds later, and how many tells nothing of when it was written", async () => {
    const times: number[] = [];
    for (let seed = 400; seed < 406; seed++) times.push(await waits(seed));
    for (const ms of times) {
      expect(ms).toBeGreaterThanOrEqual(holdMs.least);
      expect(ms).toBeLessThanOrEqual(longest);
    }
    expect(new Set(times).size).toBeGreaterThan(3);
  });

  test("goes at once where somebody wants to write together, and what waited goes with it", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 410 });
    await settle();
    must(await anna.journal().changeSettings({ sendsAtOnce: false }));
    await shareEntry(anna.journal(), "Held");
    await settle();
    expect(sharedCards(sam.journal())).toEqual([]);
    must(await anna.journal().changeSettings({ sendsAtOnce: true }));
    await shareEntry(anna.journal(), "Now");
    await settle();
    expect(
      sharedCards(sam.journal())
        .map(({ excerpt }) => excerpt)
        .toSorted(),
    ).toEqual(["Held", "Now"]);
  });

  test("goes before the journal locks: who shares something and leaves has sent it", async () => {
    const { anna, sam, clock, settle } = await createTwoPartners({ seed: 411 });
    await settle();
    must(await anna.journal().changeSettings({ sendsAtOnce: false }));
    await shareEntry(anna.journal(), "And good night");
    const locking = anna.lock();
    await settle();
    clock.advance(500);
    await locking;
    await settle();
    expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "And good night" }]);
  });

  test("is said to go out soon, and not to wait for the other, until it has gone", async () => {
    const { anna, link, clock, settle } = await createTwoPartners({ seed: 414 });
    await settle();
    must(await anna.journal().changeSettings({ sendsAtOnce: false }));
    await shareEntry(anna.journal(), "Soon");
    await settle();
    expect(anna.journal().sync.read()).toEqual({ state: "leaving" });
    link.cut();
    clock.advance(longest);
    await settle();
    expect(anna.journal().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
    await shareEntry(anna.journal(), "Another");
    await settle();
    expect(anna.journal().sync.read()).toMatchObject({ state: "waiting", pages: 2 });
  });

  test("is not brought forward by a connection that is broken and made anew", async () => {
    const { anna, sam, link, settle } = await createTwoPartners({ seed: 412 });
    await settle();
    must(await anna.journal().changeSettings({ sendsAtOnce: false }));
    await shareEntry(anna.journal(), "Not yet");
    link.cut();
    await settle();
    link.heal();
    await settle(1);
    expect(sharedCards(sam.journal())).toEqual([]);
  });

  test("that was held when the computer was switched off goes the next time", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 413 });
    await settle();
    must(await anna.journal().changeSettings({ sendsAtOnce: false }));
    await shareEntry(anna.journal(), "Before the power went");
    anna.kill();
    await anna.open();
    await settle();
    expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "Before the power went" }]);
  });
});

test("words within one span go together, and the next span begins with the next word", () => {
  const clock = createManualClock(0);
  let newest = 7;
  let due = 0;
  const pace = createPace({
    clock,
    random: seededRandom(1),
    atOnce: () => false,
    newest: () => newest,
    onDue: () => {
      due += 1;
    },
  });
  pace.start();
  expect(pace.dueUpTo()).toBe(7);
  const write = () => {
    newest += 1;
    pace.wrote();
  };
  write();
  clock.advance(holdMs.least - 1);
  write();
  expect([pace.dueUpTo(), due]).toEqual([7, 0]);
  clock.advance(holdMs.more + 1);
  expect([pace.dueUpTo(), due]).toEqual([9, 1]);
  clock.advance(10 * longest);
  expect([due, clock.waiting()]).toEqual([1, 0]);
  write();
  expect(pace.hurry()).toBe(true);
  expect([pace.dueUpTo(), pace.hurry(), clock.waiting()]).toEqual([10, false, 0]);
});
