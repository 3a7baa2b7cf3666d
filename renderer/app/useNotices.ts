import { useEffect } from "react";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { watchArrivals } from "./newArrivals.ts";

/** Asks the shell for its one notice; whether anything is shown is the shell's to say. */
export const useNotices = (): void => {
  const { desktop } = useSurroundings().bridge;
  const { cards, enough, arrivals } = useJournal();
  useEffect(
    () => watchArrivals({ cards, enough, arrivals }, () => void desktop.notify()),
    [cards, enough, arrivals, desktop],
  );
};
