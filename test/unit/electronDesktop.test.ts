import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pushes } from "../../electron/channels.ts";
import { wireDesktop } from "../../electron/desktopParts.ts";
import { createSpeech } from "../../electron/speech.ts";
import { askPortalForKeys } from "../../electron/stepOutShortcut.ts";
import { createTellPage } from "../../electron/tellPage.ts";
import { trayPicture } from "../../electron/tray.ts";
import type { DesktopView } from "../../shared/bridge/desktop.ts";
import { createStandIn } from "../electron/standIn.ts";
import { createStandInWindow } from "../electron/standInContents.ts";

let folder = "";
let path = "";
let standIn = createStandIn();
let window = createStandInWindow({ show: true });
let locks = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-desktop-"));
  path = join(folder, "desktop.json");
  standIn = createStandIn();
  standIn.app.seen.paths.set("appData", folder);
  window = createStandInWindow({ title: "Twofold", show: true });
  locks = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wire = async (file = path, platform: NodeJS.Platform = "linux") => {
  const desktop = await wireDesktop({
    app: standIn.app.app,
    electron: standIn.electron as never,
    platform,
    path: file,
    profile: "default",
    window: () => window.window,
    tellPage: createTellPage(() => window.window),
    lock: {
      request: () => {
        locks++;
        return new Promise(() => {});
      },
    },
    speech: createSpeech(standIn.app.app),
  });
  desktop.apply();
  return desktop;
};

const off = {
  tray: false,
  staysInTray: false,
  startsMinimised: false,
  startsAtLogin: false,
  notices: false,
  stepOutKeys: "none",
  hidesFromCapture: false,
};

const lookAt = async (desktop: Awaited<ReturnType<typeof wire>>): Promise<DesktopView> => {
  const view = await desktop.look();
  if (view === undefined) throw new Error("nothing to see");
  return view;
};

describe("what was chosen for this computer", () => {
  test("is nothing at the beginning: no tray, no notice, no key taken, no file", async () => {
    const desktop = await wire();
    expect((await lookAt(desktop)).settings).toEqual(off);
    expect(standIn.desktop.seen.trays).toEqual([]);
    expect(standIn.desktop.shortcuts.size).toBe(0);
    expect(await desktop.notify()).toBe(false);
    expect(standIn.desktop.seen.notices).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each(["darwin", "win32"] as const)(
    "but a packaged build on %s stays out of pictures of the screen until somebody wants otherwise",
    async (platform) => {
      standIn.app.emitter.isPackaged = true;
      const desktop = await wire(path, platform);
      expect((await lookAt(desktop)).settings.hidesFromCapture).toBe(true);
      expect(window.seen.protected).toBe(true);
      await desktop.change({ name: "hidesFromCapture", to: false });
      expect(window.seen.protected).toBe(false);
      await wire(path, platform);
      expect(window.seen.protected).toBe(false);
      await desktop.change({ name: "hidesFromCapture", to: true });
      expect(window.seen.protected).toBe(true);
    },
  );

  test("is kept as on, off and names out of a list, and counts at the next start", async () => {
    const first = await wire();
    expect(await first.change({ name: "tray", to: true })).toMatchObject({ ok: true });
    expect(await first.change({ name: "stepOutKeys", to: "f9" })).toMatchObject({ ok: true });
    first.dispose();
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
      tray: true,
      staysInTray: false,
      startsMinimised: false,
      notices: false,
      stepOutKeys: "f9",
      hidesFromCapture: false,
    });
    expect(standIn.desktop.shortcuts.size).toBe(0);
    const second = await wire();
    expect((await lookAt(second)).settings).toMatchObject({ tray: true, stepOutKeys: "f9" });
    expect([...standIn.desktop.shortcuts.keys()]).toEqual(["CommandOrControl+Shift+F9"]);
  });

  test("two changes at once are both kept", async () => {
    const desktop = await wire();
    await Promise.all([
      desktop.change({ name: "tray", to: true }),
      desktop.change({ name: "startsMinimised", to: true }),
      desktop.change({ name: "notices", to: true }),
    ]);
    expect((await lookAt(await wire())).settings).toMatchObject({
      ...{ tray: true, startsMinimised: true, notices: true },
    });
  });

  test.each([
    ["nothing", ""],
    ["a list", "[]"],
    ["a file that is too long", `{"tray":true,"x":"${"x".repeat(17_000)}"}`],
    ["words for switches", JSON.stringify({ tray: "yes", notices: 1, stepOutKeys: "Control+C" })],
  ])("falls back to the usual for %s", async (_name, text) => {
    await writeFile(path, text);
    const desktop = await wire();
    expect((await lookAt(desktop)).settings).toEqual(off);
    expect(standIn.desktop.shortcuts.size).toBe(0);
  });

  test("of a damaged file what can be read still counts, and what hides the window hides it", async () => {
    standIn.app.emitter.isPackaged = true;
    await writeFile(path, JSON.stringify({ tray: true, hidesFromCapture: "no", later: 7 }));
    const { settings } = await lookAt(await wire());
    expect(settings).toMatchObject({ tray: true, hidesFromCapture: true });
  });

  test("stays as it was where the disk does not take it, keys and all", async () => {
    const gone = join(folder, "gone", "desktop.json");
    const desktop = await wire(gone);
    expect(await desktop.change({ name: "tray", to: true })).toMatchObject({ code: "DISK_FAILED" });
    expect(await desktop.change({ name: "stepOutKeys", to: "space" })).toMatchObject({ ok: false });
    expect((await lookAt(desktop)).settings).toEqual(off);
    expect(standIn.desktop.seen.trays.filter(({ made }) => !made.destroyed)).toEqual([]);
    expect(standIn.desktop.shortcuts.size).toBe(0);
    await mkdir(join(folder, "gone"));
    expect(await desktop.change({ name: "tray", to: true })).toMatchObject({ ok: true });
  });

  test("is offered only where there is such a thing, and refused elsewhere", async () => {
    standIn.desktop.seen.showsNotices = false;
    const desktop = await wire();
    const { offered } = await lookAt(desktop);
    expect(offered).not.toContain("notices");
    // A development build.
    expect(offered).not.toContain("startsAtLogin");
    // Linux has no way to ask for it.
    expect(offered).not.toContain("hidesFromCapture");
    for (const name of ["notices", "startsAtLogin", "hidesFromCapture"] as const)
      expect(await desktop.change({ name, to: true })).toEqual({
        ...{ ok: false, code: "NOT_OFFERED_HERE" },
      });
  });

  test("opens at login where the system takes it, and asks the system whether it did", async () => {
    standIn.app.emitter.isPackaged = true;
    const desktop = await wire();
    const changed = await desktop.change({ name: "startsAtLogin", to: true });
    expect(changed).toMatchObject({ ok: true, value: { settings: { startsAtLogin: true } } });
    expect(await readdir(folder)).toEqual(["autostart"]);
    await rm(join(folder, "autostart"), { recursive: true });
    expect((await lookAt(desktop)).settings.startsAtLogin).toBe(false);
  });
});

describe("the tray", () => {
  test("has the neutral name, three words and a picture, and is gone when it is switched off", async () => {
    const desktop = await wire();
    await desktop.change({ name: "tray", to: true });
    await desktop.change({ name: "notices", to: true });
    const { trays } = standIn.desktop.seen;
    expect(trays).toHaveLength(1);
    expect(trays[0]?.made.tip).toBe("Twofold");
    const labels = trays[0]?.made.menu.flatMap(({ label }) => label ?? []);
    expect(labels).toEqual(["Open", "Lock", "Quit"]);
    await desktop.change({ name: "tray", to: false });
    expect(trays[0]?.made.destroyed).toBe(true);
  });

  test("is refused where the desktop has no place for it, and then closing the window closes", async () => {
    standIn.desktop.seen.hasTray = false;
    const desktop = await wire();
    await desktop.change({ name: "staysInTray", to: true });
    expect(await desktop.change({ name: "tray", to: true })).toMatchObject({ code: "NOT_TAKEN" });
    expect((await lookAt(desktop)).settings.tray).toBe(false);
    await writeFile(path, JSON.stringify({ tray: true, staysInTray: true }));
    const next = await wire();
    expect(next.putAway()).toBe(false);
  });

  test("speaks as the page does, at once, and stays the same tray", async () => {
    const desktop = await wire();
    await desktop.change({ name: "tray", to: true });
    expect(await desktop.speak("de")).toBe(true);
    const { trays } = standIn.desktop.seen;
    expect(trays).toHaveLength(1);
    const labels = () => trays[0]?.made.menu.flatMap(({ label }) => label ?? []);
    expect(labels()).toEqual(["Öffnen", "Sperren", "Beenden"]);
    await desktop.speak("en");
    expect(labels()).toEqual(["Open", "Lock", "Quit"]);
  });

  test("that nobody wanted does not come with another language", async () => {
    const desktop = await wire();
    await desktop.speak("de");
    expect(standIn.desktop.seen.trays).toEqual([]);
    await desktop.change({ name: "tray", to: true });
    const labels = standIn.desktop.seen.trays[0]?.made.menu.flatMap(({ label }) => label ?? []);
    expect(labels).toEqual(["Öffnen", "Sperren", "Beenden"]);
  });

  test("opens, locks and quits", async () => {
    const desktop = await wire();
    await desktop.change({ name: "tray", to: true });
    window.seen.shown = false;
    const press = (label: string) => {
      const item = standIn.desktop.seen.trays[0]?.made.menu.find((each) => each.label === label);
      item?.click?.(undefined as never, undefined, undefined as never);
    };
    press("Lock");
    expect(locks).toBe(1);
    expect(window.seen.shown).toBe(false);
    press("Open");
    expect(window.seen).toMatchObject({ shown: true, focused: true });
    press("Quit");
    expect(standIn.app.seen.quits).toBe(1);
  });

  test("keeps a closed window only for whoever chose that too", async () => {
    const desktop = await wire();
    const isPutAway = () => {
      window.seen.shown = true;
      const away = desktop.putAway();
      expect(window.seen.shown).toBe(!away);
      return away;
    };
    expect(isPutAway()).toBe(false);
    await desktop.change({ name: "staysInTray", to: true });
    expect(isPutAway()).toBe(false);
    await desktop.change({ name: "tray", to: true });
    expect(isPutAway()).toBe(true);
    await desktop.change({ name: "staysInTray", to: false });
    expect(isPutAway()).toBe(false);
  });

  test("on a Mac leaves no black screen where the window filled it", async () => {
    const desktop = await wire(path, "darwin");
    await desktop.change({ name: "tray", to: true });
    await desktop.change({ name: "staysInTray", to: true });
    window.seen.fullScreen = true;
    expect(desktop.putAway()).toBe(true);
    expect(window.seen).toMatchObject({ fullScreen: false, shown: true });
    window.emitter.emit("leave-full-screen");
    expect(window.seen.shown).toBe(false);
  });

  test("shows the app's mark, and on a Mac lines that the system colours", () => {
    const { nativeImage } = standIn.electron;
    const drawn = (platform: NodeJS.Platform) =>
      (
        trayPicture(nativeImage as never, platform) as unknown as ReturnType<
          typeof nativeImage.createEmpty
        >
      ).drawn;
    expect(drawn("linux").representations.map(({ scaleFactor }) => scaleFactor)).toEqual([1, 2]);
    expect(drawn("win32").template).toBe(false);
    expect(drawn("darwin").template).toBe(true);
    for (const { dataURL = "" } of drawn("darwin").representations)
      expect(
        Buffer.from(dataURL.split(",")[1] ?? "", "base64")
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
  });
});

describe("a notice", () => {
  const wanting = async () => {
    const desktop = await wire();
    await desktop.change({ name: "notices", to: true });
    return { desktop, shown: () => standIn.desktop.seen.notices };
  };

  test("says that something is there, and not what, whose or how much; without a sound", async () => {
    const { desktop, shown } = await wanting();
    expect(await desktop.notify()).toBe(true);
    expect(shown().map(({ made }) => made)).toEqual([
      {
        options: { title: "Twofold", body: "There is something new.", silent: true },
        shown: 1,
        closed: 0,
      },
    ]);
  });

  test("says no more in German", async () => {
    const { desktop, shown } = await wanting();
    await desktop.speak("de");
    await desktop.notify();
    expect(shown().map(({ made }) => made.options)).toEqual([
      { title: "Twofold", body: "Es gibt etwas Neues.", silent: true },
    ]);
  });

  test("stands once, however much comes, until somebody looks", async () => {
    const { desktop, shown } = await wanting();
    await desktop.notify();
    expect(await desktop.notify()).toBe(false);
    expect(await desktop.notify()).toBe(false);
    expect(shown()).toHaveLength(1);
    desktop.notice.looked();
    expect(shown()[0]?.made.closed).toBe(1);
    expect(await desktop.notify()).toBe(true);
    expect(shown()).toHaveLength(2);
  });

  test("is not shown to whoever is looking", async () => {
    const { desktop, shown } = await wanting();
    window.seen.focused = true;
    expect(await desktop.notify()).toBe(false);
    window.seen.focused = false;
    window.seen.destroyed = true;
    expect(await desktop.notify()).toBe(false);
    expect(shown()).toEqual([]);
  });

  test("opens Twofold when it is clicked, and is gone", async () => {
    const { desktop, shown } = await wanting();
    await desktop.notify();
    window.seen.minimized = true;
    shown()[0]?.notice.emit("click");
    expect(window.seen).toMatchObject({ minimized: false, focused: true });
    expect(shown()[0]?.made.closed).toBe(1);
  });

  test("is taken away by stepping out, and does not come back by itself", async () => {
    const { desktop, shown } = await wanting();
    await desktop.change({ name: "stepOutKeys", to: "space" });
    await desktop.notify();
    standIn.desktop.shortcuts.get("CommandOrControl+Shift+Space")?.();
    expect(shown()[0]?.made.closed).toBe(1);
    expect(await desktop.notify()).toBe(false);
  });
});

describe("stepping out by keys of the whole system", () => {
  const space = "CommandOrControl+Shift+Space";

  test("hides in the same turn as the key, before anything that waits, then tells the page and locks", async () => {
    const desktop = await wire();
    await desktop.change({ name: "stepOutKeys", to: "space" });
    // Nobody answers this lock, ever: the window is gone all the same.
    standIn.desktop.shortcuts.get(space)?.();
    expect(window.seen.minimized).toBe(true);
    expect(window.seen.title).toBe("Notes");
    expect(window.page.seen.sent).toEqual([{ channel: pushes.stepOut, values: [] }]);
    expect(locks).toBe(1);
  });

  test("on a Mac hides the whole app", async () => {
    const desktop = await wire(path, "darwin");
    await desktop.change({ name: "stepOutKeys", to: "space" });
    standIn.desktop.shortcuts.get(space)?.();
    expect(standIn.app.seen.hidden).toBe(true);
  });

  test("hides a window whose page is gone", async () => {
    const desktop = await wire();
    await desktop.change({ name: "stepOutKeys", to: "space" });
    window.page.seen.destroyed = true;
    standIn.desktop.shortcuts.get(space)?.();
    expect(window.seen.minimized).toBe(true);
    expect(locks).toBe(1);
  });

  test("does nothing where there is no window", async () => {
    const desktop = await wire();
    await desktop.change({ name: "stepOutKeys", to: "space" });
    window.seen.destroyed = true;
    expect(() => standIn.desktop.shortcuts.get(space)?.()).not.toThrow();
  });

  test("leaves a window that is in the tray there", async () => {
    const desktop = await wire();
    await desktop.change({ name: "tray", to: true });
    window.seen.shown = false;
    expect(desktop.hide()).toBe(true);
    expect(window.seen.minimized).toBe(false);
  });

  test("holds one key at most, and gives it back", async () => {
    const desktop = await wire();
    await desktop.change({ name: "stepOutKeys", to: "space" });
    await desktop.change({ name: "stepOutKeys", to: "backspace" });
    expect([...standIn.desktop.shortcuts.keys()]).toEqual(["CommandOrControl+Shift+Backspace"]);
    await desktop.change({ name: "stepOutKeys", to: "none" });
    expect(standIn.desktop.shortcuts.size).toBe(0);
  });

  test("says so when another program has the keys, and the ones before still count", async () => {
    const desktop = await wire();
    await desktop.change({ name: "stepOutKeys", to: "f9" });
    standIn.desktop.seen.taken.add(space);
    expect(await desktop.change({ name: "stepOutKeys", to: "space" })).toEqual({
      ...{ ok: false, code: "KEYS_TAKEN" },
    });
    const { settings, keysTaken } = await lookAt(desktop);
    expect(settings.stepOutKeys).toBe("f9");
    expect(keysTaken).toBe(false);
    expect([...standIn.desktop.shortcuts.keys()]).toEqual(["CommandOrControl+Shift+F9"]);
  });

  test("says so too when another program took the keys before this start", async () => {
    await (await wire()).change({ name: "stepOutKeys", to: "space" });
    standIn = createStandIn();
    standIn.desktop.seen.taken.add(space);
    const desktop = await wire();
    expect(await lookAt(desktop)).toMatchObject({
      settings: { stepOutKeys: "space" },
      keysTaken: true,
    });
    standIn.desktop.seen.taken.clear();
    await desktop.change({ name: "stepOutKeys", to: "f9" });
    expect((await lookAt(desktop)).keysTaken).toBe(false);
  });

  test("asks the desktop's portal for keys where Wayland draws, and only there", () => {
    const ask = (platform: NodeJS.Platform, session: string) => {
      const { app, seen } = createStandIn().app;
      askPortalForKeys(app, { platform, env: { XDG_SESSION_TYPE: session } });
      return seen.switches.get("enable-features");
    };
    expect(ask("linux", "wayland")).toBe("GlobalShortcutsPortal");
    expect(ask("linux", "x11")).toBeUndefined();
    expect(ask("win32", "wayland")).toBeUndefined();
  });
});
