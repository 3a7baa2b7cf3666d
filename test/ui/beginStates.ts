import { inTurn, type ScreenState, set } from "./stateSteps.ts";

/** Where to begin, the two first hours, and help. */
export const beginStates: readonly ScreenState[] = [
  { name: "begin", place: "/begin", ready: ".begin .line" },
  {
    name: "begin-offered",
    place: "/begin",
    ready: ".begin .line",
    act: inTurn(
      set((journal) => void journal.changeMe({ role: "broke" })),
      async (page) => page.getByText("Some weeks", { exact: true }).click(),
    ),
  },
  { name: "begin-together", place: "/begin/together", ready: ".begin-steps" },
  { name: "begin-alone", place: "/begin/alone", ready: ".begin-steps", query: "?partner=none" },
  { name: "help", place: "/help", ready: ".help-topics" },
  { name: "help-seen", place: "/help/seen", ready: ".reading p" },
  { name: "help-sources", place: "/help/sources", ready: ".sources" },
];
