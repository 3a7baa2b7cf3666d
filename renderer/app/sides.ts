import type { Role } from "../../shared/journal/journal.ts";

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

/** What is offered first under a line, for whom; all of it is there for everybody, and the line leads where it always does. */
const offeredFirst: Partial<
  Readonly<Record<Side, Partial<Readonly<Record<Role, readonly SidePlace[]>>>>>
> = {
  forMe: {
    hurt: ["helps", "cues", "people", "undecided"],
    broke: ["helps", "their-side", "when-then", "people"],
    both: ["helps", "cues", "their-side", "people"],
  },
};

export const placesFor = (side: Side, role: Role): readonly SidePlace[] => [
  ...new Set([...(offeredFirst[side]?.[role] ?? []), ...sides[side]]),
];

export const sidePath = (place: SidePlace): string => `${within[place] ?? ""}/${place}`;

/** Which of them this address is at: where one lies within another, the inner one. */
export const sideAt = (side: Side, location: string): SidePlace | undefined =>
  sides[side]
    .filter((place) => `${location}/`.startsWith(`${sidePath(place)}/`))
    .toSorted((one, other) => sidePath(other).length - sidePath(one).length)[0];
