/**
 * The lines of the navigation that have several places under them, side by side; the first is where the line leads. The
 * other lines lead to one place.
 */
export const sides = {
  letters: ["letters", "why"],
  agreements: ["agreements", "promises", "talks", "plans", "contact"],
  forMe: ["for-me", "when-then", "setbacks", "before", "their-side", "undecided"],
} as const;

export type Side = keyof typeof sides;
export type SidePlace = (typeof sides)[Side][number];
