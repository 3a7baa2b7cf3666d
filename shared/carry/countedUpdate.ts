import { readVarUint8Array } from "lib0/decoding";
import { decodeUpdateV2, UpdateDecoderV1 } from "yjs";

export type CountedUpdate = ReturnType<typeof decodeUpdateV2>;

/**
 * What a Yjs update holds, without any document; undefined where it does not decode or has more parts than an airlock
 * could ever need.
 */
export const readCountedUpdate = (update: Uint8Array): CountedUpdate | undefined => {
  try {
    return decodeUpdateV2(update, CountingDecoder);
  } catch {
    return undefined;
  }
};

/** Far more than an airlock holds. Two bytes make a part: 64 MiB of them would be minutes and gigabytes in Yjs. */
const mostParts = 262_144;

/** Throws at the part that is one too many; Yjs offers no other way to look before it builds them all. */
class CountingDecoder extends UpdateDecoderV1 {
  #left = mostParts;
  #count(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new RangeError("too many parts");
  }
  /** Yjs copies here; what is only looked at need not be there twice. */
  override readBuf(): Uint8Array {
    return readVarUint8Array(this.restDecoder);
  }
  override readInfo(): number {
    this.#count();
    return super.readInfo();
  }
  override readClient(): number {
    this.#count();
    return super.readClient();
  }
  override readDsClock(): number {
    this.#count();
    return super.readDsClock();
  }
}
