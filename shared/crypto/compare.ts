import { sodium } from "./sodium.ts";

/** For secrets, tags and commitments: takes as long for the first differing byte as for the last. */
export const constantTimeEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && sodium().memcmp(one, other);
