import type { Cancel, Clock } from "../../base/clock.ts";
import { noPage } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import { nothingAcked, needsAck, readAcked, type Acked } from "../../carry/acks.ts";
import { createAirlock, type Airlock, type Offered } from "../../carry/airlock.ts";
import type { Carrier, Carrying } from "../../carry/carrier.ts";
import { decodeAck, encodeAck } from "../../envelope/ack.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { LedgerMessage } from "../../ledger/book.ts";
import { createPhotoCarrying, type PhotoTruth } from "./photoCarrying.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { slicesOf } from "./slices.ts";
import { stopWithin } from "./stopWithin.ts";
import { isWithdrawn, waitingLines, withdrawnKeys } from "./waitingLines.ts";

/**
 * Brings what is not acknowledged to the carriers and what arrives to the ledger, and keeps the acks
 * (PROTOCOL §8). A carrier only ever sees an airlock.
 */
export type Delivery = {
  readonly acked: Live<Acked>;
  /** Pages of mine of which the partner is known to want photos, and whether photos are missing here. */
  readonly photos: Live<PhotoTruth>;
  /** Reads the newest acks of both, before the first `carryWith`. */
  readonly start: () => Promise<void>;
  readonly carryWith: (carriers: readonly Carrier[]) => Promise<void>;
  /** Own words are on the disk: offer them. */
  readonly wrote: () => void;
  readonly admitted: (messages: readonly LedgerMessage[]) => void;
  readonly stop: () => Promise<void>;
};

export type DeliveryParts = {
  readonly shelf: () => SharedShelf;
  readonly clock: Clock;
  readonly onTrouble: (code: string) => void;
};

/** An ack waits this long for more to acknowledge, ms. */
const ackPauseMs = 150;
/** What a full disk refused is tried again after this long, ms. */
const diskRetryMs = 5_000;
/** After an airlock was given up, the next begins this much later, doubling up to a minute, ms. */
const freshStartMs = { first: 500, most: 60_000 };

type Lane = {
  readonly carrier: Carrier;
  airlock: Airlock;
  carrying: Carrying | undefined;
  offeredUpTo: Map<string, number>;
  /** Redactions that were offered before their turn. */
  offeredAhead: Set<EnvelopeKey>;
  pauseMs: number;
  cancelRestart: Cancel;
  /** Between one document and the next. */
  ending: boolean;
  stopped: boolean;
};

export const createDelivery = (parts: DeliveryParts): Delivery => {
  const { clock, onTrouble } = parts;
  const acked = createCell<Acked>(nothingAcked);
  const offering = createQueue();
  const taking = createQueue();
  const changingLanes = createQueue();
  let lanes: Lane[] = [];
  let namedInMyAck = new Map<string, number>();
  let hasAcked = false;
  let cancelAck: Cancel = () => {};
  let cancelRetry: Cancel = () => {};
  let refusedByDisk: readonly Offered[] = [];
  let stopped = false;
  const photos = createPhotoCarrying({
    shelf: parts.shelf,
    clock,
    onTrouble,
    mayGive: () => {
      const { ledger, chains } = parts.shelf();
      return ledger.ownAfter(chains.mine, acked.read().upTo(chains.mine)).length === 0;
    },
    refresh: () => {
      for (const lane of lanes) lane.airlock.refresh();
    },
  });

  const ownNotebooks = () => [parts.shelf().chains.mine, parts.shelf().chains.ours];

  const offerWaiting = (lane: Lane): void => {
    void offering(async () => {
      const { ledger } = parts.shelf();
      for (const notebook of ownNotebooks()) {
        const from = Math.max(acked.read().upTo(notebook), lane.offeredUpTo.get(notebook) ?? 0);
        const batch: Offered[] = [];
        let room = lane.airlock.room();
        for (const { line, ahead } of waitingLines(ledger, acked.read(), notebook, from)) {
          if (room <= 0 || lane.stopped) break;
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
        if (lane.stopped) continue;
        const withdrawn = withdrawnKeys(ledger, acked.read(), notebook);
        lane.airlock.offer(batch.filter(({ key }) => !withdrawn.has(key)));
        lane.airlock.release(withdrawn);
      }
    });
  };

  const releaseAcked = (before: Acked, now: Acked): void => {
    const { ledger } = parts.shelf();
    const keys = ownNotebooks().flatMap((notebook) =>
      ledger
        .ownAfter(notebook, before.upTo(notebook))
        .slice(0, Math.max(0, now.upTo(notebook) - before.upTo(notebook)))
        .map(({ key }) => key),
    );
    for (const lane of lanes) {
      lane.airlock.release(keys);
      // Acknowledged less than before: the partner's copy went back in time and needs them again.
      for (const notebook of ownNotebooks()) {
        if (now.upTo(notebook) < before.upTo(notebook)) {
          lane.offeredUpTo.delete(notebook);
          lane.offeredAhead.clear();
        }
      }
      offerWaiting(lane);
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
      chains.me,
      (notebook, device, seq) => ledger.linesOf(notebook, device)[seq - 1]?.id,
      Math.min(message.time, clock.now()),
    );
    acked.set(now);
    releaseAcked(before, now);
  };

  const partnerLinesBeyondMyAck = () => {
    const { ledger, chains } = parts.shelf();
    return [chains.theirs, chains.ours].flatMap((notebook) =>
      ledger.linesOf(notebook, chains.partner).slice(namedInMyAck.get(notebook) ?? 0),
    );
  };

  const ackIfNeeded = async (): Promise<void> => {
    if (!stopped && needsAck(partnerLinesBeyondMyAck())) await writeAck();
  };

  /** Once, when the two computers first meet: before any word each knows that the other holds the same keys. */
  const greet = async (): Promise<void> => {
    if (!stopped && !hasAcked) await writeAck();
  };

  const writeAck = async (): Promise<void> => {
    const { ledger, chains } = parts.shelf();
    const heads = ledger.heads();
    const written = await ledger.write({
      notebook: chains.ours,
      kind: "ack",
      page: noPage,
      body: encodeAck(heads),
      time: noonOf(clock.now()),
    });
    if (!written.ok) return scheduleAck(diskRetryMs);
    rememberMyAck(heads);
    for (const lane of lanes) offerWaiting(lane);
  };

  const rememberMyAck = (
    heads: readonly { notebook: string; device: string; seq: number }[],
  ): void => {
    const { partner } = parts.shelf().chains;
    hasAcked = true;
    namedInMyAck = new Map(
      heads.filter(({ device }) => device === partner).map(({ notebook, seq }) => [notebook, seq]),
    );
  };

  const receive = (arrived: readonly Offered[]): void => {
    void taking(async () => {
      for (const slice of slicesOf(arrived)) {
        if (stopped) return;
        const outcomes = await parts.shelf().ledger.receive(slice.map(({ envelope }) => envelope));
        if (!outcomes.ok) {
          refusedByDisk = [...refusedByDisk, ...slice];
          cancelRetry();
          cancelRetry = clock.after(diskRetryMs, takeAgain);
          continue;
        }
        for (const outcome of outcomes.value) {
          if (outcome.outcome === "REFUSED") onTrouble(outcome.code);
        }
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
    offerWaiting(lane);
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

  const stopLanes = async (): Promise<void> => {
    const ending = lanes;
    lanes = [];
    for (const lane of ending) lane.stopped = true;
    await Promise.all(ending.map(end));
  };

  return {
    acked,
    photos: photos.truth,
    start: async () => {
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
        });
      }
      const mine = await ledger.newestOf(chains.ours, chains.me, "ack");
      const named = mine && decodeAck(mine.payload.body);
      if (named?.ok === true) rememberMyAck(named.value);
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
    wrote: () => {
      for (const lane of lanes) offerWaiting(lane);
    },
    admitted: (messages) => {
      const { partner } = parts.shelf().chains;
      const newest = messages.findLast(({ kind, device }) => kind === "ack" && device === partner);
      if (newest !== undefined) takeAck(newest);
    },
    stop: async () => {
      stopped = true;
      cancelAck();
      cancelRetry();
      photos.stop();
      await changingLanes(stopLanes);
      await taking(async () => {});
      await offering(async () => {});
    },
  };
};

/**
 * An ack is written the moment something arrives, so its time would tell who was awake when: it says the day
 * and no more (PRODUCT, safety 2 and 3).
 */
const noonOf = (time: number): number => new Date(time).setHours(12, 0, 0, 0);
