import type { PageId } from "../base/ids.ts";
import { type Day, isDay, latestTime } from "./day.ts";
import { paceLetters } from "./paceLetters.ts";
import { readTags } from "./tags.ts";

/**
 * What a page of a practice says beside its words: some few values under names of its page's meta, by its kind. Each is
 * read by one of the readers below, which take whatever anybody may have written and give nothing back for what does
 * not fit.
 */
type Read<Value> = (value: unknown) => Value | undefined;

const day: Read<Day> = (value) => (isDay(value) ? value : undefined);

/** A time, ms. */
const moment: Read<number> = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= latestTime
    ? value
    : undefined;

const page: Read<PageId> = (value) =>
  typeof value === "string" && /^[0-9a-f]{32}$/.test(value) ? (value as PageId) : undefined;

const number =
  (least: number, most: number): Read<number> =>
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined;

const oneOf =
  <Value extends string>(values: readonly Value[]): Read<Value> =>
  (value) =>
    values.find((one) => one === value);

const list =
  <Value>(read: Read<Value>, most: number): Read<readonly Value[]> =>
  (value) => {
    if (!Array.isArray(value)) return undefined;
    const all = (value.slice(0, most) as readonly unknown[]).flatMap((one) => read(one) ?? []);
    return all.length === 0 ? undefined : [...new Set(all)];
  };

const tags =
  (most: number): Read<readonly string[]> =>
  (value) => {
    const all = readTags(value, most);
    return all.length === 0 ? undefined : all;
  };

/** One line of at most so many characters. */
const line =
  (most: number): Read<string> =>
  (value) => {
    if (typeof value !== "string") return undefined;
    const text = [
      ...value
        .slice(0, most * 4)
        .replaceAll(/[\p{Cc}\p{Cs}\p{Cf}\s]+/gu, " ")
        .trim(),
    ];
    return text.length === 0 ? undefined : text.slice(0, most).join("").trim();
  };

/** So many letters of base64url: what is sealed or proven, and never shown. */
const letters =
  (length: number): Read<string> =>
  (value) =>
    typeof value === "string" && value.length === length && /^[\w-]+$/.test(value)
      ? value
      : undefined;

/** Characters of a line that is said beside, or instead of, the words of a page. */
export const longestLine = 300;

/** Lines of what helps me. */
export const mostHelps = 40;

/** What a hand signal asks for. */
export const handNeeds = ["closeness", "space", "quiet", "listen", "truth", "call"] as const;
export type HandNeed = (typeof handNeeds)[number];

/** The four pillars (PRODUCT row 25), as its writer puts a page under them. */
export const pillars = ["honesty", "responsibility", "empathy", "action"] as const;
export type Pillar = (typeof pillars)[number];

export const rhythms = ["once", "weekly", "monthly", "yearly"] as const;
export type Rhythm = (typeof rhythms)[number];

/** Minutes that a hard-talk time may be agreed to last. */
export const talkMinutes = { least: 10, most: 60 } as const;

/** Values by kind and name. `until`: the page is shown until then and no longer, and its writer's app takes it away. */
const shapes = {
  /** How I am, for one day. */
  checkin: { day, feelings: tags(16), need: line(longestLine), thanks: line(longestLine) },
  /** One need, for some hours. */
  hand: { need: oneOf(handNeeds), line: line(longestLine), until: moment },
  /** To a hand: what is said back, for as long as it stands. */
  handBack: { line: line(longestLine), until: moment },
  /** What sets it off; its words are what helps then. */
  cue: {},
  /** What helps me. */
  helps: { lines: list(line(longestLine), mostHelps) },
  /** Somebody who is there for me: the name is the title; `reach`: how they are reached. */
  supporter: { reach: line(longestLine), line: line(longestLine) },
  /** "Before it builds": a need, said in time. */
  builds: {},

  /** A hard-talk time that is proposed. */
  talk: {
    at: moment,
    minutes: number(talkMinutes.least, talkMinutes.most),
    topics: list(page, 32),
  },
  /** Of a talk: it begins now, or, of a pause, goes on · it rests until then · it ends, with a line each. */
  talkBegins: { at: moment },
  talkRests: { until: moment, line: line(longestLine) },
  talkEnds: { line: line(longestLine) },
  /** Of a talk: what its writer keeps of it. */
  talkNote: {},

  /** "Home about seven": gone the next day. */
  plan: { line: line(longestLine), until: moment },
  /** An offer to say one's plans, for so long. */
  planSharing: { untilDay: day },
  /** A contact that was ended, and of it: what was done when, and that there was contact after all. */
  contact: {},
  contactStep: { day },
  contactAgain: { day },

  /** One asks for the why; the other writes of it, what led there and what does not excuse it kept apart. */
  why: {},
  whyReasons: {},
  whyResponse: {},
  /** "When … I will …": the title and the words, so that both can be changed. */
  whenThen: {},
  /** A hard day, and what has helped on such days. */
  setback: { day, helped: line(longestLine) },

  thanks: { line: line(longestLine) },
  /** Something to do together. */
  together: { day, rhythm: oneOf(rhythms) },
  /** "Not tonight": nothing hard until then. */
  truce: { line: line(longestLine), until: moment },
  memory: { day },
  /** The words of the vision, as they stood when they were proposed. */
  visionVersion: {},
  /** A round of pace cards: laid, answered, shown; and what the one who laid them opens the answer with. */
  pace: { cards: letters(paceLetters.laid) },
  paceAnswer: { cards: letters(paceLetters.answer) },
  paceShown: { cards: letters(paceLetters.shown) },
  paceKey: { cards: letters(paceLetters.key) },
  milestone: { day },
  /** Asks whether words of the other may be brought to a session. */
  bring: { pages: list(page, 64) },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Read<unknown>>>>>;

export type PracticeKind = keyof typeof shapes;

type ReadBy<Reader> = Reader extends Read<infer Value> ? Value : never;

/** What was said by a page of this kind; what was not, or does not fit, is not there. */
export type SaidBy<Kind extends PracticeKind> = {
  readonly [Name in keyof (typeof shapes)[Kind]]?: ReadBy<(typeof shapes)[Kind][Name]>;
};

/** By its `kind`. */
export type Said = {
  readonly [Kind in PracticeKind]: { readonly kind: Kind } & SaidBy<Kind>;
}[PracticeKind];

export const practiceKinds = Object.keys(shapes) as readonly PracticeKind[];

export const isPractice = (kind: string): kind is PracticeKind => Object.hasOwn(shapes, kind);

const shapeOf = (kind: PracticeKind): Readonly<Record<string, Read<unknown>>> => shapes[kind];

/** The names that a page of this kind says something under. */
export const saidNames = (kind: PracticeKind): readonly string[] => Object.keys(shapeOf(kind));

/** `value`: what stands under a name in the page's meta. */
export const readSaid = (kind: PracticeKind, value: (name: string) => unknown): Said => {
  const said = Object.entries(shapeOf(kind)).flatMap(([name, read]) => {
    const one = read(value(name));
    return one === undefined ? [] : [[name, one] as const];
  });
  return { kind, ...Object.fromEntries(said) } as Said;
};

/** As it is written down: only what fits, and only under this kind's names. */
export const cleanSaid = <Kind extends PracticeKind>(
  kind: Kind,
  said: SaidBy<Kind>,
): SaidBy<Kind> => {
  const values: Readonly<Record<string, unknown>> = said;
  const { kind: _, ...clean } = readSaid(kind, (name) => values[name]);
  return clean as SaidBy<Kind>;
};

/** What a card says, where it is of this kind. */
export const saidOf = <Kind extends PracticeKind>(
  kind: Kind,
  said: Said | undefined,
): SaidBy<Kind> | undefined => (said?.kind === kind ? (said as SaidBy<Kind>) : undefined);

/** What only says which day it belongs to is nothing that was said. */
const framing: readonly string[] = ["kind", "day"];

/** Whether it says anything beside its words. */
export const saysAnything = (said: Said | undefined): boolean =>
  said !== undefined && Object.keys(said).some((name) => !framing.includes(name));
