import { beforeAll, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { keyedHash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createSealedCache } from "../../shared/ledger/sealedCache.ts";
import { createSheetedCache } from "../../shared/ledger/sheetedCache.ts";
import { cacheSections } from "../../shared/ledger/stores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createTwoPartners, must, shareEntry, type Desk } from "../support/twoPartners.ts";
import { cardOf } from "./actsKit.ts";

beforeAll(loadSodium);

const seed = 2_711;

/** All that a desk's page cache of the shared notebooks holds, opened: the sheets whole, and what lies by itself. */
const cacheOf = (desk: Desk, who: "anna" | "sam") => {
  const master = new Uint8Array(32).fill((who === "anna" ? seed : seed + 1) % 251);
  return createSealedCache(
    desk.disk.start().carried.cache,
    keyedHash(master, "TF/1 carried cache"),
    seededRandom(77),
  );
};

const everyWord = async (desk: Desk, who: "anna" | "sam"): Promise<string> => {
  const all: Uint8Array[] = [];
  for (const section of cacheSections)
    all.push(...must(await cacheOf(desk, who).readAll(section)).values());
  return all.map((bytes) => new TextDecoder().decode(bytes)).join("\n");
};

const isOnSheet = async (desk: Desk, who: "anna" | "sam", page: PageId): Promise<boolean> => {
  const loose = must(await cacheOf(desk, who).readAll("cards"));
  return !loose.has(page) && (await everyWord(desk, who)).includes(page);
};

/** So much lies by itself already that the next write gathers it: as after a year, without the year. */
const makeLong = async (desk: Desk, who: "anna" | "sam"): Promise<void> => {
  const cache = createSheetedCache(cacheOf(desk, who));
  must(await cache.readAll("cards"));
  const filler = (name: string) => ({
    section: "cards" as const,
    key: name,
    value: new Uint8Array(70_000).fill(0x20),
  });
  for (const name of ["one", "two", "three"]) must(await cache.write([filler(name)]));
  must(
    await cache.write(
      ["one", "two", "three"].map((name) => ({ ...filler(name), value: undefined })),
    ),
  );
};

test(
  "words that were withdrawn are gone from the sheets of both, wherever the power goes",
  {
    timeout: 120_000,
  },
  async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed });
    let kills = 0;
    for (let at = 0, finished = 0; finished < 2; at++) {
      expect(at).toBeLessThan(60);
      const page = await shareEntry(anna.journal(), `secretword${at}end`);
      await settle(2);
      for (const [desk, who] of [
        [anna, "anna"],
        [sam, "sam"],
      ] as const) {
        await desk.lock();
        await makeLong(desk, who);
        await desk.open();
        expect(await isOnSheet(desk, who, page)).toBe(true);
      }
      let killed = false;
      anna.disk.beforeWrite(at, () => {
        killed = true;
        anna.kill();
      });
      const withdrawing = anna
        .journal()
        .withdraw(page)
        .catch(() => undefined);
      await withdrawing;
      anna.disk.beforeWrite(1_000_000, () => {});
      if (killed) {
        kills += 1;
        await anna.open();
      } else finished += 1;
      const { withdrawnAt, title, excerpt } = cardOf(anna.journal(), page);
      const isGone = withdrawnAt !== undefined;
      const word = `secretword${at}end`;
      const left = {
        shown: title + excerpt !== "",
        kept: (await everyWord(anna, "anna")).includes(word),
      };
      // All of it as before, or nothing.
      expect(left).toEqual({ shown: !isGone, kept: !isGone });
      if (!isGone) must(await anna.journal().withdraw(page));
      await settle(3);
      expect(await everyWord(anna, "anna")).not.toContain(`secretword${at}end`);
      expect(cardOf(sam.journal(), page).withdrawnAt).toBeDefined();
      expect(await everyWord(sam, "sam")).not.toContain(`secretword${at}end`);
    }
    expect(kills).toBeGreaterThan(1);
  },
);
