import type { Clock } from "../base/clock.ts";
import type { Couple } from "../people/space.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";

export type HeardSinceParts = {
  readonly keyring: KeyringKeeper;
  readonly clock: Clock;
  readonly isLocked: () => boolean;
  readonly onTrouble: (code: string) => void;
};

/** What the disk refused is tried again after this long, ms. */
const retryMs = 5_000;

/**
 * The first word of the partner's since the two met again has come: they have stored that meeting too, and this journal
 * keeps the device that it has now. `epoch`: of the couple that carried the word.
 */
export const createHeardSince = ({ keyring, clock, isLocked, onTrouble }: HeardSinceParts) => {
  let noting = false;

  const heardSince = async (epoch: number): Promise<void> => {
    const isUnmet = (couple: Couple | undefined): boolean =>
      couple?.epoch === epoch && couple.before?.unmet === true;
    if (noting || isLocked() || !isUnmet(keyring.content.read().couple)) return;
    noting = true;
    const saved = await keyring.change((now) => {
      const { couple } = now;
      if (couple?.before === undefined || !isUnmet(couple)) return now;
      return { ...now, couple: { ...couple, before: { ...couple.before, unmet: false } } };
    });
    noting = false;
    if (saved.ok) return;
    onTrouble(saved.code);
    clock.after(retryMs, () => void heardSince(epoch));
  };
  return heardSince;
};
