import { inTurn, press, type ScreenState, see, set, type Step } from "./stateSteps.ts";

const ending = (what: string, act?: Step, query = ""): ScreenState => ({
  name: `ending-${what}`,
  query,
  place: "/settings/ending",
  ready: "main h1",
  ...(act === undefined ? {} : { act }),
});

const quietly: Step = (page) => page.getByText("No. End it quietly.").click();
const ended = see("h1:text-is('This journal has ended')");
const end = inTurn(quietly, press("End the journal"), ended);
const told = set((journal) =>
  journal.set.ending({
    state: "together",
    partnerEnded: { day: new Date(2026, 10, 18).getTime() },
  }),
);

/** Ending the journal: before, after, and as the other hears of it. */
export const endingStates: readonly ScreenState[] = [
  ending("before"),
  ending("not-chosen", inTurn(press("End the journal"), see("text=Choose first whether"))),
  ending("alone", undefined, "?partner=none"),
  ending(
    "refused",
    inTurn(
      set((journal) => journal.set.refuseEnding("DISK_FULL")),
      quietly,
      press("End the journal"),
      see(".trouble"),
    ),
  ),
  ending("told", told),
  ending("ended", end),
  ending("let-go", inTurn(end, press("Let it go now"), see(".dialog"))),
  ending(
    "leaving",
    inTurn(
      end,
      set((journal) =>
        journal.set.ending({
          state: "ended",
          partner: "Sam",
          day: new Date(2026, 10, 18).getTime(),
          theirs: { at: "leaving" },
        }),
      ),
    ),
  ),
  { name: "journal-partner-ended", place: "/journal", ready: ".line", act: told },
  {
    name: "settings-ended",
    place: "/journal",
    ready: ".line",
    part: "section.setting:has(> h2:text-is('The two of you'))",
    act: inTurn(
      set((journal) => void journal.ending.end({ tell: false, theirWords: "keep" })),
      (page) => page.evaluate(() => (location.hash = "/settings")),
      see("text=This journal has ended. It is yours alone."),
    ),
  },
];
