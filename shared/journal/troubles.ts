import type { Clock } from "../base/clock.ts";
import { createCell, type Live } from "../base/live.ts";
import { startOfDay } from "../base/startOfDay.ts";
import type { Trouble } from "./journal.ts";

/** What went wrong lately: codes and times, in memory only, so that a screen can say it plainly. */
export type TroubleBook = {
  readonly troubles: Live<readonly Trouble[]>;
  readonly add: (code: string) => void;
  readonly forget: () => void;
};

const most = 50;

export const createTroubleBook = (clock: Clock): TroubleBook => {
  const troubles = createCell<readonly Trouble[]>([]);
  return {
    troubles,
    forget: () => troubles.set([]),
    add: (code) => {
      const at = startOfDay(clock.now());
      const known = troubles.read();
      if (known.some((trouble) => trouble.code === code && trouble.at === at)) return;
      troubles.set([{ code, at }, ...known].slice(0, most));
    },
  };
};
