/** Code points, not UTF-16 units: one emoji may be several. */
export const longestName = 80;
/** The most UTF-8 bytes that many code points can take. */
export const longestNameBytes = longestName * 4;

/**
 * A name as it may travel and be shown: no control characters, line separators or marks that turn the direction of
 * the text around it; no white space at the ends; at most 80 code points. May come out empty.
 */
export const cleanName = (name: string): string =>
  [...name.replace(unwanted, "").trim()].slice(0, longestName).join("").trim();

/** What arrives is refused, not repaired: a partner's app sends clean names. */
export const isCleanName = (name: string): boolean => name !== "" && cleanName(name) === name;

const unwanted = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
