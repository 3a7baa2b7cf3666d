import type { Card, PageKind } from "./card.ts";
import type { Pillar } from "./said.ts";

/**
 * The four pillars (PRODUCT row 25) are four ways to look through what is there. A page stands under the one that its
 * kind is closest to; a letter, by what it is about. What no pillar is near to stands under none, and nothing is
 * ticked, filled or counted.
 */
const pillarOfKind: Partial<Readonly<Record<PageKind, Pillar>>> = {
  told: "honesty",
  disclosure: "honesty",
  addition: "honesty",
  answer: "honesty",
  contact: "honesty",
  contactStep: "honesty",
  contactAgain: "honesty",

  whyReasons: "responsibility",
  whenThen: "responsibility",
  setback: "responsibility",

  heard: "empathy",
  reply: "empathy",
  whyResponse: "empathy",
  thanks: "empathy",

  promise: "action",
  outcome: "action",
  agreement: "action",
  talk: "action",
  planSharing: "action",
  together: "action",
};

export const pillarOf = ({ kind, letter }: Card): Pillar | undefined => {
  if (kind === "newer") return undefined;
  if (kind !== "letter") return pillarOfKind[kind];
  return letter?.about === "responsibility" ? "responsibility" : "empathy";
};
