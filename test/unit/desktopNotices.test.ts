import { expect, test } from "vitest";
import { watchArrivals } from "../../renderer/app/newArrivals.ts";
import { createReader, evening, makeCard, makeQuestion, page, at } from "./arrivalsKit.ts";

const watch = (reader: ReturnType<typeof createReader>) => {
  let asked = 0;
  const stop = watchArrivals(reader.gate, () => asked++);
  return { asked: () => asked, stop };
};

test("a notice is asked for when something of the partner's comes, and when they ask again", () => {
  const reader = createReader();
  reader.arrive(makeCard(1), makeQuestion(2, [at(9)]));
  const { asked } = watch(reader);
  expect(asked()).toBe(0);
  reader.arrive(makeCard(3));
  expect(asked()).toBe(1);
  reader.arrive(makeQuestion(2, [at(9), at(11)]));
  expect(asked()).toBe(2);
});

test("for what comes at one go it is asked for once", () => {
  const reader = createReader();
  const { asked } = watch(reader);
  reader.arrive(...Array.from({ length: 40 }, (_, index) => makeCard(index + 1)));
  expect(asked()).toBe(1);
});

test("nothing is asked for what I write, for what the partner changes or withdraws, or for what goes", () => {
  const reader = createReader();
  reader.arrive(makeCard(1), makeCard(2));
  const { asked } = watch(reader);
  reader.arrive(makeCard(3, { author: "me" }), makeCard(4, { author: "me", place: "draft" }));
  reader.arrive(makeCard(1, { excerpt: "other words", changedAt: at(13) }));
  reader.arrive(makeCard(2, { withdrawnAt: at(13), excerpt: "" }));
  reader.everything.set(reader.everything.read().filter(({ id }) => id !== page(1)));
  expect(asked()).toBe(0);
});

test("in quiet hours nothing is asked, however much comes; in the morning once", () => {
  const reader = createReader({ now: at(20), rules: { quietHours: evening } });
  const { asked } = watch(reader);
  reader.clock.advance(2 * 3_600_000);
  reader.arrive(makeCard(1), makeQuestion(2));
  reader.arrive(makeCard(3));
  reader.clock.advance(10 * 3_600_000 - 1);
  expect(asked()).toBe(0);
  reader.clock.advance(1);
  expect(asked()).toBe(1);
});

test("while the person is away nothing is asked, not even of an end; when the time is over, once", () => {
  const reader = createReader({ rules: { away: at(15) } });
  const { asked } = watch(reader);
  reader.arrive(makeCard(1), makeCard(2, { kind: "hand" }));
  reader.arrive(makeCard(3, { kind: "end" }));
  expect(reader.shown()).toEqual([3]);
  reader.clock.advance(3 * 3_600_000 - 1);
  expect(asked()).toBe(0);
  reader.clock.advance(1);
  expect(asked()).toBe(1);
  expect(reader.shown()).toEqual([1, 2, 3]);
});

test("what waits behind the reader's own pace is not told of", () => {
  const reader = createReader({ rules: { questionsAtOnce: 1 } });
  const { asked } = watch(reader);
  reader.arrive(makeQuestion(1));
  expect(asked()).toBe(1);
  reader.arrive(makeQuestion(2));
  expect(asked()).toBe(1);
});

test("after “Enough for today” nothing is asked until tomorrow, and nothing is made up for", async () => {
  const reader = createReader({ now: at(20) });
  await reader.marks.setEnough("2026-11-12" as never);
  const { asked } = watch(reader);
  reader.arrive(makeCard(1));
  expect(asked()).toBe(0);
  reader.clock.advance(4 * 3_600_000);
  expect(asked()).toBe(0);
  reader.arrive(makeCard(2));
  expect(asked()).toBe(1);
});

test("a journal that is locked is not listened to", () => {
  const reader = createReader();
  const { asked, stop } = watch(reader);
  stop();
  reader.arrive(makeCard(1));
  expect(asked()).toBe(0);
});
