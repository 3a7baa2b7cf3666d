import { withPhotos } from "./scenePhotos.ts";
import { pageAt } from "./scenes.ts";
import { fill, inTurn, pick, press, type ScreenState, see, set } from "./stateSteps.ts";

const together = (number: number) => `/us/together/${pageAt(number)}`;
const memory = (number: number) => `/us/album/${pageAt(number)}`;

const notTonight = inTurn(
  fill("A line, if you want", "I am tired, and I love that you are here."),
  press("Say “not tonight”"),
  see("#not-tonight ~ .plan-line"),
);

const paceTheirs = set((journal) =>
  journal.set.pace({ state: "theirs", last: undefined, again: true }),
);
const paceBoth = set((journal) =>
  journal.set.pace({
    state: "none",
    last: { both: ["beside", "hands", "hug"], at: Date.now() },
    again: false,
  }),
);

/** Us: thanks, not tonight, things to do together, the album. */
export const usStates: readonly ScreenState[] = [
  { name: "us", place: "/us", ready: "#thanks" },
  { name: "us-not-tonight", place: "/us", ready: "#thanks", act: notTonight },
  {
    name: "us-no-thanks",
    place: "/us",
    ready: "#thanks",
    act: set((journal) => void journal.changeSettings({ thanks: false })),
  },
  { name: "us-alone", place: "/us", ready: ".quiet-state", query: "?pages=none&partner=none" },
  {
    name: "questions-not-tonight",
    place: "/us",
    ready: "#thanks",
    act: inTurn(notTonight, async (page) => {
      await page.evaluate(() => (location.hash = "/questions"));
      await page.locator(".truce-notice").waitFor();
    }),
  },
  { name: "together", place: "/us/together", ready: ".line" },
  {
    name: "together-past",
    place: "/us/together",
    ready: ".line",
    act: press("What is over"),
  },
  { name: "together-none", place: "/us/together", ready: ".empty", query: "?pages=none" },
  { name: "together-agreed", place: together(450), ready: ".letter .words" },
  { name: "together-asked", place: together(452), ready: ".letter .words" },
  { name: "together-editor", place: together(456), ready: ".writing" },
  {
    name: "together-preview",
    place: together(456),
    ready: ".writing",
    act: press("Propose it…"),
  },
  {
    name: "album",
    place: "/us/album",
    ready: ".memory",
    act: inTurn(withPhotos(460), withPhotos(463)),
  },
  { name: "pace", place: "/us/pace", ready: ".pace-card" },
  { name: "pace-theirs", place: "/us/pace", ready: ".pace-card", act: paceTheirs },
  {
    name: "pace-mine",
    place: "/us/pace",
    ready: ".pace-card",
    act: inTurn(pick("A hug"), pick("Hold hands"), press("Lay these cards"), see(".plan-line")),
  },
  { name: "pace-both", place: "/us/pace", ready: ".pace-card", act: paceBoth },
  {
    name: "pace-learn",
    place: "/us/pace",
    ready: ".pace-card",
    act: press("What can be learnt all the same"),
  },
  {
    name: "pace-alone",
    place: "/us/pace",
    ready: ".quiet-state",
    query: "?pages=none&partner=none",
  },
  { name: "album-none", place: "/us/album", ready: ".empty", query: "?pages=none" },
  { name: "album-theirs", place: memory(460), ready: ".letter .words", act: withPhotos(460) },
  { name: "album-editor", place: memory(464), ready: ".writing", act: withPhotos(464) },
  {
    name: "album-preview",
    place: memory(464),
    ready: ".writing",
    act: press("Put it into the album…"),
  },
];
