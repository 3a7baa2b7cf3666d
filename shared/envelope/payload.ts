import { concatBytes, readU64, u64 } from "../base/bytes.ts";
import { idBytes, idFrom, type DeviceId, type MessageId, type PageId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/** `nSeen u8 | nSeen × (device16 | seq u64 | id32) | docId16 | body`, the same for every kind. */
export type Payload = {
  /** The newest of the other devices' messages that the author had when writing; at most 255. */
  readonly seen: readonly SeenHead[];
  /** `noPage` where there is none. */
  readonly page: PageId;
  /** What it holds depends on the kind: Yjs bytes for updates and snapshots. */
  readonly body: Uint8Array;
};

export type SeenHead = {
  readonly device: DeviceId;
  readonly seq: number;
  readonly id: MessageId;
};

const seenLength = 16 + 8 + 32;
const mostSeen = 255;

export const encodePayload = ({ seen, page, body }: Payload): Uint8Array => {
  if (seen.length > mostSeen) throw new RangeError("at most 255 seen heads");
  return concatBytes(
    Uint8Array.of(seen.length),
    ...seen.map((head) => concatBytes(idBytes(head.device), u64(head.seq), idBytes(head.id))),
    idBytes(page),
    body,
  );
};

/**
 * Whether a seen head is true is for admission to say. A sequence of 2^53 or more is read imprecisely: no
 * message has one, so it only needs to stay different from all of them.
 */
export const decodePayload = (bytes: Uint8Array): Result<Payload, "BAD_PAYLOAD"> => {
  const pageStart = 1 + (bytes[0] ?? 0) * seenLength;
  if (bytes.length < pageStart + 16) return refuse("BAD_PAYLOAD");
  return accept({
    seen: Array.from({ length: bytes[0] ?? 0 }, (_, index) =>
      decodeSeen(bytes.subarray(1 + index * seenLength)),
    ),
    page: idFrom(bytes.subarray(pageStart, pageStart + 16)),
    body: bytes.subarray(pageStart + 16),
  });
};

const decodeSeen = (bytes: Uint8Array): SeenHead => ({
  device: idFrom(bytes.subarray(0, 16)),
  seq: readU64(bytes, 16),
  id: idFrom(bytes.subarray(24, seenLength)),
});
