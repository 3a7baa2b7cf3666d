import { beginsAsBackup } from "../../backup/head.ts";
import type { Clock } from "../../base/clock.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { refuse } from "../../base/result.ts";
import type { Work } from "../../base/work.ts";
import { capsuleRootOf } from "../../carry/capsule/head.ts";
import { writeCapsule } from "../../carry/capsule/writeCapsule.ts";
import { wipe } from "../../crypto/wipe.ts";
import type { Capsules, CapsuleReadCode } from "../capsules.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { findContent, gatherCapsule } from "./capsuleContent.ts";
import { takeCapsule } from "./capsuleTaking.ts";
import type { Delivery } from "./delivery.ts";
import { stopWithin } from "./stopWithin.ts";

/** Capsules of one couple. */
export type CapsuleDesk = Capsules & {
  /** Ends what is under way and forgets the key. Before the shelf closes. */
  readonly stop: () => Promise<void>;
};

export type CapsuleDeskParts = {
  /** Couple root key. */
  readonly crk: Uint8Array;
  readonly shelf: SharedShelf;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly random: Random;
};

/** One at a time. */
export const createCapsuleDesk = (parts: CapsuleDeskParts): CapsuleDesk => {
  const { shelf, delivery, clock, random } = parts;
  const root = capsuleRootOf(parts.crk);
  const turn = createQueue();
  let stopped = false;
  const until = (work: Work): Work => ({
    ...work,
    cancelled: () => stopped || work.cancelled(),
  });

  return {
    write: (what, to, given) =>
      turn(async () => {
        const work = until(given);
        // So that a capsule that comes back need not bring again what has come.
        if (!work.cancelled()) await delivery.ackNow();
        const loaded = await shelf.photos.load();
        if (work.cancelled() || !loaded.ok) {
          await to.abort();
          return stopped || loaded.ok ? refuse("CANCELLED") : loaded;
        }
        const partners = delivery.peers().filter(({ owner }) => owner === "partner");
        const content = findContent({ what, shelf, to: partners });
        return writeCapsule({
          ...{ root, to, random },
          records: gatherCapsule(shelf, content),
          cancelled: work.cancelled,
          wrote: (bytes) => work.progress(bytes, Math.max(bytes, content.bytes)),
        });
      }),
    take: (file, given) =>
      turn(() => takeCapsule({ ...{ file, root, shelf, delivery }, work: until(given) })),
    stop: async () => {
      stopped = true;
      // A file on a drive that hangs must not keep a journal from locking.
      await stopWithin({ stop: () => turn(async () => {}) }, clock);
      wipe(root);
    },
  };
};

const couldBeBackup: ReadonlySet<CapsuleReadCode> = new Set([
  "NOT_A_CAPSULE",
  "NOT_PAIRED",
  "SHARING_PAUSED",
]);

/** What a journal offers: the capsules of the couple, while there is one and sharing is not paused. */
export const capsulesOf = (desk: () => Capsules | undefined, isPaused: boolean): Capsules => {
  const closed = (): "SHARING_PAUSED" | "NOT_PAIRED" =>
    isPaused ? "SHARING_PAUSED" : "NOT_PAIRED";
  const open = (): Capsules | undefined => (isPaused ? undefined : desk());
  return {
    write: async (what, to, work) => {
      const now = open();
      if (now !== undefined) return now.write(what, to, work);
      await to.abort();
      return refuse(closed());
    },
    take: async (file, work) => {
      const taken = (await open()?.take(file, work)) ?? refuse(closed());
      if (taken.ok || !couldBeBackup.has(taken.code)) return taken;
      return (await beginsAsBackup(file)) ? refuse("IS_A_BACKUP") : taken;
    },
  };
};
