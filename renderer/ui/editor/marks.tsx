import type { ReactNode } from "react";

const draw = (path: string): ReactNode => (
  <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" className="mark-drawn">
    <path d={path} />
  </svg>
);

/** The signs on the writing tools; each button has its name in words besides. */
export const marks = {
  bold: draw("M6 4h4.5a3 3 0 0 1 0 6H6zM6 10h5.2a3 3 0 0 1 0 6H6z"),
  italic: draw("M9 4h5M6 16h5M11.5 4l-3 12"),
  heading2: draw("M4 4v12M12 4v12M4 10h8M16 9.5v6.5M14.5 10.5 16 9.5"),
  heading3: draw("M5 6v9M12 6v9M5 10.5h7"),
  bullets: draw("M8 5.5h8M8 10h8M8 14.5h8M4 5.5h.01M4 10h.01M4 14.5h.01"),
  numbers: draw(
    "M9 5.5h7M9 10h7M9 14.5h7M3.7 4.5 4.7 4v3.5M3.6 12.8c.4-.7 1.9-.6 1.9.3 0 .8-1.4 1.3-1.9 2.4h2",
  ),
  quote: draw("M5 4v12M9 6.5h7M9 10h7M9 13.5h4"),
  link: draw(
    "M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-2.4 2.4a3 3 0 0 0 4.2 4.2l1-1",
  ),
  checklist: draw("M3.5 4h4v4h-4zM10.5 6h6M3.5 12h4v4h-4zM4.6 14l1 .9 1.8-2M10.5 14h6"),
  line: draw("M3.5 10h13M6 5h8M6 15h8"),
  photo: draw("M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.5M13 7.5h.01"),
  alone: draw("M4 7.5V4h3.5M12.5 4H16v3.5M16 12.5V16h-3.5M7.5 16H4v-3.5"),
  undo: draw("M7.5 5 4 8.5 7.5 12M4 8.5h7.5a4 4 0 0 1 0 8H9"),
  redo: draw("M12.5 5 16 8.5 12.5 12M16 8.5H8.5a4 4 0 0 0 0 8H11"),
} as const;
