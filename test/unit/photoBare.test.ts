import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barePicture } from "../../renderer/ui/photos/barePicture.ts";
import { readPictureHeader } from "../../renderer/ui/photos/pictureHeader.ts";
import type { PhotoType } from "../../shared/page/photo.ts";

const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));
const u32 = (value: number): number[] => [24, 16, 8, 0].map((by) => (value >>> by) & 255);
const read = (bytes: Uint8Array | undefined): string => String.fromCharCode(...(bytes ?? []));

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];
const frame = segment(0xc0, [8, 0, 40, 0, 60, 1, 1, 0x11, 0]);
const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 1, 2, 0xff, 0, 3, 0xff, 0xd9];
const jpeg = (beside: readonly number[], after: readonly number[] = []): Uint8Array =>
  new Uint8Array([0xff, 0xd8, ...beside, ...frame, ...scan, ...after]);

const chunk = (name: string, content: readonly number[]): number[] => [
  ...u32(content.length),
  ...text(name),
  ...content,
  ...u32(0),
];
const png = (...chunks: readonly number[][]): Uint8Array =>
  new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...chunks.flat()]);
const head = chunk("IHDR", [...u32(60), ...u32(40), 8, 6, 0, 0, 0]);

const webpChunk = (name: string, content: readonly number[]): number[] => [
  ...text(name),
  ...u32(content.length).toReversed(),
  ...content,
  ...(content.length % 2 === 1 ? [0] : []),
];
const webp = (...chunks: readonly number[][]): Uint8Array => {
  const inside = [...text("WEBP"), ...chunks.flat()];
  return new Uint8Array([...text("RIFF"), ...u32(inside.length).toReversed(), ...inside]);
};

describe("whatever an encoder may write beside a picture, the picture alone is kept", () => {
  test("of a JPEG", () => {
    const beside = [1, 2, 13, 14, 15].flatMap((n) => segment(0xe0 + n, text("place")));
    const bare = barePicture(
      jpeg([...beside, ...segment(0xfe, text("place"))], text("place")),
      "image/jpeg",
    );
    expect(read(bare)).toBe(read(jpeg([])));
  });
  test("of a PNG", () => {
    const picture = [chunk("IDAT", [1, 2, 3]), chunk("IEND", [])] as const;
    const told = ["tEXt", "zTXt", "iTXt", "eXIf", "iCCP", "tIME"].map((name) =>
      chunk(name, text("place")),
    );
    const bare = barePicture(
      png(head, ...told, ...picture, chunk("tEXt", text("place"))),
      "image/png",
    );
    expect(read(bare)).toBe(read(png(head, ...picture)));
  });
  test("of a WebP", () => {
    const sides = [59, 0, 0, 39, 0, 0];
    const picture = webpChunk("VP8 ", [1, 2, 3]);
    const told = ["ICCP", "EXIF", "XMP "].map((name) => webpChunk(name, text("place")));
    const bare = barePicture(
      webp(webpChunk("VP8X", [0x3c, 0, 0, 0, ...sides]), ...told, picture),
      "image/webp",
    );
    expect(read(bare)).toBe(read(webp(webpChunk("VP8X", [0x10, 0, 0, 0, ...sides]), picture)));
  });
});

describe("a picture is known by its first bytes before anything of it is decoded", () => {
  test("its size is read, and what moves is told apart", () => {
    expect(readPictureHeader(jpeg(segment(0xe1, text("Exif"))))).toMatchObject({
      value: { type: "image/jpeg", width: 60, height: 40, clear: false },
    });
    expect(readPictureHeader(png(head, chunk("IDAT", [])))).toMatchObject({
      value: { type: "image/png", width: 60, height: 40, clear: true },
    });
    expect(readPictureHeader(png(head, chunk("acTL", [])))).toMatchObject({ code: "MOVING" });
    const extended = (flags: number) =>
      readPictureHeader(webp(webpChunk("VP8X", [flags, 0, 0, 0, 59, 1, 0, 39, 2, 0])));
    expect(extended(0x10)).toMatchObject({ value: { width: 316, height: 552, clear: true } });
    expect(extended(0x02)).toMatchObject({ code: "MOVING" });
  });

  const begun = fc.constantFrom(jpeg([]), png(head), webp(webpChunk("VP8X", [])), new Uint8Array());
  test("whatever follows, however it is cut, nothing throws", () => {
    fc.assert(
      fc.property(begun, fc.uint8Array({ maxLength: 200 }), fc.nat(60), (start, rest, cut) => {
        const bytes = new Uint8Array([...start.subarray(0, start.length - cut), ...rest]);
        readPictureHeader(bytes);
        for (const type of ["image/jpeg", "image/png", "image/webp"] satisfies PhotoType[])
          barePicture(bytes, type);
      }),
      { numRuns: 2_000 },
    );
  });
});
