import type { Role, Stage } from "../../shared/journal/journal.ts";

/** Every place and practice, as the page that begins shows it; each has its sentence in begin.json. */
export const places = {
  steady: undefined,
  room: "/room",
  forMe: "/for-me",
  undecided: "/undecided",
  theirSide: "/their-side",
  whenThen: "/when-then",
  setbacks: "/setbacks",
  before: "/before",
  today: "/today",
  journal: "/journal",
  questions: "/questions",
  letters: "/letters",
  why: "/why",
  us: "/us",
  agreements: "/agreements",
  promises: "/promises",
  plans: "/plans",
  talks: "/talks",
  contact: "/contact",
  timeline: "/timeline",
  session: "/session",
  settings: "/settings",
  help: "/help",
} as const;

export type PlaceId = keyof typeof places;

/** Everything there is, in groups: whoever looks for something finds it here, whatever was chosen. */
export const groups = {
  mine: ["steady", "room", "forMe", "theirSide", "whenThen", "setbacks", "before", "undecided"],
  between: ["today", "journal", "questions", "letters", "why", "us"],
  agreed: ["agreements", "promises", "plans", "talks", "contact"],
  both: ["timeline", "session"],
  around: ["settings", "help"],
} as const satisfies Readonly<Record<string, readonly PlaceId[]>>;

export type GroupId = keyof typeof groups;

type Offers = Readonly<Record<Stage, readonly PlaceId[]>>;

/** What helps first, by who one is in this and how long ago it came to light. An offer; nothing is closed to anybody. */
const first: Readonly<Record<Role, Offers>> = {
  hurt: {
    days: ["steady", "room", "questions", "undecided"],
    weeks: ["questions", "forMe", "talks", "agreements"],
    months: ["why", "talks", "setbacks", "timeline"],
    longer: ["timeline", "us", "undecided", "before"],
  },
  broke: {
    days: ["theirSide", "steady", "contact", "letters"],
    weeks: ["questions", "plans", "promises", "theirSide"],
    months: ["why", "whenThen", "promises", "letters"],
    longer: ["whenThen", "us", "before", "timeline"],
  },
  both: {
    days: ["steady", "room", "talks", "theirSide"],
    weeks: ["questions", "talks", "agreements", "promises"],
    months: ["why", "whenThen", "setbacks", "timeline"],
    longer: ["us", "timeline", "before", "session"],
  },
  neither: {
    days: ["steady", "room", "journal", "questions"],
    weeks: ["journal", "questions", "agreements", "talks"],
    months: ["talks", "letters", "timeline", "agreements"],
    longer: ["us", "timeline", "before", "session"],
  },
};

export const offersFor = (role: Role, stage: Stage): readonly PlaceId[] => first[role][stage];
