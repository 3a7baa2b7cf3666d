import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EnvelopeKey } from "../../shared/envelope/envelope.ts";
import { fillDrawers } from "../../shared/ledger/paddedChest.ts";
import { firstSteps } from "../../shared/ledger/paddedDrawers.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import { must, openWith, sealedLike, shapeOf } from "../unit/paddedKit.ts";

beforeAll(loadSodium);

const refused = ({ ok }: { readonly ok: boolean }): void => {
  if (ok) throw new Error("accepted");
};

const acts = fc.record({
  seed: fc.nat(1_000_000),
  acts: fc.array(
    fc.constantFrom(
      ...(["put", "put", "putLong", "remove", "cache", "photo", "noPhoto"] as const),
      ...(["lock", "kill", "killInside", "full", "fullRemove"] as const),
    ),
    { minLength: 60, maxLength: 100 },
  ),
});

test("after any hundred acts, kills and full disks the room is a whole number of MiB, and has all that was confirmed", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async ({ seed, acts: all }) => {
      const disk = createMemoryDisk();
      const random = seededRandom(seed);
      must(await fillDrawers(disk.start().drawers, random));
      const words = new Map<EnvelopeKey, Uint8Array>();
      const photos = new Map<string, Uint8Array>();
      const open = async () => {
        const stores = await openWith(disk.start().drawers, random);
        return { stores, volume: must(await stores.volumes.open(1)) };
      };
      let room = await open();
      let steps = firstSteps;
      const pick = <Key>(among: ReadonlyMap<Key, unknown>): Key | undefined =>
        [...among.keys()][among.size === 0 ? 0 : pickNumber(random, among.size)];

      for (const act of all) {
        const key = pick(words);
        const photo = pick(photos);
        if (act === "put" || act === "putLong") {
          const entry = sealedLike(
            random,
            act === "put" ? 592 : 20_000 + pickNumber(random, 9_000),
          );
          must(await room.volume.put([entry]));
          words.set(entry.key, entry.envelope);
        } else if (act === "remove" && key !== undefined) {
          must(await room.volume.remove([key]));
          words.delete(key);
        } else if (act === "cache") {
          const value = new Uint8Array(pickNumber(random, 30_000)).fill(7);
          must(await room.stores.cache.write([{ section: "pages", key: `p${seed % 7}`, value }]));
        } else if (act === "photo") {
          const name = `photo ${pickNumber(random, 1_000_000)}`;
          photos.set(name, new Uint8Array(65_608).fill(photos.size + 1));
          must(await room.stores.chunks.put([{ name, bytes: photos.get(name) ?? random(1) }]));
        } else if (act === "noPhoto" && photo !== undefined) {
          must(await room.stores.chunks.remove([photo]));
          photos.delete(photo);
        } else if (act === "lock") {
          await room.volume.close();
          await room.stores.leave();
          room = await open();
        } else if (act === "kill") {
          disk.kill();
          room = await open();
        } else if (act === "killInside") {
          const release = disk.hold();
          const lost = sealedLike(random, 30_000);
          const putting = room.volume.put([lost]);
          const removing = key === undefined ? undefined : room.volume.remove([key]);
          await new Promise((resolve) => setImmediate(resolve));
          disk.kill();
          release();
          refused(await putting);
          if (removing !== undefined) refused(await removing);
          room = await open();
          if (room.volume.has(lost.key)) throw new Error("there after all");
        } else if (act === "full") {
          const entry = sealedLike(random, 20_000);
          disk.failNext("put", "DISK_FULL");
          refused(await room.volume.put([entry]));
          must(await room.volume.put([entry]));
          words.set(entry.key, entry.envelope);
        } else if (act === "fullRemove" && key !== undefined) {
          disk.failNext("put", "DISK_FULL");
          refused(await room.volume.remove([key]));
          must(await room.volume.remove([key]));
          words.delete(key);
        }
        const now = await shapeOf(disk.start().drawers);
        expect(Number.isInteger(now.steps)).toBe(true);
        expect(now.steps).toBeGreaterThanOrEqual(steps);
        steps = now.steps;
      }
      room = await open();
      expect(new Map([...room.volume.keys()].map((key) => [key, room.volume.get(key)]))).toEqual(
        words,
      );
      expect(must(await room.stores.chunks.names())).toEqual(new Set(photos.keys()));
      for (const [name, bytes] of photos)
        expect(must(await room.stores.chunks.get(name))).toEqual(bytes);
    }),
    { numRuns: 2 },
  );
}, 240_000);
