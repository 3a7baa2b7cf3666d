import { type RefObject, useLayoutEffect } from "react";

/**
 * For a button that may go with what it did: the focus goes on to the heading of what it stood in, not back to the
 * beginning of the screen. A sheet gives the focus back by itself.
 */
export const useFocusLeft = (place: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    return () => {
      if (document.activeElement !== element || element.closest("[role$=dialog]") !== null) return;
      const around = partsAround(element);
      queueMicrotask(() => {
        if (element.isConnected || document.activeElement !== document.body) return;
        focusHeading(around.find((part) => part.isConnected));
      });
    };
  }, [place]);
};

/** The nearest first. */
const partsAround = (element: Element): readonly Element[] => {
  const part = element.parentElement?.closest("section, article") ?? null;
  return part === null ? [] : [part, ...partsAround(part)];
};

const focusHeading = (part: Element | undefined): void => {
  const heading = part?.querySelector<HTMLElement>("h1, h2, h3");
  if (heading === undefined || heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
};
