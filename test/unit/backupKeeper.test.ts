import { describe, expect, test } from "vitest";
import { createBackupKeeper } from "../../renderer/backup/keeper.ts";
import { createBrowserBackups } from "../../renderer/shell/browserBackups.ts";
import type { BackupPlaces } from "../../renderer/shell/backupPlaces.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { BackupFiles } from "../../shared/bridge/backupFiles.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import type { BackupCode, Backups } from "../../shared/journal/backups.ts";
import { createManualClock } from "../support/manualClock.ts";

const minutes = 60_000;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const scene = (folder: ChosenFolder = { state: "ready", name: "Stick" }) => {
  const clock = createManualClock(1_790_000_000_000);
  const calls: string[] = [];
  const now = { folder, due: true, answer: accept(undefined) as Result<void, BackupCode> };
  const call = async (name: string) => {
    calls.push(name);
    return accept(undefined);
  };
  const files = {
    folder: async () => now.folder,
    begin: async (where) => {
      calls.push(`begin ${where}`);
      return accept({ ticket: 1, readable: true });
    },
    keep: () => call("keep"),
    discard: () => call("discard"),
  } satisfies Partial<BackupFiles>;
  const backups: Pick<Backups, "make" | "isDue"> = {
    isDue: () => now.due,
    make: async (_to, _readBack, work) => {
      calls.push("make");
      await settle();
      if (work.cancelled()) return refuse("CANCELLED");
      if (now.answer.ok) now.due = false;
      return now.answer;
    },
  };
  const keeper = createBackupKeeper(backups, files as unknown as BackupFiles, clock);
  const later = async (ms: number) => {
    clock.advance(ms);
    for (let turn = 0; turn < 6; turn++) await settle();
  };
  return { clock, calls, now, keeper, later };
};

describe("a backup that is due", () => {
  test("is made some seconds after unlocking, and nothing is said of it", async () => {
    const { keeper, later, calls } = scene();
    keeper.start();
    expect(calls).toEqual([]);
    await later(minutes);
    expect(calls).toEqual(["begin folder", "make", "keep"]);
    expect(keeper.state.read()).toEqual({ at: "idle" });
    await later(24 * 60 * minutes);
    expect(calls).toHaveLength(3);
  });

  test("becomes due while it is open, and is made then", async () => {
    const { keeper, later, calls, now } = scene();
    now.due = false;
    keeper.start();
    await later(60 * minutes);
    expect(calls).toEqual([]);
    now.due = true;
    await later(31 * minutes);
    expect(calls).toContain("keep");
  });

  test("that is refused says so with its code, leaves nothing, and is tried again later", async () => {
    const { keeper, later, calls, now } = scene();
    now.answer = refuse("DISK_FULL");
    keeper.start();
    await later(minutes);
    expect(keeper.state.read()).toEqual({ at: "refused", asked: false, code: "DISK_FULL" });
    expect(calls).toEqual(["begin folder", "make", "discard"]);
    keeper.forget();
    expect(keeper.state.read()).toEqual({ at: "idle" });
    now.answer = accept(undefined);
    await later(31 * minutes);
    expect(calls.at(-1)).toBe("keep");
    expect(keeper.state.read()).toEqual({ at: "idle" });
  });

  test("waits for the person where the browser has to ask them, and where there is no folder", async () => {
    const asks = scene({ state: "asks", name: "Stick" });
    asks.keeper.start();
    await asks.later(minutes);
    expect(asks.keeper.state.read()).toMatchObject({ at: "refused", code: "NO_PERMISSION" });
    expect(asks.calls).toEqual([]);
    const none = scene({ state: "none" });
    none.keeper.start();
    await none.later(minutes);
    expect(none.keeper.state.read()).toEqual({ at: "idle" });
  });

  test("ends with the lock: nothing is left of it, and no timer", async () => {
    const { keeper, clock, calls, later } = scene();
    const stop = keeper.start();
    clock.advance(minutes);
    await Promise.resolve();
    await Promise.resolve();
    stop();
    await later(0);
    expect(calls.at(-1)).toBe("discard");
    expect(clock.waiting()).toBe(0);
  });
});

describe("one that was asked for", () => {
  test("says how it ended, and one at a time is made", async () => {
    const { keeper, calls } = scene();
    const stop = keeper.start();
    await Promise.all([keeper.begin("ask"), keeper.begin("folder")]);
    expect(calls).toEqual(["begin ask", "make", "keep"]);
    expect(keeper.state.read()).toEqual({ at: "made", asked: true });
    stop();
  });

  test("can be stopped", async () => {
    const { keeper, calls } = scene();
    const stop = keeper.start();
    const making = keeper.begin("folder");
    keeper.stop();
    await making;
    expect(keeper.state.read()).toMatchObject({ at: "refused", code: "CANCELLED" });
    expect(calls.at(-1)).toBe("discard");
    stop();
  });
});

describe("a browser without folders", () => {
  const places = (downloaded: string[]): BackupPlaces => ({
    pickFolder: undefined,
    pickFile: undefined,
    download: (name, content) => downloaded.push(`${name} ${content.size}`),
    kept: { read: async () => undefined, write: async () => {} },
  });

  test("hands over a whole file only when it is kept, and says that it cannot be read again", async () => {
    const downloaded: string[] = [];
    const files = createBrowserBackups(places(downloaded), { now: () => 1_790_000_000_000 });
    expect(await files.folder()).toEqual({ state: "notOffered" });
    const begun = await files.begin("ask");
    if (!begun.ok || begun.value === undefined) throw new Error("not begun");
    const { ticket, readable } = begun.value;
    expect(readable).toBe(false);
    await files.write(ticket, new Uint8Array(700));
    await files.write(ticket, new Uint8Array(300));
    expect(await files.finish(ticket)).toEqual({ ok: true, value: 1_000 });
    expect(await files.read(ticket, 0, 10)).toMatchObject({ code: "BAD_REQUEST" });
    expect(downloaded).toEqual([]);
    expect(await files.keep(ticket)).toMatchObject({ ok: true });
    expect(downloaded).toHaveLength(1);
    expect(downloaded[0]).toMatch(/^Twofold-[0-9a-f]{8}-\d{8}-\d{6}\.twofold 1000$/);
    expect(await files.keep(ticket)).toMatchObject({ code: "BAD_REQUEST" });
  });

  test("hands over nothing of one that is discarded", async () => {
    const downloaded: string[] = [];
    const files = createBrowserBackups(places(downloaded), { now: () => 0 });
    const begun = await files.begin("ask");
    if (!begun.ok || begun.value === undefined) throw new Error("not begun");
    await files.write(begun.value.ticket, new Uint8Array(700));
    await files.discard(begun.value.ticket);
    expect(await files.keep(begun.value.ticket)).toMatchObject({ code: "BAD_REQUEST" });
    expect(downloaded).toEqual([]);
  });
});
