import type { Clock } from "../../shared/base/clock.ts";

/** Redis answers within milliseconds, or something is wrong with it. */
export const answerMs = 3_000;

/** Fails where there is no answer in time. The timer ends with the answer. */
export const within = <Value>(clock: Clock, answer: Promise<Value>): Promise<Value> =>
  new Promise((resolve, fail) => {
    const cancel = clock.after(answerMs, () => fail(new Error("no answer")));
    answer.then(resolve, fail).finally(cancel);
  });
