import { expect, test } from "vitest";
import { dayAt } from "../../shared/page/day.ts";
import {
  at,
  createMarks,
  createReader,
  evening,
  makeCard,
  makeQuestion,
  myAnswer,
  page,
  settled,
} from "./arrivalsKit.ts";

test("with nothing chosen everything comes, as the very same list, and nothing is written", async () => {
  const reader = createReader();
  reader.arrive(makeQuestion(1), makeCard(2), makeCard(3, { kind: "told", opened: false }));
  await settled();
  expect(reader.gate.cards.read()).toBe(reader.everything.read());
  expect(reader.marks.writes()).toEqual([]);
  expect(reader.clock.waiting()).toBe(0);
  expect(reader.gate.arrivals.read()).toEqual({
    quietUntil: undefined,
    moreQuestions: false,
    away: undefined,
  });
});

test("in quiet hours nothing new of the partner's appears, whatever its kind, and mine goes on", async () => {
  const reader = createReader({ now: at(20), rules: { quietHours: evening } });
  reader.arrive(makeQuestion(1));
  expect(reader.gate.arrivals.read().quietUntil).toBeUndefined();
  reader.clock.advance(2 * 3_600_000);
  expect(reader.gate.arrivals.read().quietUntil).toBe(at(8, 0, 13));
  const kinds = ["entry", "told", "disclosure", "letter", "heard", "nod", "byDay"] as const;
  reader.arrive(...kinds.map((kind, index) => makeCard(10 + index, { kind })), makeQuestion(20));
  reader.arrive(makeCard(30, { author: "me" }), makeCard(31, { author: "me", place: "draft" }));
  expect(reader.shown()).toEqual([1, 30, 31]);
  reader.clock.advance(10 * 3_600_000 - 1);
  expect(reader.shown()).toEqual([1, 30, 31]);
  reader.clock.advance(1);
  expect(reader.shown()).toEqual([1, 10, 11, 12, 13, 14, 15, 16, 20, 30, 31]);
  expect(reader.gate.arrivals.read().quietUntil).toBeUndefined();
});

test("an asking again waits for the morning too, while the question stays as it was", async () => {
  const reader = createReader({ now: at(20), rules: { quietHours: evening } });
  reader.arrive(makeQuestion(1, [at(19)]));
  reader.clock.advance(2 * 3_600_000);
  reader.arrive(makeQuestion(1, [at(19), at(22)]));
  expect(reader.rounds(1)).toBe(1);
  reader.arrive(makeQuestion(1, [at(19), at(22)], { changedAt: at(22), excerpt: "other words" }));
  expect(reader.gate.cards.read()[0]).toMatchObject({ excerpt: "other words" });
  expect(reader.rounds(1)).toBe(1);
  reader.arrive(makeQuestion(1, [at(19), at(22)], { withdrawnAt: at(23), excerpt: "" }));
  expect(reader.gate.cards.read()[0]).toMatchObject({ withdrawnAt: at(23) });
  reader.clock.advance(10 * 3_600_000);
  expect(reader.rounds(1)).toBe(2);
});

test("a computer that slept through the end of quiet hours shows what waited as soon as anything stirs", () => {
  const reader = createReader({ now: at(22), rules: { quietHours: evening } });
  reader.arrive(makeCard(1));
  reader.sleep(12 * 3_600_000);
  expect(reader.shown()).toEqual([]);
  reader.arrive(makeCard(2, { author: "me" }));
  expect(reader.shown()).toEqual([1, 2]);
});

test("and within the hour when nothing does", () => {
  const reader = createReader({ now: at(22), rules: { quietHours: evening } });
  reader.arrive(makeCard(1));
  reader.sleep(12 * 3_600_000);
  reader.clock.advance(3_600_000);
  expect(reader.shown()).toEqual([1]);
  expect(reader.clock.waiting()).toBe(1);
});

test("something you should know comes only in the hours that were chosen for it, a disclosure at any", () => {
  // The 12th of November 2026 is a Thursday.
  const tellTimes = { from: 18 * 60, to: 20 * 60, weekdays: [5] };
  const reader = createReader({ now: at(19), rules: { tellTimes } });
  reader.arrive(
    makeCard(1, { kind: "told", opened: false }),
    makeCard(2, { kind: "disclosure", opened: false }),
    makeCard(3, { kind: "addition", opened: false, of: page(2) }),
    makeCard(4),
    makeQuestion(5),
  );
  expect(reader.shown()).toEqual([2, 4, 5]);
  expect(reader.gate.arrivals.read()).toEqual({
    quietUntil: undefined,
    moreQuestions: false,
    away: undefined,
  });
  reader.clock.advance(23 * 3_600_000);
  expect(reader.shown()).toEqual([1, 2, 3, 4, 5]);
  reader.clock.advance(3 * 3_600_000);
  expect(reader.shown()).toEqual([1, 2, 3, 4, 5]);
  reader.arrive(makeCard(6, { kind: "told" }));
  expect(reader.shown()).not.toContain(6);
});

test("chosen hours over midnight belong to the day on which they begin", () => {
  const tellTimes = { from: 22 * 60, to: 2 * 60, weekdays: [4] };
  const shownAt = (now: number): boolean => {
    const reader = createReader({ now, rules: { tellTimes } });
    reader.arrive(makeCard(1, { kind: "told" }));
    return reader.shown().length === 1;
  };
  expect(shownAt(at(23, 0, 12))).toBe(true);
  expect(shownAt(at(1, 59, 13))).toBe(true);
  expect(shownAt(at(2, 0, 13))).toBe(false);
  expect(shownAt(at(1, 0, 12))).toBe(false);
  expect(shownAt(at(23, 0, 13))).toBe(false);
});

test("one question at a time, the oldest first, and the next when this one is taken up", () => {
  const reader = createReader({ rules: { questionsAtOnce: 1 } });
  reader.arrive(makeQuestion(3, [30]), makeQuestion(1, [40]), makeQuestion(2, [30]), makeCard(4));
  expect(reader.shown()).toEqual([2, 4]);
  expect(reader.gate.arrivals.read().moreQuestions).toBe(true);
  reader.arrive(myAnswer(9, 2));
  expect(reader.shown()).toEqual([3, 2, 4, 9]);
  reader.arrive(makeCard(10, { kind: "byDay", author: "me", of: page(3), days: [dayAt(at(12))] }));
  expect(reader.shown()).toContain(1);
  expect(reader.gate.arrivals.read().moreQuestions).toBe(false);
});

test("a question that its asker withdraws makes room for the next", () => {
  const reader = createReader({ rules: { questionsAtOnce: 1 } });
  reader.arrive(makeQuestion(1), makeQuestion(2));
  expect(reader.shown()).toEqual([1]);
  reader.arrive(makeQuestion(1, [1], { withdrawnAt: 5 }));
  expect(reader.shown()).toEqual([2, 1]);
});

test("asked again, an answered question waits its turn like any other", () => {
  const reader = createReader({ rules: { questionsAtOnce: 1 } });
  reader.arrive(makeQuestion(1, [1]), myAnswer(9, 1, 0), makeQuestion(2, [2]));
  expect(reader.shown()).toEqual([1, 9, 2]);
  reader.arrive(makeQuestion(1, [1, 3]));
  expect(reader.rounds(1)).toBe(1);
  expect(reader.gate.arrivals.read().moreQuestions).toBe(true);
  reader.arrive(myAnswer(10, 2, 0));
  expect(reader.rounds(1)).toBe(2);
  expect(reader.gate.arrivals.read().moreQuestions).toBe(false);
});

test("an answer to the newest asking takes up the ones before it", () => {
  const reader = createReader();
  reader.arrive(makeQuestion(1, [1, 2, 3]));
  reader.settings.set({ ...reader.settings.read(), questionsAtOnce: 1 });
  reader.arrive(makeQuestion(5));
  expect(reader.shown()).toEqual([1]);
  reader.arrive(myAnswer(9, 1, 2));
  expect(reader.shown()).toEqual([1, 5, 9]);
});

test("a day named before does not take up what is asked again after it", () => {
  const reader = createReader({ rules: { questionsAtOnce: 1 } });
  const named = makeCard(9, {
    kind: "byDay",
    author: "me",
    of: page(1),
    days: [dayAt(at(12, 0, 10))],
  });
  reader.arrive(makeQuestion(1, [at(12, 0, 9), at(12, 0, 11)]), named);
  expect(reader.rounds(1)).toBe(2);
  reader.arrive(makeQuestion(2, [at(12, 0, 12)]));
  expect(reader.shown()).not.toContain(2);
  reader.arrive({ ...named, days: [...named.days, dayAt(at(12, 0, 14))] });
  expect(reader.shown()).toContain(2);
});

test("what belongs to a page that waits, waits with it, however deep and even in a ring", () => {
  const reader = createReader({
    now: at(19),
    rules: { questionsAtOnce: 1, tellTimes: { from: 0, to: 60, weekdays: [0] } },
  });
  const line = Array.from({ length: 12_000 }, (_, index) =>
    makeCard(1000 + index, {
      kind: "heard",
      of: page(index === 0 ? 2 : 999 + index),
    }),
  ).toReversed();
  reader.arrive(
    makeQuestion(1),
    makeQuestion(2),
    makeCard(3, { kind: "answer", answer: { question: page(2), round: 0, saw: 0 } }),
    makeCard(4, { kind: "heard", of: page(5) }),
    makeCard(5, { kind: "heard", of: page(4) }),
    ...line,
  );
  expect(reader.shown()).toEqual([1, 4, 5]);
  reader.arrive(myAnswer(9, 1));
  expect(reader.shown()).toHaveLength(6 + line.length);
});

test("a reply to my own letter asks for nothing of mine", () => {
  const reader = createReader({ rules: { questionsAtOnce: 1 } });
  reader.arrive(
    makeCard(1, { author: "me", kind: "letter" }),
    makeCard(2, { kind: "reply", of: page(1), opened: false }),
    makeCard(3, { kind: "nod", of: page(77), fits: "yes" }),
  );
  expect(reader.shown()).toEqual([1, 2, 3]);
});

test("whatever stands before the reader stays when they choose to let less in", async () => {
  const reader = createReader({ now: at(22) });
  reader.arrive(makeQuestion(1, [1, 2]), makeQuestion(2), makeCard(3));
  await reader.choose({ questionsAtOnce: 1, quietHours: evening });
  expect(reader.shown()).toEqual([1, 2, 3]);
  expect(reader.rounds(1)).toBe(2);
  expect(reader.marks.letIn.read()).toEqual(new Set([page(1), `${page(1)}:1`, page(2), page(3)]));
  reader.arrive(makeCard(4));
  expect(reader.shown()).toEqual([1, 2, 3]);
  // The next start finds the same.
  const next = createReader({
    now: at(23),
    rules: reader.settings.read(),
    marks: createMarks([...reader.marks.letIn.read()]),
  });
  next.arrive(...reader.everything.read());
  expect(next.shown()).toEqual([1, 2, 3]);
});

test("what comes in the moment the rules change does not vanish with them", async () => {
  const reader = createReader({ now: at(22) });
  reader.arrive(makeCard(1));
  await reader.gate.keepShown();
  reader.arrive(makeCard(2));
  reader.settings.set({ ...reader.settings.read(), quietHours: evening });
  expect(reader.shown()).toEqual([1, 2]);
  await settled();
  expect(reader.marks.letIn.read()).toContain(page(2));
});

test("letting in shows all that waits, whatever waits for what, and it stays", async () => {
  const marks = createMarks();
  const rules = {
    questionsAtOnce: 1,
    quietHours: evening,
    tellTimes: { from: 0, to: 60, weekdays: [0] },
  };
  const reader = createReader({ now: at(22), rules, marks });
  reader.arrive(makeQuestion(1, [1, 2]), makeQuestion(2), makeCard(3, { kind: "told" }));
  expect(reader.shown()).toEqual([]);
  expect(await reader.gate.letIn()).toMatchObject({ ok: true });
  expect(reader.shown()).toEqual([1, 2, 3]);
  expect(reader.rounds(1)).toBe(2);
  expect(reader.gate.arrivals.read()).toEqual({
    quietUntil: at(8, 0, 13),
    moreQuestions: false,
    away: undefined,
  });
  reader.arrive(makeCard(4));
  expect(reader.shown()).toEqual([1, 2, 3]);
  const next = createReader({ now: at(22), rules, marks });
  next.arrive(...reader.everything.read());
  expect(next.shown()).toEqual([1, 2, 3]);
});

test("what comes in at one go is written once, and what a full disk refuses goes with the next", async () => {
  const reader = createReader({ rules: { questionsAtOnce: 3 } });
  reader.marks.refuseNext(1);
  reader.arrive(makeQuestion(1));
  reader.arrive(makeQuestion(2));
  await settled();
  expect(reader.marks.writes()).toEqual([[page(1), page(2)]]);
  expect(reader.shown()).toEqual([1, 2]);
  expect(reader.marks.letIn.read().size).toBe(0);
  reader.arrive(makeQuestion(3));
  await settled();
  expect(reader.marks.letIn.read()).toEqual(new Set([page(1), page(2), page(3)]));
  reader.arrive(makeCard(4, { author: "me" }));
  await settled();
  expect(reader.marks.writes()).toHaveLength(2);
});

test("in quiet hours nothing says that more questions have come", () => {
  const reader = createReader({ now: at(22), rules: { quietHours: evening, questionsAtOnce: 1 } });
  const before = reader.gate.arrivals.read();
  reader.arrive(makeQuestion(1), makeQuestion(2));
  expect(reader.gate.arrivals.read()).toBe(before);
});

test("not today and enough for today end by themselves at midnight; for a session stays", async () => {
  const reader = createReader({ now: at(23) });
  const today = dayAt(at(23));
  await reader.marks.setPutOff(page(1), today);
  await reader.marks.setPutOff(page(2), "session");
  await reader.marks.setPutOff(page(3), dayAt(at(23, 0, 11)));
  await reader.marks.setEnough(today);
  expect(reader.gate.putOff.read()).toEqual(
    new Map([
      [page(1), "today"],
      [page(2), "session"],
    ]),
  );
  expect(reader.gate.enough.read()).toBe(true);
  reader.clock.advance(3_600_000 - 1);
  expect(reader.gate.enough.read()).toBe(true);
  reader.clock.advance(1);
  expect(reader.gate.enough.read()).toBe(false);
  expect(reader.gate.putOff.read()).toEqual(new Map([[page(2), "session"]]));
});

test("stopping leaves no timer behind and tries once more to write what was let in", async () => {
  const reader = createReader({ now: at(20), rules: { quietHours: evening } });
  reader.marks.refuseNext(1);
  reader.arrive(makeCard(1));
  await settled();
  expect(reader.marks.letIn.read().size).toBe(0);
  await reader.gate.stop();
  expect(reader.clock.waiting()).toBe(0);
  expect(reader.marks.letIn.read()).toContain(page(1));
  reader.arrive(makeCard(2));
  expect(reader.shown()).toEqual([1]);
});

test("a list of 5,000 pages that did not change is the same list, and looking through it is quick", async () => {
  const reader = createReader({
    now: at(12),
    rules: { questionsAtOnce: 1, quietHours: evening, tellTimes: { ...evening, weekdays: [1] } },
  });
  const cards = Array.from({ length: 5_000 }, (_, index) =>
    index % 3 === 0
      ? makeQuestion(index + 1, [index, index + 1])
      : makeCard(index + 1, { kind: index % 3 === 1 ? "heard" : "told", of: page(index) }),
  );
  reader.everything.set(cards);
  await settled();
  const first = reader.gate.cards.read();
  const times = Array.from({ length: 15 }, () => {
    const begun = process.cpuUsage().user;
    reader.everything.set([...cards]);
    return (process.cpuUsage().user - begun) / 1000;
  }).toSorted((one, other) => one - other);
  expect(reader.gate.cards.read()).toBe(first);
  console.info(`5,000 cards looked through in ${times[0]?.toFixed(1)} ms`);
  expect(times[0]).toBeLessThan(100);
});
