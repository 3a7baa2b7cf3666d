import { expect } from "vitest";

/** Bytes are compared as bytes: the general comparison goes through them one by one and takes seconds for a photo. */
expect.addEqualityTesters([
  (one: unknown, other: unknown): boolean | undefined => {
    if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array)) return undefined;
    if (one.constructor !== other.constructor) return undefined;
    return Buffer.compare(one, other) === 0;
  },
]);
