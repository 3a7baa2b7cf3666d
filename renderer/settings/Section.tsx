import { type ReactNode, useId } from "react";
import { sectionId, type SettingPart } from "./parts.ts";

export const Section = ({
  title,
  part,
  children,
}: {
  readonly title: string;
  /** Where something leads to it. */
  readonly part?: SettingPart;
  readonly children: ReactNode;
}) => {
  const id = useId();
  return (
    <section
      className="setting"
      id={part === undefined ? undefined : sectionId(part)}
      aria-labelledby={id}
    >
      <h2 id={id} tabIndex={part === undefined ? undefined : -1}>
        {title}
      </h2>
      {children}
    </section>
  );
};
