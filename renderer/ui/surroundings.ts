import { createContext, useContext } from "react";
import type { Clock } from "../../shared/base/clock.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import type { Journal } from "../../shared/journal/journal.ts";

/** What every screen may reach: the shell it runs in, the time, what steadies, and the way out. */
export type Surroundings = {
  readonly bridge: Bridge;
  readonly clock: Clock;
  readonly stepOut: () => void;
  /** Opens Steady over whatever is there. */
  readonly steady: () => void;
};

export const SurroundingsContext = createContext<Surroundings | undefined>(undefined);
export const JournalContext = createContext<Journal | undefined>(undefined);

export const useSurroundings = (): Surroundings => {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === undefined) throw new Error("a screen outside of App");
  return surroundings;
};

/** Only inside an unlocked journal. */
export const useJournal = (): Journal => {
  const journal = useContext(JournalContext);
  if (journal === undefined) throw new Error("a screen outside of the unlocked journal");
  return journal;
};
