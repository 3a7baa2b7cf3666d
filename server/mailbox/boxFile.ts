import { createHash } from "node:crypto";

/** "TFBOX1\r\n", 16 bytes of SHA-256 over the rest, the rest: a state of Yjs. A file cut short is seen as damaged. */
const magic = Buffer.from("TFBOX1\r\n", "latin1");
const digestBytes = 16;
const headBytes = magic.length + digestBytes;

export const encodeBoxFile = (state: Uint8Array): Uint8Array =>
  Buffer.concat([magic, digestOf(state), state]);

/** Undefined when it is damaged. */
export const decodeBoxFile = (file: Uint8Array): Uint8Array | undefined => {
  const state = file.subarray(headBytes);
  const isWhole =
    file.length > headBytes &&
    magic.equals(file.subarray(0, magic.length)) &&
    digestOf(state).equals(file.subarray(magic.length, headBytes));
  return isWhole ? state : undefined;
};

const digestOf = (state: Uint8Array): Buffer =>
  createHash("sha256").update(state).digest().subarray(0, digestBytes);
