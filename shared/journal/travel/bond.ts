import { equalBytes } from "../../base/bytes.ts";
import type { Clock } from "../../base/clock.ts";
import type { DeviceId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { capsuleRootOf } from "../../carry/capsule/head.ts";
import type { FolderPhotos } from "../../carry/folder/photos.ts";
import { wipe } from "../../crypto/wipe.ts";
import type { LedgerMessage } from "../../ledger/book.ts";
import type { LedgerStores, StoreCode } from "../../ledger/stores.ts";
import type { PersonKeys } from "../../people/person.ts";
import { mailboxKeysOf, type MailboxKeys } from "../../people/mailboxKeys.ts";
import {
  meetingKeysOf,
  pairRootOf,
  wipeCouple,
  type Couple,
  type MeetingKeys,
} from "../../people/space.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import type { Capsules } from "../capsules.ts";
import { createCapsuleDesk } from "./capsules.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createFolderPhotos } from "./folderPhotos.ts";
import type { SyncTruth } from "../journal.ts";
import { readOnlyShelf } from "./pausedSharing.ts";
import { gatedShelf, type ShelfGate } from "./shelfGate.ts";
import { openSharedShelf, type SharedShelf } from "../sharedShelf.ts";
import { readSyncTruth, sameTruth } from "./syncTruth.ts";

/** What joins this journal to the partner's, and to others of one's own: the shared shelf and what carries it. */
export type Bond = {
  readonly couple: Couple;
  readonly shelf: SharedShelf;
  readonly sync: Live<SyncTruth>;
  /** Something of somebody else's has arrived since pairing: both sides hold the same keys for certain. */
  readonly hasMet: () => boolean;
  /** To each other device in use; my own first. */
  readonly channels: readonly ChannelFacts[];
  readonly carryWith: Delivery["carryWith"];
  readonly capsules: Capsules;
  /** Own words go now; whether the partner has acknowledged them within so long, ms. */
  readonly handOver: Delivery["handOver"];
  /** Stops carrying, closes the shelf and wipes the couple's keys. */
  readonly close: () => Promise<void>;
};

/**
 * What a carrier needs to recognise one other device and what it wrote, and nothing that opens an envelope. All of it
 * follows from the root of the two (pairRootOf): no two channels have anything in common.
 */
export type ChannelFacts = {
  readonly meeting: MeetingKeys;
  readonly mailbox: MailboxKeys;
  /** Wiped when the bond closes, after everything has stopped. */
  readonly capsuleRoot: Uint8Array;
  readonly folderPhotos: FolderPhotos;
  readonly me: DeviceId;
  readonly peer: DeviceId;
  /** It is another computer of mine. */
  readonly own: boolean;
  readonly keys: PersonKeys;
  /** The peer, where it has this X25519 static. */
  readonly deviceOf: (staticKey: Uint8Array) => DeviceId | undefined;
};

export type BondParts = {
  readonly couple: Couple;
  readonly keys: PersonKeys;
  readonly me: DeviceId;
  readonly masterKey: MasterKey;
  readonly stores: LedgerStores;
  readonly clock: Clock;
  readonly random: Random;
  /** Own words go out the moment they are written. */
  readonly sendsAtOnce: () => boolean;
  readonly onTrouble: (code: string) => void;
  /** Something of the partner's, or of one's own, is in the ledger. */
  readonly onAdmitted?: (messages: readonly LedgerMessage[]) => void;
  /**
   * Once, where until now nobody else may have stored the newest meeting (Couple.before): something of theirs, or of
   * another computer of mine, has arrived, so they have.
   */
  readonly onMet?: () => void;
  /** Nothing is written and nothing taken in (pausedSharing.ts). */
  readonly readOnly?: boolean;
  /** What is written and taken in passes it; while the two meet again it is held. */
  readonly gate?: ShelfGate;
};

export const openBond = async (parts: BondParts): Promise<Result<Bond, StoreCode>> => {
  const { couple, clock, onTrouble } = parts;
  const sync = createCell<SyncTruth>({ state: "notYetMet" });
  const opening: { shelf?: SharedShelf } = {};
  let unmet = couple.before?.unmet === true;

  const delivery = createDelivery({
    shelf: () => {
      if (opening.shelf === undefined) throw new Error("delivery before its shelf");
      return opening.shelf;
    },
    clock,
    random: parts.random,
    atOnce: parts.sendsAtOnce,
    onTrouble,
  });
  const showSync = (): void => {
    const truth = readSyncTruth(opening.shelf, {
      acked: delivery.acked.read(),
      photos: delivery.photos.read(),
      dueUpTo: delivery.dueUpTo(),
      now: clock.now(),
    });
    if (!sameTruth(truth, sync.read())) sync.set(truth);
  };

  const opened = await openSharedShelf({
    ...parts,
    onAdmitted: (messages) => {
      if (opening.shelf === undefined) return;
      delivery.admitted(messages);
      showSync();
      const others = othersIn(opening.shelf);
      if (unmet && messages.some(({ device }) => others.has(device))) {
        unmet = false;
        parts.onMet?.();
      }
      parts.onAdmitted?.(messages);
    },
    onWritten: () => {
      delivery.wrote();
      showSync();
    },
  });
  if (!opened.ok) return refuse(opened.code === "BAD_ROSTER" ? "STORE_FAILED" : opened.code);
  const gated = parts.gate === undefined ? opened.value : gatedShelf(opened.value, parts.gate);
  const ready = parts.readOnly === true ? readOnlyShelf(gated) : gated;
  opening.shelf = ready;
  await delivery.start();
  delivery.acked.subscribe(showSync);
  delivery.photos.subscribe(showSync);
  delivery.due.subscribe(showSync);
  showSync();
  const capsules = createCapsuleDesk({
    ...{ crk: couple.crk, shelf: ready, delivery, clock },
    random: parts.random,
  });

  const channels = delivery.peers().map((peer): ChannelFacts => {
    const facts = channelTo(parts, peer.device);
    return {
      ...facts,
      own: peer.owner === "me",
      folderPhotos: createFolderPhotos({ shelf: ready, delivery, peer }),
    };
  });

  return accept({
    couple,
    shelf: ready,
    sync,
    hasMet: () => {
      const { mine, theirs, ours } = ready.chains;
      return [...othersIn(ready)].some((device) =>
        [mine, theirs, ours].some((notebook) => ready.ledger.linesOf(notebook, device).length > 0),
      );
    },
    channels,
    carryWith: delivery.carryWith,
    handOver: delivery.handOver,
    capsules,
    close: async () => {
      await capsules.stop();
      await delivery.stop();
      await ready.close();
      wipe(...channels.map(({ capsuleRoot }) => capsuleRoot));
      wipeCouple(couple);
    },
  });
};

/** The partner's, whenever they were in use, and my own others. */
const othersIn = ({ chains: { devices, peers } }: SharedShelf): ReadonlySet<DeviceId> =>
  new Set([...devices.theirs, ...peers.map(({ device }) => device)]);

const channelTo = (
  { couple, me, keys }: BondParts,
  peer: DeviceId,
): Omit<ChannelFacts, "own" | "folderPhotos"> => {
  const known = [
    couple.partner.certificate,
    ...(couple.beside ?? []).map(({ certificate }) => certificate),
  ].find(({ device }) => device === peer);
  if (known === undefined) throw new Error("a peer that is in use stands in the couple");
  const root = pairRootOf(couple, { device: me, secret: keys.x25519 }, known);
  const facts = {
    meeting: meetingKeysOf(root),
    mailbox: mailboxKeysOf(root),
    capsuleRoot: capsuleRootOf(root),
  };
  wipe(root);
  return {
    ...{ ...facts, me, peer, keys },
    deviceOf: (staticKey) => (equalBytes(staticKey, known.x25519) ? peer : undefined),
  };
};
