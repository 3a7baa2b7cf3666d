import { readU32 } from "./bytes.ts";
import type { Random } from "./random.ts";

/** `ms` and up to `width` more, so that two who lost each other do not keep colliding. */
export const spread = (random: Random, ms: number, width: number): number =>
  ms + Math.floor((readU32(random(4), 0) / 2 ** 32) * width);
