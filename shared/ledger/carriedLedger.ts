import type { Clock } from "../base/clock.ts";
import { groupBy } from "../base/group.ts";
import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { createAdmission } from "../envelope/admit.ts";
import { devicesOf, type Devices } from "../envelope/devices.ts";
import { chainName, type ChainHead } from "../envelope/chain.ts";
import {
  envelopeKey,
  type CarriedEnvelope,
  type CarriedNotebookKey,
} from "../envelope/envelope.ts";
import type { Message, MessageKind } from "../envelope/message.ts";
import type { Outcome } from "../envelope/outcome.ts";
import type { SeenHead } from "../envelope/payload.ts";
import { encodeRedaction, isRedactable, mostRecords, recordsIn } from "../envelope/redaction.ts";
import { composeMessage, sealMessage, type Recipient } from "../envelope/seal.ts";
import type { Rules } from "../envelope/verify.ts";
import { batchesOf } from "./batches.ts";
import type { Book, Digest, Leaf, LedgerMessage } from "./book.ts";
import type { IndexLine } from "./indexLine.ts";
import type { OwnMarks } from "./ownMark.ts";
import { createOwnWriting } from "./ownWriting.ts";
import { createStoredReader } from "./readStored.ts";
import { createRemoval } from "./removal.ts";
import { startLedger } from "./replay.ts";
import { readLine } from "./said.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import { createTakingIn } from "./takeIn.ts";
import type { Volumes } from "./volumes.ts";
import { readWoven } from "./woven.ts";
import { createWrittenTime } from "./writtenTime.ts";

/** The ledger of what travels: the shared notebooks, written by both, each in their own hand. */
export type CarriedLedger = {
  readonly write: (draft: CarriedDraft) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  /** In batches, each in one transaction; neighbours of one page are in one batch. */
  readonly writeAll: (
    drafts: readonly CarriedDraft[],
  ) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  /** What arrived, in any order, any number of times. Refused by the disk: nothing has happened, send it again. */
  readonly receive: (
    envelopes: readonly Uint8Array[],
    ofMine?: ReadonlySet<Uint8Array>,
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
  /** The first so many of a kind that a device has written in a notebook, as far as they can be read. */
  readonly firstOf: (
    notebook: NotebookId,
    device: DeviceId,
    kind: MessageKind,
    count: number,
  ) => Promise<readonly Message[]>;
  /** Of one device, gone or in use; index seq - 1. */
  readonly linesOf: (notebook: NotebookId, device: DeviceId) => readonly IndexLine[];
  /**
   * What a person has said of one page, oldest first, on whichever of their devices. What was redacted is not among
   * it. `person`: any device of theirs.
   */
  readonly messagesOf: (
    notebook: NotebookId,
    person: DeviceId,
    page: PageId,
  ) => Promise<Result<readonly LedgerMessage[], StoreCode>>;
  /** What is of this kind in these chains, of whomever: one order for both. */
  readonly wovenOf: (
    chains: readonly { readonly notebook: NotebookId; readonly device: DeviceId }[],
    kind: MessageKind,
  ) => Promise<Result<readonly LedgerMessage[], StoreCode>>;
  /**
   * Withdraws the payloads of these messages of one's own, of any device of one's own, all of one page (PROTOCOL §6,
   * redaction): their envelopes leave the disk here and, once it has arrived, there. Those redacted before are passed
   * over.
   */
  readonly redact: (lines: readonly IndexLine[]) => Promise<Result<void, StoreCode>>;
  /** What a message that is written now bears, ms (writtenTime.ts): for a time that stands within the words. */
  readonly timeNow: () => number;
  /** Whether the chain of a device in use is; one that is gone adds nothing to its own any more. */
  readonly isFrozen: () => boolean;
  readonly close: () => Promise<void>;
};

export type CarriedDraft = {
  readonly notebook: NotebookId;
  readonly kind: MessageKind;
  readonly page: PageId;
  readonly body: Uint8Array;
  /** Where the minute of writing would say too much. ms */
  readonly time?: number;
};

export type CarriedParts = {
  readonly rules: Rules;
  readonly ownMarks: OwnMarks;
  /** What is written now is sealed under it: of the newest epoch. */
  readonly keyOf: (notebook: NotebookId) => CarriedNotebookKey;
  /** All other devices in use, with the keys to tag for them. */
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
  const devices = devicesOf(rules);
  const reader = createStoredReader(rules, parts.ownMarks);
  const started = await startLedger({ ...parts, ...devices }, (fresh) => {
    const judge = createAdmission({ ...rules, chains: fresh.chains });
    const takingIn = createTakingIn({ ...parts, devices, reader, book: fresh, admission: judge });
    return { book: fresh, admission: judge, takingIn };
  });
  if (!started.ok) return started;
  const { book, admission, takingIn } = started.value;

  const removal = createRemoval({
    book,
    volumes,
    cache,
    clock: parts.clock,
    queue,
    onTrouble,
  });

  /** Up to where this computer has all other chains: a few heads of 56 bytes. */
  const seenNow = (): readonly SeenHead[] =>
    book.chains
      .heads()
      .filter((head) => head.device !== me && devices.isKnown(head.device))
      .map(({ device, seq, id }) => ({ device, seq, id }));

  const writtenTime = createWrittenTime({ book, clock: parts.clock });

  const compose = (
    draft: CarriedDraft,
    previous: Message | undefined,
  ): Result<Leaf, "TOO_LARGE"> => {
    const message = composeMessage({
      header: {
        ...admission.nextHeader(draft.notebook, previous),
        kind: draft.kind,
        time: draft.time ?? writtenTime(previous?.header.time),
      },
      payload: { seen: seenNow(), page: draft.page, body: draft.body },
      salt: parts.random(32),
      recipients: parts.recipients,
    });
    if (!message.ok) return message;
    const envelope = sealMessage(message.value, parts.keyOf(draft.notebook), parts.random(24));
    const own = parts.ownMarks.make(message.value.id);
    return accept({ key: envelopeKey(envelope), envelope, message: message.value, own });
  };

  const writing = createOwnWriting({
    book,
    digest: parts.digest,
    compose,
    chain: admission.record,
    onTrouble,
  });

  const readMessage = (line: IndexLine) => readLine(book, line, reader.open);

  const reading = { book, readMessage, queue, clock: parts.clock };

  /** One message of kind 6, of at most so many records. */
  const redactSome = async (lines: readonly IndexLine[]): Promise<Result<void, StoreCode>> => {
    const [first] = lines;
    if (first === undefined) return accept(undefined);
    const messages: Message[] = [];
    for (const line of lines) {
      const message = await readMessage(line);
      if (!message.ok) return message;
      messages.push(message.value);
    }
    const { notebook, page } = first;
    const body = encodeRedaction(messages);
    return writing.redact([{ notebook, kind: "redaction", page, body }]);
  };

  /**
   * Where another computer of mine has withdrawn the last that I wrote, I say it too: whoever never had those words
   * takes only my own chain's account of them, and a cache that is made anew finds their places taken.
   */
  const sayItToo = async (outcomes: readonly Outcome[]): Promise<void> => {
    for (const outcome of outcomes)
      for (const { message } of outcome.outcome === "ACCEPT" ? outcome.admitted : []) {
        const records = message.header.device === me ? undefined : recordsIn(message);
        const last = records?.ok === true ? records.value.at(-1) : undefined;
        if (last?.header.device !== me) continue;
        const { notebook } = message.header;
        const end = book.linesOf(notebook, me).at(-1);
        if (end?.id !== last.id || !end.redacted) continue;
        const { page, body } = message.payload;
        // What the disk refuses goes along with the next that is written.
        await writing.redact([{ notebook, kind: "redaction", page, body }]);
      }
  };

  await removal.finish();
  const writeAll: CarriedLedger["writeAll"] = async (drafts) => {
    for (const ofNotebook of groupBy(drafts, ({ notebook }) => notebook).values())
      for (const batch of batchesOf(ofNotebook)) {
        const written = await queue(async () => {
          const saved = await writing.write(batch);
          await removal.afterRedactions();
          return saved;
        });
        if (!written.ok) return written;
      }
    return accept(undefined);
  };
  return accept({
    write: (draft) => writeAll([draft]),
    writeAll,
    receive: (envelopes, ofMine) =>
      queue(async () => {
        const taken = await takingIn.arrived(envelopes, ofMine);
        if (taken.ok) await sayItToo(taken.value);
        await removal.afterRedactions();
        if (taken.ok) return taken;
        onTrouble(taken.code);
        return taken.code === "CACHE_DAMAGED" ? accept([]) : refuse(taken.code);
      }),
    heads: () => book.chains.heads(),
    ownAfter: (notebook, seq) => book.linesOf(notebook, me).slice(seq),
    envelopeOf: async (line) =>
      (await queue(() => book.readEnvelope(line))) as Result<CarriedEnvelope, StoreCode>,
    newestOf: async (notebook, device, kind) => {
      const line = book
        .linesOf(notebook, device)
        .findLast((one) => one.kind === kind && !one.redacted);
      if (line === undefined) return undefined;
      const message = await queue(() => readMessage(line));
      return message.ok ? message.value : undefined;
    },
    firstOf: (notebook, device, kind, count) =>
      // What is just being taken in is among it.
      queue(async () => {
        const lines = book.linesOf(notebook, device).filter((one) => one.kind === kind);
        const read: Message[] = [];
        for (const line of lines.slice(0, count)) {
          const message = await readMessage(line);
          if (message.ok) read.push(message.value);
        }
        return read;
      }),
    linesOf: (notebook, device) => book.linesOf(notebook, device),
    messagesOf: (notebook, person, page) => {
      const chains = devices.ofPerson(person).map((device) => ({ notebook, device }));
      return readWoven(reading, chains, (line) => line.page === page);
    },
    wovenOf: (chains, kind) => readWoven(reading, chains, (line) => line.kind === kind),
    redact: (lines) =>
      queue(async () => {
        const before = await writing.settle();
        if (!before.ok) return before;
        const now = lines.map((line) => withdrawable(line, devices, book));
        const going = now.filter((line) => line !== undefined && !line.redacted) as IndexLine[];
        if (new Set(going.map(({ page }) => page)).size > 1)
          throw new RangeError("a redaction is of one page");
        // A redaction is of one chain.
        for (const ofChain of groupBy(going, (one) =>
          chainName(one.notebook, one.device),
        ).values()) {
          const ascending = [...new Set(ofChain)].toSorted((one, two) => one.seq - two.seq);
          for (let from = 0; from < ascending.length; from += mostRecords) {
            const redacted = await redactSome(ascending.slice(from, from + mostRecords));
            if (!redacted.ok) return redacted;
          }
        }
        return removal.finish();
      }),
    timeNow: () => writtenTime(),
    isFrozen: () =>
      rules.roster.some(
        ({ device, cuts }) =>
          cuts === undefined && rules.notebooks.some(({ id }) => book.chains.isFrozen(id, device)),
      ),
    close: () => {
      removal.stop();
      return queue(() => volumes.close());
    },
  });
};

/** As the line stands now. Undefined for a redaction: there are no words in it. Throws where nothing may be withdrawn. */
const withdrawable = (
  { notebook, device, seq, id }: IndexLine,
  devices: Devices,
  book: Book,
): IndexLine | undefined => {
  const line = book.linesOf(notebook, device)[seq - 1];
  if (line?.id !== id || !devices.isMine(device)) throw new RangeError("not one's own message");
  if (line.kind === "redaction") return undefined;
  if (!isRedactable(line.kind)) throw new RangeError(`what cannot be withdrawn: ${line.kind}`);
  return line;
};
