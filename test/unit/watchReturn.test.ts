import { expect, test } from "vitest";
import { watchReturn } from "../../renderer/carriers/watchReturn.ts";
import { createManualClock } from "../support/manualClock.ts";

const begin = () => {
  let sleep = 0;
  const clock = createManualClock(0);
  const system = new EventTarget();
  const heard = { times: 0 };
  const stop = watchReturn(system, { ...clock, now: () => clock.now() + sleep }, () => {
    heard.times += 1;
  });
  return { clock, system, heard, stop, sleepFor: (ms: number) => (sleep += ms) };
};

test("a network that is back is noticed at once", () => {
  const { system, heard } = begin();
  system.dispatchEvent(new Event("offline"));
  expect(heard.times).toBe(0);
  system.dispatchEvent(new Event("online"));
  expect(heard.times).toBe(1);
});

test("a computer that slept is noticed when it wakes, once", () => {
  const { clock, heard, sleepFor } = begin();
  clock.advance(60_000);
  sleepFor(3_600_000);
  clock.advance(60_000);
  expect(heard.times).toBe(1);
  clock.advance(300_000);
  expect(heard.times).toBe(1);
});

test("a window that was hidden, and woken once a minute, has not slept: nobody is shown a broken connection", () => {
  const { clock, heard, sleepFor } = begin();
  for (let minute = 0; minute < 30; minute++) {
    sleepFor(60_000);
    clock.advance(60_000);
  }
  expect(heard.times).toBe(0);
});

test("it wakes a computer no more than once a minute", () => {
  const { clock } = begin();
  clock.advance(60 * 60_000);
  expect(clock.ran()).toBeLessThanOrEqual(60);
});

test("after the lock nothing listens any more", () => {
  const { clock, system, heard, stop, sleepFor } = begin();
  stop();
  system.dispatchEvent(new Event("online"));
  sleepFor(3_600_000);
  clock.advance(60_000);
  expect(heard.times).toBe(0);
});
