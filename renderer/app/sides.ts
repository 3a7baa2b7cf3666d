/**
 * The lines of the navigation that have several places under them, side by side; the first is where the line leads. The
 * other lines lead to one place.
 */
export const sides = {
  letters: ["letters", "why"],
  agreements: ["agreements", "promises", "talks", "plans", "contact"],
  forMe: ["helps", "cues", "people", "when-then", "setbacks", "before", "their-side", "undecided"],
} as const;

export type Side = keyof typeof sides;
export type SidePlace = (typeof sides)[Side][number];

/** Lists of one kind lie together. */
const lists: readonly SidePlace[] = ["helps", "cues", "people"];

export const sidePath = (place: SidePlace): string =>
  lists.includes(place) ? `/for-me/${place}` : `/${place}`;
