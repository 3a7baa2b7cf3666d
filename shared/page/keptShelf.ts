import type { Clock } from "../base/clock.ts";
import { utf8 } from "../base/bytes.ts";
import { idFrom, type PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { x25519PublicOf, x25519Secret } from "../crypto/keys.ts";
import { notebookKey } from "../envelope/envelope.ts";
import { authKey } from "../envelope/tags.ts";
import { openKeptLedger, type KeptKeys } from "../ledger/keptLedger.ts";
import { createSealedCache } from "../ledger/sealedCache.ts";
import { createSheetedCache } from "../ledger/sheetedCache.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import { openVolumes } from "../ledger/volumes.ts";
import { bodyOfAct, kindOfAct, pageMessages, takesAway } from "./digest.ts";
import { updateLimit } from "./guard.ts";
import { createPages } from "./pages.ts";
import { createPhotoBox, heedDamage } from "./photoBox.ts";
import type { KeptShelf, Shelf, ShelfWrite } from "./shelf.ts";

export type KeptShelfParts = {
  /** 32 bytes: the master key of this tree, or a key made from it for one purpose. */
  readonly rootKey: Uint8Array;
  readonly stores: LedgerStores;
  /** Its cache is read as a whole in any case (paddedCache.ts). */
  readonly inMemory?: true;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/** A shelf that never travels: the drafts, or my room. Everything in it hangs on `rootKey` alone. */
export const openKeptShelf = async (
  parts: KeptShelfParts,
): Promise<Result<KeptShelf, StoreCode>> => {
  const { rootKey, clock, random } = parts;
  const { onTrouble, isSure } = heedDamage(parts.onTrouble);
  const sealed = createSealedCache(
    parts.stores.cache,
    keyedHash(rootKey, "TF/1 kept cache"),
    random,
  );
  const cache = parts.inMemory === true ? sealed : createSheetedCache(sealed);
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
    takesAway,
    loadPages: pages.load,
    onTrouble,
  });
  if (!ledger.ok) {
    await volumes.value.close();
    return ledger;
  }
  const photos = createPhotoBox({
    store: parts.stores.chunks,
    facts: pages.facts,
    ...{ isSure, clock, random },
  });
  /** Words that come too late for a page that was taken away: saying that they are saved keeps nobody waiting. */
  const isGone = async ({ act, page }: ShelfWrite): Promise<boolean> => {
    if (act !== "change" || pages.facts.read().has(page)) return false;
    const record = await pages.read(page);
    return record.ok && record.value.gone;
  };
  const writeAll: Shelf["writeAll"] = async (writes) => {
    if (writes.some(({ body }) => body.length > updateLimit)) return refuse("TOO_LARGE");
    const late = await Promise.all(writes.map(isGone));
    return ledger.value.write(
      writes
        .filter((_, index) => late[index] === false)
        .map(({ act, page, body }) => ({ kind: kindOfAct(act), page, body: bodyOfAct(act, body) })),
    );
  };
  return accept({
    pages,
    photos,
    write: (page, act, body) => writeAll([{ page, act, body }]),
    writeAll,
    messagesOf: async (page) => {
      const said = await ledger.value.messagesOf(page);
      return said.ok ? accept(pageMessages(said.value)) : said;
    },
    pageFor: (name) =>
      idFrom<PageId>(keyedHash(rootKey, "TF/1 imported page", utf8(name)).subarray(0, 16)),
    destroy: async (page) => {
      if (pages.facts.read().has(page)) {
        const removed = await writeAll([{ page, act: "remove", body: new Uint8Array() }]);
        if (!removed.ok) return removed;
      }
      return ledger.value.purge();
    },
    close: async () => {
      await photos.close();
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
