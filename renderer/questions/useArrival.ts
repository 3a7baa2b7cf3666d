import { type RefObject, useEffect, useRef } from "react";

/** Takes the focus to a place whenever `arrival` is another one; undefined leaves the focus where it is. */
export const useArrival = <Place extends HTMLElement>(
  arrival: object | undefined,
): RefObject<Place | null> => {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (arrival !== undefined) place.current?.focus();
  }, [arrival]);
  return place;
};
