import { createSocket } from "node:dgram";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IceServer } from "../../shared/journal/journal.ts";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";
import { hasCoturn, openTurnServer, type TurnServer } from "../support/turnServer.ts";

/** What the test button beside a relay says, against a real coturn and against what is none. */

let browser: Browser;
let served: ModulePage;
let page: Page;

beforeAll(async () => {
  [browser, served] = await Promise.all([
    launchChromium(),
    serveModule(join(import.meta.dirname, "tryServer.page.ts")),
  ]);
  page = await (await browser.newContext()).newPage();
  await page.goto(served.origin);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const server = (url: string, username?: string, credential?: string): IceServer => ({
  url,
  ...(username === undefined ? {} : { username }),
  ...(credential === undefined ? {} : { credential }),
});
const ask = (...of: Parameters<typeof server>) =>
  page.evaluate((one) => globalThis.tryServer(one), server(...of));
const askInHaste = (...of: Parameters<typeof server>) =>
  page.evaluate((one) => globalThis.tryInHaste(one), server(...of));

describe.skipIf(!hasCoturn())("a real relay (skipped where coturn is not installed)", () => {
  let turn: TurnServer;
  beforeAll(async () => {
    turn = await openTurnServer();
  });
  afterAll(() => turn?.stop());

  for (const transport of ["udp", "tcp"])
    test(`that takes the name and password carries words, over ${transport}`, async () => {
      const url = `turn:127.0.0.1:${turn.port}?transport=${transport}`;
      expect(await ask(url, turn.username, turn.credential)).toBe("carries");
    });

  test("says so when it does not know the name or the password", async () => {
    const url = `turn:127.0.0.1:${turn.port}`;
    expect(await ask(url, turn.username, "another lamp")).toBe("refused");
    expect(await ask(url, "nobody", turn.credential)).toBe("refused");
  });

  test("answers as STUN too", async () => {
    expect(await ask(`stun:127.0.0.1:${turn.port}`)).toBe("answers");
  });
});

test("where nobody listens, and where somebody never answers, it is silent and the wait ends", async () => {
  const mute = createSocket("udp4");
  await new Promise<void>((bound) => mute.bind(0, "127.0.0.1", bound));
  const { port } = mute.address();
  expect(await askInHaste(`stun:127.0.0.1:${port}`)).toBe("silent");
  expect(await askInHaste(`turn:127.0.0.1:${port}`, "anna", "a lamp")).toBe("silent");
  mute.close();
  expect(await askInHaste(`turn:127.0.0.1:${port}?transport=tcp`, "anna", "a lamp")).toBe("silent");
});

test("what is no relay may answer anything", async () => {
  const rude = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.write(Buffer.alloc(4_096, "no relay here "), () => socket.destroy());
  });
  await new Promise<void>((listening) => rude.listen(0, "127.0.0.1", listening));
  const { port } = rude.address() as AddressInfo;
  expect(await askInHaste(`turn:127.0.0.1:${port}?transport=tcp`, "anna", "a lamp")).toBe("silent");
  await new Promise((closed) => rude.close(closed));
});

test("names that no browser takes are answered too", async () => {
  expect(await askInHaste("turn:127.0.0.1:99999", "anna", "a lamp")).toBe("silent");
  expect(await askInHaste("turn:127.0.0.1:3478")).toBe("silent");
});
