import type { Clock } from "../base/clock.ts";
import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { keyedHash } from "../crypto/hash.ts";
import { carriedNotebookKey, type CarriedNotebookKey } from "../envelope/envelope.ts";
import { authKey } from "../envelope/tags.ts";
import type { LedgerMessage } from "../ledger/book.ts";
import { openCarriedLedger, type CarriedLedger } from "../ledger/carriedLedger.ts";
import { createOwnMarks } from "../ledger/ownMark.ts";
import { createSealedCache } from "../ledger/sealedCache.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import { openVolumes } from "../ledger/volumes.ts";
import { bodyOfAct, kindOfAct, pageMessages } from "../page/digest.ts";
import { updateLimit } from "../page/guard.ts";
import type { PageMessage } from "../page/applyApart.ts";
import { createPages } from "../page/pages.ts";
import { createPhotoBox, heedDamage } from "../page/photoBox.ts";
import type { Shelf } from "../page/shelf.ts";
import type { PersonKeys } from "../people/person.ts";
import type { Couple } from "../people/space.ts";

/** The shelf of the shared notebooks. `write` writes in `mine`. */
export type SharedShelf = Shelf & {
  readonly ledger: CarriedLedger;
  readonly chains: SharedChains;
};

export type SharedChains = {
  readonly me: DeviceId;
  readonly partner: DeviceId;
  readonly mine: NotebookId;
  readonly theirs: NotebookId;
  readonly ours: NotebookId;
};

export type SharedShelfParts = {
  readonly couple: Couple;
  readonly keys: PersonKeys;
  readonly me: DeviceId;
  /** Of the shared tree: seals the page cache. */
  readonly masterKey: Uint8Array;
  readonly stores: LedgerStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
  /** Every admitted message, after it is in the ledger: one's own and the partner's. */
  readonly onAdmitted: (messages: readonly LedgerMessage[]) => void;
  /** After one's own words are on the disk. */
  readonly onWritten: () => void;
};

export const openSharedShelf = async (
  parts: SharedShelfParts,
): Promise<Result<SharedShelf, StoreCode | "BAD_ROSTER">> => {
  const { couple, keys, me, clock, random } = parts;
  const { onTrouble, isSure } = heedDamage(parts.onTrouble);
  const partner = couple.partner.certificate;
  const tagKey = authKey({ author: me, recipient: partner.device }, keys.x25519, partner.x25519);
  if (!tagKey.ok) return refuse("BAD_ROSTER");
  const cache = createSealedCache(
    parts.stores.cache,
    keyedHash(parts.masterKey, "TF/1 carried cache"),
    random,
  );
  const volumes = await openVolumes(parts.stores.volumes);
  if (!volumes.ok) return volumes;
  const notebooks = sharedNotebooks(couple);
  /**
   * Pages are written in a person's own notebook, one chain: the same words in the same order for both, at any
   * replay, and all of them in the history. `ours` is for acks.
   */
  const ofOwnNotebooks = (messages: readonly PageMessage[]): readonly PageMessage[] => {
    const own = messages.filter(({ notebook }) => notebook !== notebooks.ours.id);
    if (own.length < messages.length) onTrouble("NOT_YOUR_PAGE");
    return own;
  };
  const pages = createPages({ cache, random, me, onWhiteOut: onTrouble });
  const ledger = await openCarriedLedger({
    rules: {
      space: couple.space,
      me: { device: me, secret: keys.x25519 },
      notebooks: [
        { id: notebooks.mine.id, keys: [notebooks.mine.key], writers: [me] },
        { id: notebooks.theirs.id, keys: [notebooks.theirs.key], writers: [partner.device] },
        { id: notebooks.ours.id, keys: [notebooks.ours.key], writers: "both" },
      ],
      roster: [{ device: partner.device, x25519: partner.x25519 }],
    },
    ownMarks: createOwnMarks(keyedHash(parts.masterKey, "TF/1 own marks")),
    keyOf: (notebook) => (notebook === notebooks.ours.id ? notebooks.ours.key : notebooks.mine.key),
    recipients: [{ device: partner.device, key: tagKey.value }],
    volumes: volumes.value,
    cache,
    clock,
    random,
    digest: async (messages) => {
      const changes = await pages.digest(ofOwnNotebooks(pageMessages(messages)));
      parts.onAdmitted(messages);
      return changes;
    },
    loadPages: pages.load,
    onTrouble,
  });
  if (!ledger.ok) {
    await volumes.value.close();
    return ledger;
  }
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
    partner: partner.device,
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
    chains: {
      me,
      partner: partner.device,
      mine: notebooks.mine.id,
      theirs: notebooks.theirs.id,
      ours: notebooks.ours.id,
    },
    write: (page, act, body) => writeAll([{ page, act, body }]),
    writeAll,
    messagesOf: async (page) => {
      const facts = pages.facts.read().get(page);
      if (facts === undefined) return accept([]);
      const said = await ledger.value.messagesOf(facts.notebook, facts.owner, page);
      return said.ok ? accept(pageMessages(said.value)) : said;
    },
    close: async () => {
      await photos.close();
      await ledger.value.close();
      await cache.close();
      pages.forget();
    },
  });
};

type SharedNotebook = { readonly id: NotebookId; readonly key: CarriedNotebookKey };

const sharedNotebooks = ({
  notebooks,
}: Couple): Record<"mine" | "theirs" | "ours", SharedNotebook> => ({
  mine: { id: notebooks.mine.id, key: carriedNotebookKey(notebooks.mine.key) },
  theirs: { id: notebooks.theirs.id, key: carriedNotebookKey(notebooks.theirs.key) },
  ours: { id: notebooks.ours.id, key: carriedNotebookKey(notebooks.ours.key) },
});
