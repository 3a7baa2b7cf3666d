import { sodium } from "./sodium.ts";

/**
 * Argon2id version 0x13, one lane, 32 bytes out. `ops` passes over `memKiB` KiB; the caller has checked the bounds
 * (PROTOCOL §3). Throws where the WebAssembly memory cannot grow that far, at the latest at 2 GiB.
 * Danger: seconds long and that memory is never given back, so run it in a worker that ends afterwards.
 */
export const argon2id = (
  password: Uint8Array,
  salt: Uint8Array,
  ops: number,
  memKiB: number,
): Uint8Array =>
  sodium().crypto_pwhash(
    32,
    password,
    salt,
    ops,
    memKiB * 1024,
    sodium().crypto_pwhash_ALG_ARGON2ID13,
  );
