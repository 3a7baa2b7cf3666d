import type { Cancel, Clock } from "../../base/clock.ts";
import { noPage } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { refuse, type Result } from "../../base/result.ts";
import { slicesOf } from "../../base/slices.ts";
import { nothingAcked, readAcked, type Acked } from "../../carry/acks.ts";
import { createAirlock, type Offered } from "../../carry/airlock.ts";
import type { Carrier } from "../../carry/carrier.ts";
import { chainName } from "../../envelope/chain.ts";
import { decodeAck } from "../../envelope/ack.ts";
import type { LedgerMessage } from "../../ledger/book.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import { createAdmit } from "./admitArrived.ts";
import { createOwnAcks } from "./ownAcks.ts";
import { createOffering, type Lane } from "./offering.ts";
import { createPace } from "./pace.ts";
import { holdsWithin } from "./holdsWithin.ts";
import { createPhotoCarrying, type PhotosByFile, type PhotoTruth } from "./photoCarrying.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { offeredChains } from "../sharedChains.ts";
import { sliceLimits } from "./slices.ts";
import { stopWithin } from "./stopWithin.ts";
import { mayPhotosGo } from "./waitingLines.ts";

/**
 * Brings what is not acknowledged to the carriers and what arrives to the ledger, and keeps the acks
 * (PROTOCOL §8). A carrier only ever sees an airlock.
 */
export type Delivery = {
  readonly acked: Live<Acked>;
  /** Own words beyond this number are not on their way yet (pace.ts). */
  readonly dueUpTo: () => number;
  readonly due: Live<number>;
  /** Pages of mine of which the partner is known to want photos, and whether photos are missing here. */
  readonly photos: Live<PhotoTruth>;
  /** Reads the newest acks of both, before the first `carryWith`. */
  readonly start: () => Promise<void>;
  readonly carryWith: (carriers: readonly Carrier[]) => Promise<void>;
  /** Own words are on the disk: offer them. */
  readonly wrote: () => void;
  readonly admitted: (messages: readonly LedgerMessage[]) => void;
  /**
   * What came in a file, a slice at a time; whether anything of it was not here. Refused by the disk: nothing of it
   * has happened, and nobody tries it again.
   */
  readonly takeIn: (envelopes: readonly Uint8Array[]) => Promise<Result<boolean, StoreCode>>;
  readonly photosByFile: PhotosByFile;
  /** All of one's own words may go now. Whether the partner has acknowledged them within so long, ms. */
  readonly handOver: (ms: number) => Promise<boolean>;
  /** Acknowledges what was received, now and not soon; the first time also where that is nothing. */
  readonly ackNow: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type DeliveryParts = {
  readonly shelf: () => SharedShelf;
  readonly clock: Clock;
  readonly random: Random;
  /** Own words go out the moment they are written (pace.ts). */
  readonly atOnce: () => boolean;
  readonly onTrouble: (code: string) => void;
};

/** An ack waits this long for more to acknowledge, ms. */
const ackPauseMs = 150;
/** … but not while so much has come without one: the partner's window is to move on before it is used up, bytes. */
const ackAtLatest = 4 * 1024 * 1024;
/** What a full disk refused is tried again after this long, ms. */
const diskRetryMs = 5_000;
/** Carriers have this long for what was held until the end, ms. */
const farewellMs = 300;
/** After an airlock was given up, the next begins this much later, doubling up to a minute, ms. */
const freshStartMs = { first: 500, most: 60_000 };

export const createDelivery = (parts: DeliveryParts): Delivery => {
  const { clock, onTrouble } = parts;
  const acked = createCell<Acked>(nothingAcked);
  const taking = createQueue();
  const changingLanes = createQueue();
  let lanes: Lane[] = [];
  let cancelAck: Cancel = () => {};
  let cancelRetry: Cancel = () => {};
  let refusedByDisk: readonly Offered[] = [];
  /** Bytes since the last time that an ack was thought of. */
  let takenIn = 0;
  let stopped = false;
  const photos = createPhotoCarrying({
    shelf: parts.shelf,
    clock,
    onTrouble,
    mayGive: () => mayPhotosGo(parts.shelf(), acked.read()),
    refresh: () => {
      for (const lane of lanes) lane.airlock.refresh();
    },
  });

  const pace = createPace({
    clock,
    random: parts.random,
    atOnce: parts.atOnce,
    newest: () => {
      const { ledger, chains } = parts.shelf();
      return ledger.linesOf(chains.mine, chains.me).length;
    },
    onDue: () => offerEverywhere(),
  });

  const offering = createOffering({
    shelf: parts.shelf,
    acked: acked.read,
    dueUpTo: pace.dueUpTo,
    onTrouble,
  });

  const offerEverywhere = (): void => {
    for (const lane of lanes) offering.offer(lane);
  };

  const releaseAcked = (before: Acked, now: Acked): void => {
    const { ledger, chains } = parts.shelf();
    const offered = offeredChains(chains).map(({ notebook, device }) => ({
      lines: ledger.linesOf(notebook, device),
      name: chainName(notebook, device),
      from: before.upTo(notebook, device),
      to: now.upTo(notebook, device),
    }));
    const keys = offered.flatMap(({ lines, from, to }) =>
      lines.slice(from, Math.max(from, to)).map(({ key }) => key),
    );
    for (const lane of lanes) {
      lane.airlock.release(keys);
      // Acknowledged less than before: the partner's copy went back in time and needs them again.
      for (const { name, from, to } of offered) {
        if (to >= from) continue;
        lane.offeredUpTo.delete(name);
        lane.offeredAhead.clear();
      }
      offering.offer(lane);
      lane.airlock.refresh();
    }
  };

  const takeAck = (message: LedgerMessage): void => {
    const heads = decodeAck(message.body);
    if (!heads.ok) return onTrouble(heads.code);
    const { ledger, chains } = parts.shelf();
    const before = acked.read();
    const now = readAcked(
      heads.value,
      {
        ...chains,
        idAt: (notebook, device, seq) => ledger.linesOf(notebook, device)[seq - 1]?.id,
      },
      Math.min(message.time, clock.now()),
    );
    acked.set(now);
    releaseAcked(before, now);
  };

  const ownAcks = createOwnAcks({
    shelf: parts.shelf,
    clock,
    onWritten: offerEverywhere,
    onRefused: () => scheduleAck(diskRetryMs),
  });

  const ackIfNeeded = async (): Promise<void> => {
    takenIn = 0;
    if (!stopped) await ownAcks.writeIfNeeded();
  };

  const greet = async (): Promise<void> => {
    if (!stopped) await ownAcks.greet();
  };

  const admit = createAdmit({ ledger: () => parts.shelf().ledger, onTrouble });

  const receive = (arrived: readonly Offered[]): void => {
    void taking(async () => {
      for (const slice of slicesOf(arrived, ({ envelope }) => envelope.length, sliceLimits)) {
        if (stopped) return;
        const admitted = await admit(slice.map(({ envelope }) => envelope));
        if (!admitted.ok) {
          refusedByDisk = [...refusedByDisk, ...slice];
          cancelRetry();
          cancelRetry = clock.after(diskRetryMs, takeAgain);
        }
        takenIn += slice.reduce((sum, { envelope }) => sum + envelope.length, 0);
        if (takenIn >= ackAtLatest) await ackIfNeeded();
      }
      scheduleAck(ackPauseMs);
    });
  };

  /** The partner does not send again what lies in the airlock already: a full disk has to be asked again. */
  const takeAgain = (): void => {
    const again = refusedByDisk;
    refusedByDisk = [];
    if (!stopped && again.length > 0) receive(again);
  };

  const scheduleAck = (ms: number): void => {
    cancelAck();
    if (!stopped) cancelAck = clock.after(ms, () => void taking(ackIfNeeded));
  };

  const begin = (lane: Lane): void => {
    lane.ending = false;
    lane.airlock = createAirlock({
      receive,
      photos: photos.open(),
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
        void taking(greet);
      }
      if (event.type === "parted") void beginAnew(lane);
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

  /** What was held goes out before the door closes: whoever shares something and leaves has sent it. */
  const sayFarewell = async (): Promise<void> => {
    if (lanes.length === 0) return;
    offerEverywhere();
    await offering.settled();
    await new Promise<void>((over) => void clock.after(farewellMs, over));
  };

  const stopLanes = async (): Promise<void> => {
    const ending = lanes;
    lanes = [];
    for (const lane of ending) lane.stopped = true;
    await Promise.all(ending.map(end));
  };

  return {
    acked,
    dueUpTo: pace.dueUpTo,
    due: pace.due,
    photos: photos.truth,
    start: async () => {
      pace.start();
      await photos.start();
      const { ledger, chains } = parts.shelf();
      const theirs = await ledger.newestOf(chains.ours, chains.partner, "ack");
      if (theirs !== undefined) {
        takeAck({
          ...theirs.header,
          id: theirs.id,
          page: noPage,
          body: theirs.payload.body,
          doubtful: false,
          cameBack: false,
        });
      }
      await ownAcks.start();
    },
    carryWith: (carriers) =>
      changingLanes(async () => {
        await stopLanes();
        await taking(ackIfNeeded);
        if (stopped) return;
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
      }),
    wrote: pace.wrote,
    admitted: (messages) => {
      const { partner } = parts.shelf().chains;
      const newest = messages.findLast(({ kind, device }) => kind === "ack" && device === partner);
      if (newest !== undefined) takeAck(newest);
    },
    takeIn: (envelopes) =>
      taking(async () => {
        if (stopped) return refuse("STORE_CLOSED");
        const admitted = await admit(envelopes);
        if (admitted.ok) scheduleAck(ackPauseMs);
        return admitted;
      }),
    photosByFile: photos.byFile,
    handOver: async (ms) => {
      pace.hurry();
      if (stopped || lanes.length === 0) return false;
      offerEverywhere();
      const isThere = (now: Acked) => now.upTo(parts.shelf().chains.mine) >= pace.due.read();
      return holdsWithin(acked, isThere, ms, clock);
    },
    ackNow: () =>
      taking(async () => {
        await greet();
        await ackIfNeeded();
      }),
    stop: async () => {
      if (pace.hurry()) await sayFarewell();
      stopped = true;
      cancelAck();
      cancelRetry();
      photos.stop();
      await changingLanes(stopLanes);
      await taking(async () => {});
      await offering.settled();
    },
  };
};
