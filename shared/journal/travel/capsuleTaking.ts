import type { FileSource } from "../../base/files.ts";
import type { DeviceId } from "../../base/ids.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Work } from "../../base/work.ts";
import { isSealedFor, readCapsuleHead, type CapsuleHead } from "../../carry/capsule/head.ts";
import { readCapsule, type ReadCapsuleRecord } from "../../carry/capsule/readCapsule.ts";
import type { CapsuleRecord } from "../../carry/capsule/records.ts";
import type { ChainHead } from "../../envelope/chain.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import { chunkNameOf, type SealedChunk } from "../../page/photoSeal.ts";
import type { CapsuleReadCode, CapsuleTaken } from "../capsules.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import type { Delivery } from "./delivery.ts";
import { sliceLimits } from "./slices.ts";

export type TakeCapsuleParts = {
  readonly file: FileSource;
  readonly root: Uint8Array;
  readonly shelf: SharedShelf;
  readonly delivery: Pick<Delivery, "takeIn" | "takePhotos" | "peers">;
  readonly work: Work;
};

type Reading = TakeCapsuleParts & { readonly head: CapsuleHead };

/** First through to its end; then again, a slice at a time into the journal. What comes twice is what came once. */
export const takeCapsule = async (
  parts: TakeCapsuleParts,
): Promise<Result<CapsuleTaken, CapsuleReadCode>> => {
  const head = await readCapsuleHead(parts.file);
  if (!head.ok) return head;
  if (parts.work.cancelled()) return refuse("CANCELLED");
  if (!isSealedFor(head.value, parts.root)) return refuse("OTHER_COUPLE");
  const reading = { ...parts, head: head.value };
  const whole = await readThrough(reading);
  return whole.ok ? takeIn(reading) : whole;
};

const recordsOf = (
  { file, head, root, work }: Reading,
  pass: 0 | 1,
): AsyncIterable<ReadCapsuleRecord> =>
  readCapsule({
    source: file,
    head,
    root,
    work: { ...work, progress: (done, all) => work.progress(pass * all + done, 2 * all) },
  });

const readThrough = async (reading: Reading): Promise<Result<void, CapsuleReadCode>> => {
  const { me } = reading.shelf.chains;
  for await (const record of recordsOf(reading, 0)) {
    if (!record.ok) return record;
    if (record.value.type === "heads" && record.value.writer === me) return refuse("OWN_CAPSULE");
  }
  return accept(undefined);
};

const takeIn = async (reading: Reading): Promise<Result<CapsuleTaken, CapsuleReadCode>> => {
  const { shelf, delivery } = reading;
  const words = createSlice<Uint8Array>(sliceLimits, delivery.takeIn);
  const photos = createSlice<Uint8Array>({ count: 32, bytes: Infinity }, (some) =>
    takePhotos(shelf, delivery, some),
  );
  let heads: Extract<CapsuleRecord, { type: "heads" }> | undefined;
  let wanted: Extract<CapsuleRecord, { type: "wanted" }>["names"] = [];
  for await (const record of recordsOf(reading, 1)) {
    if (!record.ok) return record;
    const one = record.value;
    if (one.type === "heads") heads = one;
    if (one.type === "wanted") wanted = one.names;
    if (one.type === "envelope") {
      const added = await words.add(one.envelope);
      if (!added.ok) return added;
    }
    if (one.type === "chunk") {
      // Its page has to be there first: only what is missing by then is taken.
      const settled = await words.flush();
      const added = settled.ok ? await photos.add(one.bytes) : settled;
      if (!added.ok) return added;
    }
  }
  for (const slice of [words, photos]) {
    const flushed = await slice.flush();
    if (!flushed.ok) return flushed;
  }
  const writer = delivery.peers().find(({ device }) => device === heads?.writer);
  if (writer !== undefined && isNewestWord(shelf, writer.device, heads?.heads ?? []))
    writer.heard(new Set(wanted));
  return accept({ brought: words.brought() || photos.brought() });
};

/** Nothing newer of the writer's is known: what an older capsule wants may have come long ago. */
export const isNewestWord = (
  { ledger }: SharedShelf,
  writer: DeviceId,
  heads: readonly ChainHead[],
): boolean =>
  ledger
    .heads()
    .filter(({ device }) => device === writer)
    .every((here) =>
      heads.some(
        ({ notebook, device, seq }) =>
          notebook === here.notebook && device === writer && seq >= here.seq,
      ),
    );

const takePhotos = async (
  { photos }: SharedShelf,
  delivery: Pick<Delivery, "takePhotos">,
  some: readonly Uint8Array[],
): Promise<Result<boolean, StoreCode>> => {
  const loaded = await photos.load();
  if (!loaded.ok) return loaded;
  const { shown, earlier } = photos.missing();
  const missing = new Set([...shown, ...earlier]);
  const chunks = some
    .map((bytes): SealedChunk => ({ name: chunkNameOf(bytes), bytes }))
    .filter(({ name }) => missing.has(name));
  if (chunks.length === 0) return accept(false);
  const taken = await delivery.takePhotos(chunks);
  return taken.ok ? accept(true) : taken;
};

/** Collects until there is enough for the disk. `brought`: whether anything of it all was not here. */
const createSlice = <Item extends Uint8Array>(
  limits: { readonly count: number; readonly bytes: number },
  take: (some: readonly Item[]) => Promise<Result<boolean, StoreCode>>,
) => {
  let some: Item[] = [];
  let bytes = 0;
  let brought = false;
  const flush = async (): Promise<Result<void, StoreCode>> => {
    if (some.length === 0) return accept(undefined);
    const taken = await take(some);
    some = [];
    bytes = 0;
    if (!taken.ok) return taken;
    brought ||= taken.value;
    return accept(undefined);
  };
  return {
    flush,
    brought: () => brought,
    add: async (item: Item): Promise<Result<void, StoreCode>> => {
      some.push(item);
      bytes += item.length;
      return some.length >= limits.count || bytes >= limits.bytes ? flush() : accept(undefined);
    },
  };
};
