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
    const chainsToOffer = offeredChains(chains, peer);
    const several = areSeveral(chains, chainsToOffer);
    const batch: Offered[] = [];
    /** Of which something could not be read: what follows it in its chain waits too. */
    const stuck = new Set<string>();
    let room = lane.airlock.room();
    const waiting = waitingLines(here, chainsToOffer, acked(), lane.offeredUpTo);
    for (const { line, ahead, first } of waiting) {
      if (lane.stopped || (room <= 0 && !several)) break;
      const chain = chainName(line.notebook, line.device);
      if ((room <= 0 && !first) || stuck.has(chain)) continue;
      if (line.notebook === chains.mine && line.device === chains.me && line.seq > dueUpTo())
        continue;
      if (!lane.offeredAhead.has(line.key)) {
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
      if (ahead) lane.offeredAhead.add(line.key);
      else lane.offeredUpTo.set(chain, line.seq);
    }
    if (lane.stopped) return;
    const withdrawn = withdrawnKeys(here, chainsToOffer, acked());
    lane.airlock.offer(batch.filter(({ key }) => !withdrawn.has(key)));
    lane.airlock.release(withdrawn);
  };

  return {
    offer: (lane: Offering): void => {
      void turn(() => offerTo(lane));
    },
    settled: (): Promise<void> => turn(async () => {}),
  };
};
