import type { Clock } from "../../base/clock.ts";
import type { DeviceId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { nothingAcked, readAcked, type Acked } from "../../carry/acks.ts";
import { createAirlock, type Offered } from "../../carry/airlock.ts";
import type { Carrier } from "../../carry/carrier.ts";
import { decodeAck } from "../../envelope/ack.ts";
import { chainName } from "../../envelope/chain.ts";
import type { LedgerMessage } from "../../ledger/book.ts";
import { offeredChains } from "../sharedChains.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { createOffering, type Lane } from "./offering.ts";
import type { PeerPhotos } from "./peerPhotos.ts";
import { stopWithin } from "./stopWithin.ts";

/** What goes to one other device: whatever it has not acknowledged, to every carrier that leads to it. */
export type PeerLanes = {
  readonly peer: DeviceId;
  /** By its newest ack. */
  readonly acked: Live<Acked>;
  readonly takeAck: (ack: Pick<LedgerMessage, "body" | "time">) => void;
  readonly begin: (carriers: readonly Carrier[]) => void;
  /** Puts what may go by now into every document. */
  readonly offer: () => void;
  /** What is wanted of photos, or may be handed over, may have changed. */
  readonly refresh: () => void;
  /** Nothing that was offered is still on its way into a document. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type PeerLanesParts = {
  readonly peer: DeviceId;
  readonly shelf: () => SharedShelf;
  readonly photos: PeerPhotos;
  readonly clock: Clock;
  /** Of my own notebook, up to which number it may go (pace.ts). */
  readonly dueUpTo: () => number;
  readonly receive: (arrived: readonly Offered[]) => void;
  /** The two have found each other. */
  readonly onMet: () => void;
  /** What was known, and what is by now; before anything else follows from it. */
  readonly onAcked: (before: Acked, now: Acked) => void;
  readonly onTrouble: (code: string) => void;
};

/** After an airlock was given up, the next begins this much later, doubling up to a minute, ms. */
const freshStartMs = { first: 500, most: 60_000 };

export const createPeerLanes = (parts: PeerLanesParts): PeerLanes => {
  const { peer, shelf, photos, clock, onTrouble } = parts;
  const acked = createCell<Acked>(nothingAcked);
  const offering = createOffering({ ...parts, acked: acked.read });
  let lanes: Lane[] = [];

  const offer = (): void => {
    for (const lane of lanes) offering.offer(lane);
  };

  const releaseAcked = (before: Acked, now: Acked): void => {
    const { ledger, chains } = shelf();
    const offered = offeredChains(chains, peer).map(({ notebook, device }) => ({
      lines: ledger.linesOf(notebook, device),
      name: chainName(notebook, device),
      from: before.upTo(notebook, device),
      to: now.upTo(notebook, device),
    }));
    const keys = offered.flatMap(({ lines, from, to }) =>
      lines.slice(from, Math.max(from, to)).map(({ key }) => key),
    );
    const fewer = offered.filter(({ from, to }) => to < from).map(({ name }) => name);
    for (const lane of lanes) {
      offering.release(lane, { keys, fewer });
      offering.offer(lane);
      lane.airlock.refresh();
    }
  };

  const begin = (lane: Lane): void => {
    lane.ending = false;
    lane.airlock = createAirlock({
      receive: parts.receive,
      photos: photos.open(),
      // Only where others hand over the same as well.
      heedsTheirs: shelf().chains.peers.length > 1,
      abandon: () => {
        onTrouble("TOO_MUCH");
        void beginAnew(lane);
      },
    });
    lane.offeredUpTo = new Map();
    lane.offeredAhead = new Set();
    const airlock = lane.airlock;
    offering.offer(lane);
    airlock.refresh();
    lane.carrying = lane.carrier.carry(airlock.doc, (event) => {
      if (lane.stopped || lane.airlock !== airlock) return;
      if (event.type === "trouble") onTrouble(event.code);
      if (event.type === "met") {
        lane.pauseMs = freshStartMs.first;
        photos.met();
        parts.onMet();
      }
      if (event.type === "parted") {
        photos.parted();
        void beginAnew(lane);
      }
    });
  };

  const end = async (lane: Lane): Promise<void> => {
    lane.cancelRestart();
    lane.airlock.close();
    if (lane.carrying !== undefined) await stopWithin(lane.carrying, clock);
    lane.carrying = undefined;
    lane.airlock.doc.destroy();
  };

  /** A disposable document is thrown away with everything that the other side may have put into it. */
  const beginAnew = async (lane: Lane): Promise<void> => {
    if (lane.ending) return;
    lane.ending = true;
    const { pauseMs } = lane;
    lane.pauseMs = Math.min(freshStartMs.most, pauseMs * 2);
    await end(lane);
    if (lane.stopped) return;
    lane.cancelRestart = clock.after(pauseMs, () => begin(lane));
  };

  return {
    peer,
    acked,
    takeAck: ({ body, time }) => {
      const heads = decodeAck(body);
      if (!heads.ok) return onTrouble(heads.code);
      const { ledger, chains } = shelf();
      const inUse = new Set([...chains.inUse.mine, ...chains.inUse.theirs]);
      const before = acked.read();
      const now = readAcked(
        heads.value,
        {
          ...{ me: chains.me, peer, isGone: (device) => !inUse.has(device) },
          idAt: (notebook, device, seq) => ledger.linesOf(notebook, device)[seq - 1]?.id,
        },
        Math.min(time, clock.now()),
      );
      acked.set(now);
      parts.onAcked(before, now);
      releaseAcked(before, now);
    },
    begin: (carriers) => {
      lanes = carriers.map((carrier) => ({
        carrier,
        airlock: createAirlock({ receive: () => {}, abandon: () => {} }),
        carrying: undefined,
        offeredUpTo: new Map(),
        offeredAhead: new Set(),
        pauseMs: freshStartMs.first,
        cancelRestart: () => {},
        ending: false,
        stopped: false,
      }));
      for (const lane of lanes) begin(lane);
    },
    offer,
    refresh: () => {
      for (const lane of lanes) lane.airlock.refresh();
    },
    settled: offering.settled,
    stop: async () => {
      const ending = lanes;
      lanes = [];
      for (const lane of ending) lane.stopped = true;
      await Promise.all(ending.map(end));
    },
  };
};
