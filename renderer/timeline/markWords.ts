import type { Card } from "../../shared/page/card.ts";
import type { TimelineMark } from "../../shared/page/timeline.ts";

/** What a mark can be said to be. */
const named = [
  "milestone",
  "setback",
  "disclosure",
  "addition",
  "told",
  "answer",
  "reply",
  "heard",
  "agreement",
  "agreementEnded",
  "promise",
  "outcome",
  "contact",
  "contactStep",
  "contactAgain",
  "talk",
  "whyReasons",
  "whyResponse",
  "whenThen",
  "thanks",
  "planSharing",
  "together",
  "closed",
] as const;

export type MarkName = (typeof named)[number] | "impact" | "responsibility" | "page";

export const nameOf = (mark: TimelineMark): MarkName => {
  if (mark.what === "letter") return mark.card.letter?.about ?? "impact";
  return named.find((one) => one === mark.what) ?? "page";
};

/** Both said it, or the one who wrote it. */
export const whoseIs = ({ kind, author }: Card): "mine" | "theirs" | "ours" => {
  if (kind === "milestone" || kind === "agreement" || kind === "talk") return "ours";
  return author === "me" ? "mine" : "theirs";
};

/** Where its words are read. */
export const placeOf = (card: Card): string => {
  if (card.kind === "answer") return `/questions/${card.answer?.question ?? ""}`;
  if (card.kind === "agreement") return `/agreements/${card.id}`;
  if (card.kind === "promise") return `/promises/${card.id}`;
  if (card.kind === "outcome") return `/promises/${card.of ?? card.id}`;
  const letters = ["letter", "disclosure", "addition", "told", "reply"];
  return letters.includes(card.kind) ? `/letters/${card.id}` : `/timeline/${card.id}`;
};
