import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../shared/base/bytes.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { bring, chosen, dayOne, open, picture } from "../support/archives.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import { zipOf } from "../support/zipFiles.ts";

beforeAll(loadSodium);

const rounds = Number(process.env["IMPORT_FUZZ"] ?? 150);

const journal = dayOne([
  {
    uuid: "A1",
    creationDate: "2026-03-04T10:00:00Z",
    text: "# One\n\n- a\n- b\n\n![](dayone-moment://P1)\n\n> **c**",
    tags: ["x"],
    photos: [{ identifier: "P1", md5: "m1", type: "jpeg" }],
  },
  { uuid: "A2", creationDate: "2026-03-05T10:00:00Z", text: "Two", location: { a: 1 } },
]);
const markdown =
  "---\ntitle: One\ndate: 2026-03-04\ntags: [a, b]\n---\n# Two\n\n1. [x] *c* [d](https://e.f)\n\n![g](p.jpg)\n";

/** Cut short, one byte changed, bytes doubled, or a part of it put in another place. */
const spoil = (whole: Uint8Array, seed: number): Uint8Array => {
  const random = seededRandom(seed);
  const bytes = whole.slice();
  const at = pickNumber(random, bytes.length);
  switch (pickNumber(random, 5)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      bytes[at] = pickNumber(random, 256);
      return bytes;
    case 2:
      for (let times = 0; times < 12; times++)
        bytes[pickNumber(random, bytes.length)] = [0, 255, 0x50, 0x7b, 0x5b, 0x22][
          pickNumber(random, 6)
        ] as number;
      return bytes;
    case 3:
      return Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at >> 1)]);
    default:
      bytes.copyWithin(at, pickNumber(random, bytes.length), bytes.length);
      return bytes;
  }
};

/** Whatever it is given: a refusal with a code, or entries that are whole. */
const tryIt = async (path: string, bytes: Uint8Array): Promise<void> => {
  const archive = await open([chosen(path, bytes), chosen("p.jpg", picture)]);
  if (!archive.ok) {
    expect(archive.code).toMatch(/^[A-Z_]+$/);
    return;
  }
  const { entries } = await bring(archive.value);
  expect(entries).toHaveLength(archive.value.preview.entries);
  for (const entry of entries) {
    expect(entry.source).toMatch(/^(?:dayone|text):/);
    expect(entry.title.length).toBeLessThanOrEqual(200);
    expect(entry.parts.length + entry.title.length).toBeGreaterThan(0);
  }
};

describe("whatever a file holds, it is refused with a code or read as whole entries, and nothing throws", () => {
  const samples: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
    ["Journal.json", async () => utf8(journal)],
    ["One.md", async () => utf8(markdown)],
    ["One.txt", async () => utf8(markdown)],
    [
      "DayOne.zip",
      () => zipOf({ "Journal.json": journal, "photos/m1.jpeg": picture, "One.md": markdown }),
    ],
    ["Stored.zip", () => zipOf({ "Journal.json": journal, "One.md": markdown }, { level: 0 })],
    ["Long.zip", () => zipOf({ "Journal.json": journal }, { zip64: true })],
  ];

  test.each(samples)("%s, spoilt", { timeout: 240_000 }, async (path, make) => {
    const whole = await make();
    await tryIt(path, whole);
    for (let seed = 1; seed <= rounds; seed++) await tryIt(path, spoil(whole, seed));
  });

  test(
    "every byte of an archive's ends and headers, changed one at a time",
    { timeout: 240_000 },
    async () => {
      const whole = await zipOf({ "Journal.json": journal, "One.md": markdown }, { level: 0 });
      const heads = new Set<number>();
      for (let at = 0; at < whole.length - 3; at++)
        if (whole[at] === 0x50 && whole[at + 1] === 0x4b)
          for (let next = at; next < Math.min(at + 46, whole.length); next++) heads.add(next);
      for (const at of heads)
        for (const value of [0, 0xff]) {
          const bytes = whole.slice();
          bytes[at] = value;
          await tryIt("a.zip", bytes);
        }
    },
  );
});
