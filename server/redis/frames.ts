import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Messages as they go through Redis: version, sender (16 bytes), tag (16), body. Names and tags are made with a key
 * from the password, so that another program on the same Redis, with a password of its own, learns no name and can
 * say nothing that is heard. Without a password the key is known to all; what is heard is judged anyway.
 */
export type Frames = {
  readonly self: string;
  readonly nameOf: (channel: string) => string;
  readonly seal: (name: string, body: Uint8Array) => Buffer;
  /** "own": said by this process. */
  readonly open: (name: string, frame: Buffer) => Opened | "own" | undefined;
};

export type Opened = { readonly from: string; readonly body: Buffer };

const version = 1;
const idBytes = 16;
const tagBytes = 16;
export const frameHead = 1 + idBytes + tagBytes;

export const createFrames = (secret: string): Frames => {
  const id = randomBytes(idBytes);
  const self = id.toString("base64url");
  const key = createHash("sha256").update("twofold bus 1\n").update(secret).digest();

  const tagOf = (name: string, sender: Uint8Array, body: Uint8Array): Buffer =>
    createHmac("sha256", key)
      .update(`said ${name}\n`)
      .update(sender)
      .update(body)
      .digest()
      .subarray(0, tagBytes);

  return {
    self,
    nameOf: (channel) => {
      const digest = createHmac("sha256", key).update(`name ${channel}`).digest();
      return `twofold:${digest.subarray(0, 16).toString("base64url")}`;
    },
    seal: (name, body) => Buffer.concat([Buffer.of(version), id, tagOf(name, id, body), body]),
    open: (name, frame) => {
      if (frame.length < frameHead || frame[0] !== version) return undefined;
      const sender = frame.subarray(1, 1 + idBytes);
      const body = frame.subarray(frameHead);
      if (!timingSafeEqual(tagOf(name, sender, body), frame.subarray(1 + idBytes, frameHead)))
        return undefined;
      const from = sender.toString("base64url");
      return from === self ? "own" : { from, body };
    },
  };
};
