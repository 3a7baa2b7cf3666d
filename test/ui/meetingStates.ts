import type { PairingView } from "../../shared/journal/journal.ts";
import { pageAt } from "./scenes.ts";
import { inTurn, press, type ScreenState, see, set, type Step } from "./stateSteps.ts";

const paused = set((journal) => journal.set.sync({ state: "paused" }));
const invite = inTurn(press("Make an invitation"), see(".qr"));
const goOn = inTurn(press("Go on"), invite);

const reach =
  (view: PairingView): Step =>
  (page) =>
    page.evaluate((next) => window.scene.journal.set.pairing(next), view);
const words = (meeting: "theirs" | "mine", otherKeys = false): Step =>
  inTurn(
    reach({
      step: "words",
      words: ["orbit", "velvet", "canyon", "humble"],
      confirmed: false,
      meeting,
      otherKeys,
    }),
    see(".meeting-means"),
  );
const done = inTurn(press("They are the same"), see("main h1:text-matches('again|two now')"));

const toPaused: Step = inTurn(
  paused,
  (page) => page.evaluate(() => (location.hash = "/pair")),
  see("h1:text-is('Meet Sam again')"),
);
const nothing: Step = async () => undefined;

const meeting = (
  what: string,
  at: "again" | "paused" | "alone",
  act: Step = nothing,
): ScreenState => ({
  name: `meeting-${what}`,
  query: at === "alone" ? "?partner=none&pages=none" : "",
  place: { again: "/pair/again", paused: "/journal", alone: "/pair" }[at],
  ready: "main h1",
  act: at === "paused" ? inTurn(toPaused, act) : act,
});

/** One of the two has a new computer: with the one who stays, after a backup, and with nothing left. */
export const meetingStates: readonly ScreenState[] = [
  meeting("stays", "again"),
  meeting("stays-ways", "again", press("Go on")),
  meeting("stays-words", "again", inTurn(goOn, words("theirs"))),
  meeting("stays-other-keys", "again", inTurn(goOn, words("theirs", true))),
  meeting("stays-done", "again", inTurn(goOn, words("theirs"), done)),
  meeting(
    "stays-both",
    "again",
    inTurn(goOn, reach({ step: "ended", code: "ALREADY_PAIRED" }), see(".trouble")),
  ),
  meeting(
    "stays-other-journal",
    "again",
    inTurn(goOn, reach({ step: "ended", code: "OTHER_JOURNAL" }), see(".trouble")),
  ),
  { name: "meeting-paused-journal", place: "/journal", ready: ".line", act: paused },
  meeting("paused", "paused"),
  meeting("paused-words", "paused", inTurn(goOn, words("mine"))),
  meeting("paused-done", "paused", inTurn(goOn, words("mine"), done)),
  meeting("lost", "alone"),
  meeting("lost-open", "alone", press(/^Lost your computer/)),
  meeting("lost-words", "alone", inTurn(invite, words("mine"))),
  meeting("lost-done", "alone", inTurn(invite, words("mine"), done)),
  {
    name: "meeting-settings",
    place: "/settings",
    ready: "main h2",
    part: "section.setting:has(> h2:text-is('The two of you'))",
  },
  {
    name: "meeting-settings-paused",
    place: "/settings",
    ready: "main h2",
    part: "section.setting:has(> h2:text-is('The two of you'))",
    act: paused,
  },
  { name: "meeting-already", place: "/pair", ready: "main h1" },
  ...(
    [
      ["entry", `/journal/${pageAt(3)}`, ".writing"],
      ["question", `/questions/${pageAt(10)}`, ".q"],
    ] as const
  ).map(([what, place, ready]): ScreenState => ({
    name: `came-back-${what}`,
    query: "?cameBack",
    place,
    ready,
  })),
  {
    name: "came-back-means",
    query: "?cameBack",
    place: `/journal/${pageAt(3)}`,
    ready: ".writing",
    act: inTurn(press("Came back from Sam’s copy"), see(".dialog")),
  },
];
