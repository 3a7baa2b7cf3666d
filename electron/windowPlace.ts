import * as v from "valibot";

/** Everywhere in pixels of the desktop, not of the screen's glass. */
export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export const smallestWindow = { width: 360, height: 480 } as const;
export const usualWindow = { width: 1180, height: 820 } as const;

const whole = v.pipe(v.number(), v.safeInteger());
const yesOrNo = v.picklist([0, 1]);

/** Numbers alone: whoever reads the file learns how a window stood. Written as it is kept, 1 for yes. */
export const placeSchema = v.strictObject({
  x: v.pipe(whole, v.minValue(-100_000), v.maxValue(100_000)),
  y: v.pipe(whole, v.minValue(-100_000), v.maxValue(100_000)),
  width: v.pipe(whole, v.minValue(1), v.maxValue(100_000)),
  height: v.pipe(whole, v.minValue(1), v.maxValue(100_000)),
  maximised: yesOrNo,
  fullScreen: yesOrNo,
  /** In Chromium's levels, each a fifth more than the one below: 0 is the usual size, 9 about five times that. */
  zoom: v.pipe(v.number(), v.minValue(-8), v.maxValue(9)),
});
export type WindowPlace = v.InferOutput<typeof placeSchema>;

/** So much of the bar at the window's top must be on a display for a hand to take hold of it. */
const grip = { width: 96, height: 24 } as const;
const barHeight = 32;

/**
 * Where the window goes, on the displays that there are now. `areas`: what of each is free for windows, the main one
 * first. A window that can be taken hold of stays exactly as it was; one whose display is gone comes onto another.
 */
export const placeOn = (kept: Rectangle, areas: readonly Rectangle[]): Rectangle => {
  const bar = { ...kept, height: barHeight };
  const size = {
    width: Math.max(kept.width, smallestWindow.width),
    height: Math.max(kept.height, smallestWindow.height),
  };
  const isInReach = areas.some((area) => {
    const seen = shared(bar, area);
    return seen.width >= grip.width && seen.height >= grip.height;
  });
  if (isInReach) return { x: kept.x, y: kept.y, ...size };
  const area = areas.reduce<Rectangle | undefined>(
    (best, each) =>
      best === undefined || surface(shared(kept, each)) > surface(shared(kept, best)) ? each : best,
    undefined,
  );
  if (area === undefined) return { x: kept.x, y: kept.y, ...size };
  const width = Math.max(Math.min(size.width, area.width), smallestWindow.width);
  const height = Math.max(Math.min(size.height, area.height), smallestWindow.height);
  return {
    x: between(kept.x, area.x, area.x + area.width - width),
    y: between(kept.y, area.y, area.y + area.height - height),
    width,
    height,
  };
};

/** The upper left corner counts where there is no room for all: there one takes hold of a window. */
const between = (value: number, from: number, to: number): number =>
  Math.max(from, Math.min(value, to));

const shared = (one: Rectangle, other: Rectangle): Rectangle => {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(one.x + one.width, other.x + other.width) - x),
    height: Math.max(0, Math.min(one.y + one.height, other.y + other.height) - y),
  };
};

const surface = ({ width, height }: Rectangle): number => width * height;
