import type { Clock } from "../base/clock.ts";
import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import { createAdmission, type Admission } from "../envelope/admit.ts";
import type { ChainHead } from "../envelope/chain.ts";
import { envelopeKey, type CarriedEnvelope, type CarriedNotebookKey } from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import { openEnvelope } from "../envelope/open.ts";
import type { Outcome } from "../envelope/outcome.ts";
import type { SeenHead } from "../envelope/payload.ts";
import { composeMessage, sealMessage, type Recipient } from "../envelope/seal.ts";
import type { Rules } from "../envelope/verify.ts";
import { openBook, type Book, type Digest, type Leaf } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import { replayUnknown, startOrRebuild, type Found } from "./replay.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

/** The ledger of what travels: the shared notebooks, written by both, each in their own hand. */
export type CarriedLedger = {
  readonly write: (draft: CarriedDraft) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  /** What arrived, in any order, any number of times. Refused by the disk: nothing has happened, send it again. */
  readonly receive: (envelopes: readonly Uint8Array[]) => Promise<Result<readonly Outcome[], StoreCode>>;
  readonly heads: () => readonly ChainHead[];
  /** One's own messages after `seq`, oldest first. */
  readonly ownAfter: (notebook: NotebookId, seq: number) => readonly IndexLine[];
  readonly envelopeOf: (line: IndexLine) => Promise<Result<CarriedEnvelope, StoreCode>>;
  /** The newest message of a kind that a device has written in a notebook. */
  readonly newestOf: (
    notebook: NotebookId,
    device: DeviceId,
    kind: MessageKind,
  ) => Promise<Message | undefined>;
  readonly linesOf: (notebook: NotebookId, device: DeviceId) => readonly IndexLine[];
  readonly isFrozen: () => boolean;
  readonly close: () => Promise<void>;
};

export type CarriedDraft = {
  readonly notebook: NotebookId;
  readonly kind: MessageKind;
  readonly page: PageId;
  readonly body: Uint8Array;
};

export type CarriedParts = {
  readonly rules: Rules;
  readonly keyOf: (notebook: NotebookId) => CarriedNotebookKey;
  /** The partner's devices, with the keys to tag for them. */
  readonly recipients: readonly Recipient[];
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly loadPages: () => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
  readonly onTrouble: (code: string) => void;
};

export const openCarriedLedger = async (parts: CarriedParts): Promise<Result<CarriedLedger, StoreCode>> => {
  const { rules, volumes, cache, onTrouble } = parts;
  const me = rules.me.device;
  const queue = createQueue();
  let book: Book;
  let admission: Admission;
  /** One's own message that has its place in the chain but not yet on the disk: it goes first, or nothing does. */
  let unsaved: Leaf | undefined;

  const saveOwn = async (leaf: Leaf): Promise<Result<void, StoreCode>> => {
    const stored = await book.store([leaf]);
    if (!stored.ok) {
      unsaved = leaf;
      onTrouble(stored.code);
      return stored;
    }
    unsaved = undefined;
    admission.record(leaf.message);
    await enter([leaf], [], stored.value);
    return accept(undefined);
  };

  const enter = async (chained: readonly Leaf[], forked: readonly Leaf[], volume: number) => {
    const entered = await book.enter(chained, forked, volume, parts.digest);
    if (!entered.ok) onTrouble(entered.code);
    return entered;
  };

  const takeInOthers = async (
    envelopes: readonly Uint8Array[],
    storedIn: number | undefined,
  ): Promise<Result<readonly Outcome[], StoreCode | "CACHE_DAMAGED">> => {
    const judged = admission.judge(envelopes);
    const forked = judged.forks.flatMap((fork) => fork.kept);
    const fresh = [...judged.admitted, ...forked].filter(({ key }) => !book.knows(key));
    let volume = storedIn;
    if (fresh.length > 0 && volume === undefined) {
      const stored = await book.store(fresh);
      if (!stored.ok) return stored;
      volume = stored.value;
    }
    admission.commit(judged);
    if (judged.forks.length > 0) onTrouble("FORK");
    for (const { code } of judged.dropped) onTrouble(code);
    if (volume !== undefined) {
      const entered = await enter(judged.admitted, forked, volume);
      if (!entered.ok && storedIn !== undefined) return entered;
    }
    return accept(judged.outcomes);
  };

  /** One's own words on one's own disk carry no tag for oneself: the seal and the unbroken chain vouch for them. */
  const takeIn = async (found: readonly Found[], volume: number) => {
    const opened = found.map(({ key, envelope }) => ({ key, envelope, message: openOwn(envelope, rules) }));
    const own = opened
      .filter((leaf): leaf is Leaf => leaf.message !== undefined)
      .toSorted((one, other) => one.message.header.seq - other.message.header.seq)
      .filter(({ message }) => {
        const { header } = message;
        const next = admission.nextHeader(header.notebook);
        if (header.seq !== next.seq || header.prev !== next.prev) return false;
        admission.record(message);
        return true;
      });
    const entered = await enter(own, [], volume);
    if (!entered.ok) return entered;
    const others = opened.filter(({ message }) => message === undefined);
    const taken = await takeInOthers(others.map(({ envelope }) => envelope), volume);
    return taken.ok ? accept(undefined) : taken;
  };

  const start = async (everything: boolean) => {
    const opened = await openBook({ volumes, cache, now: parts.clock.now });
    if (!opened.ok) return opened;
    book = opened.value;
    admission = createAdmission({ ...rules, chains: book.chains });
    const pages = await parts.loadPages();
    if (!pages.ok) return pages;
    const empty = book.chains.heads().length === 0;
    return replayUnknown(volumes, book.knows, everything || empty, takeIn);
  };

  /** Up to where this computer has the partner's chains: two or three heads of 56 bytes. */
  const seenNow = (): readonly SeenHead[] =>
    book.chains
      .heads()
      .filter((head) => head.device !== me)
      .map(({ device, seq, id }) => ({ device, seq, id }));

  const started = await startOrRebuild(start, cache, onTrouble);
  if (!started.ok) return started;
  return accept({
    write: (draft) =>
      queue(async () => {
        if (unsaved !== undefined) {
          const before = await saveOwn(unsaved);
          if (!before.ok) return before;
        }
        const message = composeMessage({
          header: { ...admission.nextHeader(draft.notebook), kind: draft.kind, time: parts.clock.now() },
          payload: { seen: seenNow(), page: draft.page, body: draft.body },
          salt: parts.random(32),
          recipients: parts.recipients,
        });
        if (!message.ok) return message;
        const envelope = sealMessage(message.value, parts.keyOf(draft.notebook), parts.random(24));
        return saveOwn({ key: envelopeKey(envelope), envelope, message: message.value });
      }),
    receive: (envelopes) =>
      queue(async () => {
        const taken = await takeInOthers(envelopes, undefined);
        if (taken.ok) return taken;
        onTrouble(taken.code);
        return taken.code === "CACHE_DAMAGED" ? accept([]) : { ok: false as const, code: taken.code };
      }),
    heads: () => book.chains.heads(),
    ownAfter: (notebook, seq) => book.linesOf(notebook, me).slice(seq),
    envelopeOf: async (line) =>
      (await queue(() => book.readEnvelope(line))) as Result<CarriedEnvelope, StoreCode>,
    newestOf: async (notebook, device, kind) => {
      const line = book.linesOf(notebook, device).findLast((one) => one.kind === kind);
      if (line === undefined) return undefined;
      const envelope = await queue(() => book.readEnvelope(line));
      if (!envelope.ok) return undefined;
      const opened = openEnvelope(envelope.value, heldKeys(rules));
      return opened.ok ? opened.value.message : undefined;
    },
    linesOf: (notebook, device) => book.linesOf(notebook, device),
    isFrozen: () => rules.roster.some(({ device }) => rules.notebooks.some(({ id }) => book.chains.isFrozen(id, device))),
    close: () => queue(() => volumes.close()),
  });
};

const heldKeys = (rules: Rules) =>
  rules.notebooks.flatMap(({ id, keys }) => keys.map((key) => ({ notebook: id, key })));

const openOwn = (envelope: Uint8Array, rules: Rules): Message | undefined => {
  const opened = openEnvelope(envelope, heldKeys(rules));
  if (!opened.ok) return undefined;
  const { message, notebook } = opened.value;
  const { header } = message;
  const own = header.device === rules.me.device && header.space === rules.space && header.notebook === notebook;
  return own ? message : undefined;
};

