import type { Clock } from "../../shared/base/clock.ts";

/** Two presses of Esc belong together when the second comes within this time, ms. */
export const escapePause = 600;

/** True for the second Esc of two. A key held down, or another key between, does not count. */
export const createDoubleEscape = (clock: Clock) => {
  let first: number | undefined;
  return (event: Pick<KeyboardEvent, "key" | "repeat" | "isComposing">): boolean => {
    if (event.isComposing || event.repeat) return false;
    const now = clock.now();
    const second = event.key === "Escape" && first !== undefined && now - first <= escapePause;
    first = event.key === "Escape" && !second ? now : undefined;
    return second;
  };
};
