import { pageAt } from "./scenes.ts";
import { inTurn, pick, press, type ScreenState, see } from "./stateSteps.ts";

const place = (number: number) => `/timeline/${pageAt(number)}`;

/** Looking back, bringing pages to a session, and stepping away. */
export const timelineStates: readonly ScreenState[] = [
  { name: "timeline", place: "/timeline", ready: ".mark-line" },
  { name: "timeline-none", place: "/timeline", ready: ".empty", query: "?pages=none" },
  {
    name: "timeline-table",
    place: "/timeline",
    ready: ".mark-line",
    act: press("The year as a table"),
  },
  { name: "timeline-lens", place: "/timeline", ready: ".mark-line", act: pick("Honesty") },
  { name: "timeline-weather", place: "/timeline/weather", ready: ".ribbon" },
  { name: "timeline-milestone", place: place(490), ready: ".letter .words" },
  { name: "timeline-milestone-asked", place: place(492), ready: ".letter .words" },
  { name: "timeline-milestone-editor", place: place(493), ready: ".writing" },
  { name: "timeline-setback", place: place(494), ready: ".letter .words" },
  { name: "timeline-session", place: "/session", ready: ".bring-line" },
  {
    name: "timeline-session-paper",
    place: "/session",
    ready: ".bring-line",
    act: inTurn(
      (page) => page.locator(".bring-line").first().click(),
      press("Look at it first"),
      see(".bring-sheet .words"),
    ),
  },
  {
    name: "timeline-session-ask",
    place: "/session",
    ready: ".bring-line",
    act: press("Ask Sam for pages"),
  },
  {
    name: "timeline-away",
    place: "/settings/at/receiving",
    ready: ".step-away",
    act: press("Step away now"),
    part: ".step-away",
  },
  {
    name: "timeline-away-notice",
    place: "/settings/at/receiving",
    ready: ".step-away",
    act: inTurn(press("Step away now"), async (page) => {
      await page.evaluate(() => (location.hash = "/journal"));
      await page.locator(".line").first().waitFor();
    }),
  },
];
