import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { layOver } from "../../shared/base/layers.ts";
import { changesBetween, type PageFacts } from "../../shared/page/facts.ts";

type Pages = ReadonlyMap<PageId, PageFacts>;

const idOf = (page: number) => `${page}` as PageId;
/** Another object each time, as each digest makes one. */
const factsOf = (page: number, writtenAt: number): PageFacts =>
  ({ id: idOf(page), writtenAt }) as unknown as PageFacts;

/** What one digest changes: few pages mostly, many where an import brings them; undefined takes a page away. */
const anyDigest = fc.uniqueArray(fc.tuple(fc.nat(90), fc.option(fc.nat(9), { nil: undefined })), {
  selector: ([page]) => page,
  maxLength: 40,
});

test("a shelf whose pages change a few at a time is what one made anew each time would be, and what was read of it before stays", () => {
  fc.assert(
    fc.property(fc.nat(80), fc.array(anyDigest, { maxLength: 14 }), (count, digests) => {
      const first = Array.from({ length: count }, (_, page) => factsOf(page, 0));
      let layered: Pages = new Map(first.map((facts) => [facts.id, facts]));
      let plain: Pages = layered;
      const read: (readonly [Pages, Pages])[] = [[layered, plain]];
      for (const digest of digests) {
        const changes = new Map(
          digest.map(([page, at]) => [idOf(page), at === undefined ? at : factsOf(page, at)]),
        );
        const next = new Map(plain);
        for (const [page, facts] of changes)
          if (facts === undefined) next.delete(page);
          else next.set(page, facts);
        layered = layOver(layered, changes);
        plain = next;
        read.push([layered, plain]);
      }
      for (const [one, other] of read) {
        const heard: PageFacts[] = [];
        one.forEach((facts, page, all) => heard.push(all.get(page) === facts ? facts : unlike));
        const ways = [[...one.values()], [...one].map(([, facts]) => facts), heard];
        for (const pages of [...ways, [...one.keys()].map((page) => one.get(page) ?? unlike)]) {
          expect(pages.length).toBe(one.size);
          expect(sameOnes(new Set(pages), new Set(other.values()))).toBe(true);
        }
        expect([...one.entries()].every(([page, facts]) => other.get(page) === facts)).toBe(true);
        expect(everyPage.filter((page) => one.has(page) !== other.has(page))).toEqual([]);
      }
      // Between any two looks, whichever came first, as much has changed as a look at everything would find.
      for (const [before, plainBefore] of read)
        for (const [now, plainNow] of [read.at(-1), read[0]].filter((one) => one !== undefined)) {
          const { changed, gone } = changesBetween(before, now);
          const others = [...plainNow.values()].filter((one) => plainBefore.get(one.id) !== one);
          expect(sameOnes(new Set(changed), new Set(others))).toBe(true);
          expect(changed.length).toBe(others.length);
          expect(gone.toSorted()).toEqual(
            [...plainBefore.keys()].filter((page) => !plainNow.has(page)).toSorted(),
          );
        }
    }),
    { numRuns: 60 },
  );
});

const unlike = factsOf(-1, 0);
const everyPage = Array.from({ length: 92 }, (_, page) => idOf(page));

const sameOnes = (some: ReadonlySet<PageFacts>, others: ReadonlySet<PageFacts>): boolean =>
  some.size === others.size && [...some].every((one) => others.has(one));

/** A map that tells when somebody walks through the whole of it. */
const watched = (pages: Map<PageId, PageFacts>, walked: () => void): Pages =>
  new Proxy(pages, {
    get: (map, name) => {
      if (["entries", "keys", "values", "forEach", Symbol.iterator].includes(name)) walked();
      const value: unknown = Reflect.get(map, name, map);
      return typeof value === "function" ? (value.bind(map) as unknown) : value;
    },
    has: (map, name) => name in map,
  });

test("of twenty thousand entries nobody looks at the others while one is written on", () => {
  let walks = 0;
  const all = new Map(
    Array.from({ length: 20_000 }, (_, page) => [idOf(page), factsOf(page, 0)] as const),
  );
  const pages = watched(all, () => void (walks += 1));
  let now = pages;
  for (let save = 1; save <= 400; save++) {
    const next = layOver(now, new Map([[idOf(7), factsOf(7, save)]]));
    expect(changesBetween(now, next).changed.map(({ writtenAt }) => writtenAt)).toEqual([save]);
    now = next;
  }
  expect(now.get(idOf(7))?.writtenAt).toBe(400);
  expect(now.size).toBe(20_000);
  expect(walks).toBe(0);
});
