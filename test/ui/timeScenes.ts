import type { PageId } from "../../shared/base/ids.ts";
import type { Day } from "../../shared/page/card.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

/** As scenes.ts has it, which takes these pages in. */
const now = new Date(2026, 10, 21, 18, 30).getTime();
const minute = 60_000;

const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const at = (month: number, day: number, hour = 20): number =>
  new Date(2026, month - 1, day, hour, 15).getTime();
const day = (named: string): Day => named as Day;

const write = (number: number, when: number, more: Partial<Written>): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, body: "", ...more };
};

const theirs = { author: "partner" } as const;

/** Plans: pages 340 to 347. */
const planPages: readonly Written[] = [
  write(340, at(11, 18), {
    ...theirs,
    kind: "planSharing",
    said: { kind: "planSharing", untilDay: day("2026-12-02") },
  }),
  write(341, at(11, 18, 21), { kind: "yes", of: pageAt(340) }),
  write(342, now - 90 * minute, {
    ...theirs,
    kind: "plan",
    said: { kind: "plan", line: "Home about seven, with bread.", until: at(11, 22, 4) },
  }),
  write(343, at(11, 17), {
    kind: "planSharing",
    said: { kind: "planSharing", untilDay: day("2026-12-05") },
  }),
  write(344, at(11, 17, 22), { ...theirs, kind: "yes", of: pageAt(343) }),
  write(345, now - 30 * minute, {
    kind: "plan",
    said: { kind: "plan", line: "Running late, the meeting goes on.", until: at(11, 22, 4) },
  }),
  // Yesterday's, which its writer's app has not taken away yet.
  write(346, at(11, 20), {
    ...theirs,
    kind: "plan",
    said: { kind: "plan", line: "At my sister’s until ten.", until: at(11, 21, 4) },
  }),
  // Comes to the fore once the one that stands is ended.
  write(347, at(11, 16), {
    ...theirs,
    kind: "planSharing",
    said: { kind: "planSharing", untilDay: day("2026-11-30") },
  }),
];

const talk = (said: { at?: number; minutes: number; topics?: readonly PageId[] }) =>
  ({ kind: "talk", said: { kind: "talk", ...said } }) as const;

/** Hard-talk times: pages 350 to 369. */
const talkPages: readonly Written[] = [
  // Asked, with a question of each as topics.
  write(350, at(11, 20), {
    ...theirs,
    ...talk({ at: at(11, 24), minutes: 30, topics: [pageAt(65), pageAt(67)] }),
    body: "I would like to hear how the week was for you. I bring tea.",
  }),
  // Agreed, not begun.
  write(351, at(11, 19), {
    ...talk({ at: at(11, 22), minutes: 45 }),
    body: "About the holidays.",
  }),
  write(352, at(11, 19, 21), { ...theirs, kind: "yes", of: pageAt(351) }),
  // It goes: 18 minutes are left.
  write(353, at(11, 18), { ...talk({ at: now, minutes: 30, topics: [pageAt(67)] }) }),
  write(354, at(11, 18, 21), { ...theirs, kind: "yes", of: pageAt(353) }),
  write(355, now - 12 * minute, { kind: "talkBegins", of: pageAt(353) }),
  // It rests, by the partner.
  write(356, at(11, 17), { ...talk({ at: now, minutes: 20 }) }),
  write(357, at(11, 17, 21), { ...theirs, kind: "yes", of: pageAt(356) }),
  write(358, now - 25 * minute, { kind: "talkBegins", of: pageAt(356) }),
  write(359, now - 20 * minute, {
    ...theirs,
    kind: "talkRests",
    of: pageAt(356),
    said: {
      kind: "talkRests",
      until: new Date(2026, 10, 21, 20, 30).getTime(),
      line: "I need a pause. Back at half past eight.",
    },
  }),
  // It is over, with closing words and notes.
  write(360, at(11, 14), { ...talk({ at: at(11, 15), minutes: 30 }), body: "About March." }),
  write(361, at(11, 14, 21), { ...theirs, kind: "yes", of: pageAt(360) }),
  write(362, at(11, 15), { ...theirs, kind: "talkBegins", of: pageAt(360) }),
  write(363, at(11, 15, 21), {
    ...theirs,
    kind: "talkEnds",
    of: pageAt(360),
    said: { kind: "talkEnds", line: "Thank you for staying." },
  }),
  write(364, at(11, 16), {
    ...theirs,
    kind: "talkNote",
    of: pageAt(360),
    body: "I take with me that you want to hear it from me first.",
  }),
  write(365, at(11, 16, 21), {
    place: "draft",
    kind: "talkNote",
    of: pageAt(360),
    body: "I could breathe again after the pause.",
  }),
  // Being written.
  write(366, at(11, 21, 17), {
    place: "draft",
    ...talk({ at: at(11, 26), minutes: 20, topics: [pageAt(65)] }),
    body: "About money, and nothing else.",
  }),
];

/** Ended contact: pages 370 to 379. */
const contactPages: readonly Written[] = [
  write(370, at(10, 12), {
    ...theirs,
    kind: "contact",
    title: "The person from the conference",
    body: "I have ended it, and I have said so in writing. You have read the message.",
  }),
  write(371, at(10, 13), {
    ...theirs,
    kind: "contactStep",
    of: pageAt(370),
    said: { kind: "contactStep", day: day("2026-10-11") },
    body: "I wrote the last message, and showed it to you before it went.",
  }),
  write(372, at(10, 20), {
    ...theirs,
    kind: "contactStep",
    of: pageAt(370),
    said: { kind: "contactStep", day: day("2026-10-19") },
    changedAt: at(10, 21),
    earlier: ["I left the project."],
    body: "I left the project that we both worked on.",
  }),
  write(373, at(11, 9), {
    ...theirs,
    kind: "contactAgain",
    of: pageAt(370),
    said: { kind: "contactAgain", day: day("2026-11-09") },
    body: "A message came to my work address. I did not answer. I showed it to you the same evening.",
  }),
  write(374, at(11, 10), {
    ...theirs,
    kind: "contactStep",
    of: pageAt(370),
    withdrawnAt: at(11, 11),
  }),
  write(375, at(10, 2), {
    kind: "contact",
    title: "Somebody I wrote with",
    body: "I have deleted the account, and I will not make another.",
  }),
  write(376, at(10, 3), {
    kind: "contactStep",
    of: pageAt(375),
    said: { kind: "contactStep", day: day("2026-10-01") },
    body: "I deleted the account.",
  }),
  write(377, at(11, 21, 16), {
    place: "draft",
    kind: "contactAgain",
    of: pageAt(375),
    said: { kind: "contactAgain", day: day("2026-11-20") },
    body: "A friend of theirs spoke to me at the market.",
  }),
  write(378, at(11, 21, 17), {
    place: "draft",
    kind: "contact",
    body: "I have ended it.",
  }),
];

export const timePages: readonly Written[] = [...planPages, ...talkPages, ...contactPages];
