import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { channels, pushes } from "../../electron/channels.ts";
import type { ArrivedFiles } from "../../shared/bridge/openedFiles.ts";
import { contentSecurityPolicy } from "../../shared/bridge/contentSecurityPolicy.ts";
import { emitCancellable } from "../electron/emitter.ts";
import { createStandIn } from "../electron/standIn.ts";
import { until } from "../support/until.ts";

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
  await until(() => expect(standIn.windows[0]?.seen.loaded).toEqual(["app://twofold/"]));
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
    expect(standIn.seen.errorBoxes).toEqual([]);
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

  test("on a German computer, why nothing opens is said in German", async () => {
    standIn.app.seen.languages = ["de_DE.UTF-8"];
    standIn.app.emitter.isPackaged = true;
    await start("--remote-debugging-port=9222");
    expect(standIn.seen.errorBoxes).toEqual([
      "Twofold öffnet nicht mit --remote-debugging-port: Ein anderes Programm könnte damit hineinsehen. Nichts wurde geöffnet. Starte es ohne das.",
    ]);
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

  test("is told to keep quiet before it is ready, and installed it has no tools that look into a page", async () => {
    standIn.app.emitter.isPackaged = true;
    const { seen } = await open();
    for (const name of ["disable-background-networking", "disable-http-cache"])
      expect(standIn.app.seen.switches.has(name)).toBe(true);
    expect(seen.options.webPreferences?.devTools).toBe(false);
    expect(standIn.session.requests("devtools://devtools/bundled/x.js")).toBe("cancelled");
  });

  test("shows no server who is there: no password, no certificate, and none is excused", async () => {
    await open();
    for (const event of ["login", "select-client-certificate", "certificate-error"] as const) {
      const answers: unknown[] = [];
      const answer = (...values: unknown[]) => void answers.push(...values);
      const rest =
        event === "login"
          ? [{}, {}, {}]
          : event === "certificate-error"
            ? [{}, "", "", {}]
            : [{}, "", []];
      expect(emitCancellable(standIn.app.emitter, event, ...rest, answer)).toBe(true);
      expect(answers.some(Boolean)).toBe(false);
    }
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
    const request = page.seen.sent.find(({ channel }) => channel === pushes.lockRequest);
    expect(await standIn.ipc.invoke(channels.lockDone, request?.values[0])).toBe(true);
    await until(() => expect(standIn.app.seen.ended).toBe(true));
    expect(standIn.clipboard.seen.text).toBe("");
  });

  test("a page that is loaded anew leaves nothing of the one before: no invitation, no camera, no host, and its own secret to ask for", async () => {
    await open();
    const { invoke } = standIn.ipc;
    const sees = () => standIn.session.asksPermission("media", "app://twofold/", true, ["video"]);
    await invoke(channels.windowCopyInvitation, "twofold://pair#AAA");
    await invoke(channels.windowCamera, true);
    await invoke(channels.networkAllow, ["wss://meet.example.org"]);
    expect(await invoke(channels.deviceSecretObtain)).toMatchObject({ ok: true });
    expect(await invoke(channels.deviceSecretObtain)).toMatchObject({ ok: false });
    expect(sees()).toBe(true);
    expect(await invoke(channels.windowStartAnew, { away: false })).toBe(true);
    expect(sees()).toBe(false);
    expect(standIn.session.requests("wss://meet.example.org/")).toBe("cancelled");
    expect(await invoke(channels.deviceSecretObtain)).toMatchObject({ ok: true });
    await until(() => expect(standIn.clipboard.seen.text).toBe(""));
  });

  test("a camera that is on and a question that stands end with the screen, before the page has answered", async () => {
    await open();
    const { invoke } = standIn.ipc;
    await invoke(channels.windowCamera, true);
    const opened = invoke(channels.outsideOpen, "https://example.org/");
    standIn.power.emit("lock-screen");
    expect(standIn.session.asksPermission("media", "app://twofold/", true, ["video"])).toBe(false);
    expect(await opened).toBe("stayed");
    const again = invoke(channels.outsideOpen, "https://example.org/");
    await invoke(channels.windowStartAnew, { away: true });
    expect(await again).toBe("stayed");
    expect(standIn.seen.openedOutside).toEqual([]);
  });

  test("comes to the front at a second start and takes its link along", async () => {
    const { seen, page } = await open("twofold://pair#AAA");
    seen.minimized = true;
    standIn.app.emitter.emit("second-instance", {}, ["twofold", "twofold://pair#BBB"], "/");
    expect(seen).toMatchObject({ minimized: false, focused: true });
    await standIn.ipc.invoke(channels.pairingLinkAwaited);
    expect(emitCancellable(standIn.app.emitter, "open-url", "twofold://pair#CCC")).toBe(true);
    expect(page.seen.sent).toEqual([
      { channel: pushes.pairingLink, values: ["twofold://pair#BBB"] },
      { channel: pushes.pairingLink, values: ["twofold://pair#CCC"] },
    ]);
  });

  test("a link, a file or a lock that comes when the window is gone throws nothing, and nobody waits for its page", async () => {
    const { window, page } = await open();
    const { invoke } = standIn.ipc;
    await invoke(channels.pairingLinkAwaited);
    await invoke(channels.openedFilesAwaited);
    const file = join(folder, "late.twofold");
    await writeFile(file, "in late");
    window.destroy();
    expect(emitCancellable(standIn.app.emitter, "open-url", "twofold://pair#AAA")).toBe(true);
    expect(emitCancellable(standIn.app.emitter, "open-file", file)).toBe(true);
    standIn.power.emit("lock-screen");
    await until(() => expect(standIn.app.seen.ended).toBe(true));
    expect(page.seen.sent).toEqual([]);
  });

  test("takes along the files of the first start, of a second one and of the system, by ticket and name", async () => {
    const file = async (name: string) => {
      const path = join(folder, name);
      await writeFile(path, `in ${name}`);
      return path;
    };
    const { page } = await open("--profile", "sam", await file("one.twofold"));
    standIn.app.emitter.emit("second-instance", {}, ["twofold", await file("two.twofold")], "/");
    const third = await file("three.twofold");
    expect(emitCancellable(standIn.app.emitter, "open-file", third)).toBe(true);
    const sent = () => page.seen.sent.filter(({ channel }) => channel === pushes.openedFiles);
    expect(sent()).toEqual([]);
    expect(await standIn.ipc.invoke(channels.openedFilesAwaited)).toBe(true);
    const names = () =>
      sent()
        .flatMap(({ values }) => values as ArrivedFiles[])
        .flatMap(({ files }) => files)
        .map(({ name }) => name)
        .toSorted();
    await until(() => expect(names()).toEqual(["one.twofold", "three.twofold", "two.twofold"]));
    expect(JSON.stringify(page.seen.sent)).not.toContain(folder);
    const ticket = sent()
      .flatMap(({ values }) => values as ArrivedFiles[])
      .flatMap(({ files }) => files)
      .find(({ name }) => name === "two.twofold")?.ticket;
    const { invoke } = standIn.ipc;
    expect(await invoke(channels.openedFilesBegin, ticket)).toEqual({ ok: true, value: 14 });
    expect(await invoke(channels.openedFilesRead, ticket, 3, 64)).toEqual({
      ok: true,
      value: new TextEncoder().encode("two.twofold"),
    });
    expect(await invoke(channels.openedFilesDone, ticket)).toMatchObject({ ok: true });
    expect(await invoke(channels.openedFilesRead, ticket, 0, 1)).toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  test("carries files by the folder that was chosen in its window, and tells its path to nobody", async () => {
    const { page } = await open();
    const { invoke } = standIn.ipc;
    expect(await invoke(channels.sharedList)).toMatchObject({ code: "FOLDER_GONE" });
    const ours = await mkdtemp(join(folder, "ours-"));
    standIn.seen.chosen = ours;
    const chosen = { state: "ready", name: basename(ours) };
    expect(await invoke(channels.sharedChooseFolder)).toEqual({ ok: true, value: chosen });
    expect(await invoke(channels.backupsFolder)).toEqual({ state: "none" });
    expect(await invoke(channels.sharedPut, "one.twofold", Uint8Array.of(1))).toMatchObject({
      ok: true,
    });
    expect(await invoke(channels.sharedList)).toMatchObject({ value: [{ name: "one.twofold" }] });
    expect(await readdir(ours)).toEqual(["one.twofold"]);
    expect(JSON.stringify(page.seen.sent)).not.toContain(folder);
    expect(await invoke(channels.sharedForgetFolder)).toMatchObject({ ok: true });
  });

  test("stands where it stood, and says where it stands when it ends", async () => {
    const profile = join(folder, "Twofold", "profile-default");
    await mkdir(profile, { recursive: true });
    const stood = { x: 120, y: 80, width: 900, height: 700, maximised: 1, fullScreen: 0, zoom: 4 };
    await writeFile(join(profile, "window.json"), JSON.stringify(stood));
    const { seen, emitter, page } = await open();
    expect(seen.options).toMatchObject({ x: 120, y: 80, width: 900, height: 700 });
    page.emitter.emit("did-navigate");
    emitter.emit("ready-to-show");
    expect(page.seen.zoom).toBe(4);
    expect(seen.maximized).toBe(true);
    seen.bounds = { ...seen.bounds, x: 200 };
    standIn.app.emitter.quit();
    const request = page.seen.sent.find(({ channel }) => channel === pushes.lockRequest);
    await standIn.ipc.invoke(channels.lockDone, request?.values[0]);
    await until(() => expect(standIn.app.seen.ended).toBe(true));
    const kept: unknown = JSON.parse(await readFile(join(profile, "window.json"), "utf8"));
    expect(kept).toEqual({ ...stood, x: 200 });
  });

  test("comes onto a display when the one where it stood is gone", async () => {
    const profile = join(folder, "Twofold", "profile-default");
    await mkdir(profile, { recursive: true });
    const stood = { x: 4000, y: 80, width: 900, height: 700 };
    await writeFile(
      join(profile, "window.json"),
      JSON.stringify({ ...stood, maximised: 0, fullScreen: 0, zoom: 0 }),
    );
    expect((await open()).seen.options).toMatchObject({ x: 1020, y: 80 });
  });

  test("waits minimised for whoever chose that, and comes up when it is started once more meanwhile", async () => {
    const profile = join(folder, "Twofold", "profile-default");
    await mkdir(profile, { recursive: true });
    await writeFile(join(profile, "desktop.json"), JSON.stringify({ startsMinimised: true }));
    await start();
    standIn.app.emitter.emit("second-instance", {}, ["twofold"], "/");
    standIn.app.becomeReady();
    await until(() => expect(standIn.windows[0]?.seen.loaded).toHaveLength(1));
    standIn.windows[0]?.emitter.emit("ready-to-show");
    expect(standIn.windows[0]?.seen).toMatchObject({ minimized: false, shown: true });
  });

  test("minimised, it is not shown until somebody goes to it", async () => {
    const profile = join(folder, "Twofold", "profile-default");
    await mkdir(profile, { recursive: true });
    await writeFile(join(profile, "desktop.json"), JSON.stringify({ startsMinimised: true }));
    const { seen, emitter } = await open();
    emitter.emit("ready-to-show");
    expect(seen).toMatchObject({ minimized: true, shown: false });
    standIn.app.emitter.emit("second-instance", {}, ["twofold"], "/");
    expect(seen).toMatchObject({ minimized: false, shown: true, focused: true });
  });

  test("what was chosen for this computer stands before the first screen is seen", async () => {
    const profile = join(folder, "Twofold", "profile-default");
    await mkdir(profile, { recursive: true });
    const chosen = { tray: true, hidesFromCapture: true };
    await writeFile(join(profile, "desktop.json"), JSON.stringify(chosen));
    const { seen } = await open();
    expect(seen).toMatchObject({ protected: true, shown: false });
    expect(standIn.desktop.seen.trays).toHaveLength(1);
  });

  test("keeps what is chosen for this computer in its profile, and acts on it at once", async () => {
    await open("--profile", "sam");
    const changed = await standIn.ipc.invoke(channels.desktopChange, { name: "tray", to: true });
    expect(changed).toMatchObject({ ok: true, value: { settings: { tray: true } } });
    expect(standIn.desktop.seen.trays).toHaveLength(1);
    const file = join(folder, "Twofold", "profile-sam", "desktop.json");
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ tray: true });
  });

  test("says in one notice that something is there, until the window is looked at", async () => {
    const { emitter } = await open();
    await standIn.ipc.invoke(channels.desktopChange, { name: "notices", to: true });
    expect(await standIn.ipc.invoke(channels.desktopNotify)).toBe(true);
    expect(await standIn.ipc.invoke(channels.desktopNotify)).toBe(false);
    emitter.emit("focus");
    expect(standIn.desktop.seen.notices.map(({ made }) => made.closed)).toEqual([1]);
    expect(await standIn.ipc.invoke(channels.desktopNotify)).toBe(true);
  });

  test("steps out at a key of the whole system, and gives the key back when it ends", async () => {
    const { seen, page } = await open();
    const { invoke } = standIn.ipc;
    await invoke(channels.desktopChange, { name: "stepOutKeys", to: "space" });
    const [press] = standIn.desktop.shortcuts.values();
    press?.();
    expect(seen.minimized || standIn.app.seen.hidden).toBe(true);
    expect(page.seen.sent.map(({ channel }) => channel)).toEqual([
      pushes.stepOut,
      pushes.lockRequest,
    ]);
    standIn.app.emitter.quit();
    await invoke(channels.lockDone, page.seen.sent[1]?.values[0]);
    await until(() => expect(standIn.app.seen.ended).toBe(true));
    expect(standIn.desktop.shortcuts.size).toBe(0);
  });

  test("closing the window locks and leaves it in the tray for whoever chose both, and Quit still quits", async () => {
    const { seen, window, page } = await open();
    const { invoke } = standIn.ipc;
    await invoke(channels.desktopChange, { name: "tray", to: true });
    await invoke(channels.desktopChange, { name: "staysInTray", to: true });
    seen.shown = true;
    window.close();
    expect(seen).toMatchObject({ shown: false, destroyed: false });
    expect(page.seen.sent.map(({ channel }) => channel)).toEqual([pushes.lockRequest]);
    await invoke(channels.lockDone, page.seen.sent[0]?.values[0]);
    const { made } = standIn.desktop.seen.trays[0] ?? {};
    made?.menu
      .find(({ label }) => label === "Quit")
      ?.click?.(undefined as never, undefined, undefined as never);
    await invoke(channels.lockDone, page.seen.sent[1]?.values[0]);
    await until(() => expect(standIn.app.seen.ended).toBe(true));
    expect(made?.destroyed).toBe(true);
  });

  test("speaks the system's language until the page says how it speaks, and then as the page", async () => {
    standIn.app.seen.languages = ["de-AT", "en-GB"];
    await open();
    const { invoke } = standIn.ipc;
    const menu = () => standIn.seen.menu?.flatMap(({ label }) => label ?? []);
    expect(menu()).toEqual(["Twofold", "Bearbeiten", "Ansicht"]);
    expect(await invoke(channels.desktopSpeak, "en")).toBe(true);
    expect(menu()).toEqual(["Twofold", "Edit", "View"]);
    expect(await invoke(channels.desktopSpeak, "nl")).toBe(false);
    expect(menu()).toEqual(["Twofold", "Edit", "View"]);
    await invoke(channels.desktopSpeak, "de");
    expect(menu()).toEqual(["Twofold", "Bearbeiten", "Ansicht"]);
  });

  test("locks and prints from its menu", async () => {
    const { page } = await open();
    const press = (label: string) =>
      standIn.seen.menu
        ?.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
        .find((item) => item.label === label)
        ?.click?.(undefined as never, undefined, undefined as never);
    press("Print…");
    expect(page.seen.printed).toBe(1);
    press("Lock");
    expect(page.seen.sent.map(({ channel }) => channel)).toEqual([pushes.lockRequest]);
  });

  test("registers for links only where it is installed", async () => {
    await open();
    expect(standIn.app.seen.protocolClient).toBeUndefined();
  });
});
