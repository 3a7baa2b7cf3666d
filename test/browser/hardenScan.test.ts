import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeQR } from "qr";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { go, unlock } from "../ui/useScreens.ts";
import { type ServedScreens, serveScreens } from "../ui/serve.ts";

/** Chromium with a camera that shows a picture of ours: a square with an invitation in it, or another. */

const link = "twofold://pair#AAAA";
let served: ServedScreens;
let folder: string;
const browsers: Browser[] = [];

beforeAll(async () => {
  served = await serveScreens();
  folder = mkdtempSync(join(tmpdir(), "twofold-scan-"));
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await served?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One frame of grey, as cameras of tests take it. */
const picture = (text: string): string => {
  const [width, height] = [640, 480];
  const rows = encodeQR(text, "raw", { border: 4, ecc: "medium" });
  const unit = Math.floor(440 / rows.length);
  const luma = Buffer.alloc(width * height, 235);
  for (let y = 0; y < rows.length * unit; y += 1)
    for (let x = 0; x < rows.length * unit; x += 1)
      if (rows[Math.floor(y / unit)]?.[Math.floor(x / unit)] === true)
        luma[(y + 20) * width + x + 100] = 16;
  const frame = Buffer.concat([
    Buffer.from("FRAME\n"),
    luma,
    Buffer.alloc((width * height) / 2, 128),
  ]);
  const path = join(folder, `${text.length}.y4m`);
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`),
      frame,
      frame,
    ]),
  );
  return path;
};

const openPair = async (camera: string | undefined, given: boolean): Promise<Page> => {
  const browser = await launchChromium(
    camera === undefined
      ? []
      : ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${camera}`],
  );
  browsers.push(browser);
  const context = await browser.newContext({ permissions: given ? ["camera"] : [] });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const asked: unknown[] = [];
    const tracks: MediaStreamTrack[] = [];
    Object.assign(globalThis, { asked, tracks });
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      asked.push(wanted);
      const stream = await real(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await page.goto(`${served.origin}/?partner=none`);
  await unlock(page);
  await go(page, "/pair", ".two-ways");
  return page;
};

const scan = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Read it with the camera" }).click();

const cameraIsOff = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    (Reflect.get(globalThis, "tracks") as MediaStreamTrack[]).every(
      ({ readyState }) => readyState === "ended",
    ),
  );

test("an invitation is read from the partner’s screen, by pictures alone, and the camera goes off", async () => {
  const page = await openPair(picture(link), true);
  expect(await page.evaluate(() => Reflect.get(globalThis, "asked"))).toEqual([]);
  await scan(page);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Meet my partner" }).waitFor();
  expect(await page.evaluate(() => Reflect.get(globalThis, "asked"))).toEqual([
    { video: { facingMode: "environment" }, audio: false },
  ]);
  expect(await cameraIsOff(page)).toBe(true);
});

test("another square is said to be none, and leaving turns the camera off", async () => {
  const page = await openPair(picture("https://example.com/menu"), true);
  await scan(page);
  await page.getByText("That is a square, but no invitation.").waitFor();
  expect(await cameraIsOff(page)).toBe(false);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await cameraIsOff(page)).toBe(true);
});

test("a camera that is not given, or is not there, is said, and the link can be pasted", async () => {
  const refused = await openPair(picture(link), false);
  await scan(refused);
  await refused.getByText("The camera was not given to Twofold.").waitFor();
  await refused.getByRole("button", { name: "Turn the camera off" }).click();
  await refused.getByLabel("Invitation link").fill(link);

  const without = await openPair(undefined, true);
  await scan(without);
  await without.getByText("This computer has no camera that Twofold can use.").waitFor();
});
