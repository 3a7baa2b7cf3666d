import { equalBytes } from "../../shared/base/bytes.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import type { Carrier } from "../../shared/carry/carrier.ts";
import { createCapsuleDesk, type CapsuleDesk } from "../../shared/journal/travel/capsules.ts";
import { createDelivery, type Delivery } from "../../shared/journal/travel/delivery.ts";
import { openSharedShelf, type SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { cacheSections, type LedgerStores } from "../../shared/ledger/stores.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { mailboxKeysOf } from "../../shared/people/mailboxKeys.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import {
  meetingKeysOf,
  notebookSecret,
  spaceIdOf,
  type Couple,
} from "../../shared/people/space.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { createWebrtcCarrier } from "../../renderer/carriers/webrtcCarrier.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { bulkyPage } from "../unit/ledgerKit.ts";

export type Who = "ada" | "ben";
/** How the two may reach each other beside the direct way. */
export type Relaying = {
  readonly iceServers: readonly RTCIceServer[];
  readonly relayOnly: boolean;
};
export type By = "webrtc" | "mailbox";
/** `small`: as people write, 592 bytes to some KB. `large`: about 256 KiB each. */
export type Sizes = "small" | "large";

/** Bytes of what is inside: the envelope about them is some hundred bytes longer. */
export const lengthsOf = function* (sizes: Sizes, seed: number): Generator<number, never, void> {
  const random = seededRandom(seed);
  for (;;) {
    const [one = 0, two = 0, three = 0] = random(3);
    // One in sixteen is long, the others are some lines.
    const small = one < 16 ? 8_000 + 128 * two : 60 + 12 * two + 8 * three;
    yield sizes === "small" ? small : 250_000 + 16 * two;
  }
};

/** The same two people in every page that gives the same seed. */
export const createCouple = (seed: number) => {
  const random = seededRandom(seed);
  const keys = { ada: makePersonKeys(random), ben: makePersonKeys(random) };
  const certificates = { ada: makeCertificate(keys.ada), ben: makeCertificate(keys.ben) };
  const crk = random(32);
  const notebook = () => notebookSecret(random(48));
  const notebooks = { ada: notebook(), ben: notebook(), ours: notebook() };
  const otherOf = (who: Who): Who => (who === "ada" ? "ben" : "ada");
  const coupleOf = (who: Who): Couple => ({
    space: spaceIdOf(crk),
    crk: crk.slice(),
    epoch: 1,
    partner: { name: otherOf(who), certificate: certificates[otherOf(who)] },
    notebooks: { mine: notebooks[who], theirs: notebooks[otherOf(who)], ours: notebooks.ours },
  });

  const carrierOf = (
    who: Who,
    by: By,
    server: string,
    { iceServers, relayOnly }: Relaying = { iceServers: [], relayOnly: false },
    mailboxRoot = crk,
  ): Carrier => {
    const partner = certificates[otherOf(who)];
    const common = { clock: systemClock, random: systemRandom };
    if (by === "mailbox")
      return createMailboxCarrier({
        ...common,
        address: server,
        keys: mailboxKeysOf(mailboxRoot),
        me: certificates[who].device,
        partner: partner.device,
      });
    return createWebrtcCarrier({
      ...common,
      meeting: meetingKeysOf(crk),
      me: { secret: keys[who].x25519, public: certificates[who].x25519 },
      deviceOf: (key) => (equalBytes(key, partner.x25519) ? partner.device : undefined),
      meetingPoints: [server],
      iceServers,
      relayOnly,
    });
  };

  /** One person's shared shelf on this disk, with what carries it: as a journal has it (journal/travel/bond.ts). */
  const open = async (who: Who, stores: LedgerStores): Promise<Partner> => {
    const opening: { shelf?: SharedShelf } = {};
    const troubles: string[] = [];
    const onTrouble = (code: string) => void troubles.push(code);
    const admittedListeners = new Set<() => void>();
    const delivery = createDelivery({
      shelf: () => {
        if (opening.shelf === undefined) throw new Error("delivery before its shelf");
        return opening.shelf;
      },
      clock: systemClock,
      random: systemRandom,
      atOnce: () => true,
      onTrouble,
    });
    const couple = coupleOf(who);
    const shelf = must(
      await openSharedShelf({
        couple,
        keys: keys[who],
        me: certificates[who].device,
        masterKey: masterKey(new Uint8Array(32).fill(who === "ada" ? 1 : 2)),
        stores,
        clock: systemClock,
        random: systemRandom,
        onTrouble,
        onAdmitted: (messages) => {
          if (opening.shelf !== undefined) delivery.admitted(messages);
          for (const listener of admittedListeners) listener();
        },
        onWritten: delivery.wrote,
      }),
    );
    opening.shelf = shelf;
    await delivery.start();
    const capsules = createCapsuleDesk({
      crk: couple.crk,
      shelf,
      delivery,
      clock: systemClock,
      random: systemRandom,
    });
    return {
      shelf,
      delivery,
      capsules,
      troubles,
      onAdmitted: (listener) => {
        admittedListeners.add(listener);
        return () => admittedListeners.delete(listener);
      },
      heard: () => shelf.ledger.linesOf(shelf.chains.theirs, shelf.chains.partner).length,
      close: async () => {
        await capsules.stop();
        await delivery.stop();
        await shelf.close();
      },
    };
  };
  return { carrierOf, open };
};

export type Partner = {
  readonly shelf: SharedShelf;
  readonly delivery: Delivery;
  readonly capsules: CapsuleDesk;
  readonly troubles: readonly string[];
  readonly onAdmitted: (listener: () => void) => () => void;
  /** How many of the partner's words stand here. */
  readonly heard: () => number;
  readonly close: () => Promise<void>;
};

/** Writes pages until their envelopes are so many bytes together; how many they are. */
export const writeBytes = async (
  { shelf }: Partner,
  sizes: Sizes,
  bytes: number,
): Promise<{ readonly count: number; readonly bytes: number }> => {
  const lengths = lengthsOf(sizes, 7);
  const lines = () => shelf.ledger.ownAfter(shelf.chains.mine, 0);
  let written = 0;
  while (written < bytes) {
    const before = lines().length;
    const pages: { page: PageId; act: "begin"; body: Uint8Array }[] = [];
    for (let held = 0; held < Math.min(2_000_000, bytes - written);) {
      const body = bulkyPage(lengths.next().value, before + pages.length);
      pages.push({ page: newId<PageId>(systemRandom), act: "begin", body });
      held += body.length;
    }
    must(await shelf.writeAll(pages));
    for (const line of lines().slice(before))
      written += must(await shelf.ledger.envelopeOf(line)).length;
  }
  return { count: lines().length, bytes: written };
};

/** A disk of its own with the same on it. */
export const copyOf = async (stores: LedgerStores): Promise<LedgerStores> => {
  const copy = createMemoryDisk().start().carried;
  for (const number of must(await stores.volumes.list())) {
    const [from, to] = [
      must(await stores.volumes.open(number)),
      must(await copy.volumes.open(number)),
    ];
    const entries = [...from.keys()].flatMap((key) => {
      const envelope = from.get(key);
      return envelope === undefined ? [] : [{ key, envelope, own: from.ownMark(key) }];
    });
    must(await to.put(entries as Parameters<typeof to.put>[0]));
    await Promise.all([from.close(), to.close()]);
  }
  for (const section of cacheSections) {
    const all = must(await stores.cache.readAll(section));
    must(await copy.cache.write([...all].map(([key, value]) => ({ section, key, value }))));
  }
  return copy;
};
