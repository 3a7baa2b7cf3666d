import type { Clock } from "../../shared/base/clock.ts";

/** How long a page waits to be gone before it goes on as it is, ms. */
export const goingPatience = 5_000;

export type GoAnewParts = {
  /** Resolves when nobody needs what this page shows over everything else (steadyHold.ts). */
  readonly free?: () => Promise<void>;
  /** True: it is being done. */
  readonly startAnew: (away: boolean) => Promise<boolean>;
  /** Words that could be written nowhere and would go with the page. */
  readonly holdsWords: () => boolean;
  readonly clock: Clock;
};

export type GoAnew = {
  /** A journal was open in this page. */
  readonly opened: () => void;
  /** It did not lock as it ought to: what it holds is not known, and stays. */
  readonly notLocked: () => void;
  /**
   * To be asked once all is locked. Resolves, if at all, where the page stays: nothing was open in it, words wait in
   * it, or the shell cannot load it anew. Danger: those words exist nowhere else.
   */
  readonly go: (away: () => boolean) => Promise<void>;
};

/** The engine's memory goes only with its page, whatever is overwritten in it: so the page goes after every locking. */
export const createGoAnew = ({
  startAnew,
  holdsWords,
  clock,
  free = async () => {},
}: GoAnewParts): GoAnew => {
  let wasOpen = false;
  let stays = false;
  let going: Promise<void> | undefined;

  const load = async (away: () => boolean): Promise<void> => {
    await free();
    // As it stands now: meanwhile somebody may have stepped out.
    const begun = await startAnew(away()).catch(() => false);
    if (begun) await new Promise<void>((over) => void clock.after(goingPatience, over));
    going = undefined;
  };
  return {
    opened: () => {
      wasOpen = true;
    },
    notLocked: () => {
      stays = true;
    },
    go: async (away) => {
      if (!wasOpen || stays || holdsWords()) return;
      going ??= load(away);
      await going;
    },
  };
};
