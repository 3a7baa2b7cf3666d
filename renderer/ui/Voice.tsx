import type { ReactNode } from "react";

/** Who speaks: a coloured shape, always with the words beside it. */
export const Voice = ({
  who,
  children,
}: {
  readonly who: "mine" | "theirs" | "ours";
  readonly children: ReactNode;
}) => (
  <div className="voice">
    <span className={`dot ${who}`} aria-hidden="true" />
    <span>{children}</span>
  </div>
);
