import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Settings } from "../../shared/journal/journal.ts";
import { readSettings, writeSettings } from "../../shared/journal/settings.ts";
import type { Card } from "../../shared/page/card.ts";
import {
  at,
  createMarks,
  createReader,
  makeCard,
  makeQuestion,
  page,
  settled,
  type MarksInMemory,
  type Reader,
} from "../unit/arrivalsKit.ts";

const minute = fc.integer({ min: 0, max: 23 }).map((hour) => hour * 60);
const hours = fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const rules = fc.record({
  questionsAtOnce: fc.constantFrom(0, 1, 2, 3),
  quietHours: maybe(hours),
  tellTimes: maybe(
    fc
      .record({
        hours,
        weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      })
      .map((times) => ({ ...times.hours, weekdays: times.weekdays })),
  ),
  away: maybe(
    fc.oneof(
      fc.constant("open" as const),
      fc.integer({ min: 1, max: 200 }).map((later) => at(12) + later * 3_600_000),
    ),
  ),
});

const number = fc.integer({ min: 1, max: 8 });
const kind = fc.constantFrom(
  "entry",
  "told",
  "disclosure",
  "addition",
  "letter",
  "heard",
  "nod",
  "hand",
  "end",
);
/** What two people, time and the disk may do, in any order. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("asks" as const), number }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("sends" as const), number, kind, of: maybe(number) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("answers" as const), number }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("namesADay" as const), number }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraws" as const), number }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("chooses" as const), rules }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("waits" as const),
      hours: fc.integer({ min: 1, max: 30 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("letsIn" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restarts" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fillsTheDisk" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** Pages of each sort have numbers of their own, so that an asking again meets its question. */
const change = (reader: Reader, act: Step): Card | undefined => {
  const known = (id: number): Card | undefined =>
    reader.everything.read().find((card) => card.id === page(id));
  if (act.do === "asks") {
    const asked = known(act.number)?.question?.askedAt ?? [];
    return makeQuestion(act.number, [...asked, reader.clock.now()]);
  }
  if (act.do === "sends") {
    const of = act.of === undefined ? {} : { of: page(act.of % 2 === 0 ? act.of : 100 + act.of) };
    return makeCard(100 + act.number, { kind: act.kind, ...of });
  }
  if (act.do === "answers") {
    // As a screen does it: to the newest asking that stands there.
    const rounds = reader.rounds(act.number);
    const answer = { question: page(act.number), round: rounds - 1, saw: 0 };
    return rounds === 0
      ? undefined
      : makeCard(200 + act.number, { kind: "answer", author: "me", answer });
  }
  if (act.do === "namesADay") {
    return reader.rounds(act.number) === 0
      ? undefined
      : makeCard(300 + act.number, { kind: "byDay", author: "me", of: page(act.number) });
  }
  if (act.do !== "withdraws") return undefined;
  const card = known(act.number);
  return card && { ...card, withdrawnAt: reader.clock.now() };
};

const run = async (
  acts: readonly Step[],
  look: (reader: Reader, act: Step, before: readonly string[]) => void,
): Promise<Reader> => {
  let reader = createReader({ now: at(12) });
  for (const act of acts) {
    const before = standing(reader);
    const card = change(reader, act);
    if (card !== undefined) reader.arrive(card);
    if (act.do === "chooses") await reader.choose(act.rules);
    if (act.do === "waits") reader.clock.advance(act.hours * 3_600_000);
    if (act.do === "letsIn") await reader.gate.letIn();
    if (act.do === "fillsTheDisk") reader.marks.refuseNext(1);
    if (act.do === "restarts") reader = await restart(reader);
    look(reader, act, before);
    await settled();
  }
  return reader;
};

/** What a full disk refused is written by then, as it is when a person chooses something. */
const restart = async (reader: Reader): Promise<Reader> => {
  await reader.gate.stop();
  await reader.gate.stop();
  const marks: MarksInMemory = createMarks([...reader.marks.letIn.read()]);
  const next = createReader({ now: reader.clock.now(), rules: reader.settings.read(), marks });
  next.arrive(...reader.everything.read());
  return next;
};

const standing = (reader: Reader): readonly string[] =>
  reader.gate.cards
    .read()
    .flatMap((card) =>
      card.question === undefined
        ? [card.id]
        : card.question.askedAt.map((_, round) => `${card.id} ${round}`),
    );

const acts = fc.array(step, { minLength: 1, maxLength: 40 });
const often = { numRuns: 200 };

test("nothing that stood before a reader ever disappears, whatever they choose and whatever comes", () =>
  fc.assert(
    fc.asyncProperty(acts, async (done) => {
      await run(done, (reader, _, before) => {
        expect(standing(reader)).toEqual(expect.arrayContaining([...before]));
      });
    }),
    often,
  ));

test("the gate itself never lets in a question beyond those that may stand there at once", () =>
  fc.assert(
    fc.asyncProperty(acts, async (done) => {
      const beyond: unknown[] = [];
      await run(done, (reader, act, before) => {
        const most = reader.settings.read().questionsAtOnce;
        if (most === 0 || act.do === "letsIn") return;
        const open = openQuestions(reader);
        const fresh = open.filter((id) => {
          const rounds = reader.gate.cards.read().find((card) => card.id === id)?.question
            ?.askedAt.length;
          return !before.includes(`${id} ${(rounds ?? 0) - 1}`);
        });
        if (fresh.length > 0 && open.length > most) beyond.push(open);
      });
      expect(beyond).toEqual([]);
    }),
    often,
  ));

/** Told apart from the rules themselves: no answer to what stands there, no day, not withdrawn. */
const openQuestions = (reader: Reader): readonly string[] => {
  const cards = reader.gate.cards.read();
  return cards
    .filter(
      ({ id, question, author, withdrawnAt }) =>
        question !== undefined &&
        author === "partner" &&
        withdrawnAt === undefined &&
        !cards.some(
          ({ answer }) => answer?.question === id && answer.round >= question.askedAt.length - 1,
        ) &&
        !cards.some(({ kind: each, of, days }) => each === "byDay" && of === id && days.length > 0),
    )
    .map(({ id }) => id);
};

test("while a reader is away nothing new of the partner's comes before them, but that something has ended", () =>
  fc.assert(
    fc.asyncProperty(acts, async (done) => {
      const came: unknown[] = [];
      await run(done, (reader, act, before) => {
        const { away } = reader.settings.read();
        const isAway = away === "open" || (away !== undefined && away > reader.clock.now());
        expect(reader.gate.arrivals.read().away).toBe(isAway ? away : undefined);
        // Until the moment of going, and while time passes up to it, things may still come.
        if (!isAway || act.do === "letsIn" || act.do === "chooses" || act.do === "restarts") return;
        const mine = reader.everything.read().filter(({ author }) => author === "me");
        came.push(
          ...reader.gate.cards
            .read()
            .filter(({ id, kind, question }) => {
              if (kind === "end" || mine.some((card) => card.id === id)) return false;
              const newest = question === undefined ? id : `${id} ${question.askedAt.length - 1}`;
              return !before.includes(newest);
            })
            .map(({ id, kind }) => [id, kind]),
        );
      });
      expect(came).toEqual([]);
    }),
    often,
  ));

test("letting in shows all that there is", () =>
  fc.assert(
    fc.asyncProperty(acts, async (done) => {
      const reader = await run(done, () => {});
      await reader.gate.letIn();
      expect(reader.gate.cards.read()).toEqual(reader.everything.read());
      expect(reader.gate.arrivals.read().moreQuestions).toBe(false);
    }),
    often,
  ));

test("without a restriction a reader has before them exactly what there is", () =>
  fc.assert(
    fc.asyncProperty(acts, async (done) => {
      const stands: (readonly [readonly Card[], readonly Card[]])[] = [];
      await run(done, (reader) => {
        const { questionsAtOnce, quietHours, tellTimes, away } = reader.settings.read();
        const held = [quietHours, tellTimes, away].some((rule) => rule !== undefined);
        if (questionsAtOnce === 0 && !held)
          stands.push([reader.gate.cards.read(), reader.everything.read()]);
      });
      for (const [shown, all] of stands) expect(shown).toEqual(all);
      const open = await run(
        done.filter((act) => act.do !== "chooses"),
        () => {},
      );
      expect(open.marks.writes()).toEqual([]);
      expect(open.gate.cards.read()).toEqual(open.everything.read());
    }),
    often,
  ));

test("settings come back as they were kept, and nothing that could be stored makes them unreadable", () => {
  fc.assert(
    fc.property(rules, (chosen) => {
      const kept: Settings = { ...readSettings({}), ...chosen };
      const { tellTimes } = chosen;
      const stored: unknown = JSON.parse(JSON.stringify(writeSettings(kept)));
      expect(readSettings(stored as Record<string, unknown>)).toEqual({
        ...kept,
        tellTimes: tellTimes && {
          ...tellTimes,
          weekdays: tellTimes.weekdays.toSorted((one, other) => one - other),
        },
      });
    }),
  );
  const anything = fc.anything({ maxDepth: 2 });
  fc.assert(
    fc.property(anything, anything, anything, anything, anything, (one, two, three, four, five) => {
      const read = readSettings({
        hints: one,
        questionsAtOnce: two,
        quietHours: three,
        tellTimes: four,
        away: five,
      });
      expect(readSettings(writeSettings(read))).toEqual(read);
    }),
  );
});
