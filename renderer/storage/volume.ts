import { Doc, type Map as YMap } from "yjs";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { Envelope, EnvelopeKey } from "../../shared/envelope/envelope.ts";
import type { StoreCode, Volume, VolumeEntry } from "../../shared/ledger/stores.ts";
import { createSaver, type ConnectDoc } from "./saver.ts";

export type VolumeParts = {
  readonly number: number;
  readonly connect: ConnectDoc;
  readonly onSkipped: (count: number) => void;
  readonly onGap: () => void;
  readonly onClosing: (closed: Promise<void>) => void;
};

export const openVolume = async (parts: VolumeParts): Promise<Result<Volume, StoreCode>> => {
  const doc = new Doc();
  const envelopes: YMap<unknown> = doc.getMap("envelopes");
  const ownMarks: YMap<unknown> = doc.getMap("own");
  const saver = createSaver(doc, parts.connect);
  const connected = await saver.connect();
  if (!connected.ok) {
    doc.destroy();
    return connected;
  }
  if (doc.store.pendingStructs !== null) parts.onGap();
  let size = 0;
  let skipped = 0;
  for (const value of envelopes.values()) {
    if (value instanceof Uint8Array) size += value.length;
    else skipped++;
  }
  if (skipped > 0) parts.onSkipped(skipped);
  let closing: Promise<void> | undefined;

  const get = (key: EnvelopeKey): Envelope | undefined => {
    const value = envelopes.get(key);
    return value instanceof Uint8Array ? (value as Envelope) : undefined;
  };
  const addAll = (entries: readonly VolumeEntry[]): number => {
    const fresh = entries.filter(({ key }) => get(key) === undefined);
    for (const { key, envelope, own } of fresh) {
      if (get(key) === undefined) size += envelope.length;
      envelopes.set(key, envelope);
      if (own !== undefined) ownMarks.set(key, own);
    }
    return fresh.length;
  };

  const removeAll = (keys: readonly EnvelopeKey[]): void => {
    for (const key of keys) {
      size -= get(key)?.length ?? 0;
      envelopes.delete(key);
      ownMarks.delete(key);
    }
  };

  return accept({
    number: parts.number,
    keys: () => envelopeKeys(envelopes),
    get,
    has: (key) => get(key) !== undefined,
    ownMark: (key) => {
      const mark = ownMarks.get(key);
      return mark instanceof Uint8Array ? mark : undefined;
    },
    size: () => size,
    put: async (entries) => {
      if (closing !== undefined) return refuse("STORE_CLOSED");
      saver.change(() => addAll(entries));
      return saver.save();
    },
    remove: async (keys) => {
      if (closing !== undefined) return refuse("STORE_CLOSED");
      if (keys.length === 0) return accept(undefined);
      saver.changeAway(() => removeAll(keys));
      return saver.compact();
    },
    close: () => {
      if (closing === undefined) {
        closing = saver.close().then(() => doc.destroy());
        parts.onClosing(closing);
      }
      return closing;
    },
  });
};

const envelopeKeys = function* (envelopes: YMap<unknown>): Iterable<EnvelopeKey> {
  for (const [key, value] of envelopes.entries()) {
    if (value instanceof Uint8Array) yield key as EnvelopeKey;
  }
};
