import type { Page } from "playwright-core";
import { pageAt } from "./scenes.ts";
import {
  atRoomDoor,
  chosen,
  fill,
  inRoom,
  inTurn,
  keys,
  pick,
  press,
  type ScreenState,
  see,
  set,
  someFile,
  type Step,
  type,
} from "./stateSteps.ts";

const journal = (number: number) => `/journal/${pageAt(number)}`;
/** A hill under an evening sky, so that there is something to look at. */
const paint = (page: Page, width: number, height: number): Promise<string> =>
  page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const pen = canvas.getContext("2d");
      if (pen === null) throw new Error("no canvas");
      const sky = pen.createLinearGradient(0, 0, 0, h);
      for (const [at, colour] of [
        [0, "#50607a"],
        [0.6, "#d9a688"],
        [0.7, "#f0d7b5"],
      ] as const)
        sky.addColorStop(at, colour);
      pen.fillStyle = sky;
      pen.fillRect(0, 0, w, h);
      pen.fillStyle = "#39483f";
      pen.beginPath();
      pen.ellipse(w * 0.3, h * 1.15, w * 0.7, h * 0.5, 0, 0, Math.PI * 2);
      pen.fill();
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
      return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
    },
    [width, height] as const,
  );

/** One that is here, and one that has not come. */
const withPhotos =
  (number: number): Step =>
  async (page) => {
    const text = await paint(page, 1200, 800);
    await page.evaluate(
      ([to, letters]) => {
        const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
        const photo = { bytes, width: 1200, height: 800, type: "image/jpeg" as const };
        return window.scene.addPhotos(to, [
          { ...photo, words: "The hill behind the house, a little after six." },
          { ...photo, missing: true },
        ]);
      },
      [pageAt(number), text] as const,
    );
    await page.locator(".photo-frame img").first().waitFor();
  };

const write = inTurn(press("Write an entry"), see(".writing"));
const lists = inTurn(
  write,
  fill("Title", "Before the weekend"),
  (page) => page.locator(".writing").click(),
  type("What I want to have done, in the order in which I dread it:"),
  keys("Enter"),
  type("[ ] "),
  type("Call the landlord"),
  keys("Enter"),
  type("Say what I found, and not at the door"),
  keys("Enter"),
  type("Sleep"),
  keys("Control+Enter", "Enter", "Enter"),
  type("---"),
  type("And what the leaflet said."),
);

/** The screens of the journal and of my room that are met while writing and while looking for something. */
export const journalStates: readonly ScreenState[] = [
  { name: "palette", place: "/journal", ready: ".line", act: keys("Control+k") },
  {
    name: "palette-searching",
    place: "/journal",
    ready: ".line",
    act: inTurn(keys("Control+k"), type("wal"), see(".palette-item[data-focused]")),
  },
  {
    name: "palette-nothing",
    place: "/journal",
    ready: ".line",
    act: inTurn(keys("Control+k"), type("heron by the lock"), see(".palette-item[data-focused]")),
  },
  { name: "keys", place: "/journal", ready: ".line", act: keys("?") },
  {
    name: "find",
    place: "/journal",
    ready: ".line",
    act: inTurn(fill("Look for words", "not tired"), see(".found .line")),
  },
  {
    name: "find-nothing",
    place: "/journal",
    ready: ".line",
    act: inTurn(fill("Look for words", "zeppelin"), see(".finding .quiet-state")),
  },
  { name: "journal-empty", query: "?pages=none", place: "/journal", ready: ".empty" },
  {
    name: "journal-alone",
    query: "?partner=none",
    place: journal(82),
    ready: ".writing",
  },
  {
    name: "openers",
    place: "/journal",
    ready: ".line",
    act: inTurn(write, press("Something to begin with")),
  },
  {
    name: "openers-line",
    place: "/journal",
    ready: ".line",
    act: inTurn(
      write,
      press("Something to begin with"),
      pick("It is very near"),
      press("Another one"),
    ),
  },
  {
    name: "openers-taken",
    place: "/journal",
    ready: ".line",
    act: inTurn(
      write,
      press("Something to begin with"),
      pick("Some days are quieter"),
      press("Begin with this"),
    ),
  },
  { name: "photos-theirs", place: journal(81), ready: ".words", act: withPhotos(81) },
  {
    name: "photos-theirs-large",
    place: journal(81),
    ready: ".words",
    act: inTurn(withPhotos(81), press(/^Photo: The hill/), see(".photo-large img")),
  },
  { name: "photos-mine", place: journal(82), ready: ".writing", act: withPhotos(82) },
  {
    name: "photos-mine-chosen",
    place: journal(82),
    ready: ".writing",
    act: inTurn(withPhotos(82), (page) => page.locator(".photo-frame img").first().click()),
  },
  {
    name: "photos-mine-large",
    place: journal(82),
    ready: ".writing",
    act: inTurn(
      withPhotos(82),
      (page) => page.locator(".photo-frame img").first().click(),
      press("Look larger"),
      see(".photo-large img"),
    ),
  },
  {
    name: "photos-left",
    place: journal(82),
    ready: ".writing",
    act: inTurn(chosen("Photos", someFile, "holiday.heic"), see(".photo-line p")),
  },
  { name: "versions", place: journal(82), ready: ".writing", act: press("Earlier versions") },
  {
    name: "versions-first",
    place: journal(82),
    ready: ".writing",
    act: inTurn(press("Earlier versions"), see("[role=option]"), keys("End")),
  },
  {
    name: "versions-brought",
    place: journal(82),
    ready: ".writing",
    act: inTurn(
      press("Earlier versions"),
      see("[role=option]"),
      press("Bring these words back"),
      see("text=These words stand again"),
    ),
  },
  { name: "write-lists", place: "/journal", ready: ".line", act: lists },
  {
    name: "write-link",
    place: "/journal",
    ready: ".line",
    act: inTurn(lists, keys("Control+Shift+ArrowLeft", "Control+Shift+k"), see(".dialog")),
  },
  {
    name: "write-alone",
    place: "/journal",
    ready: ".line",
    act: inTurn(lists, keys("Control+Shift+f"), see(".editor-foot")),
  },
  {
    name: "write-alone-room",
    place: "/room",
    ready: ".room form",
    act: inRoom(
      `/room/${pageAt(85)}`,
      ".writing",
      inTurn((page) => page.locator(".writing").click(), keys("Control+Shift+f")),
    ),
  },
  { name: "room-door", place: "/room", ready: ".room form" },
  { name: "room-new", place: "/room", ready: ".room form", act: press("I have not made it yet") },
  {
    name: "room-bring-back",
    place: "/room",
    ready: ".room form",
    act: inTurn(
      press("Bring my room back from a backup"),
      chosen("Choose the file", someFile, "Room.twofold"),
    ),
  },
  {
    name: "room-wrong",
    place: "/room",
    ready: ".room form",
    act: inTurn(atRoomDoor("short"), see(".trouble")),
  },
  {
    name: "room-backup",
    place: "/room",
    ready: ".room form",
    act: inRoom("/room", ".line", press("A backup of your room")),
  },
  {
    name: "room-find",
    place: "/room",
    ready: ".room form",
    act: inRoom("/room", ".line", inTurn(fill("Look for words", "angry"), see(".found .line"))),
  },
  {
    name: "room-empty",
    query: "?pages=none",
    place: "/room",
    ready: ".room form",
    act: inRoom("/room", ".empty"),
  },
  {
    name: "settings-look",
    place: "/settings",
    ready: "main h2",
    part: "section.setting:nth-of-type(3)",
  },
  {
    name: "journal-words-not-kept",
    place: "/journal",
    ready: ".line",
    act: set((now) => now.set.wordsKept(false)),
  },
];
