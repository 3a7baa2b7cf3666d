import type { Doc, YMapEvent } from "yjs";
import type { Clock } from "../base/clock.ts";
import type { CarriedEnvelope, EnvelopeKey } from "../envelope/envelope.ts";
import { envelopeBounds, type Offered } from "./airlock.ts";
import { airlockMap } from "./carrier.ts";
import { firstSlice } from "./firstSlice.ts";

/**
 * The airlock as a carrier sees it that keeps things somewhere: what it wrote there itself is theirs, the rest is mine.
 * It outlives connections; of the airlock's other types it knows nothing.
 */
export type AirlockMirror = {
  readonly mine: ReadonlySet<EnvelopeKey>;
  readonly envelopeAt: (key: EnvelopeKey) => CarriedEnvelope | undefined;
  /** When something of mine came or went last; at first, when the carrying began. */
  readonly changedAt: () => number;
  /** Puts what came into the airlock, slice by slice. */
  readonly bring: (arrived: readonly Offered[]) => void;
  /** The partner has taken it out. */
  readonly takeAway: (keys: readonly EnvelopeKey[]) => void;
  /** Of what came, everything that `stays` does not name goes. */
  readonly keepOnly: (stays: ReadonlySet<string>) => void;
  /** One listener at a time. */
  readonly listen: (listener: MirrorListener | undefined) => void;
  readonly close: () => void;
};

export type MirrorListener = {
  readonly onOffered: () => void;
  readonly onReleased: (keys: readonly EnvelopeKey[]) => void;
};

/** Of envelopes at one go, bytes. */
const sliceBytes = 1024 * 1024;

const carried = Symbol("brought by a carrier");

export const createAirlockMirror = (airlock: Doc, clock: Clock): AirlockMirror => {
  const entries = airlock.getMap<unknown>(airlockMap);
  const mine = new Set<EnvelopeKey>();
  const theirs = new Set<EnvelopeKey>();
  const bringing = new Map<EnvelopeKey, Offered>();
  let cancel = (): void => {};
  let changedAt = clock.now();
  let listener: MirrorListener | undefined;

  const look = (keys: Iterable<string>): void => {
    const released: EnvelopeKey[] = [];
    let offered = false;
    for (const name of keys) {
      const key = name as EnvelopeKey;
      if (isEnvelope(entries.get(key))) {
        theirs.delete(key);
        offered = !mine.has(key) || offered;
        mine.add(key);
      } else if (mine.delete(key)) released.push(key);
    }
    if (released.length === 0 && !offered) return;
    changedAt = clock.now();
    if (released.length > 0) listener?.onReleased(released);
    if (offered) listener?.onOffered();
  };
  const observe = (event: YMapEvent<unknown>): void => {
    if (event.transaction.origin !== carried) look(event.keysChanged as Set<string>);
  };
  look(entries.keys());
  entries.observe(observe);

  const write = (change: () => void): void => airlock.transact(change, carried);

  /** The first slice at once, the others as the screen gets its turn between them. */
  const bringNext = (): void => {
    const slice = firstSlice(bringing.values(), sliceBytes);
    for (const { key } of slice) bringing.delete(key);
    const fresh = slice.filter(({ key }) => !entries.has(key));
    if (fresh.length > 0) {
      write(() => {
        for (const { key, envelope } of fresh) {
          theirs.add(key);
          entries.set(key, envelope);
        }
      });
    }
    if (bringing.size > 0) cancel = clock.after(0, bringNext);
  };

  const remove = (keys: readonly EnvelopeKey[]): void => {
    if (keys.length === 0) return;
    write(() => {
      for (const key of keys) {
        theirs.delete(key);
        entries.delete(key);
      }
    });
  };

  return {
    mine,
    envelopeAt: (key) => {
      const value = mine.has(key) ? entries.get(key) : undefined;
      return isEnvelope(value) ? (value as CarriedEnvelope) : undefined;
    },
    changedAt: () => changedAt,
    bring: (arrived) => {
      const idle = bringing.size === 0;
      for (const one of arrived) bringing.set(one.key, one);
      if (idle && bringing.size > 0) bringNext();
    },
    takeAway: (keys) => {
      for (const key of keys) bringing.delete(key);
      remove(keys.filter((key) => theirs.has(key)));
    },
    keepOnly: (stays) => remove([...theirs].filter((key) => !stays.has(key))),
    listen: (next) => {
      listener = next;
    },
    close: () => {
      cancel();
      listener = undefined;
      entries.unobserve(observe);
    },
  };
};

const isEnvelope = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array &&
  value.length >= envelopeBounds.least &&
  value.length <= envelopeBounds.most;
