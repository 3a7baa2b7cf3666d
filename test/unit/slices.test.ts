import fc from "fast-check";
import { expect, test } from "vitest";
import { slicesOf } from "../../shared/base/slices.ts";

const size = (item: number): number => item;

test("a slice ends where the next item would be over its bytes or its count", () => {
  expect([...slicesOf([4, 4, 4], size, { bytes: 8 })]).toEqual([[4, 4], [4]]);
  expect([...slicesOf([1, 1, 1], size, { bytes: 8, count: 2 })]).toEqual([[1, 1], [1]]);
  expect([...slicesOf([1, 9, 1], size, { bytes: 8 })]).toEqual([[1], [9], [1]]);
  expect([...slicesOf([], size, { bytes: 8 })]).toEqual([]);
});

test("nothing is lost or moved by slicing, and no slice is over its limits but by one item alone", () => {
  const limits = fc.record({
    bytes: fc.integer({ min: 1, max: 40 }),
    count: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(fc.array(fc.nat(20)), limits, (items, most) => {
      const slices = [...slicesOf(items, size, most)];
      expect(slices.flat()).toEqual(items);
      for (const slice of slices) {
        expect(slice.length).toBeLessThanOrEqual(most.count);
        const bytes = slice.reduce((sum, item) => sum + item, 0);
        expect(slice.length === 1 || bytes <= most.bytes).toBe(true);
      }
    }),
  );
});
