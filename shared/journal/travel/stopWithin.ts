import type { Cancel, Clock } from "../../base/clock.ts";
import type { Carrying } from "../../carry/carrier.ts";

/** A carrier has this long to stop, ms. */
const stopPatienceMs = 1_500;

/** A carrier that breaks or hangs while it stops must not keep a journal from locking. */
export const stopWithin = async (carrying: Carrying, clock: Clock): Promise<void> => {
  let cancel: Cancel = () => {};
  const patience = new Promise<void>((resolve) => {
    cancel = clock.after(stopPatienceMs, resolve);
  });
  const stopping = (async () => carrying.stop())().catch(() => undefined);
  await Promise.race([stopping, patience]);
  cancel();
};
