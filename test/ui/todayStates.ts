import { pageAt } from "./scenes.ts";
import { inTurn, press, type ScreenState, see } from "./stateSteps.ts";

const steady = (name: string, way: RegExp): ScreenState => ({
  name: `today-steady-${name}`,
  place: "/journal",
  ready: ".line",
  act: inTurn(press("Steady"), see(".steady-ways"), press(way)),
});

/** Today, hand signals, and what is for oneself alone. */
export const todayStates: readonly ScreenState[] = [
  { name: "today", place: "/today", ready: ".today" },
  { name: "today-hands", place: "/today", ready: ".hand", query: "?pages=hands" },
  { name: "today-nothing", place: "/today", ready: ".today-nothing", query: "?pages=none" },
  {
    name: "today-alone",
    place: "/today",
    ready: ".today-nothing",
    query: "?pages=none&partner=none",
  },
  { name: "today-ask", place: "/today", ready: ".today", act: press(/^Ask Sam for one thing/) },
  {
    name: "today-ask-again",
    place: "/today",
    ready: ".hand",
    query: "?pages=hands",
    act: inTurn(press("Steady"), see(".steady-ways"), press(/^Ask Sam for one thing/)),
  },
  {
    name: "today-back",
    place: "/today",
    ready: ".hand",
    query: "?pages=hands",
    act: press("Words to answer with…"),
  },
  { name: "today-notice", place: "/questions", ready: ".hand-notice", query: "?pages=hands" },
  {
    name: "today-checkin",
    place: "/today",
    ready: ".today",
    act: inTurn(press("Check in"), see(".writing")),
  },
  { name: "today-checkin-theirs", place: `/today/${pageAt(300)}`, ready: ".letter" },
  { name: "today-checkin-here", place: `/today/${pageAt(301)}`, ready: ".writing" },
  {
    name: "today-checkin-preview",
    place: `/today/${pageAt(301)}`,
    ready: ".writing",
    act: press("Share with Sam…"),
  },
  { name: "today-before", place: "/today/before", ready: ".line" },
  steady("helps", /^What helps me/),
  steady("people", /^Somebody to call/),
  steady("hand", /^Ask Sam for one thing/),
  { name: "today-forme-helps", place: "/for-me", ready: ".own-lines" },
  { name: "today-forme-none", place: "/for-me", ready: ".stays-here", query: "?pages=none" },
  { name: "today-forme-cues", place: "/for-me/cues", ready: ".line" },
  { name: "today-forme-cue", place: `/for-me/cues/${pageAt(311)}`, ready: ".writing" },
  { name: "today-forme-people", place: "/for-me/people", ready: ".line" },
  { name: "today-forme-person", place: `/for-me/people/${pageAt(313)}`, ready: "form, .field" },
];
