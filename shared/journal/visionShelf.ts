import { noPage, type DeviceId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Digest, LedgerMessage } from "../ledger/book.ts";
import type { CarriedLedger } from "../ledger/carriedLedger.ts";
import type { SealedCache } from "../ledger/sealedCache.ts";
import type { StoreCode } from "../ledger/stores.ts";
import { latestTime } from "../page/day.ts";
import { updateLimit } from "../page/guard.ts";
import type { ShelfCode } from "../page/shelf.ts";
import {
  openVisionReplay,
  visionHands,
  type VisionHands,
  type VisionMessage,
} from "../page/visionDoc.ts";
import type { SharedChains } from "./sharedChains.ts";

/** The one page that both write: made of what both have said of it, whoever said it first (PROTOCOL §7). */
export type VisionShelf = {
  readonly hands: VisionHands;
  /** As one update; empty while nobody has written. */
  readonly read: () => Promise<Result<Uint8Array, StoreCode | "CACHE_DAMAGED">>;
  /** Hears each update, of both, once it counts. */
  readonly watch: (hear: (update: Uint8Array) => void) => () => void;
  readonly write: (update: Uint8Array) => Promise<Result<void, ShelfCode>>;
  /** Everything that was ever said of it, in the order that both read it in; from the disk. */
  readonly said: () => Promise<Result<readonly VisionMessage[], StoreCode>>;
};

type VisionShelfParts = {
  readonly cache: SealedCache;
  readonly random: Random;
  readonly chains: SharedChains;
  /** The first device of whoever writes with this one. */
  readonly person: (device: DeviceId) => DeviceId;
  /** Not there yet while it is being opened. */
  readonly ledger: () => CarriedLedger | undefined;
  /** After one's own words are on the disk. */
  readonly onWritten: () => void;
  readonly onTrouble: (code: string) => void;
};

/** In the cache, among the pages; no page has this name. */
const recordKey = "vision";

export const createVisionShelf = (
  parts: VisionShelfParts,
): VisionShelf & { readonly digest: Digest } => {
  const { cache, random, chains, person } = parts;
  const hands = visionHands(chains.people.me, chains.people.partner);
  const hearers = new Set<(update: Uint8Array) => void>();

  const read: VisionShelf["read"] = async () => {
    const found = await cache.read("pages", recordKey);
    return found.ok ? accept(found.value ?? new Uint8Array()) : found;
  };

  /** Each writes in their own notebook. */
  const messageOf = (message: LedgerMessage): readonly VisionMessage[] => {
    const { kind, notebook, device, doubtful, body } = message;
    if (kind !== "vision") return [];
    const author = person(device) === chains.people.me ? "me" : "partner";
    if (notebook !== (author === "me" ? chains.mine : chains.theirs)) return [];
    const time = Math.min(message.time, latestTime);
    return [{ author, time, doubtful, body, bound: author === "partner" || message.cameBack }];
  };

  return {
    hands,
    read,
    watch: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    write: async (update) => {
      const ledger = parts.ledger();
      if (ledger === undefined) return refuse("STORE_CLOSED");
      if (update.length > updateLimit) return refuse("TOO_LARGE");
      const written = await ledger.write({
        ...{ notebook: chains.mine, kind: "vision", page: noPage, body: update },
      });
      if (written.ok) parts.onWritten();
      return written;
    },
    said: async () => {
      const { mine, theirs, devices } = chains;
      const ledger = parts.ledger();
      if (ledger === undefined) return refuse("STORE_CLOSED");
      const said = await ledger.wovenOf(
        [
          ...devices.mine.map((device) => ({ notebook: mine, device })),
          ...devices.theirs.map((device) => ({ notebook: theirs, device })),
        ],
        "vision",
      );
      return said.ok ? accept(said.value.flatMap(messageOf)) : said;
    },
    digest: async (messages) => {
      const said = messages.flatMap(messageOf);
      if (said.length === 0) return accept([]);
      const known = await read();
      if (!known.ok) return known;
      const replay = openVisionReplay(known.value, hands, random);
      for (const message of said) {
        const taken = replay.take(message);
        if (!taken.ok) parts.onTrouble(taken.code);
        else for (const hear of hearers) hear(message.body);
      }
      const change = { section: "pages", key: recordKey, value: replay.state() } as const;
      replay.close();
      // Who hears of it may read it at once.
      cache.stage([change]);
      return accept([change]);
    },
  };
};
