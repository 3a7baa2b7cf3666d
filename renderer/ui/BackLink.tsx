import type { ReactNode } from "react";
import { Link } from "wouter";

export const BackLink = ({
  to,
  children,
}: {
  readonly to: string;
  readonly children: ReactNode;
}) => (
  <Link href={to} className="back">
    <svg viewBox="0 0 20 20" width="16" height="16" className="mark-drawn" aria-hidden="true">
      <path d="M12 5l-5 5 5 5" />
    </svg>
    {children}
  </Link>
);
