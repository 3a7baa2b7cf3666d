import type { Random } from "../../shared/base/random.ts";

/** `count` different places below `length`, ascending, each as likely as any other. */
export const pickPlaces = (random: Random, length: number, count: number): readonly number[] => {
  const places = Array.from({ length }, (_, place) => place);
  const picked: number[] = [];
  while (picked.length < count && places.length > 0) {
    const [byte = 0] = random(1);
    // The last, incomplete stretch of a byte would favour the first places.
    if (byte >= 256 - (256 % places.length)) continue;
    picked.push(...places.splice(byte % places.length, 1));
  }
  return picked.sort((one, other) => one - other);
};
