import { inTurn, type ScreenState, see, set, type Step } from "./stateSteps.ts";

const section = "section.setting:has(> h2:text-is('Shared folder'))";

const folder = (what: string, query: string, act?: Step): ScreenState => ({
  name: `settings-folder-${what}`,
  query,
  place: "/settings",
  ready: "main h2",
  part: section,
  ...(act === undefined ? {} : { act }),
});

const used = set((journal) => void journal.changeSettings({ sharedFolder: true }));
const choose: Step = (page) =>
  page.locator(section).getByRole("button", { name: "Choose a shared folder" }).click();
const waiting = set((journal) =>
  journal.set.sync({
    state: "waiting",
    pages: 3,
    sinceDay: new Date(2026, 10, 18).getTime(),
    heardDay: new Date(2026, 10, 12).getTime(),
  }),
);

const waits = (what: string, query: string, act: Step): ScreenState => ({
  name: `journal-waits-${what}`,
  query,
  place: "/journal",
  ready: ".line",
  act: inTurn(waiting, act),
});

/** The folder that both reach: as it is chosen, and what is said of it. */
export const folderStates: readonly ScreenState[] = [
  folder("none", ""),
  folder("alone", "?partner=none"),
  folder("chosen", "", inTurn(choose, see("text=Sealed files go into"))),
  folder("refused", "?shared=refused", inTurn(choose, see(`${section} .trouble`))),
  folder("not-offered", "?shared=notOffered"),
  // Used by the journal before the screen is there, as after a start.
  {
    name: "settings-folder-asks",
    query: "?shared=asks",
    place: "/journal",
    ready: ".line",
    part: section,
    act: inTurn(
      used,
      (page) => page.evaluate(() => (location.hash = "/settings")),
      see("text=it asks you to allow the folder again"),
    ),
  },
  waits("folder", "?shared=ready", used),
  waits(
    "both",
    "?shared=ready",
    set(
      (journal) =>
        void journal.changeSettings({
          sharedFolder: true,
          mailboxes: ["wss://post.example.org"],
        }),
    ),
  ),
  waits("folder-asks", "?shared=asks", used),
];
