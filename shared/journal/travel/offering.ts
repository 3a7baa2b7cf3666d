import type { Cancel } from "../../base/clock.ts";
import type { DeviceId } from "../../base/ids.ts";
import { createQueue } from "../../base/queue.ts";
import type { Acked } from "../../carry/acks.ts";
import type { Airlock, Offered } from "../../carry/airlock.ts";
import type { Carrier, Carrying } from "../../carry/carrier.ts";
import { chainName } from "../../envelope/chain.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { IndexLine } from "../../ledger/indexLine.ts";
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
    const { airlock, offeredUpTo, offeredAhead } = lane;
    const here = shelf();
    const heard = acked();
    const { ledger, chains } = here;
    const chainsToOffer = offeredChains(chains, peer);
    const several = areSeveral(chains, chainsToOffer);
    const batch: { readonly line: IndexLine; readonly offered: Offered }[] = [];
    const reached = new Map<string, IndexLine>();
    const ahead = new Set(offeredAhead);
    /** Of which something could not be read: what follows it in its chain waits too. */
    const stuck = new Set<string>();
    // The next document has its own turn, and is told everything anew.
    const isOver = (): boolean => lane.stopped || lane.airlock !== airlock;
    let room = airlock.room();
    for (const next of waitingLines(here, chainsToOffer, heard, offeredUpTo)) {
      const { line } = next;
      if (isOver() || (room <= 0 && !several)) break;
      const chain = chainName(line.notebook, line.device);
      if ((room <= 0 && !next.first) || stuck.has(chain)) continue;
      if (line.notebook === chains.mine && line.device === chains.me && line.seq > dueUpTo())
        continue;
      if (!ahead.has(line.key)) {
        const envelope = await ledger.envelopeOf(line);
        if (!envelope.ok && isWithdrawn(ledger, line)) continue;
        if (!envelope.ok) {
          onTrouble(envelope.code);
          stuck.add(chain);
          continue;
        }
        room -= envelope.value.length;
        batch.push({ line, offered: { key: line.key, envelope: envelope.value } });
      }
      if (next.ahead) ahead.add(line.key);
      else reached.set(chain, line);
    }
    if (isOver()) return;
    // Reading takes its time, and an ack may have come in between: what it named would be released by nobody any more.
    const now = acked();
    const isWentBack = ({ notebook, device }: IndexLine): boolean =>
      now.upTo(notebook, device) < heard.upTo(notebook, device);
    const withdrawn = withdrawnKeys(here, chainsToOffer, now);
    airlock.offer(
      batch.flatMap(({ line: { notebook, device, seq, key }, offered }) =>
        seq > now.upTo(notebook, device) && !withdrawn.has(key) ? [offered] : [],
      ),
    );
    airlock.release(withdrawn);
    // Where it named less than before, the next turn begins there.
    const news = [...reached].filter(([, line]) => !isWentBack(line));
    for (const [chain, { seq }] of news) offeredUpTo.set(chain, seq);
    if (news.length === reached.size) for (const key of ahead) offeredAhead.add(key);
  };

  return {
    offer: (lane: Offering): void => {
      void turn(() => offerTo(lane));
    },
    settled: (): Promise<void> => turn(async () => {}),
  };
};
