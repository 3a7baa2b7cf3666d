import { diffArrays } from "diff";
import type { Line } from "./linesOf.ts";

export type Change = "same" | "added" | "removed";

/** Words of one line that stay together. */
export type Run = { readonly change: Change; readonly text: string };

/**
 * A line as it is shown: one of both, one of them alone, or one whose words changed. `before`: of a changed one, how
 * the earlier line stood.
 */
export type ComparedLine = {
  readonly change: Change | "changed";
  readonly line: Line;
  readonly before?: Line;
  readonly runs: readonly Run[];
};

/**
 * What changed from one version to the next: lines first, then words inside the lines that changed. However long the
 * two are and however little they share, the work is bounded: what is beyond that is shown as taken away and added.
 */
export const compareLines = (
  before: readonly Line[],
  now: readonly Line[],
): readonly ComparedLine[] => {
  const olds = new Map(before.map((line) => [keyOf(line), line]));
  const news = new Map(now.map((line) => [keyOf(line), line]));
  const steps = stepsBetween(before.map(keyOf), now.map(keyOf));
  const compared: ComparedLine[] = [];
  let gone: Line[] = [];
  let come: Line[] = [];
  const purse = openPurse();
  const end = (): void => {
    for (const pair of pairLines(gone, come, purse)) compared.push(pair);
    gone = [];
    come = [];
  };
  for (const { change, value } of steps) {
    const lines = value.flatMap((key) => (change === "removed" ? olds : news).get(key) ?? []);
    if (change === "removed") gone.push(...lines);
    else if (change === "added") come.push(...lines);
    else {
      end();
      compared.push(...lines.map((line) => whole("same", line)));
    }
  }
  end();
  return compared;
};

export const changesAnything = (compared: readonly ComparedLine[]): boolean =>
  compared.some(({ change }) => change !== "same");

/** The words of one line, before and after. */
export const compareWords = (
  before: string,
  now: string,
  purse: Purse = () => true,
): readonly Run[] => {
  const start = sharedStart(before, now);
  const end = sharedEnd(before.slice(start), now.slice(start));
  const inner = [before, now].map((text) => text.slice(start, text.length - end));
  const [old = "", fresh = ""] = inner;
  const long =
    inner.some(({ length }) => length > longestInner) || !purse(old.length + fresh.length);
  const steps = long ? apart([old], [fresh]) : stepsBetween(wordsIn(old), wordsIn(fresh));
  return joined([
    { change: "same", text: now.slice(0, start) },
    ...steps.map(({ change, value }) => ({ change, text: value.join("") })),
    { change: "same", text: now.slice(now.length - end) },
  ]);
};

type Purse = (cost: number) => boolean;

/** The page's share of the work; what comes after it is compared as a whole. */
const openPurse = (): Purse => {
  let left = mostCompared;
  return (cost) => {
    left -= cost;
    return left >= 0;
  };
};

/** So many steps apart two texts may be before they count as different altogether. */
const farthest = 400;
/** Of a line, between what both begin and end with, UTF-16 units. */
const longestInner = 20_000;
/** So far ahead a line looks for the one that it was. */
const ahead = 12;
/** More lines than this in one place are not looked at for likeness. */
const mostPaired = 2_000;
/** Of all lines of a page together, UTF-16 units. */
const mostCompared = 400_000;
/** Lines that share less than this of their words are two lines. */
const alike = 0.4;

const keyOf = ({ shape, text, photo }: Line): string =>
  `${shape} ${photo === undefined ? text : `${photo.key} ${text}`}`;

type Step = { readonly change: Change; readonly value: readonly string[] };

const stepsBetween = (before: readonly string[], now: readonly string[]): readonly Step[] =>
  diffArrays([...before], [...now], { maxEditLength: farthest })?.map(
    ({ added, removed, value }): Step => ({
      change: added ? "added" : removed ? "removed" : "same",
      value,
    }),
  ) ?? apart(before, now);

const apart = (before: readonly string[], now: readonly string[]): readonly Step[] => [
  { change: "removed", value: before },
  { change: "added", value: now },
];

const whole = (change: Change, line: Line): ComparedLine => ({
  change,
  line,
  runs: line.text === "" ? [] : [{ change, text: line.text }],
});

/** In order; every line of the two comes once. */
const pairLines = (
  gone: readonly Line[],
  come: readonly Line[],
  purse: Purse,
): readonly ComparedLine[] => {
  if (gone.length > mostPaired || come.length > mostPaired)
    return [
      ...gone.map((line) => whole("removed", line)),
      ...come.map((line) => whole("added", line)),
    ];
  const areAlike = createLikeness();
  const compared: ComparedLine[] = [];
  let from = 0;
  /** What was taken away in one place is read before what was added there. */
  let added: ComparedLine[] = [];
  for (const line of come) {
    const was = gone.slice(from, from + ahead).findIndex((old) => areAlike(old, line));
    if (was === -1) {
      added.push(whole("added", line));
      continue;
    }
    compared.push(...gone.slice(from, from + was).map((old) => whole("removed", old)), ...added);
    added = [];
    const before = gone[from + was];
    if (before !== undefined)
      compared.push({
        change: "changed",
        line,
        before,
        runs: compareWords(before.text, line.text, purse),
      });
    from += was + 1;
  }
  compared.push(...gone.slice(from).map((old) => whole("removed", old)), ...added);
  return compared;
};

const createLikeness = () => {
  const known = new Map<Line, ReadonlySet<string>>();
  const wordsOf = (line: Line): ReadonlySet<string> => {
    const words = known.get(line) ?? roughWords(line.text);
    known.set(line, words);
    return words;
  };
  return (one: Line, other: Line): boolean => {
    if (one.photo !== undefined || other.photo !== undefined)
      return one.photo?.key === other.photo?.key;
    if (one.shape === "rule" || other.shape === "rule") return false;
    if (one.text === other.text) return true;
    const some = wordsOf(one);
    const others = wordsOf(other);
    if (some.size + others.size === 0) return false;
    const both = [...some].filter((word) => others.has(word)).length;
    return (2 * both) / (some.size + others.size) >= alike;
  };
};

/** For likeness only: the beginning of a line says enough. */
const roughWords = (text: string): ReadonlySet<string> =>
  new Set(wordsIn(text.slice(0, 2_000)).filter((word) => word.trim() !== ""));

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Every letter, sign and space of the text is in one of them. */
const wordsIn = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How much both begin with, up to the last space of it. */
const sharedStart = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  if (at === one.length && at === other.length) return at;
  while (at > 0 && !isSpace(one[at - 1])) at -= 1;
  return at;
};

/** How much both end with, from the first space of it. */
const sharedEnd = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count])
    count += 1;
  while (count > 0 && !isSpace(one[one.length - count])) count -= 1;
  return count;
};

const isSpace = (letter: string | undefined): boolean => letter !== undefined && /\s/.test(letter);

const joined = (runs: readonly Run[]): readonly Run[] => {
  const list: Run[] = [];
  for (const run of runs) {
    const last = list.at(-1);
    if (run.text === "") continue;
    if (last?.change === run.change)
      list.splice(-1, 1, { change: run.change, text: last.text + run.text });
    else list.push(run);
  }
  return list;
};
