import type { SyncTruth } from "../../shared/journal/journal.ts";

/** Nothing has come from the other side since pairing: it may have gone wrong there at the last moment. */
export const neverHeard = (sync: SyncTruth): boolean =>
  sync.state === "notYetMet" || (sync.state === "waiting" && sync.heardDay === undefined);
