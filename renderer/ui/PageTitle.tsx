import { type ReactNode, useEffect, useRef } from "react";
import { hasField } from "./hasField.ts";

/**
 * A screen's heading. It takes the focus when the screen appears, so that a screen reader says where one is,
 * unless a field of the screen has it already.
 */
export const PageTitle = ({
  children,
  hidden = false,
}: {
  readonly children: ReactNode;
  readonly hidden?: boolean;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!hasField()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={hidden ? "for-readers" : undefined}>
      {children}
    </h1>
  );
};
