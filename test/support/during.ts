import type { ManualClock } from "./manualClock.ts";

/** What takes long stops for the screen again and again: so that its turns come, a little time passes until it ends. */
export const during = async <Value>(clock: ManualClock, work: Promise<Value>): Promise<Value> => {
  let done = false;
  const end = work.finally(() => (done = true));
  for (let turn = 0; !done; turn++) {
    if (turn > mostTurns) throw new Error("it never ends");
    await new Promise((next) => setImmediate(next));
    clock.advance(1);
  }
  return end;
};

const mostTurns = 100_000;
