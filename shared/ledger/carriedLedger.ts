import type { Clock } from "../base/clock.ts";
import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import { createAdmission, type Admission } from "../envelope/admit.ts";
import type { ChainHead } from "../envelope/chain.ts";
import {
  envelopeKey,
  type CarriedEnvelope,
  type CarriedNotebookKey,
} from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import { openEnvelope } from "../envelope/open.ts";
import type { Outcome } from "../envelope/outcome.ts";
import type { SeenHead } from "../envelope/payload.ts";
import { composeMessage, sealMessage, type Recipient } from "../envelope/seal.ts";
import type { Rules } from "../envelope/verify.ts";
import { openBook, type Book, type Digest, type Leaf } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import type { OwnMarks } from "./ownMark.ts";
import { replayUnknown, startOrRebuild, type Found } from "./replay.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

/** The ledger of what travels: the shared notebooks, written by both, each in their own hand. */
export type CarriedLedger = {
  readonly write: (draft: CarriedDraft) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  /** What arrived, in any order, any number of times. Refused by the disk: nothing has happened, send it again. */
  readonly receive: (
    envelopes: readonly Uint8Array[],
  ) => Promise<Result<readonly Outcome[], StoreCode>>;
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
  /** Where the moment of writing would say too much; otherwise it is now. ms */
  readonly time?: number;
};

export type CarriedParts = {
  readonly rules: Rules;
  readonly ownMarks: OwnMarks;
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

export const openCarriedLedger = async (
  parts: CarriedParts,
): Promise<Result<CarriedLedger, StoreCode>> => {
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
    const chained = await storeUnknown(judged.admitted, storedIn);
    if (!chained.ok) return chained;
    const apart = await storeUnknown(forked, storedIn, "apart");
    if (!apart.ok) return apart;
    admission.commit(judged);
    if (judged.forks.length > 0) onTrouble("FORK");
    for (const { code } of judged.dropped) onTrouble(code);
    for (const entered of [
      await enter(judged.admitted, [], chained.value),
      await enter([], forked, apart.value),
    ]) {
      if (!entered.ok && storedIn !== undefined) return entered;
    }
    return accept(judged.outcomes);
  };

  /**
   * What a fork keeps is stored apart, in a later volume: of two messages with one sequence, a rebuild must chain
   * the one that was there first, or what follows it would be gone.
   */
  const storeUnknown = async (
    leaves: readonly Leaf[],
    storedIn: number | undefined,
    where?: "apart",
  ): Promise<Result<number, StoreCode>> => {
    const fresh = leaves.filter(({ key }) => !book.knows(key));
    if (storedIn !== undefined || fresh.length === 0) return accept(storedIn ?? volumes.newest());
    return book.store(fresh, where);
  };

  /** One's own words on one's own disk carry no tag for oneself: the mark beside them and the chain vouch for them. */
  const takeIn = async (found: readonly Found[], volume: number) => {
    const opened = found
      .map((leaf) => ({ ...leaf, message: openAny(leaf.envelope, rules) }))
      .toSorted(bySequence);
    const own = opened
      .filter((leaf): leaf is typeof leaf & { readonly message: Message } =>
        isOwn(leaf.message, rules),
      )
      .filter(({ message, own: mark }) => {
        const { header } = message;
        if (!parts.ownMarks.holds(message.id, mark)) {
          onTrouble("NO_TAG");
          return false;
        }
        const next = admission.nextHeader(header.notebook);
        if (header.seq !== next.seq || header.prev !== next.prev) return false;
        admission.record(message);
        return true;
      });
    const entered = await enter(own, [], volume);
    if (!entered.ok) return entered;
    const others = opened.filter(({ message }) => !isOwn(message, rules));
    const taken = await takeInOthers(
      others.map(({ envelope }) => envelope),
      volume,
    );
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
    const replayed = await replayUnknown(volumes, book.knows, everything || empty, takeIn);
    if (replayed.ok) await book.complete();
    return replayed;
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
          header: {
            ...admission.nextHeader(draft.notebook),
            kind: draft.kind,
            time: draft.time ?? parts.clock.now(),
          },
          payload: { seen: seenNow(), page: draft.page, body: draft.body },
          salt: parts.random(32),
          recipients: parts.recipients,
        });
        if (!message.ok) return message;
        const envelope = sealMessage(message.value, parts.keyOf(draft.notebook), parts.random(24));
        return saveOwn({
          key: envelopeKey(envelope),
          envelope,
          message: message.value,
          own: parts.ownMarks.make(message.value.id),
        });
      }),
    receive: (envelopes) =>
      queue(async () => {
        const taken = await takeInOthers(envelopes, undefined);
        if (taken.ok) return taken;
        onTrouble(taken.code);
        return taken.code === "CACHE_DAMAGED"
          ? accept([])
          : { ok: false as const, code: taken.code };
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
    isFrozen: () =>
      rules.roster.some(({ device }) =>
        rules.notebooks.some(({ id }) => book.chains.isFrozen(id, device)),
      ),
    close: () => queue(() => volumes.close()),
  });
};

const heldKeys = (rules: Rules) =>
  rules.notebooks.flatMap(({ id, keys }) => keys.map((key) => ({ notebook: id, key })));

type MaybeRead = { readonly message: Message | undefined };

/** A volume gives its envelopes in any order, and only so many may wait for their turn. */
const bySequence = (one: MaybeRead, other: MaybeRead): number =>
  (one.message?.header.seq ?? 0) - (other.message?.header.seq ?? 0);

const openAny = (envelope: Uint8Array, rules: Rules): Message | undefined => {
  const opened = openEnvelope(envelope, heldKeys(rules));
  return opened.ok && opened.value.message.header.notebook === opened.value.notebook
    ? opened.value.message
    : undefined;
};

const isOwn = (message: Message | undefined, { me, space }: Rules): boolean =>
  message?.header.device === me.device && message.header.space === space;
