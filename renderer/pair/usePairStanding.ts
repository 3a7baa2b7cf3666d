import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/**
 * Where this journal stands towards another one. left: the partner has ended it · paused: from a backup, and the two
 * have not met since.
 */
export type PairStanding = "alone" | "together" | "paused" | "left" | "ended";

export const usePairStanding = (): PairStanding => {
  const { partner, sync, ending } = useJournal();
  const paired = useLive(partner) !== undefined;
  const paused = useLive(sync).state === "paused";
  const state = useLive(ending.state);
  const ended = useEnded();
  if (ended) return "ended";
  if (!paired) return "alone";
  if (state.state === "together" && state.partnerEnded !== undefined) return "left";
  return paused ? "paused" : "together";
};
