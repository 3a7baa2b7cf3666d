import type { Cancel, Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { accept, type Result } from "../../base/result.ts";
import type { Card, Day, PutOff, QuestionCard } from "../../page/card.ts";
import { dayAt } from "../../page/day.ts";
import type { ShelfCode } from "../../page/shelf.ts";
import { awayAt, chooseArrivals, namesOf, restricts } from "./arrivalRules.ts";
import { isWithin, mayTellAt, nextTurn } from "./hours.ts";
import type { Arrivals, Settings } from "../journal.ts";
import type { Marks } from "../pages/marks.ts";

/**
 * What this reader has chosen to let come, and when (PRODUCT safety 13). Everything arrives and is acknowledged
 * as ever; this only decides what stands before the reader, so that the partner cannot learn of it.
 */
export type ArrivalsGate = {
  /** The cards that are let in, and questions with the askings that are. */
  readonly cards: Live<readonly Card[]>;
  readonly arrivals: Live<Arrivals>;
  /** Also after a refusal it stands before the reader, until the next start. */
  readonly letIn: () => Promise<Result<void, ShelfCode>>;
  /** Before settings that let less in: what stands before the reader now stays. */
  readonly keepShown: () => Promise<Result<void, ShelfCode>>;
  /** "Not today" of today, and what is kept for a session; follows midnight. */
  readonly putOff: Live<ReadonlyMap<PageId, PutOff>>;
  readonly enough: Live<boolean>;
  /** Waits until what was let in is written, as far as the disk takes it. */
  readonly stop: () => Promise<void>;
};

export type ArrivalsParts = {
  readonly everything: Live<readonly Card[]>;
  readonly settings: Live<Settings>;
  readonly marks: Marks;
  readonly clock: Clock;
};

export const createArrivals = (parts: ArrivalsParts): ArrivalsGate => {
  const { everything, settings, marks, clock } = parts;
  const cards = createCell(everything.read());
  const arrivals = createCell<Arrivals>({
    quietUntil: undefined,
    moreQuestions: false,
    away: undefined,
  });
  const putOff = createCell<ReadonlyMap<PageId, PutOff>>(new Map());
  const enough = createCell(false);
  const cutQuestion = rememberCuts();
  /** Let in, and not yet on the disk. */
  const unwritten = new Set<string>();
  let writing: Promise<Result<void, ShelfCode>> | undefined;
  let cancelTimer: Cancel = () => {};
  let stopped = false;

  const isIn = (name: string): boolean => unwritten.has(name) || marks.letIn.read().has(name);

  /** One write for what comes in at one go; what the disk refuses goes along with the next. */
  const write = (): Promise<Result<void, ShelfCode>> => {
    writing ??= Promise.resolve().then(async () => {
      writing = undefined;
      const names = [...unwritten];
      const written = await marks.addLetIn(names);
      if (written.ok) for (const name of names) unwritten.delete(name);
      return written;
    });
    return writing;
  };

  const keep = (standing: readonly Card[]): void => {
    for (const card of standing)
      for (const name of namesOf(card)) if (!isIn(name)) unwritten.add(name);
  };

  const showPutOff = (now: number): void => {
    const today = dayAt(now);
    const standing = new Map<PageId, PutOff>();
    for (const [page, to] of marks.putOff.read()) {
      const still = to === "session" ? "session" : to === today ? "today" : undefined;
      if (still !== undefined) standing.set(page, still);
    }
    if (!sameMap(standing, putOff.read())) putOff.set(standing);
    enough.set(marks.enough.read() === today);
  };

  const show = (shown: readonly Card[], now: Arrivals): void => {
    const before = arrivals.read();
    // First what holds now: whoever hears of new cards may ask whether it is a quiet time.
    if (
      before.quietUntil !== now.quietUntil ||
      before.moreQuestions !== now.moreQuestions ||
      before.away !== now.away
    )
      arrivals.set(now);
    if (!sameCards(shown, cards.read())) cards.set(shown);
  };

  /** Follows the clock itself, never how long a timer ran: a computer sleeps. */
  const look = (): void => {
    if (stopped) return;
    const now = clock.now();
    showPutOff(now);
    const rules = settings.read();
    const all = everything.read();
    if (restricts(rules)) {
      const chosen = chooseArrivals({ cards: all, rules, isIn, now, cutQuestion });
      for (const name of chosen.fresh) unwritten.add(name);
      const { shown, moreQuestions } = chosen;
      show(shown.length === all.length && sameCards(shown, all) ? all : shown, {
        quietUntil: quietUntil(rules, now),
        moreQuestions,
        away: awayAt(rules, now),
      });
    } else show(all, { quietUntil: undefined, moreQuestions: false, away: undefined });
    if (unwritten.size > 0) void write();
    wake(now, rules);
  };

  const wake = (now: number, rules: Settings): void => {
    cancelTimer();
    const byDay =
      marks.enough.read() !== undefined ||
      [...marks.putOff.read().values()].some((to) => to !== "session");
    const { quietHours, tellTimes } = rules;
    const away = awayAt(rules, now);
    const back = typeof away === "number" ? away - now : undefined;
    if (!byDay && quietHours === undefined && tellTimes === undefined && back === undefined) return;
    const state = (time: number): string =>
      [
        quietHours !== undefined && isWithin(quietHours, time),
        tellTimes !== undefined && mayTellAt(tellTimes, time),
        byDay && dayAt(time),
      ].join();
    const next = nextTurn(state, now, 60);
    const turn = next === undefined ? hourMs : next - now;
    cancelTimer = clock.after(Math.min(turn, back ?? turn), look);
  };

  const stops = [
    everything.subscribe(look),
    marks.putOff.subscribe(look),
    marks.enough.subscribe(look),
    settings.subscribe(() => {
      // Whatever the new rules are: what stands before the reader stays.
      if (restricts(settings.read())) keep(cards.read());
      look();
    }),
  ];
  look();

  return {
    cards,
    arrivals,
    letIn: async () => {
      if (restricts(settings.read())) keep(everything.read());
      if (unwritten.size === 0) return accept(undefined);
      const written = write();
      look();
      return written;
    },
    keepShown: async () => {
      keep(cards.read());
      return unwritten.size === 0 ? accept(undefined) : write();
    },
    putOff,
    enough,
    stop: async () => {
      stopped = true;
      cancelTimer();
      for (const stop of stops) stop();
      if (unwritten.size > 0) await write();
    },
  };
};

const hourMs = 3_600_000;

/** Undefined outside quiet hours, ms. */
const quietUntil = ({ quietHours }: Settings, now: number): number | undefined =>
  quietHours !== undefined && isWithin(quietHours, now)
    ? nextTurn((time) => isWithin(quietHours, time), now, 25 * 60)
    : undefined;

/** The same card for the same cut, so that a list that did not change is seen not to have changed. */
const rememberCuts = () => {
  const cuts = new WeakMap<Card, Card>();
  return (card: Card, question: QuestionCard, rounds: number): Card => {
    const known = cuts.get(card);
    if (known?.question?.askedAt.length === rounds) return known;
    const cut = { ...card, question: { ...question, askedAt: question.askedAt.slice(0, rounds) } };
    cuts.set(card, cut);
    return cut;
  };
};

const sameCards = (one: readonly Card[], other: readonly Card[]): boolean =>
  one === other ||
  (one.length === other.length && one.every((card, index) => card === other[index]));

const sameMap = (
  one: ReadonlyMap<PageId, PutOff | Day>,
  other: ReadonlyMap<PageId, PutOff | Day>,
): boolean => one.size === other.size && [...one].every(([page, to]) => other.get(page) === to);
