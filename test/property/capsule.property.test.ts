import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  sharedCards,
  typeWords,
  wordsOf,
  type Desk,
} from "../support/twoPartners.ts";
import { hand, pagesOf, takeFile, writeFile } from "../unit/capsuleKit.ts";
import { picture, readAll, sharePhotos } from "../unit/photoKit.ts";

beforeAll(loadSodium);

const who = fc.constantFrom("anna" as const, "sam" as const);
const which = fc.nat({ max: 1_000 });

/** Numbers pick among what there is by then. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("share" as const), who }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("change" as const), who, which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("withdraw" as const), who, which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("photo" as const), who, which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("write" as const),
      who,
      what: fc.constantFrom("new" as const, "all" as const),
    }),
  },
  // From those ever written, so that many are never taken, and some again and again.
  { weight: 6, arbitrary: fc.record({ act: fc.constant("take" as const), who, which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("restart" as const), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("kill" as const), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("meet" as const) }) },
);

const mineOf = (desk: Desk): readonly PageId[] =>
  sharedCards(desk.journal()).flatMap(({ author, id, withdrawnAt }) =>
    author === "me" && withdrawnAt === undefined ? [id] : [],
  );

const pick = <Item>(items: readonly Item[], at: number): Item | undefined =>
  items[at % Math.max(1, items.length)];

/** Every word of every page, as each of the two reads it. */
const wordsOfAll = async (desk: Desk): Promise<readonly unknown[]> => {
  const all: unknown[] = [];
  for (const { id } of sharedCards(desk.journal()).toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const page = must(await desk.journal().openPage(id));
    all.push([id, wordsOf(page)]);
    await page.close();
  }
  return all;
};

const runs = Number(process.env["CAPSULE_RUNS"] ?? 12);

test.each([
  ["by capsules alone", false],
  ["by capsules and now and then a connection", true],
] as const)(
  "%s, in whatever order, lost or repeated: both come to the same",
  async (_how, withConnection) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(step, { minLength: 5, maxLength: 30 }),
        async (seed, steps) => {
          const partners = await createTwoPartners({ seed });
          const { anna, sam, link, settle } = partners;
          link.cut();
          const capsules: { readonly by: "anna" | "sam"; readonly bytes: Uint8Array }[] = [];
          const photos: (readonly [PageId, Awaited<ReturnType<typeof sharePhotos>>["refs"]])[] = [];
          let words = 0;
          for (const one of steps) {
            if (one.act === "meet") {
              if (!withConnection) continue;
              link.heal();
              await settle(1);
              link.cut();
              continue;
            }
            const desk = partners[one.who];
            const journal = desk.journal();
            words += 1;
            if (one.act === "share") await shareEntry(journal, `${one.who} ${words}`);
            if (one.act === "photo") {
              const { page, refs } = await sharePhotos(journal, `${words}`, [
                picture(1 + (one.which % 3) * 50_000, words),
              ]);
              photos.push([page, refs]);
            }
            if (one.act === "change" || one.act === "withdraw") {
              const page = pick(mineOf(desk), one.which);
              if (page === undefined) continue;
              if (one.act === "withdraw") must(await journal.withdraw(page));
              else {
                const open = must(await journal.openPage(page));
                typeWords(open, `more ${words}`);
                must(await open.flush());
                await open.close();
              }
            }
            if (one.act === "write")
              capsules.push({ by: one.who, bytes: await writeFile(journal, one.what) });
            if (one.act === "take") {
              const some = capsules.filter(({ by }) => by !== one.who);
              const capsule = pick(some, one.which);
              if (capsule !== undefined) must(await takeFile(journal, capsule.bytes));
            }
            if (one.act === "restart") {
              await desk.lock();
              await desk.open();
            }
            if (one.act === "kill") {
              desk.kill();
              await desk.open();
            }
          }
          await hand(anna, sam, "all");
          await hand(sam, anna, "all");
          await hand(anna, sam, "all");
          // What was withdrawn leaves the disks by itself, a second later.
          await settle(3);
          for (const desk of [anna, sam]) {
            expect(desk.journal().troubles.read()).toEqual([]);
            expect(desk.journal().sync.read().state).toBe("upToDate");
          }
          expect(pagesOf(sam.journal())).toEqual(pagesOf(anna.journal()));
          expect(await wordsOfAll(sam)).toEqual(await wordsOfAll(anna));
          for (const [page, refs] of photos)
            expect(await readAll(sam.journal(), page, refs)).toEqual(
              await readAll(anna.journal(), page, refs),
            );
        },
      ),
      { numRuns: runs },
    );
  },
  300_000,
);
