import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import type { Pairing } from "./usePairing.ts";

/** A journal from a backup has met the partner: it goes on once it has been unlocked with the keys that it has now. */
export const useUnlocksNext = ({ done }: Pairing): boolean => {
  const paused = useLive(useJournal().sync).state === "paused";
  return done && paused;
};
