import { accept, refuse, type Result } from "../../base/result.ts";
import { nothingAcked } from "../../carry/acks.ts";
import { mostWanted, type WrittenRecord } from "../../carry/capsule/records.ts";
import type { IndexLine } from "../../ledger/indexLine.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import { chunkLength, type ChunkName } from "../../page/photo.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import type { PeerDelivery } from "./delivery.ts";
import { chainsToSome, leastAcked } from "./leastAcked.ts";
import { isWithdrawn, waitingLines } from "./waitingLines.ts";

/** What goes into a capsule: names and places only, so that nothing is held but what is just being written. */
export type CapsuleContent = {
  readonly lines: readonly IndexLine[];
  readonly chunks: readonly ChunkName[];
  /** About, of the file. */
  readonly bytes: number;
};

export type CapsuleContentParts = {
  readonly what: "new" | "all";
  readonly shelf: SharedShelf;
  /** All of the partner's: what any of them lacks goes in, since nobody knows which will open it. */
  readonly to: readonly Pick<PeerDelivery, "device" | "acked" | "wanted">[];
};

export const findContent = (parts: CapsuleContentParts): CapsuleContent => {
  const { what, shelf, to } = parts;
  const { ledger, chains, pages, photos } = shelf;
  const acked =
    what === "all"
      ? nothingAcked
      : leastAcked(to.map(({ device, acked: by }) => ({ device, acked: by.read() })));
  const of = chainsToSome(
    chains,
    to.map(({ device }) => device),
  );
  // Those that go ahead come again in their turn: a reader can hold only so many that wait.
  const lines = waitingLines(shelf, of, acked).map(({ line }) => line);
  const ack = ledger.linesOf(chains.ours, chains.me).findLast(({ kind }) => kind === "ack");
  if (ack !== undefined && !lines.includes(ack)) lines.push(ack);

  const sent = new Set(lines.map(({ page }) => page));
  const shown = [...pages.facts.read().values()].filter(
    ({ owner, id }) => sent.has(id) || (what === "all" && owner === chains.people.me),
  );
  const named = new Set([
    ...to.flatMap(({ wanted }) => [...wanted()]),
    ...shown.flatMap((facts) => facts.chunks),
    // The history of a page shows them still.
    ...shown.flatMap((facts) => facts.chunksBefore),
  ]);
  const chunks = [...named].filter(photos.has);
  return { lines, chunks, bytes: lines.length * usualEnvelope + chunks.length * chunkLength };
};

const usualEnvelope = 1_024;

/** Words first. What was withdrawn since it was looked up is left out. */
export const gatherCapsule = async function* (
  { ledger, photos, chains }: SharedShelf,
  { lines, chunks }: CapsuleContent,
): AsyncGenerator<Result<WrittenRecord, StoreCode>, void, undefined> {
  yield accept({ type: "heads", writer: chains.me, heads: ledger.heads() });
  const missing = photos.missing();
  const wanted = [...missing.shown, ...missing.earlier].slice(0, mostWanted);
  if (wanted.length > 0) yield accept({ type: "wanted", names: wanted });
  const written = { envelopes: 0, chunks: 0 };
  for (const line of lines) {
    const envelope = await ledger.envelopeOf(line);
    if (!envelope.ok && isWithdrawn(ledger, line)) continue;
    if (!envelope.ok) return yield envelope;
    written.envelopes += 1;
    yield accept({ type: "envelope", envelope: envelope.value });
  }
  for (const name of chunks) {
    const chunk = await photos.chunk(name);
    if (!chunk.ok) {
      if (chunk.code === "PHOTO_MISSING" || chunk.code === "PHOTO_DAMAGED") continue;
      return yield refuse(chunk.code, chunk.detail);
    }
    written.chunks += 1;
    yield accept({ type: "chunk", bytes: chunk.value });
  }
  yield accept({ type: "end", ...written });
};
