import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";
import { readPage } from "./editorDesk.ts";
import { choose, file, openPhotoPage, paint } from "./photoKit.ts";

const screens = useScreens({ width: 1100 });

/** A page with photos that are kept already, between lines; read, or open for writing. */
const showPhotos = async (
  page: Page,
  bytes: Buffer,
  size: readonly [number, number],
  how: { readonly count?: number; readonly reading?: boolean; readonly words?: string } = {},
): Promise<void> => {
  await page.evaluate(
    ([text, [width, height], { count = 1, reading = true, words = "" }]) => {
      const photo = {
        bytes: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
        width,
        height,
        type: "image/jpeg" as const,
        words,
      };
      const line = (at: number) => ({
        kind: "paragraph" as const,
        inside: [
          {
            kind: "words" as const,
            text: `line ${at}`,
            bold: false,
            italic: false,
            address: undefined,
          },
        ],
      });
      const pieces = Array.from({ length: count }, (_, at) => [
        line(at),
        { kind: "photo" as const, photo: window.desk.photos.plant(photo) },
      ]).flat();
      window.desk.configure({ reading });
      window.desk.open(`shown ${count} ${reading}`, [...pieces, line(count)]);
    },
    [bytes.toString("base64"), size, how] as const,
  );
  await page.locator(".photo-frame").first().waitFor();
};
const images = (page: Page) => page.locator(".words .photo-frame img");

test("what has not come yet keeps its room, says so, and appears by itself", async () => {
  const page = await openPhotoPage();
  await page.evaluate(() => window.desk.photos.refuseReading("PHOTO_MISSING"));
  await showPhotos(page, await paint(page, 600, 400), [600, 400]);
  const frame = page.locator(".photo-frame");
  await frame
    .getByText(
      "This photo has not come yet. Photos come while both Twofolds are open at once, or in a file",
    )
    .waitFor();
  const before = await frame.boundingBox();
  expect(await page.getByRole("button", { name: /larger/ }).count()).toBe(0);
  await page.evaluate(() => {
    window.desk.photos.refuseReading(undefined);
    window.desk.photos.arrive();
  });
  await images(page).waitFor();
  expect(await frame.boundingBox()).toEqual(before);
});

test("what is damaged, or is another picture than the page says, is never shown as one", async () => {
  const page = await openPhotoPage();
  const bytes = await paint(page, 600, 400);
  await page.evaluate(() => window.desk.photos.refuseReading("PHOTO_DAMAGED"));
  await showPhotos(page, bytes, [600, 400]);
  await page.getByText("This photo is damaged on this computer").waitFor();
  await page.evaluate(() => window.desk.photos.refuseReading(undefined));
  // Far larger than it said: it would fill the memory of whoever only opens the page.
  await showPhotos(page, bytes, [60, 40], { count: 2 });
  await expect.poll(() => page.getByText("This photo is damaged on this computer").count()).toBe(2);
  expect(await images(page).count()).toBe(0);
});

test("a reader opens it larger with the keys, hears its words, and comes back to where they were", async () => {
  const page = await openPhotoPage();
  await showPhotos(page, await paint(page, 1600, 900), [1600, 900], { words: "the lake" });
  const opener = page.getByRole("button", { name: "Photo: the lake. Look at it larger" });
  await images(page).waitFor();
  await opener.focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Photo" });
  await sheet.getByRole("img", { name: "the lake" }).waitFor();
  expect(await violations(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    sheet.getByRole("button", { name: "Save a copy" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Photo.jpg");
  expect(
    readFileSync(await download.path())
      .subarray(0, 3)
      .toString("hex"),
  ).toBe("ffd8ff");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
});

test("a writer chooses a photo with the keys, says what is on it, moves it and takes it out", async () => {
  const page = await openPhotoPage();
  await showPhotos(page, await paint(page, 400, 300), [400, 300], { reading: false });
  await images(page).waitFor();
  await page.locator(".writing").focus();
  // The editor hears of the cursor a moment later than the browser.
  await expect
    .poll(async () => {
      await page.keyboard.press("Control+Home");
      await page.evaluate(() => new Promise((heard) => requestAnimationFrame(heard)));
      await page.keyboard.press("ArrowDown");
      return page.locator(".node-photo.ProseMirror-selectednode").count();
    })
    .toBe(1);
  await page.keyboard.press("Enter");
  const words = page.getByRole("textbox", { name: "What does it show?" });
  await words.fill("our kitchen");
  await page.keyboard.press("Escape");
  await page.locator(".writing figcaption", { hasText: "our kitchen" }).waitFor();
  const kinds = async () =>
    (await readPage(page)).map((piece) =>
      piece.kind === "photo" ? piece.photo.words : piece.kind,
    );
  await expect.poll(kinds).toEqual(["paragraph", "our kitchen", "paragraph"]);
  await page.locator(".writing").focus();
  await page.keyboard.press("Control+ArrowUp");
  await expect.poll(kinds).toEqual(["our kitchen", "paragraph", "paragraph"]);
  await page.keyboard.press("Control+ArrowDown");
  await page.keyboard.press("Control+ArrowDown");
  await expect.poll(kinds).toEqual(["paragraph", "paragraph", "our kitchen"]);
  expect(await page.locator(".writing").innerHTML()).not.toMatch(/0000A/);
  await page.keyboard.press("Delete");
  await expect.poll(kinds).toEqual(["paragraph", "paragraph"]);
  // What was done within half a second is undone together.
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await kinds()).length).toBe(3);
});

test("of a page with 20 MB of photos only those near the screen are in memory, and scrolling lets go of the others", async () => {
  const page = await openPhotoPage();
  await page.evaluate(() => {
    const live = new Set<string>();
    Object.assign(window, { live });
    const make = URL.createObjectURL.bind(URL);
    const drop = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (given) => {
      const address = make(given);
      live.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      live.delete(address);
      drop(address);
    };
  });
  const open = () => page.evaluate(() => (window as unknown as { live: Set<string> }).live.size);
  const bytes = Buffer.concat([await paint(page, 1200, 800), Buffer.alloc(400_000)]);
  await showPhotos(page, bytes, [1200, 800], { count: 50 });
  await images(page).first().waitFor();
  expect(await open()).toBeLessThan(10);
  await page.getByText("line 50").scrollIntoViewIfNeeded();
  await images(page).first().waitFor();
  await expect.poll(open).toBeLessThan(10);
  expect(await page.evaluate(() => window.desk.photos.reads())).toBeLessThan(30);
  await page.evaluate(() => window.desk.open("another", []));
  await expect.poll(open).toBe(0);
});

test("under the app's own policy a photo comes into an entry, and its preview shows it", async () => {
  const page = await screens.openAt(`/journal/${(82).toString(16).padStart(32, "0")}`, ".writing");
  await choose(page, [file(await paint(page, 1600, 1000))]);
  await images(page).waitFor();
  await expect
    .poll(() => images(page).evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBe(1600);
  await images(page).click();
  await page.getByRole("button", { name: "Move up" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Share…" }).click();
  const preview = page.getByRole("dialog").locator(".preview .photo-frame img");
  await preview.waitFor();
  expect(await violations(page)).toEqual([]);
  expect(screens.complaints).toEqual([]);
});
