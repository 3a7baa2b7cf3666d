import { beginStates } from "./beginStates.ts";
import { besideStates } from "./besideStates.ts";
import { capsuleStates } from "./capsuleStates.ts";
import { carryStates } from "./carryStates.ts";
import { computerStates } from "./computerStates.ts";
import { endingStates } from "./endingStates.ts";
import { folderStates } from "./folderStates.ts";
import { journalStates } from "./journalStates.ts";
import { meetingStates } from "./meetingStates.ts";
import { noteStates } from "./noteStates.ts";
import { pageAt } from "./scenes.ts";
import { steadyStates } from "./steadyStates.ts";
import { timeStates } from "./timeStates.ts";
import { todayStates } from "./todayStates.ts";
import { timelineStates } from "./timelineStates.ts";
import { usStates } from "./usStates.ts";
import { visionStates } from "./visionStates.ts";
import { inRoom, narrowed, press, type ScreenState, set } from "./stateSteps.ts";

const question = (number: number) => `/questions/${pageAt(number)}`;
const agreement = (number: number) => `/agreements/${pageAt(number)}`;
const promise = (number: number) => `/promises/${pageAt(number)}`;
const letter = (number: number) => `/letters/${pageAt(number)}`;

export const screenStates: readonly ScreenState[] = [
  ...timelineStates,
  ...usStates,
  ...visionStates,
  { name: "questions", place: "/questions", ready: ".line" },
  {
    name: "questions-quiet",
    place: "/questions",
    ready: ".line",
    act: set((journal) =>
      journal.set.arrivals({
        quietUntil: new Date(2026, 10, 22, 8).getTime(),
        moreQuestions: true,
        away: undefined,
      }),
    ),
  },
  {
    name: "questions-enough",
    place: "/questions",
    ready: ".line",
    act: press("Enough for today"),
  },
  {
    name: "questions-narrowed",
    place: "/questions",
    ready: ".line",
    act: press("Narrow it down"),
  },
  { name: "thread", place: question(10), ready: ".letter" },
  {
    name: "thread-fanned",
    place: question(10),
    ready: ".letter",
    act: press(/^Answer of/),
  },
  { name: "thread-closed", place: question(13), ready: ".letter.closed" },
  {
    name: "thread-not-today",
    place: question(13),
    ready: ".letter.closed",
    act: press("Not today"),
  },
  { name: "thread-said-day", place: question(65), ready: ".q" },
  { name: "thread-theirs", place: question(67), ready: ".q" },
  {
    name: "thread-say-day",
    place: question(67),
    ready: ".q",
    act: press("Say another day"),
  },
  {
    name: "answer-again",
    place: question(20),
    ready: ".q",
    act: press(/^(Write an answer|Answer again)$/),
  },
  { name: "entry-changed", place: `/journal/${pageAt(2)}`, ready: ".words" },
  {
    name: "entry-history",
    place: `/journal/${pageAt(2)}`,
    ready: ".words",
    act: press(/^changed/),
  },
  { name: "journal-list", place: "/journal", ready: ".line" },
  { name: "journal-jump", place: "/journal", ready: ".line", act: press("Jump to a date") },
  { name: "journal-narrowed", place: "/journal", ready: ".line", act: narrowed },
  {
    name: "journal-none",
    place: "/journal",
    ready: ".line",
    act: async (page) => {
      await narrowed(page);
      await page.getByLabel("Feeling", { exact: true }).selectOption("hopeful");
      await page.locator(".nothing-like-that").waitFor();
    },
  },
  { name: "journal-draft", place: `/journal/${pageAt(82)}`, ready: ".writing" },
  {
    name: "journal-details",
    place: `/journal/${pageAt(82)}`,
    ready: ".writing",
    act: press("Date, tags and feelings"),
  },
  {
    name: "journal-preview",
    place: `/journal/${pageAt(82)}`,
    ready: ".writing",
    act: press("Share…"),
  },
  { name: "journal-mine-shared", place: `/journal/${pageAt(80)}`, ready: ".writing" },
  { name: "journal-theirs", place: `/journal/${pageAt(81)}`, ready: ".words" },
  { name: "journal-trash", place: "/journal/trash", ready: ".line" },
  { name: "journal-trashed", place: `/journal/trash/${pageAt(83)}`, ready: ".words" },
  {
    name: "journal-delete",
    place: `/journal/trash/${pageAt(83)}`,
    ready: ".words",
    act: press("Delete for good…"),
  },
  {
    name: "journal-just-trashed",
    place: `/journal/${pageAt(82)}`,
    ready: ".writing",
    act: press("Put in the trash"),
  },
  { name: "room-list", place: "/room", ready: ".room form", act: inRoom("/room", ".line") },
  {
    name: "room-entry",
    place: "/room",
    ready: ".room form",
    act: inRoom(`/room/${pageAt(85)}`, ".writing"),
  },
  {
    name: "room-copy",
    place: "/room",
    ready: ".room form",
    act: inRoom(`/room/${pageAt(85)}`, ".writing", press("Copy to the journal…")),
  },
  { name: "room-trash", place: "/room", ready: ".room form", act: inRoom("/room/trash", ".line") },
  { name: "agreements", place: "/agreements", ready: ".line" },
  {
    name: "agreements-past",
    place: "/agreements",
    ready: ".line",
    act: press("No longer"),
  },
  { name: "agreements-none", place: "/agreements", ready: ".empty", query: "?pages=none" },
  { name: "agreement-agreed", place: agreement(200), ready: ".letter .words" },
  { name: "agreement-asked", place: agreement(202), ready: ".letter .words" },
  { name: "agreement-mine", place: agreement(203), ready: ".letter .words" },
  { name: "agreement-over", place: agreement(204), ready: ".letter .words" },
  { name: "agreement-editor", place: agreement(208), ready: ".writing" },
  {
    name: "agreement-preview",
    place: agreement(208),
    ready: ".writing",
    act: press("Propose…"),
  },
  ...timeStates,
  { name: "promises", place: "/promises", ready: ".line" },
  { name: "promises-none", place: "/promises", ready: ".empty", query: "?pages=none" },
  { name: "promise-theirs", place: promise(220), ready: ".letter .words" },
  { name: "promise-mine", place: promise(224), ready: ".letter .words" },
  { name: "promise-editor", place: promise(225), ready: ".writing" },
  { name: "promise-outcome", place: promise(226), ready: ".writing" },
  { name: "letters", place: "/letters", ready: ".line" },
  { name: "letters-write", place: "/letters", ready: ".line", act: press("Write") },
  ...Array.from({ length: 17 }, (_, index) => index + 40).map((number) => ({
    name: `letter-${number}`,
    place: letter(number),
    ready: "main article, main .letter, main .desk, main .withdrawn, main .trouble",
  })),
  { name: "settings", place: "/settings", ready: "main h2" },
  ...journalStates,
  ...carryStates,
  ...endingStates,
  ...meetingStates,
  ...besideStates,
  ...computerStates,
  ...folderStates,
  ...capsuleStates,
  ...steadyStates,
  ...beginStates,
  ...noteStates,
  ...todayStates,
];
