import { crc32 } from "node:zlib";
import type { Page } from "playwright-core";
import { openPage, showPage } from "./editorDesk.ts";
import type { Piece } from "../../shared/page/pieces.ts";

export type Chosen = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** A page that takes photos, with these words. */
export const openPhotoPage = async (pieces: readonly Piece[] = []): Promise<Page> => {
  const page = await openPage();
  await page.evaluate(() => window.desk.configure({ photos: true, hints: false }));
  await showPage(page, "photos", pieces);
  return page;
};

/** A picture as this browser paints one: rough, so that it does not shrink to nothing. */
export const paint = async (
  page: Page,
  width: number,
  height: number,
  type = "image/jpeg",
  clear = false,
): Promise<Buffer> => {
  const text = await page.evaluate(
    async ([w, h, as, leaves]) => {
      const canvas = new OffscreenCanvas(w, h);
      const pen = canvas.getContext("2d");
      if (pen === null) throw new Error("no canvas");
      for (let at = 0; at < 400; at++) {
        pen.fillStyle = `hsl(${(at * 47) % 360} 60% ${30 + (at % 40)}%)`;
        pen.fillRect(((at * 97) % 20) * (w / 20), Math.floor(at / 20) * (h / 20), w / 20, h / 20);
      }
      if (leaves) pen.clearRect(0, 0, w / 2, h / 2);
      const blob = await canvas.convertToBlob({ type: as, quality: 0.95 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let letters = "";
      for (const byte of bytes) letters += String.fromCharCode(byte);
      return btoa(letters);
    },
    [width, height, type, clear] as const,
  );
  return Buffer.from(text, "base64");
};

export const canary = "CANARY 52.3702N 4.8952E";

/** As a camera writes it: turned on its side, with the place, a profile, XMP, a comment, and something behind the end. */
export const fromCamera = (jpeg: Buffer): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff()])),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${canary}</x>`)),
    segment(0xe2, Buffer.from(`ICC_PROFILE\0${canary}`)),
    segment(0xfe, Buffer.from(canary)),
    jpeg.subarray(2),
    Buffer.from(`thumbnail ${canary}`),
  ]);

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

/** Orientation 6 (turned right), and GPS with a name of a place in it. */
const tiff = (): Buffer => {
  const place = Buffer.from(`${canary}\0`);
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(count, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return bytes;
  };
  const gpsAt = 8 + 2 + 24 + 4;
  const placeAt = gpsAt + 2 + 12 + 4;
  return Buffer.concat([
    Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]),
    number(2),
    entry(0x0112, 3, 1, 6),
    entry(0x8825, 4, 1, gpsAt),
    Buffer.alloc(4),
    number(1),
    entry(0x001c, 2, place.length, placeAt),
    Buffer.alloc(4),
    place,
  ]);
};

export const withText = (png: Buffer): Buffer =>
  Buffer.concat([
    png.subarray(0, 33),
    chunk("tEXt", Buffer.from(`Comment\0${canary}`)),
    chunk("eXIf", tiff()),
    png.subarray(33),
  ]);

const chunk = (name: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name), content]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(content.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/** A few bytes that claim to be far more than any memory holds. */
export const bomb = (): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(50_000, 0);
  head.writeUInt32BE(50_000, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", Buffer.alloc(64)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

export const file = (buffer: Buffer, mimeType = "image/jpeg", name = "IMG_2024.jpg"): Chosen => ({
  name,
  mimeType,
  buffer,
});

export const choose = async (page: Page, files: readonly Chosen[]): Promise<void> => {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Photos", exact: true }).click();
  await (await choosing).setFiles([...files]);
};

/** Pasted, or dropped onto the words. */
export const hand = (page: Page, how: "paste" | "drop", files: readonly Chosen[]): Promise<void> =>
  page.evaluate(
    ([way, given]) => {
      const data = new DataTransfer();
      for (const { name, mimeType, text } of given) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const writing = document.querySelector(".writing");
      const box = writing?.firstElementChild?.getBoundingClientRect();
      const where = { bubbles: true, cancelable: true };
      writing?.dispatchEvent(
        way === "paste"
          ? new ClipboardEvent("paste", { ...where, clipboardData: data })
          : new DragEvent("drop", {
              ...where,
              dataTransfer: data,
              clientX: (box?.left ?? 0) + 4,
              clientY: (box?.top ?? 0) + 4,
            }),
      );
    },
    [
      how,
      files.map(({ name, mimeType, buffer }) => ({
        name,
        mimeType,
        text: buffer.toString("base64"),
      })),
    ] as const,
  );

/** What is kept of a photo: its bytes as a text of one letter for each, and what the page says of it. */
export const kept = (
  page: Page,
  index = 0,
): Promise<{ bytes: string; width: number; height: number; type: string; said: string }> =>
  page.evaluate((at) => {
    const photo = window.desk.photos.added[at];
    if (photo === undefined) throw new Error("no such photo");
    const { bytes, ...rest } = photo;
    let letters = "";
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return { ...rest, bytes: letters, said: JSON.stringify(window.desk.read()) };
  }, index);
