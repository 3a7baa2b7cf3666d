import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { followTheme, showWhenReady, windowOptions } from "../../electron/window.ts";
import { placeOn, type WindowPlace } from "../../electron/windowPlace.ts";
import { createWindowState, freeAreas, placeRests, readPlace } from "../../electron/windowState.ts";
import { createStandIn } from "../electron/standIn.ts";
import { createStandInWindow } from "../electron/standInContents.ts";
import { createManualClock } from "../support/manualClock.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-window-"));
  path = join(folder, "window.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stood: WindowPlace = {
  x: 120,
  y: 80,
  width: 900,
  height: 700,
  maximised: 0,
  fullScreen: 0,
  zoom: 4,
};

const begin = () => {
  const clock = createManualClock();
  const state = createWindowState({ path, clock });
  const window = createStandInWindow({ x: 120, y: 80, width: 900, height: 700 });
  state.follow(window.window);
  return { clock, state, window };
};

describe("where the window stood", () => {
  test("is what the next start reads: place, size, whether it filled the screen, and how large its words were", async () => {
    const { state, window } = begin();
    window.page.seen.zoom = 4;
    window.seen.maximized = true;
    window.seen.fullScreen = true;
    window.window.emit("resize");
    await state.dispose();
    expect(await readPlace(path)).toEqual({ ...stood, maximised: 1, fullScreen: 1 });
  });

  test("is numbers and nothing else, in a file that only this account reads", async () => {
    const { state } = begin();
    await state.dispose();
    const kept = JSON.parse(await readFile(path, "utf8")) as object;
    expect(Object.values(kept).every((value) => typeof value === "number")).toBe(true);
    expect(await readdir(folder)).toEqual(["window.json"]);
  });

  test("is written once it has stood still, not for every step of the way", async () => {
    const { clock, state, window } = begin();
    for (let step = 1; step <= 20; step++) {
      window.seen.bounds = { ...window.seen.bounds, x: step };
      window.window.emit("move");
      clock.advance(placeRests - 1);
    }
    expect(clock.waiting()).toBe(1);
    expect(await readdir(folder)).toEqual([]);
    clock.advance(1);
    await state.dispose();
    expect(clock.waiting()).toBe(0);
    expect(await readPlace(path)).toMatchObject({ x: 20 });
  });

  test("is not forgotten by stepping out: minimised it is nowhere", async () => {
    const { state, window } = begin();
    window.seen.maximized = true;
    window.window.emit("maximize");
    window.window.minimize();
    window.window.emit("blur");
    window.window.close();
    await state.dispose();
    expect(await readPlace(path)).toMatchObject({ maximised: 1 });
  });

  test("keeps a window that closes from being asked once it is gone", async () => {
    const { state, window } = begin();
    window.seen.bounds = { ...window.seen.bounds, x: 7 };
    window.window.close();
    await state.dispose();
    expect(await readPlace(path)).toMatchObject({ x: 7 });
  });

  test("costs nobody a word where the disk takes nothing", async () => {
    const clock = createManualClock();
    const state = createWindowState({ path: join(folder, "gone", "window.json"), clock });
    state.follow(createStandInWindow({}).window);
    await expect(state.dispose()).resolves.toBeUndefined();
  });

  test.each([
    ["empty", ""],
    ["cut off", "{"],
    ["nothing", "null"],
    ["a list", "[1,2,3,4]"],
    ["a word for a number", JSON.stringify({ ...stood, width: "900" })],
    ["no width", JSON.stringify({ ...stood, width: 0 })],
    ["a width beyond any wall", JSON.stringify({ ...stood, width: 1e9 })],
    ["half a pixel", JSON.stringify({ ...stood, x: 0.5 })],
    ["a yes for a number", JSON.stringify({ ...stood, maximised: true })],
    ["a zoom without end", JSON.stringify({ ...stood, zoom: 400 })],
    ["a word more", JSON.stringify({ ...stood, note: "Sam" })],
    ["too long a file", JSON.stringify(stood) + " ".repeat(17_000)],
    ["a number that is none", `{"x":1e999}`],
  ])("falls back to the usual for %s", async (_name, text) => {
    await writeFile(path, text);
    expect(await readPlace(path)).toBeUndefined();
  });

  test("falls back to the usual where there is no file, or something that is none", async () => {
    expect(await readPlace(path)).toBeUndefined();
    expect(await readPlace(folder)).toBeUndefined();
  });
});

describe("a window that opens", () => {
  const choices = {
    dark: false,
    devTools: false,
    preload: "/p/preload.cjs",
    facts: { kind: "electron", platform: "linux", version: "0.1.0", profile: "sam" },
  } as const;

  test("stands where it stood, and is never smaller than can be read", () => {
    const { x, y, width, height } = stood;
    expect(windowOptions({ ...choices, bounds: { x, y, width, height } })).toMatchObject({
      ...{ x, y, width, height },
      ...{ minWidth: 360, minHeight: 480 },
    });
  });

  test("the first time stands in the middle", () => {
    const options = windowOptions(choices);
    expect(options).toMatchObject({ width: 1180, height: 820 });
    expect(options).not.toHaveProperty("x");
  });

  test("fills the screen again before it is seen, with its words as large as they were", () => {
    const { window, emitter, seen, page } = createStandInWindow({ show: false });
    showWhenReady(window, { place: { ...stood, maximised: 1, fullScreen: 1 } });
    page.emitter.emit("did-navigate");
    expect(page.seen.zoom).toBe(4);
    // More than twice the size.
    expect(1.2 ** page.seen.zoom).toBeGreaterThan(2);
    expect(seen.maximized).toBe(false);
    emitter.emit("ready-to-show");
    expect(seen).toMatchObject({ shown: true, maximized: true, fullScreen: true });
  });

  test("minimised waits in the task bar, and fills the screen again when somebody goes to it", () => {
    const { window, emitter, seen } = createStandInWindow({ show: false });
    showWhenReady(window, { place: { ...stood, maximised: 1 }, minimised: () => true });
    emitter.emit("ready-to-show");
    expect(seen).toMatchObject({ shown: false, minimized: true, maximized: false });
    emitter.emit("restore");
    expect(seen.maximized).toBe(true);
    seen.maximized = false;
    emitter.emit("restore");
    expect(seen.maximized).toBe(false);
  });

  test("has the paper's colour of the system's theme, also when that changes while it is hidden", () => {
    const { desktop } = createStandIn();
    const { window, emitter, seen } = createStandInWindow({ show: false });
    followTheme(desktop.nativeTheme as unknown as Electron.NativeTheme, window);
    const light = windowOptions(choices).backgroundColor;
    const dark = windowOptions({ ...choices, dark: true }).backgroundColor;
    desktop.seen.dark = true;
    desktop.nativeTheme.emit("updated");
    expect(seen.background).toBe(dark);
    desktop.seen.dark = false;
    desktop.nativeTheme.emit("updated");
    expect(seen.background).toBe(light);
    expect(dark).not.toBe(light);
    emitter.emit("closed");
    seen.destroyed = true;
    desktop.seen.dark = true;
    desktop.nativeTheme.emit("updated");
    expect(seen.background).toBe(light);
  });
});

describe("the displays", () => {
  const main = { x: 0, y: 0, width: 1920, height: 1040 };
  const right = { x: 1920, y: 0, width: 1280, height: 980 };

  test("are asked for what is free of them, the main one first", () => {
    const displays = [
      { id: 2, workArea: right },
      { id: 1, workArea: main },
    ];
    const screen = { getPrimaryDisplay: () => displays[1], getAllDisplays: () => displays };
    expect(freeAreas(screen as never)).toEqual([main, right]);
  });

  test("leave a window that can be taken hold of exactly where it was, also half over the edge", () => {
    for (const kept of [
      { x: 100, y: 100, width: 900, height: 700 },
      { x: -700, y: 100, width: 900, height: 700 },
      { x: 1500, y: 0, width: 900, height: 900 },
      { x: 1800, y: 900, width: 900, height: 700 },
    ])
      expect(placeOn(kept, [main, right])).toEqual(kept);
  });

  test("take in a window whose display is gone", () => {
    const kept = { x: 2000, y: 50, width: 900, height: 700 };
    expect(placeOn(kept, [main, right])).toEqual(kept);
    expect(placeOn(kept, [main])).toEqual({ ...kept, x: 1020 });
  });

  test("take in a window whose bar is above the upper edge, where no hand reaches", () => {
    const kept = { x: 100, y: -200, width: 900, height: 700 };
    expect(placeOn(kept, [main])).toEqual({ ...kept, y: 0 });
  });

  test("make a window smaller that came from a larger one, and never too small to read", () => {
    const small = { x: 0, y: 0, width: 320, height: 400 };
    expect(placeOn({ x: 9000, y: 9000, width: 3000, height: 2000 }, [main])).toEqual(main);
    expect(placeOn({ x: 9000, y: 9000, width: 3000, height: 2000 }, [small])).toEqual({
      ...{ x: 0, y: 0 },
      ...{ width: 360, height: 480 },
    });
    expect(placeOn({ x: 10, y: 10, width: 1, height: 1 }, [main])).toMatchObject({
      ...{ width: 360, height: 480 },
    });
  });

  test("that nobody knows of leave it as it was", () => {
    const kept = { x: 2000, y: 50, width: 900, height: 700 };
    expect(placeOn(kept, [])).toEqual(kept);
  });
});
