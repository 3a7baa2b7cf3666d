import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { choose, file } from "../browser/photoKit.ts";
import { dayOne } from "./archives.ts";
import { button, editor, field, go, link, type Person } from "./person.ts";
import { untilSaved } from "./together.ts";
import { zipOf } from "./zipFiles.ts";

/** What people do with the journal beyond writing and sharing, and what may happen to their computer meanwhile. */

export const openEntry = async (person: Person, title: string | RegExp): Promise<void> => {
  await go(person, "Journal");
  await link(person.page, title).first().click();
};

/** At the end of what stands there, in a paragraph of its own. */
export const typeMore = async (person: Person, words: string): Promise<void> => {
  const { page } = person;
  await editor(page).press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(words);
  await untilSaved(person);
};

/** Through the file field, at the cursor; resolves when the disk has it. */
export const choosePhoto = async (person: Person, photo: Buffer): Promise<void> => {
  const { page } = person;
  await choose(page, [file(photo)]);
  await page.getByText("The photo is on the page.").waitFor();
  await untilSaved(person);
};

export type Details = {
  readonly day?: string;
  readonly tag?: string;
  readonly feeling?: string;
};

/** @param details the day as YYYY-MM-DD */
export const describe = async (person: Person, details: Details): Promise<void> => {
  const { page } = person;
  const { day, tag, feeling } = details;
  await button(page, "Date, tags and feelings").click();
  if (day !== undefined) await field(page, "The day it is about").fill(day);
  if (tag !== undefined) {
    const tags = page.getByRole("textbox", { name: "Tags", exact: true });
    await tags.fill(tag);
    await tags.press("Enter");
  }
  if (feeling !== undefined) await button(page, feeling).click();
  await button(page, "Date, tags and feelings").click();
  await untilSaved(person);
};

/** Every point of the photo, as one number; waits until it is shown. */
export const seePhoto = async (place: Page | Locator): Promise<string> => {
  const frame = place.locator(".photo-frame").first();
  // At once and without waiting for it to be still: words that arrive may draw the page, and its frame, anew.
  await frame.evaluate((shown) => shown.scrollIntoView({ block: "center" }));
  const image = frame.locator("img[data-loaded=true]");
  await image.waitFor({ timeout: 40_000 });
  return image.evaluate(async (shown: HTMLImageElement) => {
    const { naturalWidth: width, naturalHeight: height } = shown;
    if (width === 0) throw new Error("a photo without a point");
    const pen = new OffscreenCanvas(width, height).getContext("2d");
    if (pen === null) throw new Error("no canvas");
    pen.drawImage(shown, 0, 0);
    const points = pen.getImageData(0, 0, width, height).data;
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", points));
    return `${width}×${height} ${[...sum].map((byte) => byte.toString(16)).join(" ")}`;
  });
};

/** A picture in which no two points are alike, so that it stays several MB. Always the same one. */
export const paintRough = async (page: Page, side: number): Promise<Buffer> => {
  const text = await page.evaluate(async (length) => {
    const canvas = new OffscreenCanvas(length, length);
    const pen = canvas.getContext("2d");
    if (pen === null) throw new Error("no canvas");
    const picture = pen.createImageData(length, length);
    const points = new Uint32Array(picture.data.buffer);
    let seed = 7;
    for (let at = 0; at < points.length; at++) {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      points[at] = seed | 0xff000000;
    }
    pen.putImageData(picture, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let letters = "";
    for (let from = 0; from < bytes.length; from += 0x8000)
      letters += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
    return btoa(letters);
  }, side);
  return globalThis.Buffer.from(text, "base64");
};

/** As if so many minutes went by while somebody now and then moved the mouse: nothing locks. */
export const passMinutes = async ({ page }: Person, minutes: number): Promise<void> => {
  for (let passed = 0; passed < minutes; passed++) {
    await page.evaluate(() => {
      const { now } = Date;
      Date.now = () => now() + 60_000;
    });
    await page.mouse.move(300 + (passed % 2), 300);
  }
};

const held = "held-by-the-test";

/** What one of the three below waited for has happened. A key may be derived first, which takes its time. */
export const untilHeld = async ({ page }: Person): Promise<void> => {
  const mark = page.locator(`html[data-at="${held}"]`);
  await mark.waitFor({ state: "attached", timeout: 60_000 });
};

/** Of what this page sends to other computers, so many bytes get through; then the cable is out, and nobody says so. */
export const cutCableAfter = ({ page }: Person, bytes: number): Promise<void> =>
  page.evaluate(
    ([most, mark]) => {
      const proto = RTCDataChannel.prototype;
      const send = Reflect.get(proto, "send") as (this: RTCDataChannel, data: ArrayBuffer) => void;
      let left = most;
      proto.send = function (data: unknown) {
        left -= typeof data === "string" ? data.length : (data as ArrayBuffer).byteLength;
        if (left >= 0) send.call(this, data as ArrayBuffer);
        else document.documentElement.dataset["at"] = mark;
      };
    },
    [bytes, held] as const,
  );

/** Of the files that were chosen, so many bytes are given; then whatever they lie on gives no more. */
export const stopReadingAfter = ({ page }: Person, bytes: number): Promise<void> =>
  page.evaluate(
    ([most, mark]) => {
      const slice = Reflect.get(Blob.prototype, "slice");
      let left = most;
      File.prototype.slice = function (this: File, from = 0, to = this.size, type = "") {
        left -= Math.max(0, Math.min(to, this.size) - from);
        const part = slice.call(this, from, to, type);
        if (left >= 0) return part;
        document.documentElement.dataset["at"] = mark;
        part.arrayBuffer = () => new Promise(() => {});
        return part;
      };
    },
    [bytes, held] as const,
  );

/** Of a file that is being written, so many bytes reach its disk; then it takes no more. */
export const stopWritingAfter = ({ page }: Person, bytes: number): Promise<void> =>
  page.evaluate(
    ([most, mark]) => {
      const proto = FileSystemWritableFileStream.prototype;
      const write = Reflect.get(proto, "write");
      let left = most;
      proto.write = function (data) {
        left -= (data as Uint8Array).byteLength;
        if (left >= 0) return write.call(this, data);
        document.documentElement.dataset["at"] = mark;
        return new Promise(() => {});
      };
    },
    [bytes, held] as const,
  );

const stick = "Stick";

/** Whoever is asked for a folder from now on chooses a stick: the page's own storage stands for it. */
export const plugInStick = async ({ context }: Person): Promise<void> => {
  await context.addInitScript((name) => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () => {
        const storage = await navigator.storage.getDirectory();
        return storage.getDirectoryHandle(name, { create: true });
      },
    });
  }, stick);
};

/** What lies on the stick, oldest first; text of one letter a byte. */
export const readStick = async (
  person: Person,
): Promise<readonly { readonly name: string; readonly buffer: Buffer }[]> => {
  const found = await person.page.evaluate(async (folderName) => {
    const storage = await navigator.storage.getDirectory();
    const folder = await storage.getDirectoryHandle(folderName);
    const files: [string, string][] = [];
    for await (const handle of (
      folder as unknown as { values: () => AsyncIterable<FileSystemHandle> }
    ).values()) {
      if (!(handle instanceof FileSystemFileHandle)) continue;
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      let letters = "";
      for (let from = 0; from < bytes.length; from += 0x8000)
        letters += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
      files.push([handle.name, btoa(letters)]);
    }
    return files;
  }, stick);
  return found
    .map(([name, text]) => ({ name, buffer: globalThis.Buffer.from(text, "base64") }))
    .toSorted((one, two) => one.name.localeCompare(two.name));
};

/** Chooses this file where the button asks for one. */
export const chooseFile = async (
  { page }: Person,
  name: string,
  chosen: { readonly name: string; readonly buffer: Buffer },
): Promise<void> => {
  const choosing = page.waitForEvent("filechooser");
  await button(page, name).click();
  await (await choosing).setFiles([{ ...chosen, mimeType: "" }]);
};

/** All lines of the list that is on the screen, in their order, once each: it shows only some at a time. */
export const readAllLines = async ({ page }: Person): Promise<readonly string[]> => {
  await page.locator(".virtual-lines").waitFor();
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1100, height: 6_000 });
  const lines = await page.evaluate(async () => {
    const found = new Map<string, string>();
    const frame = (): Promise<unknown> => new Promise((next) => requestAnimationFrame(next));
    scrollTo(0, 0);
    for (let before = -1; scrollY !== before;) {
      before = scrollY;
      await frame();
      await frame();
      for (const line of document.querySelectorAll<HTMLElement>(".virtual-lines .line"))
        found.set(line.dataset["page"] ?? "", line.innerText);
      scrollBy(0, innerHeight / 2);
      await frame();
    }
    scrollTo(0, 0);
    return [...found.values()];
  });
  if (size !== null) await page.setViewportSize(size);
  expect(lines.length).toBeGreaterThan(0);
  return lines;
};

/** A zip as Day One writes it: so many days, and a picture with those that have one. */
export const dayOneOf = (
  days: number,
  pictures: ReadonlyMap<number, Buffer>,
): Promise<Uint8Array> => {
  const files: Record<string, string | Uint8Array> = {};
  const entries = Array.from({ length: days }, (_, index) => {
    const day = index + 1;
    const picture = pictures.get(day);
    const text = `# Day ${day}\n\nThe words of day ${day}, to their end.`;
    const entry = {
      uuid: day.toString(16).toUpperCase().padStart(32, "0"),
      creationDate: new Date(Date.UTC(2019, 0, day, 12)).toISOString(),
      tags: ["harbour"],
    };
    if (picture === undefined) return { ...entry, text };
    const md5 = createHash("md5").update(picture).digest("hex");
    const identifier = entry.uuid.replace(/^0/, "F");
    files[`photos/${md5}.jpeg`] = picture;
    return {
      ...entry,
      text: `${text}\n\n![](dayone-moment://${identifier})`,
      photos: [{ identifier, md5, type: "jpeg" }],
    };
  });
  return zipOf({ "Journal.json": dayOne(entries), ...files }, { level: 0 });
};
