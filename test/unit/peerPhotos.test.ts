import { expect, test } from "vitest";
import type { DeviceId } from "../../shared/base/ids.ts";
import { createPeerPhotos } from "../../shared/journal/travel/peerPhotos.ts";
import type { ChunkName } from "../../shared/page/photo.ts";
import { createManualClock } from "../support/manualClock.ts";

const [one, two] = ["one" as ChunkName, "two" as ChunkName];

const begin = () => {
  const clock = createManualClock(0);
  const photos = createPeerPhotos({
    ...{ me: "me" as DeviceId, peer: "partner" as DeviceId, clock },
    missing: () => [],
    mayGive: () => true,
    give: async () => undefined,
    take: async () => true,
    onChange: () => {},
  });
  return { clock, photos };
};

test("a file that is read late says nothing beside what the partner says while they are there", () => {
  const { photos } = begin();
  photos.met();
  photos.open().desk.asked(new Set());
  photos.heard(new Set([one, two]));
  expect(photos.wanted()).toEqual(new Set());
});

test("nor where the partner is there and wants nothing, which nobody says", () => {
  const { clock, photos } = begin();
  photos.heard(new Set([one]));
  photos.met();
  expect(photos.wanted()).toEqual(new Set([one]));
  clock.advance(2_000);
  expect(photos.wanted()).toEqual(new Set());
  photos.heard(new Set([one]));
  expect(photos.wanted()).toEqual(new Set());
});

test("once the partner has gone, what they want is read from files again", () => {
  const { photos } = begin();
  photos.met();
  photos.open().desk.asked(new Set([one]));
  photos.parted();
  photos.heard(new Set([two]));
  expect(photos.wanted()).toEqual(new Set([two]));
});
