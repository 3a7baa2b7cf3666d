import { beforeEach, describe, expect, test } from "vitest";
import { createLock, lockAtMoments, lockPatience } from "../../electron/lock.ts";
import { createStandIn } from "../electron/standIn.ts";
import { createManualClock } from "../support/manualClock.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a request to lock", () => {
  const begin = () => {
    const clock = createManualClock();
    const tickets: number[] = [];
    const lock = createLock({ notify: (ticket) => tickets.push(ticket) > 0, clock });
    let locked = 0;
    const request = () => void lock.request().then(() => locked++);
    return { clock, tickets, lock, request, locked: () => locked };
  };

  test("is over when the page has locked", async () => {
    const { clock, tickets, lock, request, locked } = begin();
    request();
    await settle();
    expect(locked()).toBe(0);
    expect(lock.done(tickets[0] ?? 0)).toBe(true);
    await settle();
    expect(locked()).toBe(1);
    expect(clock.waiting()).toBe(0);
  });

  test("waits for a page that says nothing 2,000 ms and not one more", async () => {
    const { clock, request, locked } = begin();
    request();
    clock.advance(lockPatience - 1);
    await settle();
    expect(locked()).toBe(0);
    clock.advance(1);
    await settle();
    expect(locked()).toBe(1);
    expect(lockPatience).toBe(2_000);
  });

  test("asks the page once, however many ask at the same time", async () => {
    const { tickets, lock, request, locked } = begin();
    request();
    request();
    expect(tickets).toHaveLength(1);
    lock.done(tickets[0] ?? 0);
    await settle();
    expect(locked()).toBe(2);
  });

  test("is not answered by another ticket or a late one", async () => {
    const { clock, tickets, lock, request, locked } = begin();
    request();
    expect(lock.done(99)).toBe(false);
    await settle();
    expect(locked()).toBe(0);
    clock.advance(lockPatience);
    request();
    expect(tickets).toEqual([1, 2]);
    expect(lock.done(1)).toBe(false);
    await settle();
    expect(locked()).toBe(1);
    expect(lock.done(2)).toBe(true);
  });

  test("does not wait for a window that is gone", async () => {
    const clock = createManualClock();
    const lock = createLock({
      notify: () => {
        throw new TypeError("Object has been destroyed");
      },
      clock,
    });
    await lock.request();
    expect(clock.waiting()).toBe(0);
  });

  test("does not wait where there is no page to tell", async () => {
    const clock = createManualClock();
    await createLock({ notify: () => false, clock }).request();
    expect(clock.waiting()).toBe(0);
  });
});

describe("the moments to lock", () => {
  let standIn = createStandIn();
  let requests = 0;
  let ended = 0;
  let finishLock = () => {};
  let goesAway = false;
  let putAway = 0;

  beforeEach(() => {
    standIn = createStandIn();
    requests = 0;
    ended = 0;
    goesAway = false;
    putAway = 0;
    const window = new (standIn.electron.BrowserWindow as unknown as new (
      options: object,
    ) => Electron.BrowserWindow)({});
    lockAtMoments({
      app: standIn.app.app,
      powerMonitor: standIn.power as unknown as Electron.PowerMonitor,
      window,
      lock: {
        request: () => {
          requests++;
          return new Promise((resolve) => {
            finishLock = resolve;
          });
        },
      },
      beforeEnd: async () => {
        ended++;
        throw new Error("what ends with a problem must not keep the app open");
      },
      putAway: () => {
        if (goesAway) putAway++;
        return goesAway;
      },
    });
  });

  test.each(["suspend", "lock-screen", "user-did-resign-active"])(
    "%s locks and goes on",
    (moment) => {
      standIn.power.emit(moment);
      expect(requests).toBe(1);
      expect(standIn.app.seen.quits).toBe(0);
    },
  );

  test("the end of the Windows session locks", () => {
    standIn.windows[0]?.emitter.emit("query-session-end", {});
    expect(requests).toBe(1);
  });

  test("quitting locks first, ends what else runs, then goes", async () => {
    standIn.app.emitter.quit();
    expect(standIn.app.seen.ended).toBe(false);
    expect(requests).toBe(1);
    await settle();
    expect(standIn.app.seen.ended).toBe(false);
    finishLock();
    await settle();
    expect(ended).toBe(1);
    expect(standIn.app.seen.ended).toBe(true);
    expect(standIn.windows).toHaveLength(0);
    expect(requests).toBe(1);
  });

  test("closing the window locks first and then quits", async () => {
    standIn.windows[0]?.window.close();
    expect(standIn.windows).toHaveLength(1);
    expect(requests).toBe(1);
    finishLock();
    await settle();
    expect(standIn.windows).toHaveLength(0);
    expect(standIn.app.seen.ended).toBe(true);
  });

  test("closing a window that stays in the tray locks it and puts it away, and nothing ends", async () => {
    goesAway = true;
    standIn.windows[0]?.window.close();
    expect(putAway).toBe(1);
    expect(requests).toBe(1);
    finishLock();
    await settle();
    expect(standIn.windows).toHaveLength(1);
    expect(standIn.app.seen.quits).toBe(0);
    expect(ended).toBe(0);
  });

  test("quitting ends the app also while closing would only put it away", async () => {
    goesAway = true;
    standIn.app.emitter.quit();
    standIn.windows[0]?.window.close();
    finishLock();
    await settle();
    expect(putAway).toBe(0);
    expect(standIn.windows).toHaveLength(0);
    expect(standIn.app.seen.ended).toBe(true);
  });

  test("asking twice to quit does not start over", async () => {
    standIn.app.emitter.quit();
    standIn.app.emitter.quit();
    standIn.windows[0]?.window.close();
    expect(requests).toBe(1);
    finishLock();
    await settle();
    expect(ended).toBe(1);
    expect(standIn.app.seen.ended).toBe(true);
  });

  test("shutting down locks first and then quits", async () => {
    standIn.power.emit("shutdown");
    finishLock();
    await settle();
    expect(standIn.app.seen.ended).toBe(true);
  });
});
