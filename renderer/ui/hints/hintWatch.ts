import type { Clock } from "../../../shared/base/clock.ts";
import type { FoundHint } from "./patterns.ts";

/** How long nothing is typed before a remark appears, ms. */
export const typingPause = 1_500;

type HintWatchParts = {
  readonly clock: Clock;
  /** Calls back at every change of the words; returns how to stop. */
  readonly follow: (changed: () => void) => () => void;
  readonly find: () => readonly FoundHint[];
  /** The one remark to show, or none. */
  readonly show: (hint: FoundHint | undefined) => void;
};

/** Looks after each pause in the typing, never before anything was typed. Keeps nothing once stopped. */
export const watchHints = ({ clock, follow, find, show }: HintWatchParts): (() => void) => {
  let known: ReadonlySet<string> = new Set(find().map(({ id }) => id));
  let shown: FoundHint | undefined;
  let cancel = () => {};
  const look = () => {
    const found = find();
    shown = chooseHint(found, known, shown);
    known = new Set(found.map(({ id }) => id));
    show(shown);
  };
  const stop = follow(() => {
    cancel();
    cancel = clock.after(typingPause, look);
  });
  return () => {
    stop();
    cancel();
  };
};

/** What has just been written goes first; otherwise the remark that stands there stays while its words do. */
const chooseHint = (
  found: readonly FoundHint[],
  known: ReadonlySet<string>,
  shown: FoundHint | undefined,
): FoundHint | undefined =>
  found.find(({ id }) => !known.has(id)) ?? found.find(({ id }) => id === shown?.id);
