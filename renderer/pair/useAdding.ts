import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePairStanding } from "./usePairStanding.ts";

/** Whether another computer of one's own can come beside this one; else why not. */
export type Adding = "may" | "alone" | "paused" | "left" | "notMet" | "full";

export const useAdding = (): Adding => {
  const { computers, sync } = useJournal();
  const standing = usePairStanding();
  const { mayAdd } = useLive(computers);
  const notMet = useLive(sync).state === "notYetMet";
  if (standing === "left" || standing === "paused") return standing;
  if (standing !== "together") return "alone";
  if (mayAdd) return "may";
  return notMet ? "notMet" : "full";
};
