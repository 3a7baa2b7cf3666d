import { createHash, randomBytes } from "node:crypto";
import * as encoding from "lib0/encoding";

export type Couple = {
  readonly token: string;
  readonly couple: string;
  readonly box: (index?: number) => string;
};

/** As the protocol has it: couple = SHA-256(enc("TF/1 couple", secret))[0..16]. */
export const inventCouple = (secret: Buffer = randomBytes(32)): Couple => {
  const label = Buffer.from("TF/1 couple");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(secret.length);
  const digest = createHash("sha256")
    .update(Buffer.concat([Buffer.of(label.length), label, length, secret]))
    .digest();
  const couple = digest.subarray(0, 16).toString("base64url");
  const boxOf = (index: number) =>
    createHash("sha256").update(secret).update(String(index)).digest().subarray(0, 16);
  return {
    token: secret.toString("base64url"),
    couple,
    box: (index = 0) => `${couple}.${boxOf(index).toString("base64url")}`,
  };
};

/** What a client can say, byte by byte. */
export const messages = {
  auth: (name: string, token: string) =>
    write((encoder) => {
      encoding.writeVarString(encoder, name);
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, token);
      encoding.writeVarString(encoder, "4.7.0");
    }),
  vector: (name: string, vector: Uint8Array = Uint8Array.of(0)) => sync(name, 0, vector),
  stepTwo: (name: string, update: Uint8Array) => sync(name, 1, update),
  update: (name: string, update: Uint8Array) => sync(name, 2, update),
  close: (name: string) => plain(name, 7),
  plain: (name: string, type: number, rest: Uint8Array = new Uint8Array()) =>
    Buffer.concat([plain(name, type), rest]),
};

const write = (fill: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  fill(encoder);
  return encoding.toUint8Array(encoder);
};

const plain = (name: string, type: number) =>
  write((encoder) => {
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
  });

const sync = (name: string, step: number, body: Uint8Array) =>
  write((encoder) => {
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
