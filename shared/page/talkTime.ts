import type { PageId } from "../base/ids.ts";
import type { Talk } from "./talks.ts";

/**
 * How far a talk has gone on this computer's screen. waits: it has not begun · goes: so much of it is left, ms ·
 * rests: one of the two needs a pause · over: its time has passed, or one of the two has ended it.
 */
export type TalkTime =
  | { readonly state: "waits" }
  | { readonly state: "goes"; readonly leftMs: number }
  | { readonly state: "rests"; readonly leftMs: number; readonly rest: Talk["rests"][number] }
  | { readonly state: "over" };

/**
 * When this app first learnt of a page, ms by its own clock. Of what was there when the journal opened it can only go by
 * the date that the page bears: undefined where that cannot be right.
 */
export type Learnt = (page: PageId) => number | undefined;

/**
 * From when this app learnt of the beginning, never by the other's clock: two clocks that differ by a day see the same
 * time go by. What was learnt cannot lie ahead, and it runs out after the agreed minutes whatever comes.
 */
export const talkTime = (talk: Talk, learnt: Learnt, now: number): TalkTime => {
  if (talk.begun === undefined) return { state: "waits" };
  if (talk.ends.length > 0) return { state: "over" };
  const began = learnt(talk.begun.id);
  if (began === undefined || began > now || now - began >= longestTalk) return { state: "over" };
  const rests = talk.rests.map((rest) => {
    const from = Math.max(learnt(rest.card.id) ?? began, began);
    const to = rest.wentOn === undefined ? undefined : (learnt(rest.wentOn.id) ?? from);
    return { rest, from, to: to === undefined ? undefined : Math.max(from, to) };
  });
  const still = rests.filter(({ to }) => to === undefined);
  // Two pauses at once are one: time stands from the first to the last of them.
  const stood = coveredMs(rests.map(({ from, to }) => [from, Math.min(to ?? now, now)] as const));
  const leftMs = talk.minutes * 60_000 - (now - began - stood);
  if (leftMs <= 0) return { state: "over" };
  const resting = still.toSorted((one, other) => other.rest.until - one.rest.until)[0];
  return resting === undefined
    ? { state: "goes", leftMs }
    : { state: "rests", leftMs, rest: resting.rest };
};

/** With all its pauses, ms: nobody went on, and that was the end. */
const longestTalk = 24 * 3_600_000;

const coveredMs = (spans: readonly (readonly [number, number])[]): number => {
  let covered = 0;
  let upTo = -Infinity;
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    covered += Math.max(0, to - Math.max(from, upTo));
    upTo = Math.max(upTo, to);
  }
  return covered;
};
