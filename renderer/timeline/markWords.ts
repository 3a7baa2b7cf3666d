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

const letters: readonly Card["kind"][] = ["letter", "disclosure", "addition", "told", "reply"];

/** Where it is read as what it is, with what can be done about it; what has no place of its own is read here. */
export const placeOf = ({ kind, id, of, answer }: Card): string => {
  if (kind === "answer") return `/questions/${answer?.question ?? ""}`;
  if (kind === "agreement") return `/agreements/${id}`;
  if (kind === "promise") return `/promises/${id}`;
  if (kind === "outcome") return `/promises/${of ?? id}`;
  if (kind === "contact") return `/contact/${id}`;
  if (kind === "contactStep" || kind === "contactAgain") return `/contact/${of ?? id}`;
  if (kind === "talk") return `/talks/${id}`;
  if (kind === "together") return `/us/together/${id}`;
  if (kind === "thanks") return "/us";
  if (kind === "planSharing") return "/plans";
  return letters.includes(kind) ? `/letters/${id}` : `/timeline/${id}`;
};
