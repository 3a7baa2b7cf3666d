import { accept, type Result } from "../../base/result.ts";
import { chainName } from "../../envelope/chain.ts";
import type { Outcome } from "../../envelope/outcome.ts";
import type { CarriedLedger } from "../../ledger/carriedLedger.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import { sliceLimits } from "./slices.ts";

/** Whether anything of it was not here. Refused by the disk: nothing of it has happened. */
export type Admit = (envelopes: readonly Uint8Array[]) => Promise<Result<boolean, StoreCode>>;

export type AdmitParts = {
  readonly ledger: () => Pick<CarriedLedger, "receive">;
  readonly onTrouble: (code: string) => void;
};

type TurnedAway = { readonly seq: number; readonly envelope: Uint8Array };

/** Bytes of what was turned away. What is over comes again with the next connection. */
const mostTurnedAway = 32 * 1024 * 1024;

/**
 * What may not even wait for its predecessors, because too much waits already (HELD_FULL), is tried again when
 * something has come: its carrier has handed it over once, and does not do so twice.
 */
export const createAdmit = ({ ledger, onTrouble }: AdmitParts): Admit => {
  const turnedAway = new Map<string, TurnedAway[]>();
  let bytes = 0;

  const turnAway = (chain: string, one: TurnedAway): void => {
    if (bytes + one.envelope.length > mostTurnedAway) return;
    bytes += one.envelope.length;
    const waiting = turnedAway.get(chain) ?? [];
    waiting.push(one);
    turnedAway.set(chain, waiting);
  };

  /** The first of a chain, in its order. */
  const takeBack = (chain: string, count: number): readonly TurnedAway[] => {
    const waiting = turnedAway.get(chain) ?? [];
    waiting.sort((one, other) => one.seq - other.seq);
    const taken = waiting.splice(0, count);
    if (waiting.length === 0) turnedAway.delete(chain);
    for (const { envelope } of taken) bytes -= envelope.length;
    return taken;
  };

  const receive = async (
    envelopes: readonly Uint8Array[],
  ): Promise<Result<readonly Outcome[], StoreCode>> => {
    const received = await ledger().receive(envelopes);
    if (!received.ok) return received;
    for (const [index, outcome] of received.value.entries()) {
      if (outcome.outcome === "REFUSED") onTrouble(outcome.code);
      const envelope = envelopes[index];
      if (outcome.outcome !== "HELD_FULL" || envelope === undefined) continue;
      const { notebook, device, seq } = outcome.header;
      turnAway(chainName(notebook, device), { seq, envelope });
    }
    return received;
  };

  /** One to begin with: where its turn has not come, neither has that of those after it. */
  const tryChainAgain = async (chain: string): Promise<void> => {
    for (let count = 1; ; count = Math.min(2 * count, sliceLimits.count)) {
      const some = takeBack(chain, count);
      if (some.length === 0) return;
      const received = await receive(some.map(({ envelope }) => envelope));
      if (!received.ok) for (const one of some) turnAway(chain, one);
      if (!received.ok || received.value.every(({ outcome }) => outcome === "HELD_FULL")) return;
    }
  };

  return async (envelopes) => {
    const received = await receive(envelopes);
    if (!received.ok) return received;
    if (received.value.some(({ outcome }) => outcome === "ACCEPT"))
      for (const chain of [...turnedAway.keys()]) await tryChainAgain(chain);
    return accept(received.value.some(({ outcome }) => newHere.has(outcome)));
  };
};

/** What waits for others is not here either, and comes again. */
const newHere: ReadonlySet<Outcome["outcome"]> = new Set([
  "ACCEPT",
  "FORK",
  "PENDING",
  "PENDING_SEEN",
]);
