import type { Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";
import type { PaceView } from "../page/pace.ts";
import type { PaceCard } from "../page/paceDeck.ts";
import type { PageCode } from "./openPage.ts";

/** Pace cards: what both chose is shown to both, and of the rest nothing (docs/protocol.md §12). */
export type Pacing = {
  readonly pace: Live<PaceView>;
  /** Lays mine, or lays them beside what the other laid. What was chosen is kept nowhere. */
  readonly layPace: (chosen: readonly PaceCard[]) => Promise<Result<void, PageCode | "NOT_PAIRED">>;
  /** Takes mine back, and away what lay there before. By either, at any time. */
  readonly clearPace: () => Promise<Result<void, PageCode>>;
};
