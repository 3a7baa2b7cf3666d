import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectronApplication, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchTwofold, whyNoWindow } from "../electron/realElectron.ts";

if (whyNoWindow !== undefined) console.log(whyNoWindow);

describe.skipIf(whyNoWindow !== undefined)("Twofold in a real window", () => {
  let folder = "";
  let app: ElectronApplication;
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "twofold-smoke-"));
    app = await launchTwofold("smoke", folder);
    page = await app.firstWindow();
    page.on("request", (request) => requests.push(request.url()));
    await page.waitForLoadState("load");
  });

  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("shows its first screen at its own address, titled Twofold", async () => {
    expect(page.url()).toMatch(/^app:\/\/twofold\//);
    expect(await page.title()).toBe("Twofold");
    await page.getByRole("heading").first().waitFor();
    await page.getByRole("button").first().waitFor();
  });

  test("gives the page no Node, a sandbox, and a bridge", async () => {
    const seen = await page.evaluate(() => ({
      require: typeof Reflect.get(globalThis, "require"),
      process: typeof Reflect.get(globalThis, "process"),
      bridge: Object.keys(
        (Reflect.get(globalThis, "twofold") as object | undefined) ?? {},
      ).toSorted(),
    }));
    expect(seen).toEqual({
      require: "undefined",
      process: "undefined",
      bridge: [
        "backups",
        "desktop",
        "deviceSecret",
        "documents",
        "network",
        "openedFiles",
        "outside",
        "rendezvous",
        "safe",
        "sharedFolder",
        "shell",
        "spelling",
        "updates",
        "window",
      ],
    });
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences: () => { sandbox?: boolean; contextIsolation?: boolean };
      };
      const { sandbox, contextIsolation } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation };
    });
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true });
  });

  test("runs libsodium's WebAssembly and refuses eval", async () => {
    const seen = await page.evaluate(async () => {
      const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
      const wasm = await WebAssembly.compile(empty).then(
        () => true,
        () => false,
      );
      try {
        return { wasm, evaluated: Boolean(Reflect.construct(Function, ["return true"])) };
      } catch {
        return { wasm, evaluated: false };
      }
    });
    expect(seen).toEqual({ wasm: true, evaluated: false });
  });

  test("reaches the rendezvous of this computer, and nobody else", async () => {
    const reached = await page.evaluate(async () => {
      const bridge = Reflect.get(globalThis, "twofold") as {
        rendezvous: { addresses: () => Promise<readonly string[]> };
      };
      const [address = ""] = await bridge.rendezvous.addresses();
      const knock = (url: string) =>
        new Promise<boolean>((answer) => {
          const socket = new WebSocket(url);
          socket.addEventListener("open", () => answer(true));
          socket.addEventListener("error", () => answer(false));
        });
      const fetched = await fetch("https://example.com/").then(
        () => true,
        () => false,
      );
      return {
        own: await knock(address),
        other: await knock("ws://127.0.0.1:9/"),
        stranger: await knock("wss://example.com/"),
        fetched,
      };
    });
    expect(reached).toEqual({ own: true, other: false, stranger: false, fetched: false });
    // What the page asked for a moment ago; whether it shows here depends on which wall it met first.
    const asked = new Set(["https://example.com/"]);
    const own = /^(?:app:\/\/twofold\/|blob:|data:)/;
    expect(requests.filter((url) => !own.test(url) && !asked.has(url))).toEqual([]);
  });

  test("stays where it is and opens no second window", async () => {
    await page.evaluate(() => {
      window.open("https://example.com/");
      location.assign("https://example.com/");
    });
    expect(page.url()).toMatch(/^app:\/\/twofold\//);
    expect(app.windows()).toHaveLength(1);
  });
});
