import type { PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { createArrivals } from "../../shared/journal/arrive/arrivals.ts";
import type { Settings } from "../../shared/journal/journal.ts";
import type { Marks } from "../../shared/journal/pages/marks.ts";
import { firstSettings } from "../../shared/journal/settings.ts";
import type { CameAt } from "../../shared/page/hands.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { createManualClock } from "../support/manualClock.ts";

/** A day's local time in the zone that the tests run in, ms. */
export const at = (hour: number, minute = 0, day = 12): number =>
  new Date(2026, 10, day, hour, minute).getTime();

export const page = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

export const makeCard = (number: number, part: Partial<Card> = {}): Card => ({
  id: page(number),
  kind: "entry",
  author: "partner",
  place: "shared",
  title: "",
  excerpt: `words ${number}`,
  writtenAt: number,
  aboutAt: number,
  tags: [],
  feelings: [],
  hasPhotos: false,
  trashedAt: undefined,
  changedAt: undefined,
  withdrawnAt: undefined,
  dateDoubtful: false,
  cameBack: false,
  opened: true,
  putOff: undefined,
  question: undefined,
  answer: undefined,
  letter: undefined,
  agreement: undefined,
  promise: undefined,
  went: undefined,
  said: undefined,
  of: undefined,
  fits: undefined,
  days: [],
  draft: undefined,
  ...part,
});

/** `askedAt`: ms, the first and each time again. */
export const makeQuestion = (
  number: number,
  askedAt: readonly number[] = [number],
  part: Partial<Card> = {},
): Card =>
  makeCard(number, {
    kind: "question",
    question: { need: "why", depth: "facts", askedAt, helpsBy: undefined },
    ...part,
  });

export const myAnswer = (number: number, question: number, round = 0): Card =>
  makeCard(number, {
    kind: "answer",
    author: "me",
    place: "draft",
    answer: { question: page(question), round, saw: 0 },
  });

/** Marks in memory, and how often the disk was asked to write them. */
export type MarksInMemory = Marks & {
  readonly writes: () => readonly (readonly string[])[];
  readonly refuseNext: (times: number) => void;
};

export const createMarks = (letInBefore: readonly string[] = []): MarksInMemory => {
  const opened = createCell<ReadonlySet<PageId>>(new Set());
  const putOff = createCell<ReadonlyMap<PageId, Day | "session">>(new Map());
  const enough = createCell<Day | undefined>(undefined);
  const letIn = createCell<ReadonlySet<string>>(new Set(letInBefore));
  const came = createCell<CameAt>(new Map());
  const writes: (readonly string[])[] = [];
  let refusals = 0;
  return {
    opened,
    open: async (closed) => accept(opened.set(new Set([...opened.read(), closed]))),
    putOff,
    setPutOff: async (closed, to) => {
      const next = new Map(putOff.read());
      if (to === undefined) next.delete(closed);
      else next.set(closed, to);
      return accept(putOff.set(next));
    },
    enough,
    setEnough: async (day) => accept(enough.set(day)),
    letIn,
    addLetIn: async (names): Promise<Result<void, "DISK_FULL">> => {
      writes.push(names);
      if (refusals > 0) {
        refusals -= 1;
        return refuse("DISK_FULL");
      }
      return accept(letIn.set(new Set([...letIn.read(), ...names])));
    },
    came,
    keepCame: async (next) => accept(came.set(next)),
    writes: () => writes,
    refuseNext: (times) => {
      refusals = times;
    },
  };
};

export type Reader = ReturnType<typeof createReader>;

/** One person before their screen: what has arrived, what they have chosen, and what stands before them. */
export const createReader = ({
  now = at(12),
  rules = {},
  marks = createMarks(),
}: {
  readonly now?: number;
  readonly rules?: Partial<Settings>;
  readonly marks?: MarksInMemory;
} = {}) => {
  const manual = createManualClock(now);
  let slept = 0;
  const clock = { ...manual, now: () => manual.now() + slept };
  const everything = createCell<readonly Card[]>([]);
  const settings = createCell<Settings>({ ...firstSettings, ...rules });
  const gate = createArrivals({ everything, settings, marks, clock });
  return {
    clock,
    marks,
    gate,
    settings,
    everything,
    /** Time goes by, and no timer runs. */
    sleep: (ms: number) => {
      slept += ms;
    },
    arrive: (...cards: readonly Card[]) => {
      const ids = new Set(cards.map(({ id }) => id));
      everything.set([...everything.read().filter(({ id }) => !ids.has(id)), ...cards]);
    },
    choose: async (change: Partial<Settings>) => {
      await gate.keepShown();
      settings.set({ ...settings.read(), ...change });
    },
    shown: (): readonly number[] => gate.cards.read().map(({ id }) => Number.parseInt(id, 16)),
    rounds: (number: number): number =>
      gate.cards.read().find(({ id }) => id === page(number))?.question?.askedAt.length ?? 0,
  };
};

/** What is ready to run has run: no timer, no disk. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
};

export const evening = { from: 21 * 60, to: 8 * 60 };
