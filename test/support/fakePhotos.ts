import { accept, refuse } from "../../shared/base/result.ts";
import type { PhotoCode, Photos } from "../../shared/journal/openPage.ts";
import { type ChunkName, type NewPhoto, type PhotoRef, piecesOf } from "../../shared/page/photo.ts";

/** Photos in memory, with no keys: what was added can be read, unless it is said not to have come. */
export type FakePhotos = Photos & {
  readonly added: readonly NewPhoto[];
  /** As if it were there already; `bytes` may be anything. */
  readonly plant: (photo: NewPhoto) => PhotoRef;
  readonly refuseAdding: (code: PhotoCode | undefined) => void;
  /** After so many, adding waits for its disk until it is let go. */
  readonly holdAfter: (count: number) => void;
  readonly letGo: () => void;
  readonly refuseReading: (code: PhotoCode | undefined) => void;
  readonly arrive: () => void;
  /** How often one was read. */
  readonly reads: () => number;
};

export const createFakePhotos = (): FakePhotos => {
  const added: NewPhoto[] = [];
  const hearers = new Set<() => void>();
  let adding: PhotoCode | undefined;
  let reading: PhotoCode | undefined;
  let reads = 0;
  let room = Infinity;
  let held: (() => void)[] = [];
  const plant = (photo: NewPhoto): PhotoRef => {
    added.push(photo);
    const { bytes, words = "", ...rest } = photo;
    return {
      ...rest,
      words,
      key: nameOf(added.length - 1),
      chunks: Array.from({ length: piecesOf(bytes.length) }, (_, at) => nameOf(at)),
      size: bytes.length,
    };
  };
  return {
    added,
    plant,
    add: async (photo) => {
      if (added.length >= room) await new Promise<void>((resolve) => held.push(resolve));
      return adding === undefined ? accept(plant(photo)) : refuse(adding);
    },
    read: async ({ key }) => {
      reads += 1;
      const photo = added[Number(key.slice(0, 42))];
      if (reading !== undefined || photo === undefined) return refuse(reading ?? "PHOTO_MISSING");
      return accept(photo.bytes);
    },
    onArrival: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    refuseAdding: (code) => {
      adding = code;
    },
    holdAfter: (count) => {
      room = count;
    },
    letGo: () => {
      room = Infinity;
      for (const resolve of held) resolve();
      held = [];
    },
    refuseReading: (code) => {
      reading = code;
    },
    arrive: () => {
      for (const hear of hearers) hear();
    },
    reads: () => reads,
  };
};

const nameOf = (number: number): ChunkName => `${String(number).padStart(42, "0")}A` as ChunkName;
