import { useJournal } from "./surroundings.ts";
import { useLive } from "./useLive.ts";

/** This person has ended the journal: nothing is shared any more. */
export const useEnded = (): boolean => useLive(useJournal().ending.state).state === "ended";
