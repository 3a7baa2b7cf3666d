import fc from "fast-check";
import { expect, test } from "vitest";
import { idFrom, type DeviceId, type PageId } from "../../shared/base/ids.ts";
import { layOver } from "../../shared/base/layers.ts";
import { createCell } from "../../shared/base/live.ts";
import type { PageFacts } from "../../shared/page/facts.ts";
import type { ChunkName } from "../../shared/page/photo.ts";
import { createPhotoNames } from "../../shared/page/photoNames.ts";

type Pages = ReadonlyMap<PageId, PageFacts>;
const owners = [1, 2].map((one) => idFrom<DeviceId>(new Uint8Array(16).fill(one)));
const partner = owners[1];

/** Of a page only what is looked at here. */
const facts = fc.record({
  owner: fc.constantFrom(...owners),
  chunks: fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 3 }),
  chunksBefore: fc.array(fc.constantFrom("a", "b", "e"), { maxLength: 2 }),
  writtenAt: fc.nat(3),
  title: fc.constantFrom("one", "two"),
}) as unknown as fc.Arbitrary<PageFacts>;

const step = fc.oneof(
  fc.record({
    page: fc.constantFrom(..."pqrstuvw"),
    facts: fc.option(facts, { nil: undefined }),
  }),
  fc.record({ came: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 2 }) }),
  fc.record({ went: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 2 }) }),
);

test("what is asked for is the same as if all pages were looked at anew, whatever changed", () => {
  fc.assert(
    fc.property(
      fc.array(facts, { maxLength: 40 }),
      fc.array(step, { maxLength: 40 }),
      (first, steps) => {
        const cell = createCell<Pages>(
          new Map(first.map((one, at) => [(`pqrstuvw`[at] ?? `${at}`) as PageId, one])),
        );
        const names = createPhotoNames(cell, partner);
        names.load(new Set(["a"]));
        for (const one of steps) {
          if ("page" in one)
            cell.set(layOver(cell.read(), new Map([[one.page as PageId, one.facts]])));
          else if ("came" in one) names.came(one.came);
          else names.went(one.went);
          const anew = createPhotoNames(createCell(cell.read()), partner);
          anew.load(new Set(names.here()));
          expect(names.missing()).toEqual(anew.missing());
          expect(names.named()).toEqual(anew.named());
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("for a word on one page nobody looks at the photos of all the others", () => {
  let looks = 0;
  const page = (title: string, chunks: readonly string[] = []): PageFacts =>
    ({
      owner: partner,
      title,
      writtenAt: 0,
      chunksBefore: [],
      get chunks() {
        looks += 1;
        return chunks as readonly ChunkName[];
      },
    }) as unknown as PageFacts;
  const cell = createCell<Pages>(
    new Map(Array.from({ length: 5_000 }, (_, at) => [`${at}` as PageId, page("", [`${at}`])])),
  );
  const names = createPhotoNames(cell, partner);
  names.load(new Set());
  expect(names.missing().shown).toHaveLength(5_000);
  looks = 0;
  for (const title of ["a", "ab", "abc"]) {
    cell.set(layOver(cell.read(), new Map([["new" as PageId, page(title)]])));
    expect(names.missing().shown).toHaveLength(5_000);
    expect(names.named().size).toBe(5_000);
  }
  expect(looks).toBeLessThan(50);
});
