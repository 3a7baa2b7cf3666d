import type { Clock } from "../base/clock.ts";
import { idFrom } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { x25519PublicOf, x25519Secret } from "../crypto/keys.ts";
import { notebookKey } from "../envelope/envelope.ts";
import { authKey } from "../envelope/tags.ts";
import { openKeptLedger, type KeptKeys } from "../ledger/keptLedger.ts";
import { createSealedCache } from "../ledger/sealedCache.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import { openVolumes } from "../ledger/volumes.ts";
import { bodyOfAct, kindOfAct, pageMessages } from "./digest.ts";
import { updateLimit } from "./guard.ts";
import { createPages } from "./pages.ts";
import type { Shelf } from "./shelf.ts";

export type KeptShelfParts = {
  /** 32 bytes: the master key of this tree, or a key made from it for one purpose. */
  readonly rootKey: Uint8Array;
  readonly stores: LedgerStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/** A shelf that never travels: the drafts, or my room. Everything in it hangs on `rootKey` alone. */
export const openKeptShelf = async (parts: KeptShelfParts): Promise<Result<Shelf, StoreCode>> => {
  const { rootKey, clock, random, onTrouble } = parts;
  const cache = createSealedCache(
    parts.stores.cache,
    keyedHash(rootKey, "TF/1 kept cache"),
    random,
  );
  const volumes = await openVolumes(parts.stores.volumes);
  if (!volumes.ok) return volumes;
  const pages = createPages({ cache, random, onWhiteOut: onTrouble });
  const ledger = await openKeptLedger({
    keys: keptKeys(rootKey),
    volumes: volumes.value,
    cache,
    clock,
    random,
    digest: (messages) => pages.digest(pageMessages(messages)),
    loadPages: pages.load,
    onTrouble,
  });
  if (!ledger.ok) {
    await volumes.value.close();
    return ledger;
  }
  return accept({
    pages,
    write: async (page, act, body) =>
      body.length > updateLimit
        ? refuse("TOO_LARGE")
        : ledger.value.write(kindOfAct(act), page, bodyOfAct(act, body)),
    close: async () => {
      await ledger.value.close();
      await cache.close();
      pages.forget();
    },
  });
};

const keptKeys = (rootKey: Uint8Array): KeptKeys => {
  const id16 = (label: string): Uint8Array => keyedHash(rootKey, label).slice(0, 16);
  const secret = x25519Secret(keyedHash(rootKey, "TF/1 kept x25519"));
  const publicKey = x25519PublicOf(secret);
  const device = idFrom<KeptKeys["device"]>(hash("TF/1 kept device", publicKey).subarray(0, 16));
  const ownTag = authKey({ author: device, recipient: device }, secret, publicKey);
  if (!ownTag.ok) throw new Error("a kept key that gives zeros");
  return {
    space: idFrom(id16("TF/1 kept space")),
    notebook: idFrom(id16("TF/1 kept notebook")),
    device,
    notebookKey: notebookKey(keyedHash(rootKey, "TF/1 kept key")),
    ownTag: ownTag.value,
  };
};
