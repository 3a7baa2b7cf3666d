import { accept, type Result } from "../../base/result.ts";
import { chainName } from "../../envelope/chain.ts";
import { envelopeKey, type EnvelopeKey } from "../../envelope/envelope.ts";
import type { Giver } from "../../envelope/verify.ts";
import type { Outcome } from "../../envelope/outcome.ts";
import type { CarriedLedger } from "../../ledger/carriedLedger.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import { sliceLimits } from "./slices.ts";

/** Whether anything of it was not here. Refused by the disk: nothing of it has happened. */
export type Admit = (
  envelopes: readonly Uint8Array[],
  giver?: Giver,
) => Promise<Result<boolean, StoreCode>>;

export type AdmitParts = {
  readonly ledger: () => Pick<CarriedLedger, "receive">;
  readonly onTrouble: (code: string) => void;
};

type TurnedAway = { readonly seq: number; readonly envelope: Uint8Array; readonly giver: Giver };

type Arrived = Pick<TurnedAway, "envelope" | "giver">;

/** Bytes of what was turned away. What is over comes again with the next connection. */
const mostTurnedAway = 32 * 1024 * 1024;

/**
 * What may not even wait for its predecessors, because too much waits already (HELD_FULL), is tried again when
 * something has come: its carrier has handed it over once, and does not do so twice. So is what another computer of
 * mine may yet vouch for (UNVOUCHED), also when something has come that waits: it may be that word, which counts at
 * once.
 */
export const createAdmit = ({ ledger, onTrouble }: AdmitParts): Admit => {
  /** By chain, and there by the name of the envelope: several may hand over the same. */
  const turnedAway = new Map<string, Map<EnvelopeKey, TurnedAway>>();
  /** The chains of which something was turned away because nobody vouches for it. */
  const unvouched = new Set<string>();
  let bytes = 0;

  const turnAway = (chain: string, one: TurnedAway): void => {
    const waiting = turnedAway.get(chain) ?? new Map<EnvelopeKey, TurnedAway>();
    const key = envelopeKey(one.envelope);
    // The same from the hands of another computer of mine counts for more.
    if (waiting.has(key) && one.giver === "mine") waiting.set(key, one);
    if (waiting.has(key) || bytes + one.envelope.length > mostTurnedAway) return;
    bytes += one.envelope.length;
    turnedAway.set(chain, waiting.set(key, one));
  };

  /** The first of a chain, in its order. */
  const takeBack = (chain: string, count: number): readonly TurnedAway[] => {
    const waiting = turnedAway.get(chain) ?? new Map<EnvelopeKey, TurnedAway>();
    const taken = [...waiting]
      .toSorted(([, one], [, other]) => one.seq - other.seq)
      .slice(0, count);
    for (const [key, { envelope }] of taken) {
      waiting.delete(key);
      bytes -= envelope.length;
    }
    if (waiting.size === 0) {
      turnedAway.delete(chain);
      unvouched.delete(chain);
    }
    return taken.map(([, one]) => one);
  };

  const receive = async (
    arrived: readonly Arrived[],
  ): Promise<Result<readonly Outcome[], StoreCode>> => {
    const ofMine = arrived.filter(({ giver }) => giver === "mine");
    const received = await ledger().receive(
      arrived.map(({ envelope }) => envelope),
      new Set(ofMine.map(({ envelope }) => envelope)),
    );
    if (!received.ok) return received;
    for (const [index, outcome] of received.value.entries()) {
      if (outcome.outcome === "REFUSED") onTrouble(outcome.code);
      const one = arrived[index];
      if (!isTurnedAway(outcome) || one === undefined) continue;
      const { notebook, device, seq } = outcome.header;
      const chain = chainName(notebook, device);
      turnAway(chain, { ...one, seq });
      if (outcome.outcome === "UNVOUCHED") unvouched.add(chain);
    }
    return received;
  };

  /** One to begin with: where its turn has not come, neither has that of those after it. */
  const tryChainAgain = async (chain: string): Promise<void> => {
    for (let count = 1; ; count = Math.min(2 * count, sliceLimits.count)) {
      const some = takeBack(chain, count);
      if (some.length === 0) return;
      const received = await receive(some);
      if (!received.ok) for (const one of some) turnAway(chain, one);
      if (!received.ok || received.value.every(isTurnedAway)) return;
    }
  };

  return async (envelopes, giver = "anybody") => {
    const received = await receive(envelopes.map((envelope) => ({ envelope, giver })));
    if (!received.ok) return received;
    const codes = new Set(received.value.map(({ outcome }) => outcome));
    const retried = codes.has("ACCEPT")
      ? [...turnedAway.keys()]
      : codes.has("PENDING") || codes.has("PENDING_SEEN")
        ? [...unvouched]
        : [];
    for (const chain of retried) await tryChainAgain(chain);
    return accept(received.value.some(({ outcome }) => newHere.has(outcome)));
  };
};

type TurnedAwayOutcome = Extract<Outcome, { outcome: "HELD_FULL" | "UNVOUCHED" }>;

const isTurnedAway = (outcome: Outcome): outcome is TurnedAwayOutcome =>
  outcome.outcome === "HELD_FULL" || outcome.outcome === "UNVOUCHED";

/** What waits for others is not here either, and comes again. */
const newHere: ReadonlySet<Outcome["outcome"]> = new Set([
  "ACCEPT",
  "FORK",
  "PENDING",
  "PENDING_SEEN",
]);
