import type { PageId } from "../../shared/base/ids.ts";
import type { FakeVision } from "../support/fakeVision.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";

const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
const at = (month: number, day: number): number => new Date(2026, month - 1, day, 20, 15).getTime();

const write = (number: number, when: number, more: Partial<Written>): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), when);
  return { ...card, body: "", ...more };
};

/** The page of both, as it stands. */
export const sceneVision: FakeVision = {
  lines: [
    ["me", "A kitchen where the radio is on and somebody is always about to come in."],
    ["partner", "I say where I am before anybody has to ask."],
    ["me", "One week a year by the sea, even when it rains."],
    ["partner", "I would like to learn to be quiet with you again."],
  ],
  earlier: [
    ["A kitchen where the radio is on."],
    ["A kitchen where the radio is on.", "One week a year by the sea."],
  ],
};

/** Versions of it: pages 480 to 484. */
export const visionPages: readonly Written[] = [
  write(480, at(11, 2), {
    kind: "visionVersion",
    body: "A kitchen where the radio is on and somebody is always about to come in.\n\nOne week a year by the sea.",
  }),
  write(481, at(11, 3), { kind: "yes", of: pageAt(480), author: "partner" }),
  write(482, at(11, 18), {
    author: "partner",
    kind: "visionVersion",
    of: pageAt(480),
    body: "A kitchen where the radio is on and somebody is always about to come in.\n\nI say where I am before anybody has to ask.\n\nOne week a year by the sea, even when it rains.",
  }),
  write(483, at(10, 20), {
    author: "partner",
    kind: "visionVersion",
    body: "A house with fewer doors.",
  }),
  write(484, at(10, 21), { kind: "end", of: pageAt(483) }),
];
