// Draws the mark of build/icon.svg as PNG, ICO and ICNS, and for the tray: node build/makeIcons.mjs
// Drawn here and not by a browser, so that the bytes are the same on every computer.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));

/** The drawing is 52 units wide, as in icon.svg. */
const width = 52;
const ink = [0x2a, 0x27, 0x30];
const outline = [
  [11, 16.25],
  [26, 12.5],
  [41, 16.25],
  [41, 35.75],
  [26, 39.5],
  [11, 35.75],
];
const left = [outline[0], outline[1], outline[4], outline[5]];
const right = [outline[1], outline[2], outline[3], outline[4]];

const isInside = (x, y, corners) =>
  corners.reduce((inside, [ax, ay], index) => {
    const [bx, by] = corners[(index + 1) % corners.length];
    const crosses = ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
    return crosses ? !inside : inside;
  }, false);

const distanceToSegment = (x, y, [ax, ay], [bx, by]) => {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - nearest * (bx - ax), y - ay - nearest * (by - ay));
};

/** Below 0 inside the rounded square of icon.svg. */
const distanceToTile = (x, y) => {
  const [dx, dy] = [Math.abs(x - 26) - 13, Math.abs(y - 26) - 13];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - 11;
};

/** The colour of one point, or undefined outside the tile. */
const colourAt = (x, y) => {
  const tile = distanceToTile(x, y);
  if (tile > 0.5) return undefined;
  const isLine =
    distanceToSegment(x, y, outline[1], outline[4]) <= 1.2 ||
    outline.some((from, index) => distanceToSegment(x, y, from, outline[(index + 1) % 6]) <= 1.2);
  if (isLine) return ink;
  if (isInside(x, y, left)) return [0xff, 0xfd, 0xf9];
  if (isInside(x, y, right)) return [0xee, 0xe8, 0xdc];
  return tile > -0.5 ? [0xdd, 0xd4, 0xc4] : [0xf6, 0xf2, 0xea];
};

/** The lines alone, in black, as a Mac wants what stands in its menu bar. */
const lineAt = (x, y) => {
  const isLine =
    distanceToSegment(x, y, outline[1], outline[4]) <= 1.5 ||
    outline.some((from, index) => distanceToSegment(x, y, from, outline[(index + 1) % 6]) <= 1.5);
  return isLine ? [0, 0, 0] : undefined;
};

const samples = [0.125, 0.375, 0.625, 0.875];

/** One pixel: the mean of 16 points. */
const pixelAt = (column, row, { scale, from, paint }) => {
  const sum = [0, 0, 0, 0];
  for (const down of samples) {
    for (const across of samples) {
      const colour = paint(from + (column + across) * scale, from + (row + down) * scale);
      if (colour === undefined) continue;
      for (const [channel, value] of colour.entries()) sum[channel] += value;
      sum[3] += 1;
    }
  }
  const [red, green, blue, covered] = sum;
  if (covered === 0) return [0, 0, 0, 0];
  return [red / covered, green / covered, blue / covered, (covered * 255) / 16].map(Math.round);
};

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

const crc = (bytes) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = crcTable[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
};

const uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc(body))]);
};

/** `from`: how much is left out on each side, in units of the drawing. */
const drawPng = (size, { paint, from } = { paint: colourAt, from: 0 }) => {
  const scale = (width - 2 * from) / size;
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const pixel = pixelAt(column, row, { scale, from, paint });
      rows.set(pixel, row * (size * 4 + 1) + 1 + column * 4);
    }
  }
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", Buffer.concat([uint32(size), uint32(size), Buffer.from([8, 6, 0, 0, 0])])),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

const makeIco = (images) => {
  const head = Buffer.from([0, 0, 1, 0, images.length, 0]);
  let offset = head.length + images.length * 16;
  const entries = images.map(([size, png]) => {
    const entry = Buffer.alloc(16);
    // 0 stands for 256.
    entry.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0]);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...images.map(([, png]) => png)]);
};

const makeIcns = (images) => {
  const parts = images.map(([name, png]) =>
    Buffer.concat([Buffer.from(name, "latin1"), uint32(png.length + 8), png]),
  );
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from("icns", "latin1"), uint32(body.length + 8), body]);
};

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const drawn = new Map(sizes.map((size) => [size, drawPng(size)]));

mkdirSync(join(here, "icons"), { recursive: true });
for (const size of sizes.slice(0, -1)) {
  writeFileSync(join(here, "icons", `${size}x${size}.png`), drawn.get(size));
}
writeFileSync(join(here, "icon.png"), drawn.get(1024));
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
writeFileSync(join(here, "icon.ico"), makeIco(icoSizes.map((size) => [size, drawn.get(size)])));
const icnsSizes = [
  ["ic07", 128],
  ["ic08", 256],
  ["ic09", 512],
  ["ic10", 1024],
  ["ic11", 32],
  ["ic12", 64],
  ["ic13", 256],
  ["ic14", 512],
];
writeFileSync(
  join(here, "icon.icns"),
  makeIcns(icnsSizes.map(([name, size]) => [name, drawn.get(size)])),
);

// The main process has no files beside itself: what stands in the tray is part of it.
const inText = (png) => png.toString("base64");
const lines = { paint: lineAt, from: 8 };
const tray = {
  tile: { once: inText(drawn.get(16)), twice: inText(drawn.get(32)) },
  lines: { once: inText(drawPng(18, lines)), twice: inText(drawPng(36, lines)) },
};
writeFileSync(join(here, "../electron/trayIcons.json"), `${JSON.stringify(tray, undefined, 2)}\n`);
