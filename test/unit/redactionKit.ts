import { utf8 } from "../../shared/base/bytes.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { genesisId, type Message, type MessageKind } from "../../shared/envelope/message.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import type { LedgerMessage } from "../../shared/ledger/book.ts";
import { openCarriedLedger, type CarriedLedger } from "../../shared/ledger/carriedLedger.ts";
import type { IndexLine } from "../../shared/ledger/indexLine.ts";
import { createOwnMarks } from "../../shared/ledger/ownMark.ts";
import { createSealedCache } from "../../shared/ledger/sealedCache.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { openVolumes } from "../../shared/ledger/volumes.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { makeCouple, type Couple, type Me, type Notebook, type Written } from "./envelopeKit.ts";

export const must = <Value>(result: Result<Value, string>): Value => {
  if (!result.ok) throw new Error(`${result.code} ${result.detail ?? ""}`);
  return result.value;
};

/** Ada and Ben with a carried ledger each, and nothing between them: a test hands the envelopes over. */
export type TwoLedgers = {
  readonly couple: Couple;
  readonly clock: ManualClock;
  readonly open: (who: "ada" | "ben", stores: LedgerStores) => Promise<OpenLedger>;
};

export type OpenLedger = {
  readonly ledger: CarriedLedger;
  /** Since it was opened, a rebuild's included. */
  readonly digested: readonly LedgerMessage[];
  readonly troubles: readonly string[];
};

export const createTwoLedgers = (seed: string): TwoLedgers => {
  const couple = makeCouple(seed);
  const clock = createManualClock(1_790_000_000_000);
  const { random } = couple;
  const keys = {
    ada: { marks: random(32), cache: random(32) },
    ben: { marks: random(32), cache: random(32) },
  };
  return {
    couple,
    clock,
    open: async (who, stores) => {
      const digested: LedgerMessage[] = [];
      const troubles: string[] = [];
      const notebooks = [couple.adas, couple.bens, couple.ours];
      const me = couple[who];
      const ledger = await openCarriedLedger({
        rules: { space: couple.space, me, notebooks, roster: couple.roster },
        ownMarks: createOwnMarks(keys[who].marks),
        keyOf: (notebook) => keyOf(notebooks.find(({ id }) => id === notebook)),
        recipients: recipientsFor(me, couple.roster),
        volumes: must(await openVolumes(stores.volumes)),
        cache: createSealedCache(stores.cache, keys[who].cache, random),
        clock,
        random,
        digest: async (messages) => {
          digested.push(...messages);
          return accept([]);
        },
        loadPages: async () => accept(undefined),
        onTrouble: (code) => troubles.push(code),
      });
      return { ledger: must(ledger), digested, troubles };
    },
  };
};

/** One page of so many messages, with these words in each. */
export const writePage = async (
  ledger: CarriedLedger,
  notebook: Notebook,
  page: PageId,
  words: readonly (string | Uint8Array)[],
): Promise<void> => {
  for (const [index, word] of words.entries()) {
    const kind: MessageKind = index === 0 ? "snapshot" : "update";
    const body = typeof word === "string" ? utf8(word) : word;
    must(await ledger.write({ notebook: notebook.id, kind, page, body }));
  }
};

export const linesOfPage = (
  ledger: CarriedLedger,
  notebook: Notebook,
  { device }: Me,
  page: PageId,
): readonly IndexLine[] =>
  ledger
    .linesOf(notebook.id, device)
    .filter((line) => line.page === page && line.kind !== "redaction");

/** What can still be given to the partner, oldest first. */
export const envelopesAt = async (
  ledger: CarriedLedger,
  notebook: Notebook,
  after = 0,
): Promise<readonly CarriedEnvelope[]> => {
  const envelopes: CarriedEnvelope[] = [];
  for (const line of ledger.ownAfter(notebook.id, after))
    if (!line.redacted) envelopes.push(must(await ledger.envelopeOf(line)));
  return envelopes;
};

/** The words of one page, as far as they can be read. */
export const wordsOf = async (
  ledger: CarriedLedger,
  notebook: Notebook,
  { device }: Me,
  page: PageId,
): Promise<readonly string[]> =>
  must(await ledger.messagesOf(notebook.id, device, page))
    .filter(({ kind }) => kind !== "redaction")
    .map(({ body }) => new TextDecoder().decode(body));

export const headsOf = (ledger: CarriedLedger): readonly string[] =>
  ledger
    .heads()
    .map(({ notebook, device, seq, id }) => `${notebook} ${device} ${seq} ${id}`)
    .toSorted();

/** Ids in one chain, as the ledger knows them. */
export const idsOf = (
  ledger: CarriedLedger,
  notebook: Notebook,
  { device }: Me,
): readonly string[] => ledger.linesOf(notebook.id, device).map(({ id }) => id);

/** Every key of every volume on this disk. */
export const keysOnDisk = async (stores: LedgerStores): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (const number of must(await stores.volumes.list())) {
    const volume = must(await stores.volumes.open(number));
    keys.push(...volume.keys());
    await volume.close();
  }
  return keys;
};

export type RawMessage = {
  readonly kind?: MessageKind;
  readonly page: PageId;
  readonly body: Uint8Array;
  readonly after?: Message | undefined;
  readonly seq?: number;
};

/** A message as a changed app would make it. */
export const writeRaw = (
  { random, roster, space }: Couple,
  author: Me,
  notebook: Notebook,
  { kind = "update", page, body, after, seq }: RawMessage,
): Written => {
  const composed = composeMessage({
    header: {
      kind,
      space,
      notebook: notebook.id,
      device: author.device,
      seq: seq ?? (after?.header.seq ?? 0) + 1,
      time: 1_790_000_000_000,
      prev: after?.id ?? genesisId(space, notebook.id, author.device),
    },
    payload: { seen: [], page, body },
    salt: random(32),
    recipients: recipientsFor(author, roster),
  });
  const message = must(composed);
  return { message, envelope: sealMessage(message, keyOf(notebook), random(24)) };
};

const keyOf = (notebook: Notebook | undefined): Notebook["keys"][number] => {
  const key = notebook?.keys[0];
  if (key === undefined) throw new Error("no such notebook");
  return key;
};
