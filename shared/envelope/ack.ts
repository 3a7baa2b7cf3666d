import { concatBytes, readU64, u64 } from "../base/bytes.ts";
import { idBytes, idFrom } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ChainHead } from "./chain.ts";
import { numberLimit } from "./message.ts";

const headLength = 16 + 16 + 8 + 32;

/**
 * The body of a message of kind 3: "I hold these chains up to here", as `notebook16 ‖ device16 ‖ seq u64 ‖ id32`
 * one after the other. It says what a device holds, never that somebody read it.
 */
export const encodeAck = (heads: readonly ChainHead[]): Uint8Array =>
  concatBytes(
    ...heads.map(({ notebook, device, seq, id }) =>
      concatBytes(idBytes(notebook), idBytes(device), u64(seq), idBytes(id)),
    ),
  );

/** BAD_ACK: bytes left over, a sequence of 0 or from 2^53 on, a chain named twice. */
export const decodeAck = (body: Uint8Array): Result<readonly ChainHead[], "BAD_ACK"> => {
  if (body.length % headLength !== 0) return refuse("BAD_ACK", "bytes left over");
  const heads: ChainHead[] = [];
  const named = new Set<string>();
  for (let offset = 0; offset < body.length; offset += headLength) {
    const head = decodeHead(body.subarray(offset, offset + headLength));
    if (head.seq === 0 || head.seq >= numberLimit)
      return refuse("BAD_ACK", "sequence out of range");
    named.add(head.notebook + head.device);
    heads.push(head);
  }
  return named.size === heads.length ? accept(heads) : refuse("BAD_ACK", "a chain named twice");
};

const decodeHead = (bytes: Uint8Array): ChainHead => ({
  notebook: idFrom(bytes.subarray(0, 16)),
  device: idFrom(bytes.subarray(16, 32)),
  seq: readU64(bytes, 32),
  id: idFrom(bytes.subarray(40, headLength)),
});
