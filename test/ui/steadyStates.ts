import { inTurn, press, type ScreenState, see } from "./stateSteps.ts";

const steady = (name: string, ...ways: readonly (string | RegExp)[]): ScreenState => ({
  name: `steady-${name}`,
  place: "/journal",
  ready: ".line",
  act: inTurn(press("Steady"), see(".steady-ways"), press(...ways)),
});

/** What steadies, over the journal and over the locked door. */
export const steadyStates: readonly ScreenState[] = [
  steady("ways"),
  steady("breathe", /^Breathe/),
  steady("ground", /^Five, four/),
  steady("crisis", /^In danger/),
  {
    name: "steady-locked",
    place: "/",
    ready: ".outside",
    outside: true,
    act: inTurn(press("Steady"), see(".steady-ways")),
  },
];
