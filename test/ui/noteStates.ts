import { pageAt } from "./scenes.ts";
import { press, type ScreenState } from "./stateSteps.ts";

const at = (place: string, number: number) => `/${place}/${pageAt(number)}`;

export const noteStates: readonly ScreenState[] = [
  { name: "why-place", place: "/why", ready: ".line" },
  { name: "why-none", place: "/why", ready: ".empty", query: "?pages=none" },
  { name: "why-mine", place: at("why", 390), ready: ".letter .words" },
  { name: "why-theirs", place: at("why", 394), ready: ".letter .words" },
  { name: "why-waits", place: at("why", 396), ready: ".letter .words" },
  { name: "why-withdrawn", place: at("why", 398), ready: ".withdrawn" },
  { name: "why-editor", place: at("why", 397), ready: ".writing" },
  { name: "why-reasons", place: at("why", 395), ready: ".writing" },
  {
    name: "why-preview",
    place: at("why", 395),
    ready: ".writing",
    act: press("Send to Sam…"),
  },
  { name: "notes-plans", place: "/when-then", ready: ".line" },
  { name: "notes-plans-none", place: "/when-then", ready: ".empty", query: "?pages=none" },
  { name: "notes-plan", place: at("when-then", 407), ready: ".letter .words" },
  { name: "notes-plan-editor", place: at("when-then", 405), ready: ".writing" },
  { name: "notes-plan-new", place: at("when-then", 408), ready: ".writing" },
  {
    name: "notes-plan-preview",
    place: at("when-then", 405),
    ready: ".writing",
    act: press("Share with Sam…"),
  },
  { name: "notes-setbacks", place: "/setbacks", ready: ".line" },
  { name: "notes-setback", place: at("setbacks", 411), ready: ".letter .words" },
  { name: "notes-setback-new", place: at("setbacks", 413), ready: ".writing" },
  { name: "notes-before", place: "/before", ready: ".line" },
  { name: "notes-before-editor", place: at("before", 420), ready: ".writing" },
  { name: "side-contents", place: "/their-side", ready: ".line" },
  ...["minutes", "replying", "staying", "guilt", "people"].map((page) => ({
    name: `side-${page}`,
    place: `/their-side/${page}`,
    ready: ".small-act",
  })),
  { name: "side-write", place: "/their-side/guilt/write", ready: ".room form" },
  { name: "undecided", place: "/undecided", ready: ".reading" },
];
