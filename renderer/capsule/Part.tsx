import { type ReactNode, useCallback, useId, useRef } from "react";
import { useWish, type Wish } from "../ui/wishes.tsx";

type PartProps = {
  readonly title: string;
  /** What the palette asks to be brought here. */
  readonly wish: Wish;
  readonly children: ReactNode;
};

/** One of the page's two halves; who comes for it finds the focus on its heading. */
export const Part = ({ title, wish, children }: PartProps) => {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useWish(
    wish,
    useCallback(() => heading.current?.focus(), []),
  );
  return (
    <section className="capsule-part" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
};
