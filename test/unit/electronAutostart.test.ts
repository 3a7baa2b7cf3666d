import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AutostartParts, createAutostart } from "../../electron/autostart.ts";
import { desktopEntry, execLine, isSwitchedOff } from "../../electron/desktopEntry.ts";
import { createStandIn } from "../electron/standIn.ts";
import { readExec } from "../support/readExec.ts";

let folder = "";
let standIn = createStandIn();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-autostart-"));
  standIn = createStandIn();
  standIn.app.seen.paths.set("appData", folder);
  standIn.app.emitter.isPackaged = true;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const make = (parts: Partial<AutostartParts> = {}) =>
  createAutostart({
    app: standIn.app.app,
    platform: "linux",
    profile: "default",
    execPath: "/opt/Twofold/twofold",
    appImage: undefined,
    ...parts,
  });

const file = (name = "twofold.desktop") => join(folder, "autostart", name);

describe("opening at login on Linux", () => {
  test("is off until it is chosen, is one neutral file then, and no file afterwards", async () => {
    const autostart = make();
    expect(autostart.offered).toBe(true);
    expect(await autostart.read()).toBe(false);
    expect(await readdir(folder)).toEqual([]);
    expect(await autostart.set(true)).toBe(true);
    expect(await autostart.read()).toBe(true);
    expect(await readdir(join(folder, "autostart"))).toEqual(["twofold.desktop"]);
    expect(await readFile(file(), "utf8")).toBe(
      [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Twofold",
        "Exec=/opt/Twofold/twofold",
        "Icon=twofold",
        "Terminal=false",
        "StartupNotify=false",
        "",
      ].join("\n"),
    );
    expect(await autostart.set(false)).toBe(true);
    expect(await autostart.read()).toBe(false);
    expect(await readdir(join(folder, "autostart"))).toEqual([]);
  });

  test("is switched off twice without a word", async () => {
    expect(await make().set(false)).toBe(true);
  });

  test("names the AppImage, not the folder that is gone with the process", async () => {
    await make({ appImage: "/home/sam/Apps/Twofold.AppImage", execPath: "/tmp/.mount_x/t" }).set(
      true,
    );
    expect(await readFile(file(), "utf8")).toContain("Exec=/home/sam/Apps/Twofold.AppImage\n");
  });

  test("of each profile is its own", async () => {
    await make({ profile: "sam" }).set(true);
    await make({ profile: "ana" }).set(true);
    expect(await readFile(file("twofold-sam.desktop"), "utf8")).toContain(
      "Exec=/opt/Twofold/twofold --profile sam\n",
    );
    await make({ profile: "sam" }).set(false);
    expect(await readdir(join(folder, "autostart"))).toEqual(["twofold-ana.desktop"]);
  });

  test("that the desktop's own settings switched off is off, and stays so", async () => {
    await make().set(true);
    const text = `${await readFile(file(), "utf8")}Hidden=true\n`;
    await writeFile(file(), text);
    expect(await make().read()).toBe(false);
    await make({ execPath: "/elsewhere/twofold" }).refresh();
    expect(await readFile(file(), "utf8")).toBe(text);
    expect(isSwitchedOff("X-GNOME-Autostart-enabled = false")).toBe(true);
    expect(isSwitchedOff("Hidden=false")).toBe(false);
  });

  test("follows an AppImage that was moved, and leaves a file that still fits alone", async () => {
    await make({ appImage: "/home/sam/one.AppImage" }).set(true);
    await make({ appImage: "/home/sam/two.AppImage" }).refresh();
    expect(await readFile(file(), "utf8")).toContain("Exec=/home/sam/two.AppImage\n");
    const own = `${await readFile(file(), "utf8")}X-GNOME-Autostart-Delay=10\n`;
    await writeFile(file(), own);
    await make({ appImage: "/home/sam/two.AppImage" }).refresh();
    expect(await readFile(file(), "utf8")).toBe(own);
  });

  test("that was never chosen is not begun by itself", async () => {
    await make().refresh();
    expect(await readdir(folder)).toEqual([]);
  });

  test("writes its own file, also where somebody has put a link in its place", async () => {
    const other = join(folder, "precious");
    await writeFile(other, "words");
    await mkdir(join(folder, "autostart"));
    await symlink(other, file());
    await make().set(true);
    expect(await readFile(other, "utf8")).toBe("words");
    expect(await readFile(file(), "utf8")).toContain("Name=Twofold");
  });

  test("is not offered by a development build, which would start a bare Electron", async () => {
    standIn.app.emitter.isPackaged = false;
    const autostart = make();
    expect(autostart.offered).toBe(false);
    expect(await autostart.set(true)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the line that names the program", () => {
  test.each([
    "/home/sam/My Apps/Twofold.AppImage",
    '/home/sam/"quoted"/t',
    "/home/sam/`touch x`/t",
    "/home/sam/$HOME/$(touch x)/t",
    "/home/sam/back\\slash\\\\/t",
    "/home/sam/a;b&c|d>e<f*g?h#i(j)k~l'm/t",
    "/home/sam/\\n not a line/t",
    "/home/sam/Überraschung 日本/t",
  ])("starts %j and nothing else", (path) => {
    const line = execLine([path, "--profile", "sam"]) ?? "";
    expect(line).not.toContain("\n");
    expect(readExec(line)).toEqual([path, "--profile", "sam"]);
  });

  test.each([
    "/home/a=b/t",
    "/home/100%/t",
    "/home/%f/t",
    "/home/a\nExec=evil/t",
    "/home/a\tb/t",
    "/home/\u007f/t",
    "",
  ])("is refused for %j, which desktops read differently", async (path) => {
    expect(desktopEntry([path])).toBeUndefined();
    expect(await make({ execPath: path }).set(true)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  test("is written as the specification shows it", () => {
    expect(execLine(["/a b/$x"])).toBe('Exec="/a b/\\\\$x"');
    expect(execLine(["/a b\\c"])).toBe('Exec="/a b\\\\\\\\c"');
  });
});

describe("opening at login elsewhere", () => {
  test("on Windows is an entry of each profile's own, and is read back", async () => {
    const autostart = make({ platform: "win32", profile: "sam", execPath: "C:\\T\\Twofold.exe" });
    expect(await autostart.read()).toBe(false);
    expect(await autostart.set(true)).toBe(true);
    expect(standIn.desktop.seen.loginItems).toEqual([
      {
        openAtLogin: true,
        path: "C:\\T\\Twofold.exe",
        args: ["--profile", "sam"],
        name: "Twofold sam",
        enabled: true,
      },
    ]);
    expect(await autostart.read()).toBe(true);
    expect(await autostart.set(false)).toBe(true);
    expect(await autostart.read()).toBe(false);
  });

  test("on a Mac is the system's login item, of the usual profile only: it takes no words along", async () => {
    const autostart = make({ platform: "darwin" });
    expect(await autostart.set(true)).toBe(true);
    expect(standIn.desktop.seen.loginItems).toEqual([{ openAtLogin: true }]);
    expect(make({ platform: "darwin", profile: "sam" }).offered).toBe(false);
  });

  test.each(["darwin", "win32"] as const)(
    "on %s says so when it is not taken",
    async (platform) => {
      standIn.desktop.seen.takesLoginItem = false;
      expect(await make({ platform }).set(true)).toBe(false);
    },
  );
});
