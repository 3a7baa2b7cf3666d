import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  chunkLength,
  photoAttributes,
  pieceLength,
  readPhoto,
  type NewPhoto,
} from "../../shared/page/photo.ts";
import { isChunkUnder, openPhoto, sealPhoto } from "../../shared/page/photoSeal.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const anyPhoto = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: pieceLength - 2, max: pieceLength + 2 }),
      fc.integer({ min: 2 * pieceLength - 1, max: 2 * pieceLength + 1 }),
    ),
    fc.nat(250),
  )
  .map(([size, fill]): NewPhoto => ({
    bytes: new Uint8Array(size).fill(fill),
    width: 4,
    height: 3,
    type: "image/png",
  }));

const seal = (photo: NewPhoto, seed: number) => must(sealPhoto(photo, seededRandom(seed)));

test("a photo opens as exactly what it was, in chunks that all look alike", () => {
  fc.assert(
    fc.property(anyPhoto, fc.nat(), (photo, seed) => {
      const { ref, chunks } = seal(photo, seed);
      expect(readPhoto(photoAttributes(ref))).toEqual(ref);
      for (const { name, bytes } of chunks) {
        expect(bytes.length).toBe(chunkLength);
        expect(isChunkUnder(name, bytes)).toBe(true);
      }
      const opened = must(
        openPhoto(
          ref,
          chunks.map(({ bytes }) => bytes),
        ),
      );
      expect(Buffer.compare(opened, photo.bytes)).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test("one flipped bit anywhere in a chunk is refused, by its name and by its seal", () => {
  fc.assert(
    fc.property(anyPhoto, fc.nat(), fc.nat(), fc.nat(7), (photo, seed, place, bit) => {
      const { ref, chunks } = seal(photo, seed);
      const at = place % (chunks.length * chunkLength);
      const turned = chunks.map(({ bytes }) => bytes.slice());
      const chunk = turned[Math.floor(at / chunkLength)] ?? new Uint8Array();
      chunk[at % chunkLength] = (chunk[at % chunkLength] ?? 0) ^ (1 << bit);
      expect(isChunkUnder(ref.chunks[Math.floor(at / chunkLength)] ?? "", chunk)).toBe(false);
      expect(openPhoto(ref, turned)).toMatchObject({ code: "PHOTO_DAMAGED" });
    }),
    { numRuns: 60 },
  );
});

test("a chunk that is cut, missing, swapped, of another photo, or said to be of another size is refused", () => {
  fc.assert(
    fc.property(anyPhoto, fc.nat(), fc.nat(chunkLength - 1), (photo, seed, length) => {
      const { ref, chunks } = seal(photo, seed);
      const bytes = chunks.map((chunk) => chunk.bytes);
      const other = seal(photo, seed + 1).chunks.map((chunk) => chunk.bytes);
      const refused = [
        [ref, bytes.with(bytes.length - 1, (bytes.at(-1) ?? new Uint8Array()).subarray(0, length))],
        [ref, bytes.slice(1)],
        [ref, bytes.with(0, other[0] ?? new Uint8Array())],
        [ref, other],
        [{ ...ref, size: ref.size + 1 }, bytes],
        [{ ...ref, key: `${ref.key.startsWith("A") ? "B" : "A"}${ref.key.slice(1)}` }, bytes],
        [{ ...ref, key: "A" }, bytes],
        ...(bytes.length > 1 ? [[ref, bytes.toReversed()] as const] : []),
      ] as const;
      for (const [said, given] of refused)
        expect(openPhoto(said, given)).toMatchObject({ code: "PHOTO_DAMAGED" });
    }),
    { numRuns: 30 },
  );
});
