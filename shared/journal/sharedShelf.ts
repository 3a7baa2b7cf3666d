import type { Clock } from "../base/clock.ts";
import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { keyedHash } from "../crypto/hash.ts";
import type { Rules } from "../envelope/verify.ts";
import type { LedgerMessage } from "../ledger/book.ts";
import { openCarriedLedger, type CarriedLedger } from "../ledger/carriedLedger.ts";
import { createOwnMarks } from "../ledger/ownMark.ts";
import { createSealedCache, type SealedCache } from "../ledger/sealedCache.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import { createSheetedCache } from "../ledger/sheetedCache.ts";
import { openVolumes } from "../ledger/volumes.ts";
import { bodyOfAct, kindOfAct, pageMessages } from "../page/digest.ts";
import { updateLimit } from "../page/guard.ts";
import type { PageMessage } from "../page/applyApart.ts";
import { createPages } from "../page/pages.ts";
import { createPhotoBox, heedDamage } from "../page/photoBox.ts";
import type { Shelf } from "../page/shelf.ts";
import type { PersonKeys } from "../people/person.ts";
import { personIn } from "../people/space.ts";
import { chainsOf, type SharedChains } from "./sharedChains.ts";
import { handOf, sharedNotebooks, type ShelvedCouple } from "./shelfHand.ts";
import { createVisionShelf, type VisionShelf } from "./visionShelf.ts";

/** The shelf of the shared notebooks. `write` writes in `mine`. */
export type SharedShelf = Shelf & {
  readonly ledger: CarriedLedger;
  readonly chains: SharedChains;
  /** The page that both write. */
  readonly vision: VisionShelf;
};

export type SharedShelfParts = {
  readonly couple: ShelvedCouple;
  readonly keys: PersonKeys;
  readonly me: DeviceId;
  /** Of the shared tree: seals the page cache. */
  readonly masterKey: Uint8Array;
  readonly stores: LedgerStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
  /** Every admitted message, after it is in the ledger: of whichever device. */
  readonly onAdmitted: (messages: readonly LedgerMessage[]) => void;
  /** After one's own words are on the disk. */
  readonly onWritten: () => void;
};

export const openSharedShelf = async (
  parts: SharedShelfParts,
): Promise<Result<SharedShelf, StoreCode | "BAD_ROSTER">> => {
  const { couple, keys, me, clock, random } = parts;
  const { onTrouble, isSure } = heedDamage(parts.onTrouble);
  const hand = handOf(couple, me, keys);
  if (!hand.ok) return hand;
  const { partner, recipients, rules } = hand.value;
  const chains = chainsOf(couple, me, partner);
  const person = personIn(couple, me, partner);
  const cache = carriedCacheOf(parts.stores, parts.masterKey, random);
  const volumes = await openVolumes(parts.stores.volumes);
  if (!volumes.ok) return volumes;
  const notebooks = sharedNotebooks(couple);
  /**
   * Pages are written in a person's own notebook, one chain after another: the same words for both, at any replay,
   * and all of them in the history. `ours` is for acks.
   */
  const ofOwnNotebooks = (messages: readonly PageMessage[]): readonly PageMessage[] => {
    const own = messages.filter(({ notebook }) => notebook !== notebooks.ours.id);
    if (own.length < messages.length) onTrouble("NOT_YOUR_PAGE");
    return own;
  };
  const pages = createPages({ cache, random, me: chains.people.me, onWhiteOut: onTrouble });
  const vision = createVisionShelf({
    ...{ cache, random, chains, person, onTrouble },
    onWritten: () => parts.onWritten(),
    ledger: () => (ledger.ok ? ledger.value : undefined),
  });
  const ledger = await openCarriedLedger({
    rules: {
      space: couple.space,
      me: { device: me, secret: keys.x25519 },
      notebooks: [
        { ...notebooks.mine, writers: chains.devices.mine },
        { ...notebooks.theirs, writers: chains.devices.theirs },
        { ...notebooks.ours, writers: "both" },
      ],
      person,
      ...rules,
    },
    ownMarks: createOwnMarks(keyedHash(parts.masterKey, "TF/1 own marks")),
    keyOf: (notebook) => {
      const { mine, ours } = couple.notebooks;
      return notebook === ours.id ? ours.key : mine.key;
    },
    recipients,
    volumes: volumes.value,
    cache,
    clock,
    random,
    digest: async (messages) => {
      const changes = await pages.digest(ofOwnNotebooks(pageMessages(messages, person)));
      const changed = await vision.digest(messages);
      parts.onAdmitted(messages);
      if (!changes.ok || !changed.ok) return changes.ok ? changed : changes;
      return accept([...changes.value, ...changed.value]);
    },
    loadPages: pages.load,
    onTrouble,
  });
  if (!ledger.ok) {
    await volumes.value.close();
    return ledger;
  }
  await hearNewest(ledger.value, notebooks.ours.id, rules.beside);
  const writeAll: Shelf["writeAll"] = async (writes) => {
    if (writes.some(({ body }) => body.length > updateLimit)) return refuse("TOO_LARGE");
    const written = await ledger.value.writeAll(
      writes.map(({ page, act, body }) => ({
        notebook: notebooks.mine.id,
        kind: kindOfAct(act),
        page,
        body: bodyOfAct(act, body),
      })),
    );
    // Also where the disk refused in the midst of it: what was written until then is on its way.
    if (written.ok || writes.length > 1) parts.onWritten();
    return written;
  };
  const photos = createPhotoBox({
    store: parts.stores.chunks,
    facts: pages.facts,
    partner: chains.people.partner,
    ...{ isSure, clock, random },
  });
  return accept({
    pages,
    photos,
    ledger: {
      ...ledger.value,
      redact: async (lines) => {
        const redacted = await ledger.value.redact(lines);
        // Also where the disk refused: what was written until then is on its way.
        parts.onWritten();
        return redacted;
      },
    },
    chains,
    vision,
    write: (page, act, body) => writeAll([{ page, act, body }]),
    writeAll,
    messagesOf: async (page) => {
      const facts = pages.facts.read().get(page);
      if (facts === undefined) return accept([]);
      const said = await ledger.value.messagesOf(facts.notebook, facts.owner, page);
      return said.ok ? accept(pageMessages(said.value, person)) : said;
    },
    close: async () => {
      await photos.close();
      await ledger.value.close();
      await cache.close();
      pages.forget();
    },
  });
};

/** The page cache of the shared notebooks, as it is sealed on this computer. */
export const carriedCacheOf = (
  { cache }: LedgerStores,
  masterKey: Uint8Array,
  random: Random,
): SealedCache =>
  createSheetedCache(createSealedCache(cache, keyedHash(masterKey, "TF/1 carried cache"), random));

/** Up to where the others of mine vouch for what carries no tag for this computer: by the newest ack of each. */
const hearNewest = async (
  { newestOf }: Pick<CarriedLedger, "newestOf">,
  ours: NotebookId,
  beside: Rules["beside"],
): Promise<void> => {
  for (const device of beside?.devices ?? []) {
    const newest = await newestOf(ours, device, "ack");
    if (newest !== undefined) beside?.hear(newest);
  }
};
