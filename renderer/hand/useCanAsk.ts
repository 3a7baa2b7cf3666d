import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** There is somebody to ask. */
export const useCanAsk = (): boolean => {
  const paired = useLive(useJournal().partner) !== undefined;
  return !useEnded() && paired;
};
