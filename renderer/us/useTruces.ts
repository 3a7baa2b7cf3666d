import { useMemo } from "react";
import { readTruces, type Truces } from "../../shared/page/truces.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useNow } from "../ui/useNow.ts";

const minuteMs = 60_000;

/** What stands of "not tonight", to the minute. */
export const useTruces = (): Truces & { readonly now: number } => {
  const cards = useLive(useJournal().cards);
  const now = useNow(minuteMs);
  return useMemo(() => ({ ...readTruces(cards, now), now }), [cards, now]);
};
