import type { Clock } from "../base/clock.ts";
import { waitAfterWrongTries } from "../vault/attempts.ts";
import { vaultCost } from "../vault/vaultCost.ts";
import type { DoorView } from "./journal.ts";

/** Wrong tries in a row, kept across restarts; it only slows a hand at the keyboard. */
export type TryBook = {
  readonly read: () => { readonly wrong: number; readonly at: number };
  readonly write: (tries: { readonly wrong: number; readonly at: number }) => void;
};

/** How long until the next try, ms. */
export const waitLeft = (tries: TryBook, clock: Pick<Clock, "now">): number => {
  const { wrong, at } = tries.read();
  const now = clock.now();
  // A clock that was set back must not keep anyone out for longer than the wait itself.
  if (at > now) tries.write({ wrong, at: now });
  return Math.max(0, Math.min(at, now) + waitAfterWrongTries(wrong) - now);
};

/** What a vault that is there shows before anybody unlocks it. Needs no cryptography: the first screen waits for it. */
export const viewOfVault = (
  file: Uint8Array,
  tries: TryBook,
  clock: Pick<Clock, "now">,
): DoorView => {
  const fault = vaultCost(file);
  return fault.ok
    ? { state: "locked", waitMs: waitLeft(tries, clock) }
    : { state: "damaged", code: fault.code };
};
