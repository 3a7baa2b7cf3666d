import type { Day } from "../../shared/page/card.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

/** As scenes.ts has them. */
type Places = {
  readonly at: (month: number, day: number) => number;
  readonly pageAt: (number: number) => Written["id"];
};

const day = (named: string): Day => named as Day;

/** Why pages 390 to 403, plans 405 to 409, hard days 410 to 415, notes before it builds 420 to 424. */
export const noteScenes = ({ at, pageAt }: Places): readonly Written[] => {
  const write = (number: number, when: number, more: Partial<Written>): Written => {
    const { excerpt: _, ...card } = plainCard(pageAt(number), when);
    return { ...card, body: "", ...more };
  };
  const theirs = { author: "partner" } as const;
  const draft = { place: "draft" } as const;
  return [
    write(390, at(10, 20), {
      kind: "why",
      title: "Why nothing was said in spring",
      body: "We sat at that table every evening. I need to understand how you could talk about the garden.",
    }),
    write(391, at(10, 28), {
      ...theirs,
      kind: "whyReasons",
      of: pageAt(390),
      body: "## What led there\n\nI talked about the garden because silence would have asked something.\n\n## What does not excuse it\n\nI could have said it at any of those suppers. I chose the garden.",
    }),
    write(392, at(11, 2), {
      kind: "whyResponse",
      of: pageAt(390 + 1),
      body: "The silence I understand. Not that you slept well.",
      changedAt: at(11, 4),
      earlier: ["The silence I understand."],
    }),
    write(393, at(11, 18), {
      ...theirs,
      kind: "whyReasons",
      of: pageAt(390),
      opened: false,
      body: "I did not sleep well. I lay still.",
    }),
    write(394, at(11, 12), {
      ...theirs,
      kind: "why",
      title: "Why you stopped telling me things",
      body: "Before all this. I am asking, and I know that it explains nothing away.",
    }),
    write(395, at(11, 20), {
      ...draft,
      kind: "whyReasons",
      of: pageAt(394),
      body: "## What led there\n\nI was tired of being the one who begins.",
    }),
    write(396, at(11, 15), { kind: "why", body: "Why her, of all people?" }),
    write(397, at(11, 21), { ...draft, kind: "why", body: "What I need to understand is" }),
    write(398, at(11, 1), { ...theirs, kind: "why", withdrawnAt: at(11, 3) }),

    write(405, at(11, 20), {
      ...draft,
      kind: "whenThen",
      title: "you are in pain and I want to explain myself",
      body: "I will say that I need ten minutes, and come back.",
    }),
    write(406, at(11, 10), {
      kind: "whenThen",
      title: "I am away overnight",
      body: "I will call from the room, at nine, with the camera on.",
    }),
    write(407, at(11, 9), {
      ...theirs,
      kind: "whenThen",
      title: "a message comes that you would want to know of",
      body: "I will tell you the same day.",
      changedAt: at(11, 11),
      earlier: ["I will tell you."],
    }),
    write(408, at(11, 21), { ...draft, kind: "whenThen" }),

    write(410, at(11, 16), {
      ...draft,
      kind: "setback",
      said: { kind: "setback", day: day("2026-11-16"), helped: "The long way home, without music" },
      body: "The song in the supermarket. I left the trolley standing.",
    }),
    write(411, at(11, 5), {
      kind: "setback",
      said: { kind: "setback", day: day("2026-11-04"), helped: "Calling Ines" },
      body: "I read everything again until two.",
    }),
    write(412, at(11, 13), {
      ...theirs,
      kind: "setback",
      said: { kind: "setback", day: day("2026-11-12") },
      body: "I hid the phone bill, out of habit, and then put it on the table.",
    }),
    write(413, at(11, 21), {
      ...draft,
      kind: "setback",
      said: { kind: "setback", day: day("2026-11-21") },
    }),

    write(420, at(11, 19), {
      ...draft,
      kind: "builds",
      body: "I’d like more evenings without plans.",
    }),
    write(421, at(11, 8), {
      kind: "builds",
      body: "I’d like more mornings in which nobody hurries.",
    }),
    write(422, at(11, 14), {
      ...theirs,
      kind: "builds",
      body: "Something small I noticed: you put your hand on the door before you go.",
    }),
  ];
};
