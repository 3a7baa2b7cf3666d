import type { Random } from "../../shared/base/random.ts";
import { envelopeKey, envelopeStart, type Envelope } from "../../shared/envelope/envelope.ts";
import { drawerContent, drawersInStep } from "../../shared/ledger/paddedDrawers.ts";
import { openPaddedStores, type PaddedStores } from "../../shared/ledger/paddedStores.ts";
import type { DrawerStore, StoreCode, VolumeEntry } from "../../shared/ledger/stores.ts";
import type { Result } from "../../shared/base/result.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";

export const roomKey = new Uint8Array(32).fill(9);

export const must = <Value>(result: Result<Value, StoreCode>): Value => {
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.detail ?? ""}`);
  return result.value;
};

export const openWith = async (
  store: DrawerStore,
  random: Random,
  key: Uint8Array = roomKey,
  clock: ManualClock = createManualClock(),
  onTrouble: (code: string) => void = () => {},
): Promise<PaddedStores> => must(await openPaddedStores({ store, key, clock, random, onTrouble }));

export const sealedLike = (random: Random, length = 592): VolumeEntry => {
  const envelope = new Uint8Array(length).fill(length);
  envelope.set(random(32), 40);
  envelope.set(envelopeStart);
  return { key: envelopeKey(envelope), envelope: envelope as Envelope };
};

/** All that somebody without the key sees; throws where one record differs from another in form. */
export const shapeOf = async (store: DrawerStore): Promise<{ readonly steps: number }> => {
  const labels = must(await store.labels());
  const contents = must(await store.read(labels));
  if (labels.some((label) => !/^[A-Za-z0-9_-]{128}$/.test(label)))
    throw new Error("a label of another form");
  if (contents.some((content) => content?.length !== drawerContent))
    throw new Error("a content of another length");
  return { steps: labels.length / drawersInStep };
};
