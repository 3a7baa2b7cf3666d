import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { neverHeard } from "./neverHeard.ts";
import { usePairStanding } from "./usePairStanding.ts";

/**
 * Whether this computer can join another of the same person: with no partner known here. And once more where it has
 * joined and nothing has come since: it may have gone wrong there at the last moment.
 */
export const useJoining = (): "may" | "again" | "no" => {
  const { computers, sync } = useJournal();
  const standing = usePairStanding();
  const { mine } = useLive(computers);
  const silent = neverHeard(useLive(sync));
  if (standing === "alone") return "may";
  return standing === "together" && mine > 0 && silent ? "again" : "no";
};
