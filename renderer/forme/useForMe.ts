import { useMemo } from "react";
import { type ForMe, readForMe } from "../../shared/page/forMe.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

export const useForMe = (): ForMe => {
  const cards = useLive(useJournal().cards);
  return useMemo(() => readForMe(cards), [cards]);
};
