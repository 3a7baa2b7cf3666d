import type { MessageId } from "../../base/ids.ts";
import { accept, type Result } from "../../base/result.ts";
import type { Message } from "../../envelope/message.ts";
import { openEnvelope } from "../../envelope/open.ts";
import { recordsIn } from "../../envelope/redaction.ts";
import type { StoreCode, Volume, VolumeStore } from "../../ledger/stores.ts";
import { keyOfTheirs, type PastCouple } from "../../people/pastCouple.ts";

/**
 * The messages of the partner that count, though no tag can be checked any more: each names the one before it by a
 * hash, so the heads of the day of the ending vouch for all of them. What is laid on this disk later is not among
 * them. Reads every volume: only where the index has to be made anew.
 */
export const vouchedBefore = async (
  past: PastCouple,
  volumes: VolumeStore,
): Promise<Result<ReadonlySet<MessageId>, StoreCode>> => {
  const previous = new Map<MessageId, MessageId>();
  const read = await eachVolume(volumes, async (volume) => {
    for (const key of volume.keys()) {
      const envelope = volume.get(key);
      const message = envelope === undefined ? undefined : openPast(past, envelope);
      if (message === undefined) continue;
      previous.set(message.id, message.header.prev);
      const records = recordsIn(message);
      // The id of what is gone follows from the record of it: nobody has to be believed.
      for (const { id, header } of records.ok ? records.value : []) previous.set(id, header.prev);
    }
    return accept(undefined);
  });
  if (!read.ok) return read;
  const vouched = new Set<MessageId>();
  for (const head of past.heads)
    for (
      let id: MessageId | undefined = head.id;
      id !== undefined && previous.has(id) && !vouched.has(id);
      id = previous.get(id)
    )
      vouched.add(id);
  return accept(vouched);
};

/** As the keys that are left open it; undefined for whatever they do not open. */
export const openPast = (past: PastCouple, envelope: Uint8Array): Message | undefined => {
  const { mine, ours, theirs } = past.notebooks;
  const newest = { mine: mine.key, ours: ours.key, theirs: keyOfTheirs(past) };
  const opened = openEnvelope(
    envelope,
    [newest, ...(past.before?.keys ?? [])].flatMap((keys) => [
      { notebook: mine.id, key: keys.mine },
      { notebook: ours.id, key: keys.ours },
      ...(keys.theirs === undefined ? [] : [{ notebook: theirs.id, key: keys.theirs }]),
    ]),
  );
  return opened.ok ? opened.value.message : undefined;
};

/** One after the other; one is open at a time. */
export const eachVolume = async (
  volumes: VolumeStore,
  look: (volume: Volume) => Promise<Result<void, StoreCode>>,
): Promise<Result<void, StoreCode>> => {
  const numbers = await volumes.list();
  if (!numbers.ok) return numbers;
  for (const number of numbers.value) {
    const opened = await volumes.open(number);
    if (!opened.ok) return opened;
    const looked = await look(opened.value);
    await opened.value.close();
    if (!looked.ok) return looked;
  }
  return accept(undefined);
};
