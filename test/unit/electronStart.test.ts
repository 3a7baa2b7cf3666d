import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { channels, notices } from "../../electron/channels.ts";
import { contentSecurityPolicy } from "../../shared/bridge/contentSecurityPolicy.ts";
import { emitCancellable } from "../electron/emitter.ts";
import { createStandIn } from "../electron/standIn.ts";

let folder = "";
let standIn = createStandIn();
const argv = process.argv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-start-"));
  standIn = createStandIn();
  standIn.app.seen.paths.set("appData", folder);
  vi.resetModules();
  vi.doMock("electron", () => standIn.electron);
  // The port of this computer may be in use by a person: no test listens there.
  vi.doMock("../../server/rendezvous.ts", () => ({
    defaultPort: 47_180,
    startRendezvous: async ({ host, port }: { host: string; port: number }) => ({
      ok: true,
      value: { addresses: [`ws://${host}:${port}`], stop: async () => {} },
    }),
  }));
});

afterEach(async () => {
  process.argv = argv;
  vi.doUnmock("../../server/rendezvous.ts");
  await rm(folder, { recursive: true, force: true });
});

const start = async (...words: string[]) => {
  process.argv = ["twofold", ...words];
  await import("../../electron/main.ts");
};

const open = async (...words: string[]) => {
  await start(...words);
  standIn.app.becomeReady();
  await vi.waitFor(() => expect(standIn.windows[0]?.seen.loaded).toEqual(["app://twofold/"]));
  const window = standIn.windows[0];
  if (window === undefined) throw new Error("no window");
  return window;
};

describe("before anything is open", () => {
  test("the scheme is registered, the sandbox is on, and each profile has a folder and a lock", async () => {
    await start("--profile", "sam");
    expect(standIn.seen.schemes.map(({ scheme }) => scheme)).toEqual(["app"]);
    expect(standIn.app.seen.sandboxed).toBe(true);
    expect(standIn.app.seen.paths.get("userData")).toBe(join(folder, "Twofold", "profile-sam"));
    expect(standIn.windows).toHaveLength(0);
  });

  test("a second start of the same profile opens nothing", async () => {
    standIn.app.seen.otherInstance = true;
    await start();
    standIn.app.becomeReady();
    expect(standIn.app.seen.quits).toBe(1);
    expect(standIn.app.seen.sandboxed).toBe(false);
    expect(standIn.windows).toHaveLength(0);
  });

  test("a packaged build does not open under a debugger, and says why", async () => {
    standIn.app.emitter.isPackaged = true;
    await start("--remote-debugging-port=9222");
    expect(standIn.app.seen.exitCode).toBe(1);
    expect(standIn.seen.errorBoxes.join()).toContain("--remote-debugging-port");
    expect(standIn.app.seen.paths.has("userData")).toBe(false);
  });

  test("a development build may be looked into", async () => {
    await open("--remote-debugging-port=0", "--inspect=0");
    expect(standIn.app.seen.exitCode).toBeUndefined();
  });

  test("a profile's name that is no name opens nothing and writes nothing", async () => {
    await start("--profile=../../sam");
    expect(standIn.app.seen.exitCode).toBe(1);
    expect(standIn.seen.errorBoxes.join()).toContain("--profile NAME");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the open app", () => {
  test("has one hidden window with our page, the walls up and the guard at the door", async () => {
    const { seen, emitter, page } = await open();
    expect(seen.shown).toBe(false);
    emitter.emit("ready-to-show");
    expect(seen.shown).toBe(true);
    expect(seen.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true });
    expect(page.seen.ipPolicy).toBe("default");
    expect(page.seen.openHandler?.({} as never)).toEqual({ action: "deny" });
    expect(emitCancellable(page.emitter, "will-navigate")).toBe(true);
    expect(standIn.session.requests("https://example.com/")).toBe("cancelled");
    expect(standIn.session.asksPermission("geolocation", "app://twofold/")).toBe(false);
    expect(standIn.session.set.spellChecker).toBe(false);
    expect(standIn.app.seen.hostResolver).toMatchObject({ secureDnsMode: "off" });
    expect(standIn.seen.menu).toBeDefined();
  });

  test("every other page that comes to be is held in place too", async () => {
    await open();
    const { createStandInContents } = await import("../electron/standInContents.ts");
    const other = createStandInContents();
    standIn.app.emitter.emit("web-contents-created", {}, other.contents);
    expect(emitCancellable(other.emitter, "will-attach-webview")).toBe(true);
  });

  test("serves only its own folder, with the policy", async () => {
    await open();
    const handler = standIn.session.set.protocols.get("app");
    const answer = await handler?.(new Request("app://twofold/absent.js"));
    expect(answer?.status).toBe(404);
    expect(answer?.headers.get("Content-Security-Policy")).toBe(contentSecurityPolicy);
  });

  test("tells the page what it is, and nothing more", async () => {
    const { seen } = await open("--profile", "sam");
    const [word = ""] = seen.options.webPreferences?.additionalArguments ?? [];
    expect(JSON.parse(word.replace("--twofold-shell=", ""))).toEqual({
      kind: "electron",
      platform: process.platform === "darwin" ? "macos" : process.platform,
      version: "0.1.0",
      profile: "sam",
    });
  });

  test("answers the bridge: files, secret, rendezvous, clipboard, window", async () => {
    const window = await open();
    const { invoke } = standIn.ipc;
    expect(await invoke(channels.safeWrite, "vault", Uint8Array.of(1))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await invoke(channels.safeRead, "vault")).toEqual({ ok: true, value: Uint8Array.of(1) });
    expect(await readdir(join(folder, "Twofold", "profile-default", "safe"))).toEqual(["vault"]);
    // The vault is there and no secret was kept: a new one would not open it.
    expect(await invoke(channels.deviceSecretObtain)).toMatchObject({ code: "KEYCHAIN_LOST" });
    await invoke(channels.safeRemove, "vault");
    expect(await invoke(channels.deviceSecretObtain)).toMatchObject({
      value: { kept: "keychain" },
    });
    expect(standIn.session.requests("ws://127.0.0.1:47180/")).toBe("cancelled");
    expect(await invoke(channels.rendezvousAddresses)).toEqual(["ws://127.0.0.1:47180"]);
    expect(standIn.session.requests("ws://127.0.0.1:47180/")).toBe("sent");
    await invoke(channels.networkAllow, ["wss://meet.example.org"]);
    expect(standIn.session.requests("wss://meet.example.org/")).toBe("sent");
    expect(await invoke(channels.windowCopyInvitation, "twofold://pair#AAA")).toBe(true);
    expect(standIn.clipboard.seen.text).toBe("twofold://pair#AAA");
    expect(await invoke(channels.windowHide)).toBe(true);
    expect(window.seen.minimized || standIn.app.seen.hidden).toBe(true);
  });

  test("quits when the page has locked, and leaves no invitation on the clipboard", async () => {
    const { page } = await open();
    await standIn.ipc.invoke(channels.windowCopyInvitation, "twofold://pair#AAA");
    standIn.app.emitter.quit();
    expect(standIn.app.seen.ended).toBe(false);
    const request = page.seen.sent.find(({ channel }) => channel === notices.lockRequest);
    expect(await standIn.ipc.invoke(channels.lockDone, request?.values[0])).toBe(true);
    await vi.waitFor(() => expect(standIn.app.seen.ended).toBe(true));
    expect(standIn.clipboard.seen.text).toBe("");
  });

  test("comes to the front at a second start and takes its link along", async () => {
    const { seen, page } = await open("twofold://pair#AAA");
    seen.minimized = true;
    standIn.app.emitter.emit("second-instance", {}, ["twofold", "twofold://pair#BBB"], "/");
    expect(seen).toMatchObject({ minimized: false, focused: true });
    await standIn.ipc.invoke(channels.pairingLinkAwaited);
    expect(emitCancellable(standIn.app.emitter, "open-url", "twofold://pair#CCC")).toBe(true);
    expect(page.seen.sent).toEqual([
      { channel: notices.pairingLink, values: ["twofold://pair#BBB"] },
      { channel: notices.pairingLink, values: ["twofold://pair#CCC"] },
    ]);
  });

  test("registers for links only where it is installed", async () => {
    await open();
    expect(standIn.app.seen.protocolClient).toBeUndefined();
  });
});
