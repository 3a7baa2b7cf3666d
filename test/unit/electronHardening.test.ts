import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { createCamera } from "../../electron/camera.ts";
import { menuTemplate } from "../../electron/menu.ts";
import { keepInPlace } from "../../electron/navigation.ts";
import {
  createNetworkGuard,
  guardRequests,
  quietChromium,
  refuseCredentials,
  useSystemResolver,
} from "../../electron/network.ts";
import { denyPermissions } from "../../electron/permissions.ts";
import { findRefusedSwitch } from "../../electron/refuseDebug.ts";
import { shellTexts } from "../../electron/texts.ts";
import {
  hideWindow,
  reopenAfterCrash,
  showAgain,
  showWhenReady,
  windowOptions,
} from "../../electron/window.ts";
import { emitCancellable } from "../electron/emitter.ts";
import { createStandIn } from "../electron/standIn.ts";
import { createStandInContents, createStandInWindow } from "../electron/standInContents.ts";
import { createStandInSession } from "../electron/standInSession.ts";
import { createManualClock } from "../support/manualClock.ts";

const facts = { kind: "electron", platform: "linux", version: "0.1.0", profile: "sam" } as const;

describe("the window", () => {
  const packaged = windowOptions({
    dark: false,
    devTools: false,
    preload: "/p/preload.cjs",
    facts,
  });

  test("runs the page in a sandbox, without Node, in a world of its own", () => {
    expect(packaged.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  test("never says in the task bar what is written inside", () => {
    const { window, emitter } = createStandInWindow(packaged);
    showWhenReady(window);
    expect(packaged.title).toBe("Twofold");
    expect(emitCancellable(emitter, "page-title-updated", "Why that night in March")).toBe(true);
    expect(emitCancellable(emitter, "page-title-updated", "Twofold: Notes")).toBe(true);
    expect(emitCancellable(emitter, "page-title-updated", "Notes")).toBe(false);
    expect(emitCancellable(emitter, "page-title-updated", "Twofold")).toBe(false);
  });

  test("appears only once there is something to show, on paper of its theme", () => {
    const { window, emitter, seen } = createStandInWindow(packaged);
    showWhenReady(window);
    expect(seen.shown).toBe(false);
    emitter.emit("ready-to-show");
    expect(seen.shown).toBe(true);
    expect(packaged.backgroundColor).toBe("#f6f2ea");
    expect(windowOptions({ dark: true, devTools: false, preload: "", facts }).backgroundColor).toBe(
      "#1b1a1e",
    );
  });

  test("steps out of sight at once and comes back from the task bar or by a second start", () => {
    const { app } = createStandIn();
    const { window, seen } = createStandInWindow(packaged);
    expect(hideWindow(app.app, window, "linux")).toBe(true);
    expect(seen.minimized).toBe(true);
    showAgain(window);
    expect(seen).toMatchObject({ minimized: false, shown: true, focused: true });
    expect(hideWindow(app.app, window, "darwin")).toBe(true);
    expect(app.seen.hidden).toBe(true);
    window.destroy();
    expect(hideWindow(app.app, window, "linux")).toBe(false);
    expect(hideWindow(app.app, undefined, "linux")).toBe(false);
  });

  test("loads again after a crash, but not round and round", () => {
    const clock = createManualClock();
    const { contents, emitter } = createStandInContents();
    let loads = 0;
    reopenAfterCrash(contents, clock, () => loads++);
    emitter.emit("render-process-gone", {}, { reason: "clean-exit" });
    clock.advance(20_000);
    emitter.emit("render-process-gone", {}, { reason: "crashed" });
    emitter.emit("render-process-gone", {}, { reason: "crashed" });
    expect(loads).toBe(1);
    clock.advance(10_000);
    emitter.emit("render-process-gone", {}, { reason: "oom" });
    expect(loads).toBe(2);
  });
});

describe("navigation", () => {
  test.each(["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"])(
    "%s is denied",
    (name) => {
      const { contents, emitter } = createStandInContents();
      expect(emitCancellable(emitter, name)).toBe(false);
      keepInPlace(contents);
      expect(emitCancellable(emitter, name)).toBe(true);
    },
  );

  test("no page opens a window, and one that opened all the same is destroyed", () => {
    const { contents, emitter, seen } = createStandInContents();
    keepInPlace(contents);
    expect(seen.openHandler?.({ url: "https://example.com" } as never)).toEqual({ action: "deny" });
    const opened = createStandInWindow();
    emitter.emit("did-create-window", opened.window, {});
    expect(opened.seen.destroyed).toBe(true);
  });

  test("a page cannot keep the window open", () => {
    const { contents, emitter } = createStandInContents();
    keepInPlace(contents);
    expect(emitCancellable(emitter, "will-prevent-unload")).toBe(true);
  });
});

describe("permissions", () => {
  const own = "app://twofold/";
  const denied = [
    "media",
    "geolocation",
    "geolocation-approximate",
    "notifications",
    "clipboard-read",
    "clipboard-sanitized-write",
    "display-capture",
    "midi",
    "pointerLock",
    "fullscreen",
    "openExternal",
    "fileSystem",
    "usb",
    "serial",
    "hid",
    "idle-detection",
    "screen-wake-lock",
    "window-management",
    "background-sync",
    "local-fonts",
    "storage-access",
    "sensors",
    "unknown",
  ] as const;
  const granted = [
    "local-network-access",
    "local-network",
    "loopback-network",
    "persistent-storage",
  ] as const;

  test.each(denied)("%s is denied, asked or checked", (permission) => {
    const session = createStandInSession();
    expect(session.asksPermission(permission, own)).toBe(true);
    denyPermissions(session.session, createCamera());
    expect(session.asksPermission(permission, own)).toBe(false);
    expect(session.checksPermission(permission, "app://twofold")).toBe(false);
  });

  test.each(granted)("%s is our own page's alone", (permission) => {
    const session = createStandInSession();
    denyPermissions(session.session, createCamera());
    expect(session.asksPermission(permission, own)).toBe(true);
    expect(session.checksPermission(permission, "app://twofold")).toBe(true);
    expect(session.asksPermission(permission, own, false)).toBe(false);
    expect(session.asksPermission(permission, "https://twofold/")).toBe(false);
    expect(session.asksPermission(permission, "app://twofold.example/")).toBe(false);
    expect(session.asksPermission(permission, "not an address")).toBe(false);
    expect(session.checksPermission(permission, "https://example.com")).toBe(false);
    expect(session.checksPermission(permission, "app://twofold", { isMainFrame: false })).toBe(
      false,
    );
    expect(
      session.checksPermission(permission, "app://twofold", {
        isMainFrame: true,
        embeddingOrigin: "https://example.com",
      }),
    ).toBe(false);
  });

  test("no device, no screen and no pairing is handed over", () => {
    const { session, set } = createStandInSession();
    denyPermissions(session, createCamera());
    const given: unknown[] = [];
    set.display?.({} as never, (streams) => given.push(streams));
    set.pairing?.({} as never, (answer) => given.push(answer));
    expect(set.device?.({} as never)).toBe(false);
    expect(given).toEqual([null, { confirmed: false }]);
  });
});

describe("the network", () => {
  const guarded = (devTools = false) => {
    const session = createStandInSession();
    const guard = createNetworkGuard({ embedded: () => ["ws://127.0.0.1:47180"], devTools });
    guardRequests(session.session, guard);
    return { ...session, guard };
  };

  test.each([
    "app://twofold/assets/main.js",
    "ws://127.0.0.1:47180/",
    "blob:app://twofold/7d7c2d7e",
    "data:image/png;base64,AA==",
  ])("%s is let through", (url) => {
    expect(guarded().requests(url)).toBe("sent");
  });

  test.each([
    "https://example.com/",
    "http://127.0.0.1:47180/health",
    "ws://127.0.0.1:9999/",
    "wss://127.0.0.1:47180/",
    "wss://signaling.yjs.dev/",
    "ws://127.0.0.1.example:47180/",
    "https://redirector.gvt1.com/edgedl/chrome/dict/en-us-10-1.bdic",
    "ftp://example.com/",
    "file:///etc/passwd",
    "app://elsewhere/x.js",
    "blob:https://example.com/7d7c2d7e",
    "devtools://devtools/bundled/inspector.html",
    "chrome-extension://abc/x.js",
    "ws:///",
    "not an address",
  ])("%s is cancelled", (url) => {
    expect(guarded().requests(url)).toBe("cancelled");
  });

  test("hosts that a person named are reached, by exactly that scheme and port, until others are named", async () => {
    const { requests, guard } = guarded();
    await guard.allow(["wss://meet.example.org/room", "ws://192.168.1.20:47180"]);
    expect(requests("wss://meet.example.org/other?x=1")).toBe("sent");
    expect(requests("ws://192.168.1.20:47180/")).toBe("sent");
    expect(requests("ws://meet.example.org/")).toBe("cancelled");
    expect(requests("wss://meet.example.org:444/")).toBe("cancelled");
    expect(requests("https://meet.example.org/")).toBe("cancelled");
    expect(requests("wss://sub.meet.example.org/")).toBe("cancelled");
    await guard.allow([]);
    expect(requests("wss://meet.example.org/")).toBe("cancelled");
    expect(requests("ws://127.0.0.1:47180/")).toBe("sent");
  });

  test("naming a web page or nothing opens no other scheme", async () => {
    const { requests, guard } = guarded();
    await guard.allow(["https://example.com", "file:///", ""]);
    expect(requests("https://example.com/")).toBe("cancelled");
    expect(requests("file:///etc/passwd")).toBe("cancelled");
  });

  test("developer tools load in development only", () => {
    expect(guarded(true).requests("devtools://devtools/bundled/inspector.html")).toBe("sent");
  });

  test("no dictionary is fetched, and no download starts but of what the page itself holds", () => {
    const { set, emitter } = guarded();
    expect(set.spellChecker).toBe(false);
    const stopped = (address: string): boolean =>
      emitCancellable(
        emitter,
        "will-download",
        { getURL: () => address, getFilename: () => "photo.jpg", setSaveDialogOptions: () => {} },
        { getURL: () => "app://twofold/index.html" },
      );
    expect(stopped("https://example.com/file")).toBe(true);
    expect(stopped("app://twofold/index.html")).toBe(true);
    expect(stopped("blob:app://elsewhere/7d7c2d7e")).toBe(true);
    expect(stopped("blob:app://twofold/7d7c2d7e")).toBe(false);
  });

  test("names are not looked up over HTTPS at a third party", () => {
    const { app } = createStandIn();
    expect(() => useSystemResolver(app.app)).toThrow("after ready");
    app.becomeReady();
    useSystemResolver(app.app);
    expect(app.seen.hostResolver).toMatchObject({ secureDnsMode: "off", secureDnsServers: [] });
  });

  test("Chromium is told to keep quiet on its own account", () => {
    const { app } = createStandIn();
    quietChromium(app.app);
    expect([...app.seen.switches.keys()]).toEqual(
      expect.arrayContaining([
        "disable-background-networking",
        "disable-component-update",
        "disable-features",
        "no-pings",
      ]),
    );
  });

  test("no password, certificate or exception is given to any server", () => {
    const emitter = new EventEmitter();
    refuseCredentials(emitter as never);
    const answers: unknown[][] = [];
    const answer = (...values: unknown[]) => answers.push(values);
    expect(emitCancellable(emitter, "login", null, {}, {}, answer)).toBe(true);
    expect(emitCancellable(emitter, "select-client-certificate", null, "", [{}], answer)).toBe(
      true,
    );
    expect(emitCancellable(emitter, "certificate-error", null, "", "", {}, answer)).toBe(true);
    expect(answers).toEqual([[], [], [false]]);
  });
});

describe("switches that let others look in", () => {
  test.each([
    ["--remote-debugging-port=9222", "--remote-debugging-port"],
    ["--remote-debugging-pipe", "--remote-debugging-pipe"],
    ["-remote-debugging-port=1", "--remote-debugging-port"],
    ["/remote-debugging-port=1", "--remote-debugging-port"],
    ["--REMOTE-DEBUGGING-PORT=1", "--remote-debugging-port"],
    ["--inspect", "--inspect"],
    ["--inspect-brk=0", "--inspect-brk"],
    ["--inspect-wait", "--inspect-wait"],
    ["--js-flags=--allow-natives-syntax", "--js-flags"],
    ["--log-net-log=/tmp/x", "--log-net-log"],
    ["--ssl-key-log-file=/tmp/x", "--ssl-key-log-file"],
    ["--ignore-certificate-errors", "--ignore-certificate-errors"],
    ["--host-rules=MAP * evil", "--host-rules"],
    ["--host-resolver-rules=MAP * evil", "--host-resolver-rules"],
    ["--proxy-server=evil", "--proxy-server"],
    ["--disable-web-security", "--disable-web-security"],
    ["--no-sandbox", "--no-sandbox"],
    ["--load-extension=/tmp/x", "--load-extension"],
    ["--user-data-dir=/tmp/x", "--user-data-dir"],
    ["--renderer-cmd-prefix=gdb", "--renderer-cmd-prefix"],
  ])("%s is refused", (word, name) => {
    expect(findRefusedSwitch(["twofold", word])).toBe(name);
    expect(shellTexts.en.refusedSwitch(name)).toContain("Nothing was opened");
  });

  test.each([
    [["twofold"]],
    [["twofold", "--profile", "sam"]],
    [["twofold", "twofold://pair#abc"]],
    [["twofold", "--password-store=gnome-libsecret", "--ozone-platform=wayland"]],
    [["/opt/inspect/twofold"]],
  ])("%j is an ordinary start", (argv) => {
    expect(findRefusedSwitch(argv)).toBeUndefined();
  });
});

describe("the menu", () => {
  const rolesOf = (items: ReturnType<typeof menuTemplate>): string[] =>
    items.flatMap(({ role, submenu }) => [
      ...(role === undefined ? [] : [role]),
      ...(Array.isArray(submenu) ? rolesOf(submenu) : []),
    ]);

  const nothing = { lock: () => {}, print: () => {}, texts: shellTexts.en };

  test.each(["linux", "darwin", "win32"] as const)(
    "on %s hands no word to other programs",
    (platform) => {
      const roles = rolesOf(menuTemplate({ ...nothing, platform, devTools: false }));
      expect(roles).toEqual(expect.arrayContaining(["quit", "copy", "paste", "zoomIn"]));
      for (const role of [
        "toggleDevTools",
        "reload",
        "forceReload",
        "services",
        "startSpeaking",
        "appMenu",
        "viewMenu",
      ]) {
        expect(roles).not.toContain(role);
      }
    },
  );

  test("has what each system's own menu has", () => {
    const on = (platform: NodeJS.Platform) =>
      rolesOf(menuTemplate({ ...nothing, platform, devTools: false }));
    const everywhere = ["undo", "redo", "cut", "copy", "paste", "selectAll", "resetZoom"];
    for (const platform of ["linux", "darwin", "win32"] as const)
      expect(on(platform)).toEqual(
        expect.arrayContaining([...everywhere, "zoomOut", "togglefullscreen", "close", "quit"]),
      );
    expect(on("darwin")).toEqual(
      expect.arrayContaining(["about", "hide", "hideOthers", "unhide", "windowMenu"]),
    );
    expect(on("win32")).toContain("minimize");
  });

  test("has developer tools in development only", () => {
    expect(rolesOf(menuTemplate({ ...nothing, platform: "linux", devTools: true }))).toContain(
      "toggleDevTools",
    );
  });
});
