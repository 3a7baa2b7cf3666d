import type { App, BrowserWindow, PowerMonitor } from "electron";
import type { Clock } from "../shared/base/clock.ts";

/** How long quitting and sleeping wait for the renderer to flush and lock, in ms. */
export const lockPatience = 2_000;

export type Lock = {
  /** Resolves when the renderer has locked, or after `lockPatience`. Never rejects; one request at a time. */
  readonly request: () => Promise<void>;
  /** The renderer's answer; false for a ticket that nobody waits for. */
  readonly done: (ticket: number) => boolean;
};

export type LockParts = {
  /** False where there is no page to wait for. */
  readonly notify: (ticket: number) => boolean;
  readonly clock: Clock;
};

export const createLock = ({ notify, clock }: LockParts): Lock => {
  let lastTicket = 0;
  let open:
    | { readonly ticket: number; readonly settled: Promise<void>; readonly settle: () => void }
    | undefined;

  const begin = () => {
    const ticket = ++lastTicket;
    const { promise, resolve } = withResolver();
    const cancel = clock.after(lockPatience, () => settle());
    const settle = () => {
      cancel();
      open = undefined;
      resolve();
    };
    open = { ticket, settled: promise, settle };
    let told = false;
    try {
      told = notify(ticket);
    } catch {
      // Nothing may keep the app from ending.
    }
    if (!told) settle();
    return promise;
  };

  return {
    request: () => open?.settled ?? begin(),
    done: (ticket) => {
      if (open?.ticket !== ticket) return false;
      open.settle();
      return true;
    },
  };
};

const withResolver = () => {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

export type LockMoments = {
  readonly app: App;
  readonly powerMonitor: PowerMonitor;
  readonly window: BrowserWindow;
  readonly lock: Pick<Lock, "request">;
  /** What else must end before the process does. */
  readonly beforeEnd: () => Promise<void>;
  /** Puts the window away in place of closing it, for whoever chose that; false: it is to be closed. */
  readonly putAway?: () => boolean;
};

/** Sleep, screen lock, another account, closing, quitting, shutting down. */
export const lockAtMoments = ({
  app,
  powerMonitor,
  window,
  lock,
  beforeEnd,
  putAway = () => false,
}: LockMoments): void => {
  let ending: Promise<void> | undefined;
  let mayEnd = false;
  const flushAndQuit = async () => {
    await lock.request();
    await beforeEnd().catch(() => undefined);
    mayEnd = true;
    app.quit();
  };
  const end = () => {
    ending ??= flushAndQuit();
  };
  const endLater = (event: { preventDefault: () => void }) => {
    if (mayEnd) return;
    event.preventDefault();
    end();
  };
  const lockNow = () => {
    void lock.request();
  };
  /** Put away it is locked like one that was closed. */
  const close = (event: { preventDefault: () => void }) => {
    if (ending !== undefined || !putAway()) return endLater(event);
    event.preventDefault();
    lockNow();
  };
  powerMonitor.on("suspend", lockNow);
  powerMonitor.on("lock-screen", lockNow);
  powerMonitor.on("user-did-resign-active", lockNow);
  powerMonitor.on("shutdown", end);
  window.on("query-session-end", lockNow);
  window.on("close", close);
  app.on("before-quit", endLater);
  app.on("window-all-closed", () => app.quit());
};
