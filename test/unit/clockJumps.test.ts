import { afterEach, describe, expect, test } from "vitest";
import type { Clock } from "../../shared/base/clock.ts";
import { isBackupDue } from "../../shared/journal/backup/backupNotes.ts";
import { isWithin, nextTurn } from "../../shared/journal/arrive/hours.ts";
import { dayAt, daysFrom, noonOf } from "../../shared/page/day.ts";
import { periodOf } from "../../shared/people/mailboxKeys.ts";
import { createIdleTimer } from "../../renderer/lock/idleTimer.ts";
import { sayDates } from "../../renderer/ui/dates.ts";
import { restTimes } from "../../renderer/ui/paper/restTimes.ts";

/** Clocks that are set, computers that travel, and the two nights of a year in which an hour is missing or twice. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const zoneBefore = process.env["TZ"];
const travelTo = (zone: string): void => {
  process.env["TZ"] = zone;
};
afterEach(() => {
  if (zoneBefore === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zoneBefore;
});

const zones = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "Pacific/Niue",
  // Midnight itself is missing there once a year.
  "America/Asuncion",
  "Africa/Cairo",
];

/** Timers run by what really passes; what the clock says can be set by hand. */
const computer = () => {
  let passed = 0;
  let set = 1_790_000_000_000;
  const timers = new Map<number, { readonly due: number; readonly run: () => void }>();
  let count = 0;
  const clock: Clock = {
    now: () => set + passed,
    after: (ms, run) => {
      const id = count++;
      timers.set(id, { due: passed + ms, run });
      return () => timers.delete(id);
    },
  };
  return {
    clock,
    steady: () => passed,
    set: (by: number) => (set += by),
    live: (ms: number) => {
      const end = passed + ms;
      for (;;) {
        const next = [...timers].sort(([, one], [, other]) => one.due - other.due)[0];
        if (next === undefined || next[1].due > end) break;
        timers.delete(next[0]);
        passed = Math.max(passed, next[1].due);
        next[1].run();
      }
      passed = end;
    },
    /** No timer runs, and the steady time may stand still; the clock goes on. */
    sleep: (ms: number) => (set += ms),
  };
};

describe("locking by itself", () => {
  test.each([-year, -day, -hour, -1])(
    "happens after two minutes also where the clock was set by %i ms meanwhile",
    (jump) => {
      const here = computer();
      let locked = 0;
      createIdleTimer(here.clock, 2 * minute, () => locked++, here.steady);
      here.live(minute);
      here.set(jump);
      here.live(minute - 1);
      expect(locked).toBe(0);
      here.live(1);
      expect(locked).toBe(1);
    },
  );

  test("is not put off by setting the clock back again and again", () => {
    const here = computer();
    let locked = 0;
    const timer = createIdleTimer(here.clock, 2 * minute, () => locked++, here.steady);
    for (let count = 0; count < 20; count++) {
      here.set(-day);
      timer.check();
      here.live(6_000);
    }
    expect(locked).toBe(1);
  });

  test("counts sleep, though no steady time passes in it", () => {
    const here = computer();
    let locked = 0;
    const timer = createIdleTimer(here.clock, 2 * minute, () => locked++, here.steady);
    here.live(minute);
    here.sleep(8 * hour);
    timer.check();
    expect(locked).toBe(1);
  });

  test.each([-year, -day])(
    "leaves whoever goes on typing in peace after the clock was set by %i ms",
    (jump) => {
      const here = computer();
      let locked = 0;
      const timer = createIdleTimer(here.clock, 2 * minute, () => locked++, here.steady);
      here.live(1_000);
      here.set(jump);
      timer.touch();
      for (let count = 0; count < 10; count++) {
        here.live(minute);
        timer.touch();
      }
      expect(locked).toBe(0);
    },
  );

  test.each([day, year])(
    "locks at once where the clock was set by %i ms: it could be sleep",
    (jump) => {
      const here = computer();
      let locked = 0;
      const timer = createIdleTimer(here.clock, 2 * minute, () => locked++, here.steady);
      here.live(1_000);
      here.set(jump);
      timer.touch();
      expect(locked).toBe(1);
    },
  );
});

describe("backups by schedule", () => {
  const made = 1_790_000_000_000;
  const state = { ready: true, every: "week", madeAt: made } as const;

  test.each([-year, -day])("go on where the clock was set by %i ms", (jump) => {
    expect(isBackupDue(state, made + jump)).toBe(true);
    // One is made, is noted by the clock of now, and the next is a week away.
    const again = { ...state, madeAt: made + jump };
    expect(isBackupDue(again, made + jump + day)).toBe(false);
    expect(isBackupDue(again, made + jump + 7 * day)).toBe(true);
  });

  test("are due once, not for each week of a year that the clock has jumped over", () => {
    expect(isBackupDue(state, made + year)).toBe(true);
    expect(isBackupDue({ ...state, madeAt: made + year }, made + year + minute)).toBe(false);
  });
});

describe("days", () => {
  const days = ["2026-03-08", "2026-03-29", "2026-10-04", "2026-10-25", "2026-11-01", "2026-12-31"];

  test.each(zones)("are said as they were chosen in %s, also where clocks change", (zone) => {
    travelTo(zone);
    for (const one of days) {
      const chosen = one as ReturnType<typeof dayAt>;
      expect(dayAt(noonOf(chosen))).toBe(chosen);
      for (let step = -400; step <= 400; step += 1) {
        const then = daysFrom(noonOf(chosen), step);
        const expected = new Date(Date.parse(`${chosen}T00:00:00Z`) + step * day);
        expect(then).toBe(expected.toISOString().slice(0, 10));
      }
    }
  });

  test.each(zones)("before today and after are yesterday and tomorrow in %s", (zone) => {
    travelTo(zone);
    for (const one of days)
      for (const hours of [1, 12, 23]) {
        const [on = 0, month = 1, date = 1] = one.split("-").map(Number);
        const now = new Date(on, month - 1, date, hours).getTime();
        const say = sayDates(now, "en-GB");
        expect(say.day(noonOf(daysFrom(now, -1)))).toBe("yesterday");
        expect(say.day(noonOf(daysFrom(now, 0)))).toBe("today");
        expect(say.day(noonOf(daysFrom(now, 1)))).toBe("tomorrow");
      }
  });
});

describe("quiet hours", () => {
  const quiet = { from: 21 * 60, to: 8 * 60 };

  test.each(zones)("end once a night in %s, all through a year", (zone) => {
    travelTo(zone);
    const start = new Date(2026, 0, 1, 12).getTime();
    for (let count = 0; count < 365; count++) {
      const evening = new Date(2026, 0, 1 + count, 22).getTime();
      const ends = nextTurn((time) => isWithin(quiet, time), evening, 25 * 60);
      const wall = new Date(ends ?? start);
      expect([wall.getHours(), wall.getMinutes()]).toEqual([8, 0]);
      expect((ends ?? 0) - evening).toBeLessThanOrEqual(11 * hour);
    }
  });

  test.each([-year, -day, day, year])(
    "follow the clock as it is after it was set by %i ms",
    (jump) => {
      const noon = new Date(2026, 5, 10, 12).getTime();
      const night = new Date(2026, 5, 10, 23).getTime();
      // What is asked is only what the wall shows: nothing of an earlier reading is kept.
      for (const at of [noon, night]) {
        const wall = new Date(at + jump);
        const minutes = wall.getHours() * 60 + wall.getMinutes();
        const expected = minutes >= quiet.from || minutes < quiet.to;
        expect(isWithin(quiet, at + jump)).toBe(expected);
      }
    },
  );
});

describe("resting", () => {
  test.each(zones)("“until the morning” is eight o’clock on the wall in %s", (zone) => {
    travelTo(zone);
    for (let count = 0; count < 365; count++)
      for (const hours of [3, 13, 22]) {
        const now = new Date(2026, 0, 1 + count, hours).getTime();
        for (const { choice, until } of restTimes(now)) {
          expect(until).toBeGreaterThan(now);
          if (choice === "hour") continue;
          expect(new Date(until).getHours()).toBe(choice === "evening" ? 20 : 8);
        }
      }
  });
});

describe("the period of a mailbox", () => {
  test("is the same wherever two computers are, and never before the first", () => {
    const there = zones.map((zone) => {
      travelTo(zone);
      return periodOf(1_790_000_000_000);
    });
    expect(new Set(there).size).toBe(1);
    expect(periodOf(-year)).toBe(0);
    expect(periodOf(0)).toBe(0);
  });
});
