import { createQueue } from "../../base/queue.ts";
import type { Acked } from "../../carry/acks.ts";
import type { Airlock, Offered } from "../../carry/airlock.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { isWithdrawn, waitingLines, withdrawnKeys } from "./waitingLines.ts";

/** One carrier's document, and what has been put into it so far. */
export type Offering = {
  airlock: Airlock;
  offeredUpTo: Map<string, number>;
  /** Redactions that were offered before their turn. */
  offeredAhead: Set<EnvelopeKey>;
  stopped: boolean;
};

export type OfferingParts = {
  readonly shelf: () => SharedShelf;
  readonly acked: () => Acked;
  /** Of my own notebook, up to which number it may go (pace.ts). */
  readonly dueUpTo: () => number;
  readonly onTrouble: (code: string) => void;
};

/** Puts what is not acknowledged into a document, as far as there is room, one document after another. */
export const createOffering = ({ shelf, acked, dueUpTo, onTrouble }: OfferingParts) => {
  const turn = createQueue();

  const offerOf = async (
    lane: Offering,
    notebook: SharedShelf["chains"]["mine"],
  ): Promise<void> => {
    const { ledger, chains } = shelf();
    const from = Math.max(acked().upTo(notebook), lane.offeredUpTo.get(notebook) ?? 0);
    const due = notebook === chains.mine ? dueUpTo() : Infinity;
    const batch: Offered[] = [];
    let room = lane.airlock.room();
    for (const { line, ahead } of waitingLines(ledger, acked(), notebook, from)) {
      if (room <= 0 || lane.stopped) break;
      if (line.seq > due) continue;
      if (!lane.offeredAhead.has(line.key)) {
        const envelope = await ledger.envelopeOf(line);
        if (!envelope.ok && isWithdrawn(ledger, line)) continue;
        if (!envelope.ok) {
          onTrouble(envelope.code);
          break;
        }
        room -= envelope.value.length;
        batch.push({ key: line.key, envelope: envelope.value });
      }
      if (ahead) lane.offeredAhead.add(line.key);
      else lane.offeredUpTo.set(notebook, line.seq);
    }
    if (lane.stopped) return;
    const withdrawn = withdrawnKeys(ledger, acked(), notebook);
    lane.airlock.offer(batch.filter(({ key }) => !withdrawn.has(key)));
    lane.airlock.release(withdrawn);
  };

  return {
    offer: (lane: Offering): void => {
      void turn(async () => {
        const { chains } = shelf();
        for (const notebook of [chains.mine, chains.ours]) await offerOf(lane, notebook);
      });
    },
    settled: (): Promise<void> => turn(async () => {}),
  };
};
