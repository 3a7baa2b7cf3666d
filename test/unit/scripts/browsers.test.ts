import { expect, test } from "vitest";
import {
  appWindowWords,
  hasScreen,
  systemOpener,
  userDataFolder,
} from "../../../scripts/start/appWindow.mjs";
import { findBrowser } from "../../../scripts/start/browsers.mjs";
import { dataFolder, profileFolder } from "../../../scripts/start/places.mjs";

type Env = Record<string, string>;
const on = (platform: NodeJS.Platform, env: Env, ...programs: string[]) => ({
  platform,
  env,
  isProgram: (path: string) => programs.includes(path),
});

test("on Linux the PATH is searched, Chromium before Chrome before Edge", () => {
  const env = { PATH: "/usr/bin:/opt/bin" };
  const chrome = "/usr/bin/google-chrome";
  const edge = "/usr/bin/microsoft-edge";
  expect(findBrowser(on("linux", env, edge, chrome, "/opt/bin/chromium"))?.name).toBe("Chromium");
  expect(findBrowser(on("linux", env, edge, chrome))).toEqual({ name: "Chrome", path: chrome });
  expect(findBrowser(on("linux", env, edge))).toEqual({ name: "Edge", path: edge });
});

test("on macOS both Applications folders are searched", () => {
  const own = "/Users/alex/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  const found = findBrowser(on("darwin", { HOME: "/Users/alex" }, own));
  expect(found).toEqual({ name: "Chrome", path: own });
});

test("on Windows Edge is found where Windows keeps it", () => {
  const edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
  const env = { "PROGRAMFILES(X86)": "C:\\Program Files (x86)" };
  expect(findBrowser(on("win32", env, edge))).toEqual({ name: "Edge", path: edge });
});

test("a browser that was chosen comes before any that is found", () => {
  const env = { PATH: "/usr/bin", TWOFOLD_BROWSER: "/opt/mine" };
  expect(findBrowser(on("linux", env, "/usr/bin/chromium", "/opt/mine"))?.path).toBe("/opt/mine");
  expect(findBrowser(on("linux", env, "/usr/bin/chromium"))?.path).toBe("/usr/bin/chromium");
});

test("where there is none, none is found", () => {
  expect(findBrowser(on("linux", { PATH: "/usr/bin" }))).toBeUndefined();
});

test("the app window has a profile of its own and a browser that is told to keep to itself", () => {
  const words = appWindowWords("http://127.0.0.1:47100", "/data/browser", false);
  expect(words).toContain("--app=http://127.0.0.1:47100/");
  expect(words).toContain("--user-data-dir=/data/browser");
  for (const quiet of ["background-networking", "component-update", "sync", "default-apps"])
    expect(words).toContain(`--disable-${quiet}`);
});

test("the sandbox stays on unless it cannot", () => {
  expect(appWindowWords("http://x", "/d", false)).not.toContain("--no-sandbox");
  expect(appWindowWords("http://x", "/d", true)).toContain("--no-sandbox");
});

test("a browser from a snap gets a folder that it may write to", () => {
  const snap = { name: "Chromium", path: "/snap/bin/chromium" };
  const folder = userDataFolder(snap, "/home/alex/.local/share/twofold/x", "sam", "/home/alex");
  expect(folder).toBe("/home/alex/snap/chromium/common/twofold-sam");
});

test("each system opens an address in its own way, and never through a command line that is parsed", () => {
  const address = "http://127.0.0.1:47100/";
  expect(systemOpener("linux", address)).toEqual({ program: "xdg-open", words: [address] });
  expect(systemOpener("darwin", address)).toEqual({ program: "open", words: [address] });
  expect(systemOpener("win32", address).program).toBe("rundll32");
});

test("a Linux without a display is known to have none", () => {
  expect(hasScreen("linux", {})).toBe(false);
  expect(hasScreen("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe(true);
  expect(hasScreen("darwin", {})).toBe(true);
});

test.each<[NodeJS.Platform, Env, string]>([
  ["linux", {}, "/home/alex/.local/share/twofold"],
  ["linux", { XDG_DATA_HOME: "/data" }, "/data/twofold"],
  ["linux", { XDG_DATA_HOME: "/data", TWOFOLD_HOME: "/mine" }, "/mine"],
  ["darwin", {}, "/home/alex/Library/Application Support/Twofold"],
  ["win32", { APPDATA: "C:\\Roaming" }, "C:\\Roaming\\Twofold"],
])("on %s with %j Twofold's folder is %s", (platform, env, folder) => {
  expect(dataFolder(platform, env, "/home/alex")).toBe(folder);
});

test("two profiles never share a folder, and no name is one that Windows reserves", () => {
  expect(profileFolder("/data", "con")).toMatch(/profile-con$/);
  expect(profileFolder("/data", "a")).not.toBe(profileFolder("/data", "b"));
});
