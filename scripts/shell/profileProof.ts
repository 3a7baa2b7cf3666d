import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A port of this computer is open to every account on it: whoever listens on a profile's port first could say
 * that it is Twofold. Only who can read the profile's folder can answer a challenge (32 random bytes, hex).
 */
export type ProfileProof = {
  readonly answer: (challenge: string) => string;
  readonly isAnswer: (challenge: string, answer: unknown) => boolean;
};

export const newChallenge = (): string => randomBytes(32).toString("hex");
export const isChallenge = (text: unknown): text is string =>
  typeof text === "string" && /^[0-9a-f]{64}$/.test(text);

/** Makes the secret where there is none: 32 bytes that only this account may read. Throws as the disk does. */
export const openProfileProof = (folder: string): ProfileProof => {
  const secret = readSecret(folder) ?? makeSecret(folder);
  const answer = (challenge: string): string =>
    createHmac("sha256", secret).update(`twofold shell ${challenge}`).digest("hex");
  return {
    answer,
    isAnswer: (challenge, given) =>
      isChallenge(given) &&
      timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(answer(challenge), "hex")),
  };
};

const secretFile = (folder: string): string => join(folder, "shell-secret");

const readSecret = (folder: string): Uint8Array | undefined => {
  try {
    const secret = readFileSync(secretFile(folder));
    return secret.length === 32 ? secret : undefined;
  } catch {
    return undefined;
  }
};

/** Two that start at once: the one that comes second takes what the first has written. */
const makeSecret = (folder: string): Uint8Array => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32);
  try {
    writeFileSync(secretFile(folder), secret, { mode: 0o600, flag: "wx" });
    return secret;
  } catch {
    const there = readSecret(folder);
    if (there !== undefined) return there;
    writeFileSync(secretFile(folder), secret, { mode: 0o600 });
    return secret;
  }
};
