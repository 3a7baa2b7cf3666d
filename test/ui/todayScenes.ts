import type { Day } from "../../shared/page/card.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

const day = (named: string): Day => named as Day;

const hour = 3_600_000;
const sceneNow = new Date(2026, 10, 21, 18, 30).getTime();
const at = (month: number, date: number): number =>
  new Date(2026, month - 1, date, 17, 15).getTime();
const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const write = (
  number: number,
  when: number,
  more: Partial<Written> & { body: string },
): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, ...more };
};

/** Check-ins, what is for oneself alone, and what is agreed for the day of the scenes: pages 300 to 339. */
export const todayPages: readonly Written[] = [
  write(300, at(11, 21), {
    kind: "checkin",
    author: "partner",
    said: {
      kind: "checkin",
      day: day("2026-11-21"),
      feelings: ["tired", "hopeful"],
      need: "An hour without talking, and then you.",
      thanks: "the tea on the stairs",
    },
    body: "I slept badly. It is not about you.",
  }),
  write(301, at(11, 20), {
    kind: "checkin",
    place: "draft",
    said: { kind: "checkin", day: day("2026-11-20"), feelings: ["wary"] },
    body: "",
  }),
  write(302, at(11, 19), {
    kind: "checkin",
    said: { kind: "checkin", day: day("2026-11-19"), need: "A walk, the two of us" },
    body: "",
  }),
  write(310, at(11, 12), {
    kind: "helps",
    place: "draft",
    said: {
      kind: "helps",
      lines: ["Cold water on my wrists", "The bench by the canal", "Reading aloud, whatever it is"],
    },
    body: "",
  }),
  write(311, at(11, 12), {
    kind: "cue",
    place: "draft",
    title: "The ringtone he had that spring",
    body: "I go out on the balcony and name the roofs. It is gone before the last one.",
  }),
  write(312, at(11, 14), {
    kind: "cue",
    place: "draft",
    title: "Thursdays, about six",
    body: "I write to Mara that it is Thursday. She knows.",
  }),
  write(313, at(11, 12), {
    kind: "supporter",
    place: "draft",
    title: "Mara",
    said: { kind: "supporter", reach: "0151 555 0137", line: "She knows. I need not explain." },
    body: "",
  }),
  write(314, at(11, 13), {
    kind: "supporter",
    place: "draft",
    title: "My brother",
    said: { kind: "supporter", reach: "Ring twice, he calls back" },
    body: "",
  }),
  write(320, at(11, 18), {
    kind: "talk",
    author: "partner",
    title: "The money, and nothing else",
    said: {
      kind: "talk",
      at: new Date(2026, 10, 21, 20).getTime(),
      minutes: 30,
    },
    body: "",
  }),
  write(321, at(11, 19), { kind: "yes", of: pageAt(320), body: "" }),
  write(322, sceneNow - hour, {
    kind: "plan",
    author: "partner",
    said: { kind: "plan", line: "Home about seven", until: sceneNow + 5 * hour },
    body: "",
  }),
];

/** One that the partner has given, and one of mine that is answered: only where a test asks for them. */
export const handPages: readonly Written[] = [
  write(330, sceneNow - hour, {
    kind: "hand",
    author: "partner",
    said: {
      kind: "hand",
      need: "quiet",
      line: "Until supper, please.",
      until: sceneNow + 2 * hour,
    },
    body: "",
  }),
  write(331, sceneNow - hour / 2, {
    kind: "hand",
    said: { kind: "hand", need: "closeness", until: sceneNow + hour },
    body: "",
  }),
  write(332, sceneNow - hour / 4, {
    kind: "handBack",
    author: "partner",
    of: pageAt(331),
    said: { kind: "handBack", line: "I am coming to you.", until: sceneNow + hour },
    body: "",
  }),
];
