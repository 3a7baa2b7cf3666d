import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { openPage, readPage, said } from "./editorDesk.ts";
import {
  bomb,
  canary,
  choose,
  file,
  fromCamera,
  hand,
  kept,
  openPhotoPage,
  paint,
  withText,
} from "./photoKit.ts";

const kinds = async (page: Page) => (await readPage(page)).map(({ kind }) => kind);
const onThePage = (page: Page, count: number) =>
  page.waitForFunction(
    (wanted) => document.querySelectorAll(".writing .photo-frame img").length === wanted,
    count,
  );
const nothingOf = /CANARY|Exif|GPS|adobe|ICC_PROFILE|tEXt|eXIf|XMP|thumbnail/;

test("a photo from a camera comes in upright, at most 2,048 pixels long, and without the place it was taken", async () => {
  const page = await openPhotoPage([said("before")]);
  const taken = fromCamera(await paint(page, 3000, 2000));
  expect(taken.toString("latin1")).toContain(canary);
  await choose(page, [file(taken, "image/jpeg", "Amsterdam 52.37N.jpg")]);
  await onThePage(page, 1);
  const photo = await kept(page);
  expect(photo).toMatchObject({ type: "image/jpeg", width: 1365, height: 2048 });
  expect(photo.bytes).not.toMatch(nothingOf);
  expect(photo.said).not.toMatch(/Amsterdam|52\.37|IMG/);
  expect(await kinds(page)).toEqual(["paragraph", "photo", "paragraph"]);
  await page.getByText("The photo is on the page.").waitFor();
  expect(await page.evaluate(() => document.querySelector(".writing img")?.clientWidth)).toBe(
    await page.evaluate(() => document.querySelector(".writing .photo-frame")?.clientWidth),
  );
});

test("what shines through still does, and nothing that is written into the file comes along", async () => {
  const page = await openPhotoPage();
  const png = withText(await paint(page, 300, 200, "image/png", true));
  expect(png.toString("latin1")).toContain(canary);
  await choose(page, [
    file(png, "image/png"),
    file(withText(await paint(page, 300, 200, "image/png")), "image/png"),
  ]);
  await onThePage(page, 2);
  const [clear, opaque] = [await kept(page, 0), await kept(page, 1)];
  // The eXIf of these says that they lie on their side.
  expect(clear).toMatchObject({ type: "image/webp", width: 200, height: 300 });
  expect(clear.bytes).toContain("ALPH");
  expect(opaque.type).toBe("image/jpeg");
  for (const photo of [clear, opaque]) expect(photo.bytes).not.toMatch(nothingOf);
});

test.each(["paste", "drop"] as const)("%s: several come in, in their order", async (how) => {
  const page = await openPhotoPage([said("one"), said("two")]);
  const [wide, high] = [await paint(page, 400, 100), await paint(page, 100, 400)];
  await hand(page, how, [file(wide), file(high)]);
  await onThePage(page, 2);
  const order = how === "drop" ? ["one", 400, 100, "two"] : ["one", "two", 400, 100, ""];
  const read = (await readPage(page)).map((piece) =>
    piece.kind === "photo"
      ? piece.photo.width
      : piece.kind === "paragraph" && piece.inside[0]?.kind === "words"
        ? piece.inside[0].text
        : "",
  );
  expect(read).toEqual(order);
});

test("a page that takes no photos says so, as before", async () => {
  const page = await openPage([said("a letter")]);
  await hand(page, "paste", [file(await paint(page, 40, 40))]);
  await page.getByText("Pictures cannot go into a page yet.").waitFor();
  expect(await page.getByRole("button", { name: "Photos" }).count()).toBe(0);
  expect(await readPage(page)).toEqual([said("a letter")]);
});

const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic0000mif1heic")]);
test.each([
  ["words that call themselves a photo", Buffer.from("not a picture"), "not a picture that"],
  [
    "a drawing with scripts",
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
    "not a picture that",
  ],
  ["a phone's own form", heic, "a phone’s own form (HEIC)"],
  ["a moving picture", Buffer.from("GIF89a0000000000000000000000000"), "moves"],
  ["a small file with far too many points", bomb(), "more than 100 million pixels"],
  ["a file of more than 64 MB", Buffer.alloc(64 * 1024 ** 2 + 1), "larger than 64 MB"],
])("%s stays out, with a sentence, and nothing changes", async (_, bytes, sentence) => {
  const page = await openPhotoPage([said("my words")]);
  if (bytes.length > 1_000_000)
    await page.evaluate((size) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(size)], "a.jpg", { type: "image/jpeg" }));
      document
        .querySelector(".writing")
        ?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
        );
    }, bytes.length);
  else await choose(page, [file(bytes)]);
  await page.locator(".photo-line [role=status]", { hasText: sentence }).waitFor();
  expect(await page.evaluate(() => window.desk.updates())).toBe(0);
  expect(await page.evaluate(() => window.desk.photos.added.length)).toBe(0);
});

test("a full disk takes no photo, and the page never names one that is not kept", async () => {
  const page = await openPhotoPage([said("my words")]);
  await page.evaluate(() => window.desk.photos.refuseAdding("DISK_FULL"));
  await choose(page, [file(await paint(page, 80, 60))]);
  await page.getByText("There is no more space on this computer’s disk").waitFor();
  expect(await readPage(page)).toEqual([said("my words")]);
});

test("while photos are prepared one goes on writing, and can stop it; what is in stays in", async () => {
  const page = await openPhotoPage([said("one"), said("two")]);
  const large = file(await paint(page, 5000, 4000));
  await page.keyboard.press("Control+Home");
  await page.evaluate(() => window.desk.photos.holdAfter(1));
  await choose(page, [file(await paint(page, 80, 60)), large, large, large]);
  await page.locator(".writing").focus();
  await page.getByText(/^Preparing photo \d of 4/).waitFor();
  await onThePage(page, 1);
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" and more");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.evaluate(() => window.desk.photos.letGo());
  await page.getByText("The photo is on the page.").waitFor();
  expect(await kinds(page)).toEqual(["paragraph", "photo", "paragraph"]);
  expect(JSON.stringify(await readPage(page))).toContain("two and more");
});

test("leaving the page meanwhile loses no word and plants no photo in the next one", async () => {
  const page = await openPhotoPage([said("one")]);
  await choose(page, [file(await paint(page, 5000, 4000))]);
  await page.getByText(/^Preparing photo/).waitFor();
  await page.evaluate(() => window.desk.open("next", []));
  await page.waitForFunction(() => document.querySelector(".writing")?.textContent === "");
  await choose(page, [file(await paint(page, 80, 60))]);
  await onThePage(page, 1);
  expect(await kinds(page)).toEqual(["photo", "paragraph"]);
  expect(await readPage(page, "photos")).toEqual([said("one")]);
});

test("a page holds 200 photos; the next one stays out and it is said", async () => {
  const page = await openPhotoPage();
  const bytes = [...(await paint(page, 8, 8))];
  await page.evaluate((small) => {
    const pieces = Array.from({ length: 200 }, () => ({
      kind: "photo" as const,
      photo: window.desk.photos.plant({
        bytes: new Uint8Array(small),
        width: 8,
        height: 8,
        type: "image/jpeg",
      }),
    }));
    window.desk.open("full", pieces);
  }, bytes);
  await page.locator(".writing .photo-figure").first().waitFor();
  await choose(page, [file(await paint(page, 80, 60))]);
  await page.getByText("A page holds 200 photos, so one stayed out.").waitFor();
  expect((await kinds(page)).length).toBe(200);
});
