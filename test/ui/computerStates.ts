import { inTurn, type ScreenState, see, type Step } from "./stateSteps.ts";

const section = "section.setting:has(> h2:text-is('This computer'))";

const computer = (what: string, system: string, act?: Step): ScreenState => ({
  name: `settings-computer-${what}`,
  query: `?computer=${system}`,
  place: "/settings",
  ready: section,
  part: section,
  ...(act === undefined ? {} : { act }),
});

const choose =
  (name: string): Step =>
  (page) =>
    page.locator(section).getByText(name).first().click();

/** What a desktop app offers besides, as each system has it. */
export const computerStates: readonly ScreenState[] = [
  computer("linux", "linux"),
  computer("macos", "macos", choose("A small icon in the menu bar")),
  computer("windows", "windows"),
  computer("taken", "linux-taken"),
  computer(
    "refused",
    "windows-taken",
    inTurn(choose("Ctrl + Shift + F9"), see(`${section} .trouble`)),
  ),
];
