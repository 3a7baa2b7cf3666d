import { EventEmitter } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startUpdates } from "../../electron/updates/startUpdates.ts";
import { publicPart } from "../../scripts/releasing/signing.mjs";
import { makeKey, releaseAddress, signed } from "../electron/releaseKit.ts";
import { createStandInSession } from "../electron/standInSession.ts";
import { createManualClock } from "../support/manualClock.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-start-updates-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const app = () =>
  Object.assign(new EventEmitter(), {
    isPackaged: true,
    getVersion: () => "0.1.0",
    quit: () => {},
    relaunch: () => {},
  }) as never;

const until = async (reached: () => boolean): Promise<void> => {
  while (!reached()) await new Promise((next) => setImmediate(next));
};

test("the program as it is built now opens no session for it, and puts nothing on the disk", async () => {
  const clock = createManualClock(10 ** 12);
  const updates = startUpdates({
    app: app(),
    openSession: () => {
      throw new Error("no session is wanted");
    },
    folder,
    clock,
  });
  expect((await updates.facts()).host).toBeUndefined();
  expect(clock.waiting()).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test("with an address it waits to be asked, then asks through its own session alone", async () => {
  const key = makeKey();
  const session = createStandInSession();
  const asked: string[] = [];
  Object.assign(session.emitter, {
    setUserAgent: () => {},
    fetch: async (address: string) => {
      asked.push(`${address} ${session.requests(address)}`);
      return new Response(new Uint8Array(signed(key, { least: "0.1.0" })));
    },
  });
  const updates = startUpdates({
    app: app(),
    openSession: () => session.session,
    folder,
    clock: createManualClock(10 ** 12),
    place: {
      address: releaseAddress,
      channel: "stable",
      keys: [publicPart(key), publicPart(makeKey())],
    },
  });
  await updates.facts();
  expect(asked).toEqual([]);
  // No AppImage, no installer: what runs here is for the system to replace.
  expect(await updates.look()).toMatchObject({ ok: true, value: { way: "system" } });
  expect(asked).toEqual([`${releaseAddress}twofold-release.json sent`]);
  expect(session.requests(releaseAddress)).toBe("cancelled");
});

test("what was brought before and is installed by now does not stay", async () => {
  const brought = join(folder, "updates", "brought");
  await mkdir(brought, { recursive: true });
  await writeFile(join(brought, "twofold-1.3.0-win-x64.exe"), "many megabytes");
  startUpdates({
    app: app(),
    openSession: () => createStandInSession().session,
    folder,
    clock: createManualClock(),
  });
  await until(() => !existsSync(join(folder, "updates")));
  expect(await readdir(folder)).toEqual([]);
});
