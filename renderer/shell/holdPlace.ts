/** The one method of `navigator.locks` that is needed here. */
export type Locks = {
  readonly request: (
    name: string,
    options: { readonly ifAvailable: true },
    callback: (lock: unknown) => Promise<void> | undefined,
  ) => Promise<unknown>;
};

/**
 * One open Twofold a profile: two tabs would write to the same ledger. Held until the page is gone; a profile is
 * an origin, so the name can be the same for all.
 */
export const holdPlace = (locks: Locks = navigator.locks): Promise<"held" | "taken"> =>
  new Promise((answer, fail) => {
    const untilThePageIsGone = new Promise<void>(() => undefined);
    locks
      .request("twofold-place", { ifAvailable: true }, (lock) => {
        answer(lock === null ? "taken" : "held");
        return lock === null ? undefined : untilThePageIsGone;
      })
      .catch(fail);
  });
