import type { Cancel, Clock } from "../../base/clock.ts";
import type { DeviceId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { refuse, type Result } from "../../base/result.ts";
import { slicesOf } from "../../base/slices.ts";
import { furthestAcked, nothingAcked, type Acked } from "../../carry/acks.ts";
import type { Offered } from "../../carry/airlock.ts";
import type { Carrier } from "../../carry/carrier.ts";
import type { Giver } from "../../envelope/verify.ts";
import type { LedgerMessage } from "../../ledger/book.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { ChunkName } from "../../page/photo.ts";
import type { Peer } from "../sharedChains.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { createAdmit } from "./admitArrived.ts";
import { holdsWithin } from "./holdsWithin.ts";
import { createOwnAcks } from "./ownAcks.ts";
import { createPace } from "./pace.ts";
import { createPeerLanes, type PeerLanes } from "./peerLanes.ts";
import type { PeerPhotos } from "./peerPhotos.ts";
import { createPhotoCarrying, type PhotoTruth, type TakePhotos } from "./photoCarrying.ts";
import { sliceLimits } from "./slices.ts";
import { mayPhotosGo } from "./waitingLines.ts";

/**
 * Brings what is not acknowledged to the carriers and what arrives to the ledger, and keeps the acks
 * (PROTOCOL §8). A carrier only ever sees an airlock. What goes out goes to each other device for itself
 * (peerLanes.ts); what comes in is one for all.
 */
export type Delivery = {
  /** By the partner, whichever of their devices it is. */
  readonly acked: Live<Acked>;
  /** Own words beyond this number are not on their way yet (pace.ts). */
  readonly dueUpTo: () => number;
  readonly due: Live<number>;
  /** Pages of mine of which the partner is known to want photos, and whether photos are missing here. */
  readonly photos: Live<PhotoTruth>;
  /** By each other device; there once `start` was called. */
  readonly peers: () => readonly PeerDelivery[];
  /** Reads the newest acks of all, before the first `carryWith`. */
  readonly start: () => Promise<void>;
  /** In place of those that there were. */
  readonly carryWith: (carriers: readonly PeerCarrier[]) => Promise<void>;
  /** Own words are on the disk: offer them. */
  readonly wrote: () => void;
  readonly admitted: (messages: readonly LedgerMessage[]) => void;
  /**
   * What came in a file, a slice at a time; whether anything of it was not here. Refused by the disk: nothing of it
   * has happened, and nobody tries it again.
   */
  readonly takeIn: (envelopes: readonly Uint8Array[]) => Promise<Result<boolean, StoreCode>>;
  readonly takePhotos: TakePhotos;
  /** All of one's own words may go now. Whether the partner has acknowledged them within so long, ms. */
  readonly handOver: (ms: number) => Promise<boolean>;
  /** Acknowledges what was received, now and not soon; the first time also where that is nothing. */
  readonly ackNow: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What is known of one other device. */
export type PeerDelivery = Peer & {
  readonly acked: Live<Acked>;
  /** What it is known to want of photos. */
  readonly wanted: () => ReadonlySet<ChunkName>;
  /** What it wants by now, as a file says it. */
  readonly heard: PeerPhotos["heard"];
};

/** A carrier leads to one other device. */
export type PeerCarrier = { readonly peer: DeviceId; readonly carrier: Carrier };

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
/** … but not while so much has come without one: the sender's window is to move on before it is used up, bytes. */
const ackAtLatest = 4 * 1024 * 1024;
/** What a full disk refused is tried again after this long, ms. */
const diskRetryMs = 5_000;
/** Carriers have this long for what was held until the end, ms. */
const farewellMs = 300;

type OnePeer = { readonly peer: Peer; readonly lanes: PeerLanes; readonly photos: PeerPhotos };

export const createDelivery = (parts: DeliveryParts): Delivery => {
  const { clock, onTrouble } = parts;
  const acked = createCell<Acked>(nothingAcked);
  const taking = createQueue();
  const changingLanes = createQueue();
  let peers: readonly OnePeer[] = [];
  let isCarrying = false;
  let cancelAck: Cancel = () => {};
  let cancelRetry: Cancel = () => {};
  let refusedByDisk: readonly { readonly slice: readonly Offered[]; readonly giver: Giver }[] = [];
  /** Bytes since the last time that an ack was thought of. */
  let takenIn = 0;
  let started = false;
  let stopped = false;
  const photos = createPhotoCarrying({
    shelf: parts.shelf,
    clock,
    onTrouble,
    refresh: () => {
      for (const { lanes } of peers) lanes.refresh();
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

  const offerEverywhere = (): void => {
    for (const { lanes } of peers) lanes.offer();
  };

  const ownAcks = createOwnAcks({
    shelf: parts.shelf,
    clock,
    onWritten: offerEverywhere,
    onRefused: () => scheduleAck(diskRetryMs),
  });

  /** Own acks, in turn with what is taken in. */
  const inTurn = (write: () => Promise<void>): void => {
    void taking(async () => {
      if (!stopped) await write();
    });
  };

  const ackIfNeeded = async (): Promise<void> => {
    takenIn = 0;
    if (!stopped) await ownAcks.writeIfNeeded();
  };

  /**
   * A peer has learned of another computer of mine: what it wrote before has no tag for that one, which takes it by my
   * word. Its words are acknowledged in any case; its acks would be no reason for an ack.
   */
  const hasLearned = (before: Acked, now: Acked): boolean => {
    const { ledger, chains } = parts.shelf();
    return chains.inUse.mine.some((device) =>
      ledger
        .linesOf(chains.ours, device)
        .slice(before.upTo(chains.ours, device), now.upTo(chains.ours, device))
        .some(({ kind }) => kind === "roster"),
    );
  };

  const showAcked = (): void => {
    const of = (owner: Peer["owner"]): readonly Acked[] =>
      peers.filter(({ peer }) => peer.owner === owner).map(({ lanes }) => lanes.acked.read());
    acked.set(furthestAcked(of("partner"), of("me")));
    photos.wordsWent();
  };

  const join = (peer: Peer): OnePeer => {
    const { device } = peer;
    const photosOfIt = photos.join(peer, () =>
      mayPhotosGo(parts.shelf(), lanes.acked.read(), device),
    );
    const lanes: PeerLanes = createPeerLanes({
      ...{ peer: device, shelf: parts.shelf, photos: photosOfIt, clock, onTrouble },
      receive: (arrived) => receive(arrived, peer.owner === "me" ? "mine" : "anybody"),
      dueUpTo: pace.dueUpTo,
      onMet: () => inTurn(() => ownAcks.greet(device)),
      onAcked: (before, now) => {
        showAcked();
        if (started && hasLearned(before, now)) inTurn(ownAcks.nameAll);
      },
    });
    return { peer, lanes, photos: photosOfIt };
  };

  const admit = createAdmit({ ledger: () => parts.shelf().ledger, onTrouble });

  const receive = (arrived: readonly Offered[], giver: Giver): void => {
    void taking(async () => {
      for (const slice of slicesOf(arrived, ({ envelope }) => envelope.length, sliceLimits)) {
        if (stopped) return;
        const admitted = await admit(
          slice.map(({ envelope }) => envelope),
          giver,
        );
        if (!admitted.ok) {
          refusedByDisk = [...refusedByDisk, { slice, giver }];
          cancelRetry();
          cancelRetry = clock.after(diskRetryMs, takeAgain);
        } else if (admitted.value) passOn();
        takenIn += slice.reduce((sum, { envelope }) => sum + envelope.length, 0);
        if (takenIn >= ackAtLatest) await ackIfNeeded();
      }
      scheduleAck(ackPauseMs);
    });
  };

  /** What one of several has brought goes to the others at once: they may never meet each other. */
  const passOn = (): void => {
    if (peers.length > 1) offerEverywhere();
  };

  /** Nobody sends again what lies in the airlock already: a full disk has to be asked again. */
  const takeAgain = (): void => {
    const again = refusedByDisk;
    refusedByDisk = [];
    if (!stopped) for (const { slice, giver } of again) receive(slice, giver);
  };

  const scheduleAck = (ms: number): void => {
    cancelAck();
    if (!stopped) cancelAck = clock.after(ms, () => void taking(ackIfNeeded));
  };

  /** What was held goes out before the door closes: whoever shares something and leaves has sent it. */
  const sayFarewell = async (): Promise<void> => {
    if (!isCarrying) return;
    offerEverywhere();
    await settled();
    await new Promise<void>((over) => void clock.after(farewellMs, over));
  };

  const settled = async (): Promise<void> => {
    await Promise.all(peers.map(({ lanes }) => lanes.settled()));
  };

  const stopLanes = async (): Promise<void> => {
    isCarrying = false;
    await Promise.all(peers.map(({ lanes }) => lanes.stop()));
  };

  return {
    acked,
    dueUpTo: pace.dueUpTo,
    due: pace.due,
    photos: photos.truth,
    peers: () =>
      peers.map(({ peer, lanes, photos: { wanted, heard } }) => ({
        ...{ ...peer, acked: lanes.acked, heard },
        wanted: () => wanted() ?? nothingWanted,
      })),
    start: async () => {
      peers = parts.shelf().chains.peers.map(join);
      pace.start();
      await photos.start();
      const { ledger, chains } = parts.shelf();
      for (const { peer, lanes } of peers) {
        const theirs = await ledger.newestOf(chains.ours, peer.device, "ack");
        if (theirs !== undefined)
          lanes.takeAck({ body: theirs.payload.body, time: theirs.header.time });
      }
      await ownAcks.start();
      started = true;
    },
    carryWith: (carriers) =>
      changingLanes(async () => {
        await stopLanes();
        await taking(ackIfNeeded);
        if (stopped) return;
        isCarrying = carriers.length > 0;
        for (const { peer, lanes } of peers)
          lanes.begin(
            carriers.filter((one) => one.peer === peer.device).map(({ carrier }) => carrier),
          );
      }),
    wrote: pace.wrote,
    admitted: (messages) => {
      for (const { peer, lanes } of peers) {
        const newest = messages.findLast(
          ({ kind, device }) => kind === "ack" && device === peer.device,
        );
        if (newest !== undefined) lanes.takeAck(newest);
      }
    },
    takeIn: (envelopes) =>
      taking(async () => {
        if (stopped) return refuse("STORE_CLOSED");
        // Whoever hands over a file: it lies under what both people hold.
        const admitted = await admit(envelopes, "anybody");
        if (admitted.ok) scheduleAck(ackPauseMs);
        if (admitted.ok && admitted.value) passOn();
        return admitted;
      }),
    takePhotos: photos.take,
    handOver: async (ms) => {
      pace.hurry();
      if (stopped || !isCarrying) return false;
      offerEverywhere();
      const isThere = (now: Acked) => now.upTo(parts.shelf().chains.mine) >= pace.due.read();
      return holdsWithin(acked, isThere, ms, clock);
    },
    ackNow: () =>
      taking(async () => {
        if (!stopped) await ownAcks.greet();
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
      await settled();
    },
  };
};

const nothingWanted: ReadonlySet<ChunkName> = new Set();
