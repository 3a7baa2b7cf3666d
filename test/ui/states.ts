import type { Page } from "playwright-core";
import type { FakeJournal } from "../support/fakeJournal.ts";
import { pageAt } from "./scenes.ts";

/** A screen as somebody would meet it: where it is, what shows that it is there, and what they do to bring it about. */
export type ScreenState = {
  readonly name: string;
  readonly place: string;
  readonly ready: string;
  readonly act?: (page: Page) => Promise<void>;
};

const press =
  (...names: readonly (string | RegExp)[]) =>
  async (page: Page): Promise<void> => {
    for (const name of names)
      await page
        .getByRole("button", { name, exact: typeof name === "string" })
        .first()
        .click();
  };

const set =
  (change: (journal: FakeJournal) => void) =>
  async (page: Page): Promise<void> => {
    await page.evaluate(`(${String(change)})(window.scene.journal)`);
  };

const question = (number: number) => `/questions/${pageAt(number)}`;
const letter = (number: number) => `/letters/${pageAt(number)}`;

export const screenStates: readonly ScreenState[] = [
  { name: "questions", place: "/questions", ready: ".line" },
  {
    name: "questions-quiet",
    place: "/questions",
    ready: ".line",
    act: set((journal) =>
      journal.set.arrivals({
        quietUntil: new Date(2026, 10, 22, 8).getTime(),
        moreQuestions: true,
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
  { name: "letters", place: "/letters", ready: ".line" },
  { name: "letters-write", place: "/letters", ready: ".line", act: press("Write") },
  ...Array.from({ length: 17 }, (_, index) => index + 40).map((number) => ({
    name: `letter-${number}`,
    place: letter(number),
    ready: "main article, main .letter, main .desk, main .withdrawn, main .trouble",
  })),
  { name: "settings", place: "/settings", ready: "main h2" },
];
