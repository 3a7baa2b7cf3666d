import type { Cancel } from "../../base/clock.ts";
import type { DeviceId } from "../../base/ids.ts";
import { createQueue } from "../../base/queue.ts";
import type { Acked } from "../../carry/acks.ts";
import type { Airlock, Offered } from "../../carry/airlock.ts";
import type { Carrier, Carrying } from "../../carry/carrier.ts";
import { chainName } from "../../envelope/chain.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import { offeredChains } from "../sharedChains.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { areSeveral, isWithdrawn, waitingLines, withdrawnKeys } from "./waitingLines.ts";

/** One carrier's document, and what has been put into it so far. */
type Offering = {
  airlock: Airlock;
  /** By chain. */
  offeredUpTo: Map<string, number>;
  /** Redactions that were offered before their turn. */
  offeredAhead: Set<EnvelopeKey>;
  stopped: boolean;
};

/** The same, as long as its carrier is used. */
export type Lane = Offering & {
  readonly carrier: Carrier;
  carrying: Carrying | undefined;
  pauseMs: number;
  cancelRestart: Cancel;
  /** Between one document and the next. */
  ending: boolean;
};

/** What a peer's newest ack has changed. */
export type AckedChange = {
  /** Acknowledged by now. */
  readonly keys: readonly EnvelopeKey[];
  /** Chains of which less is acknowledged than before: its copy went back in time and needs them again. */
  readonly fewer: readonly string[];
};

export type OfferingParts = {
  readonly shelf: () => SharedShelf;
  readonly peer: DeviceId;
  readonly acked: () => Acked;
  /** Of my own notebook, up to which number it may go (pace.ts). */
  readonly dueUpTo: () => number;
  readonly onTrouble: (code: string) => void;
};

/** Puts what a peer has not acknowledged into a document, as far as there is room, one document after another. */
export const createOffering = ({ shelf, peer, acked, dueUpTo, onTrouble }: OfferingParts) => {
  const turn = createQueue();

  const offerTo = async (lane: Offering): Promise<void> => {
    const here = shelf();
    const { ledger, chains } = here;
    // While this reads, another document may take the place of this one. Danger: what is noted of the one counts for
    // nothing in the other, which would never be given what came before.
    const { airlock, offeredUpTo, offeredAhead } = lane;
    const chainsToOffer = offeredChains(chains, peer);
    const several = areSeveral(chains, chainsToOffer);
    const batch: Offered[] = [];
    /** Of which something could not be read: what follows it in its chain waits too. */
    const stuck = new Set<string>();
    let room = airlock.room();
    const waiting = waitingLines(here, chainsToOffer, acked(), offeredUpTo);
    for (const { line, ahead, first } of waiting) {
      if (lane.stopped || (room <= 0 && !several)) break;
      const chain = chainName(line.notebook, line.device);
      if ((room <= 0 && !first) || stuck.has(chain)) continue;
      if (line.notebook === chains.mine && line.device === chains.me && line.seq > dueUpTo())
        continue;
      if (!offeredAhead.has(line.key)) {
        const envelope = await ledger.envelopeOf(line);
        if (!envelope.ok && isWithdrawn(ledger, line)) continue;
        if (!envelope.ok) {
          onTrouble(envelope.code);
          stuck.add(chain);
          continue;
        }
        room -= envelope.value.length;
        batch.push({ key: line.key, envelope: envelope.value });
      }
      if (ahead) offeredAhead.add(line.key);
      else offeredUpTo.set(chain, line.seq);
    }
    if (lane.stopped) return;
    const withdrawn = withdrawnKeys(here, chainsToOffer, acked());
    airlock.offer(batch.filter(({ key }) => !withdrawn.has(key)));
    airlock.release(withdrawn);
  };

  const releaseFrom = (lane: Offering, { keys, fewer }: AckedChange): void => {
    lane.airlock.release(keys);
    if (fewer.length === 0) return;
    for (const chain of fewer) lane.offeredUpTo.delete(chain);
    lane.offeredAhead.clear();
  };

  return {
    offer: (lane: Offering): void => {
      void turn(() => offerTo(lane));
    },
    /** In turn: what is just being read to be offered would otherwise come in after it was acknowledged, and stay. */
    release: (lane: Offering, change: AckedChange): void => {
      void turn(async () => releaseFrom(lane, change));
    },
    settled: (): Promise<void> => turn(async () => {}),
  };
};
