import { type RefObject, useEffect, useState } from "react";

/** How far off the screen counts as near: about two screens, so that scrolling rarely overtakes it. */
const around = "1500px 0px";

/** Whether an element is on the screen or soon will be. */
export const useNear = (place: RefObject<Element | null>): boolean => {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (place.current === null) return undefined;
    const watch = new IntersectionObserver(
      (seen) => setNear(seen.at(-1)?.isIntersecting === true),
      { rootMargin: around },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place]);
  return near;
};
