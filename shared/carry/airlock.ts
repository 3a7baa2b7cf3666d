import * as Y from "yjs";
import { equalBytes } from "../base/bytes.ts";
import { slicesOf } from "../base/slices.ts";
import { envelopeKey, type CarriedEnvelope, type EnvelopeKey } from "../envelope/envelope.ts";
import { guardInsertions } from "../page/boundedYjs.ts";
import { airlockMap } from "./carrier.ts";
import { createChunkExchange, type ChunkDesk, type Side } from "./chunkExchange.ts";

/**
 * The disposable document between one carrier and the ledger (PROTOCOL §8). It holds what the other side
 * has not acknowledged; a carrier, a server or a partner's changed app may do to it whatever they like:
 * what is mine is put back, what is not an envelope goes no further, and past a bound it is abandoned.
 */
export type Airlock = {
  readonly doc: Y.Doc;
  /** Puts in what waits for the other side. The caller keeps to `room`. */
  readonly offer: (waiting: readonly Offered[]) => void;
  /** Bytes of mine that may still be added; grows again as acknowledgements come. */
  readonly room: () => number;
  /** Takes out what the other side has acknowledged. */
  readonly release: (keys: Iterable<EnvelopeKey>) => void;
  /** What is wanted of photos, may be handed over, or fits on the disk may have changed. */
  readonly refresh: () => void;
  readonly close: () => void;
};

export type Offered = { readonly key: EnvelopeKey; readonly envelope: CarriedEnvelope };

export type AirlockParts = {
  /** Bytes that lie under their own hash, in the order met; §6 decides what they are. */
  readonly receive: (arrived: readonly Offered[]) => void;
  /** The document is past help: the carrier gives it up for a new one. */
  readonly abandon: () => void;
  /** Without it no photos travel, and nothing but envelopes is let into the document. */
  readonly photos?: { readonly side: Side; readonly desk: ChunkDesk };
  /** Of what is offered, nothing is written that stands there already: the document was there before. */
  readonly sparing?: boolean;
  /**
   * What the other side has put here itself it holds: it is neither offered to it nor put back. For several who hand
   * the same words to one another.
   */
  readonly heedsTheirs?: boolean;
  readonly limits?: Partial<AirlockLimits>;
};

export type AirlockLimits = {
  /** Bytes of mine in the document at one time; below the channel's 64 MiB for one message. */
  readonly windowBytes: number;
  /** Entries that are no envelopes under their hash. */
  readonly junk: number;
  /** Times that something of mine has to be put back. */
  readonly repairs: number;
  /**
   * Bytes of Yjs updates from the other side, whatever they hold; acknowledged words do not come twice. Photos that
   * were asked for do not count.
   */
  readonly arrivedBytes: number;
  /** Bytes that wait for something that has not come; a large offer may cross with the first meeting. */
  readonly waitingBytes: number;
};

const usual: AirlockLimits = {
  windowBytes: 24 * 1024 * 1024,
  junk: 256,
  repairs: 1024,
  arrivedBytes: 256 * 1024 * 1024,
  waitingBytes: 48 * 1024 * 1024,
};

/** Deletions take a byte or two each in what waits and a hundred times that in memory, again with every update. */
const pendingDeletionWeight = 64;

/** Of what is offered at one go, bytes in one change of the document. */
const sliceBytes = 512 * 1024;

export const envelopeBounds = { least: 592, most: 1_081_424 };
const mine = Symbol("airlock");

/** Values that have stood under one key; a document met again after a broken connection brings a few. */
const mostUnderOneKey = 64;

export const createAirlock = (parts: AirlockParts): Airlock => {
  const limits = { ...usual, ...parts.limits };
  const doc = new Y.Doc({ gc: true });
  const entries = doc.getMap<unknown>(airlockMap);
  const offered = new Map<EnvelopeKey, CarriedEnvelope>();
  const arrivedKeys = new Set<string>();
  /** Offered here, and put here by the other side as well. */
  const offeredByBoth = new Set<string>();
  let offeredBytes = 0;
  const spent = { junk: 0, repairs: 0, arrivedBytes: 0 };
  let closed = false;
  let writing = false;

  const write = (change: () => void): void => {
    writing = true;
    try {
      doc.transact(change, mine);
    } finally {
      writing = false;
    }
  };

  const giveUp = (): void => {
    if (closed) return;
    closed = true;
    exchange?.close();
    parts.abandon();
  };

  /**
   * Nothing but bytes under keys: what else Yjs can hold goes no further, since some of it keeps Yjs busy for
   * hours. The carrier sees a throw, as for any malformed update.
   */
  guardInsertions(doc, (item) => {
    if (writing || item.parent === null) return true;
    const allowed =
      (exchange?.allows(item) ?? (item.parent === entries && isPlainEntry(item))) &&
      isNearTop(newestUnder(item));
    if (!allowed) queueMicrotask(giveUp);
    return allowed;
  });

  const standsAt = (key: EnvelopeKey, envelope: Uint8Array): boolean => {
    const value = entries.get(key);
    return value instanceof Uint8Array && equalBytes(value, envelope);
  };

  const putBack = (key: EnvelopeKey, envelope: CarriedEnvelope): void => {
    spent.repairs += 1;
    write(() => entries.set(key, envelope));
  };

  const isTheirsToo = (key: string): boolean =>
    parts.heedsTheirs === true && offeredByBoth.has(key);

  const forget = (key: EnvelopeKey): void => {
    offeredBytes -= offered.get(key)?.length ?? 0;
    offered.delete(key);
    offeredByBoth.delete(key);
  };

  const takeIn = (changed: Iterable<string>): void => {
    const arrived: Offered[] = [];
    const altered: [EnvelopeKey, CarriedEnvelope][] = [];
    for (const key of changed) {
      const value = entries.get(key);
      const own = offered.get(key as EnvelopeKey);
      if (own !== undefined) {
        if (standsAt(key as EnvelopeKey, own)) offeredByBoth.add(key);
        else if (value === undefined && isTheirsToo(key)) forget(key as EnvelopeKey);
        else altered.push([key as EnvelopeKey, own]);
        continue;
      }
      if (value === undefined || arrivedKeys.has(key)) continue;
      if (!isEnvelopeUnder(key, value)) {
        spent.junk += 1;
        continue;
      }
      arrivedKeys.add(key);
      arrived.push({ key: key as EnvelopeKey, envelope: value as CarriedEnvelope });
    }
    for (const [key, envelope] of altered) {
      if (spent.repairs <= limits.repairs) putBack(key, envelope);
    }
    if (arrived.length > 0) parts.receive(arrived);
    checkLimits();
  };

  /** Yjs keeps what builds on something that has not come, and tells nobody. */
  const waitingBytes = (): number =>
    (doc.store.pendingStructs?.update.length ?? 0) +
    pendingDeletionWeight * (doc.store.pendingDs?.length ?? 0);

  const checkLimits = (): void => {
    const past =
      spent.junk > limits.junk ||
      spent.repairs > limits.repairs ||
      spent.arrivedBytes > limits.arrivedBytes ||
      waitingBytes() > Math.min(limits.waitingBytes, limits.arrivedBytes);
    if (past) giveUp();
  };

  const exchange =
    parts.photos &&
    createChunkExchange({
      ...parts.photos,
      doc,
      write,
      isOwn: ({ origin }) => origin === mine,
      onJunk: () => {
        spent.junk += 1;
        checkLimits();
      },
      onRepair: () => {
        spent.repairs += 1;
        checkLimits();
      },
      onWelcome: (bytes) => {
        spent.arrivedBytes -= bytes;
      },
      giveUp,
    });

  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === mine || closed) return;
    spent.arrivedBytes += update.length;
    checkLimits();
  });
  doc.on("afterTransaction", ({ origin }: Y.Transaction) => {
    if (origin !== mine && !closed) checkLimits();
  });

  entries.observe((event, transaction) => {
    if (transaction.origin === mine || closed) return;
    takeIn(event.keysChanged as Set<string>);
  });

  return {
    doc,
    room: () => Math.max(0, limits.windowBytes - offeredBytes),
    offer: (waiting) => {
      const isThere = (key: string): boolean => parts.heedsTheirs === true && arrivedKeys.has(key);
      const fresh = waiting.filter(({ key }) => !offered.has(key) && !isThere(key));
      if (closed || fresh.length === 0) return;
      for (const { key, envelope } of fresh) {
        offered.set(key, envelope);
        offeredBytes += envelope.length;
      }
      // One change of the document each: the first is under way, and taken in, while the others are still written.
      for (const slice of slicesOf(fresh, bytesOf, { bytes: sliceBytes })) {
        if (closed) return;
        write(() => {
          for (const { key, envelope } of slice) {
            if (parts.sparing !== true || !standsAt(key, envelope)) entries.set(key, envelope);
          }
        });
      }
    },
    release: (keys) => {
      if (closed) return;
      const gone = new Set([...keys].filter((key) => offered.has(key)));
      for (const key of gone) forget(key);
      write(() => {
        for (const key of gone) entries.delete(key);
      });
    },
    refresh: () => {
      if (!closed) exchange?.refresh();
    },
    close: () => {
      closed = true;
      exchange?.close();
    },
  };
};

const bytesOf = ({ envelope }: Offered): number => envelope.length;

const isPlainEntry = ({ parentSub, content }: Y.Item): boolean =>
  parentSub !== null &&
  (content instanceof Y.ContentBinary ||
    content instanceof Y.ContentDeleted ||
    content instanceof Y.ContentAny);

const newestUnder = ({ parent, parentSub }: Y.Item): Y.Item | undefined =>
  parent instanceof Y.AbstractType ? parent._map.get(parentSub ?? "") : undefined;

const isNearTop = (newest: Y.Item | undefined): boolean => {
  let at: Y.Item | null = newest ?? null;
  for (let steps = 0; at !== null; steps++) {
    if (steps > mostUnderOneKey) return false;
    at = at.left;
  }
  return true;
};

const isEnvelopeUnder = (key: string, value: unknown): value is Uint8Array =>
  value instanceof Uint8Array &&
  value.length >= envelopeBounds.least &&
  value.length <= envelopeBounds.most &&
  envelopeKey(value) === key;
