import { accept, type Result } from "../../base/result.ts";
import type { Outcome } from "../../envelope/outcome.ts";
import type { CarriedLedger } from "../../ledger/carriedLedger.ts";
import type { StoreCode } from "../../ledger/stores.ts";

/** Whether anything of it was not here. Refused by the disk: nothing of it has happened. */
export const admitArrived = async (
  { receive }: Pick<CarriedLedger, "receive">,
  envelopes: readonly Uint8Array[],
  onTrouble: (code: string) => void,
): Promise<Result<boolean, StoreCode>> => {
  const outcomes = await receive(envelopes);
  if (!outcomes.ok) return outcomes;
  for (const outcome of outcomes.value) {
    if (outcome.outcome === "REFUSED") onTrouble(outcome.code);
  }
  return accept(outcomes.value.some(({ outcome }) => newHere.has(outcome)));
};

/** What waits for others is not here either, and comes again. */
const newHere: ReadonlySet<Outcome["outcome"]> = new Set([
  "ACCEPT",
  "FORK",
  "PENDING",
  "PENDING_SEEN",
]);
