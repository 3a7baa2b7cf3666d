import { expect, test } from "vitest";
import { createDoubleEscape, escapePause } from "../../renderer/lock/doubleEscape.ts";
import { createIdleTimer } from "../../renderer/lock/idleTimer.ts";
import { createManualClock } from "../support/manualClock.ts";

const minutes = (count: number): number => count * 60_000;

const watch = (ms: number) => {
  const clock = createManualClock(1_000);
  let locked = 0;
  const timer = createIdleTimer(clock, ms, () => locked++);
  return { clock, timer, locked: () => locked };
};

test("two minutes without a touch lock, once", () => {
  const { clock, locked } = watch(minutes(2));
  clock.advance(minutes(2) - 1);
  expect(locked()).toBe(0);
  clock.advance(1);
  expect(locked()).toBe(1);
  clock.advance(minutes(60));
  expect(locked()).toBe(1);
});

test("every touch begins the time anew", () => {
  const { clock, timer, locked } = watch(minutes(2));
  for (let count = 0; count < 10; count++) {
    clock.advance(minutes(1.5));
    timer.touch();
  }
  expect(locked()).toBe(0);
  clock.advance(minutes(2));
  expect(locked()).toBe(1);
});

test("a touch after the time has passed locks, and does not go on as if nothing were", () => {
  const clock = createManualClock(1_000);
  let locked = 0;
  // A computer that slept: time has passed, and no timer has run.
  const asleep = { now: clock.now, after: () => () => {} };
  const timer = createIdleTimer(asleep, minutes(2), () => locked++);
  clock.advance(minutes(3));
  timer.touch();
  expect(locked).toBe(1);
});

test("waking up looks at the clock", () => {
  const clock = createManualClock(1_000);
  let locked = 0;
  const timer = createIdleTimer(
    { now: clock.now, after: () => () => {} },
    minutes(2),
    () => locked++,
  );
  clock.advance(minutes(1));
  timer.check();
  expect(locked).toBe(0);
  clock.advance(minutes(1));
  timer.check();
  expect(locked).toBe(1);
});

test("put away, it never locks and leaves no timer behind", () => {
  const { clock, timer, locked } = watch(minutes(2));
  timer.dispose();
  expect(clock.waiting()).toBe(0);
  clock.advance(minutes(5));
  timer.touch();
  expect(locked()).toBe(0);
});

const press = (key: string, more: { repeat?: boolean; isComposing?: boolean } = {}) => ({
  key,
  repeat: false,
  isComposing: false,
  ...more,
});

test("Esc Esc steps out; Esc alone, slowly, held down, or with a key between does not", () => {
  const clock = createManualClock();
  const isDouble = createDoubleEscape(clock);
  expect(isDouble(press("Escape"))).toBe(false);
  expect(isDouble(press("Escape"))).toBe(true);

  expect(isDouble(press("Escape"))).toBe(false);
  clock.advance(escapePause + 1);
  expect(isDouble(press("Escape"))).toBe(false);
  clock.advance(escapePause);
  expect(isDouble(press("Escape"))).toBe(true);

  expect(isDouble(press("Escape"))).toBe(false);
  expect(isDouble(press("Escape", { repeat: true }))).toBe(false);
  expect(isDouble(press("a"))).toBe(false);
  expect(isDouble(press("Escape"))).toBe(false);
});

test("an Esc that belongs to the input of another script is not counted", () => {
  const isDouble = createDoubleEscape(createManualClock());
  isDouble(press("Escape", { isComposing: true }));
  expect(isDouble(press("Escape"))).toBe(false);
});
