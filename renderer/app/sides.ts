/**
 * The lines of the navigation that have several places under them, side by side; the first is where the line leads. The
 * other lines lead to one place.
 */
export const sides = {
  letters: ["letters", "why"],
  agreements: ["agreements", "promises", "talks", "plans", "contact"],
  us: ["us", "together", "vision", "pace", "album"],
  timeline: ["timeline", "weather", "session"],
  forMe: ["helps", "cues", "people", "when-then", "setbacks", "before", "their-side", "undecided"],
} as const;

export type Side = keyof typeof sides;
export type SidePlace = (typeof sides)[Side][number];

/** Some lie together, under one beginning of the address. */
const within: Partial<Readonly<Record<SidePlace, string>>> = {
  helps: "/for-me",
  cues: "/for-me",
  people: "/for-me",
  weather: "/timeline",
  together: "/us",
  vision: "/us",
  pace: "/us",
  album: "/us",
};

export const sidePath = (place: SidePlace): string => `${within[place] ?? ""}/${place}`;

/** Which of them this address is at: where one lies within another, the inner one. */
export const sideAt = (side: Side, location: string): SidePlace | undefined =>
  sides[side]
    .filter((place) => `${location}/`.startsWith(`${sidePath(place)}/`))
    .toSorted((one, other) => sidePath(other).length - sidePath(one).length)[0];
