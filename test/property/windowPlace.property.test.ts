import fc from "fast-check";
import { expect, test } from "vitest";
import { placeOn, type Rectangle } from "../../electron/windowPlace.ts";

const somewhere = fc.integer({ min: -20_000, max: 20_000 });
const size = fc.integer({ min: 1, max: 10_000 });
const anyWindow = fc.record({ x: somewhere, y: somewhere, width: size, height: size });
const anyArea = fc.record({
  x: somewhere,
  y: somewhere,
  width: fc.integer({ min: 200, max: 6_000 }),
  height: fc.integer({ min: 200, max: 4_000 }),
});

const overlap = (one: Rectangle, other: Rectangle) => ({
  width: Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
  height: Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
});

test("wherever a window stood and whatever displays are left, its bar can be taken hold of and it can be read", () => {
  fc.assert(
    fc.property(anyWindow, fc.array(anyArea, { minLength: 1, maxLength: 4 }), (kept, areas) => {
      const placed = placeOn(kept, areas);
      expect(placed.width).toBeGreaterThanOrEqual(360);
      expect(placed.height).toBeGreaterThanOrEqual(480);
      const bar = { ...placed, height: 32 };
      expect(
        areas.some((area) => {
          const seen = overlap(bar, area);
          return seen.width >= 96 && seen.height >= 24;
        }),
      ).toBe(true);
    }),
  );
});

test("a window that was placed is placed the same again", () => {
  fc.assert(
    fc.property(anyWindow, fc.array(anyArea, { minLength: 1, maxLength: 4 }), (kept, areas) => {
      const placed = placeOn(kept, areas);
      expect(placeOn(placed, areas)).toEqual(placed);
    }),
  );
});
