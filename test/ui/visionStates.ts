import { press, type ScreenState } from "./stateSteps.ts";

const place = "/us/vision";

/** Where the two want to go: the page of both, and what they agreed to. */
export const visionStates: readonly ScreenState[] = [
  { name: "vision", place, ready: ".vision-living .words" },
  {
    name: "vision-writing",
    place,
    ready: ".vision-living .words",
    act: press("Write on this page"),
  },
  { name: "vision-whose", place, ready: ".vision-living .words", act: press("Whose words") },
  { name: "vision-before", place, ready: ".vision-living .words", act: press("Earlier versions") },
  {
    name: "vision-past",
    place,
    ready: ".vision-living .words",
    act: press("Earlier agreements and proposals"),
  },
  { name: "vision-none", place, ready: ".vision-living", query: "?pages=none" },
  { name: "vision-alone", place, ready: ".quiet-state", query: "?pages=none&partner=none" },
];
