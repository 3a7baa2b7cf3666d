import type { MarkName } from "./markWords.ts";

/** Each sort of mark has a shape of its own; none has a colour, and none is larger than another. */
const shapes: Partial<Readonly<Record<MarkName, string>>> = {
  milestone: "M0 -7L7 0L0 7L-7 0Z",
  setback: "M-8 -3Q-4 -3 0 2T8 3",
  disclosure: "M-6 -7H3L6 -4V7H-6ZM3 -7V-4H6",
  impact: "M-7 -5H7V5H-7ZM-7 -5L0 1L7 -5",
  responsibility: "M-7 -5H7V5H-7ZM-7 -5L0 1L7 -5",
  agreement: "M-7 0A4 4 0 1 0 1 0A4 4 0 1 0 -7 0M-1 0A4 4 0 1 0 7 0A4 4 0 1 0 -1 0",
  agreementEnded:
    "M-8 0A3.4 3.4 0 1 0 -1.2 0A3.4 3.4 0 1 0 -8 0M1.2 0A3.4 3.4 0 1 0 8 0A3.4 3.4 0 1 0 1.2 0",
  contact: "M-8 0H-3M3 0H8M-1.5 -5L-3 5M3 -5L1.5 5",
  contactStep: "M-8 0H-3M3 0H8M-1.5 -5L-3 5M3 -5L1.5 5",
  contactAgain: "M-8 0H8M0 -5V5",
  talk: "M-7 -5H7V3H0L-4 7V3H-7Z",
  closed: "M-7 -5H7V5H-7ZM-7 -5L7 5",
};

const round = "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0";

export const shapeOf = (name: MarkName): string => shapes[name] ?? round;

export const MarkShape = ({ shape }: { readonly shape: string }) => (
  <svg className="mark-shape" viewBox="-9 -9 18 18" aria-hidden="true">
    <path d={shape} />
  </svg>
);
