import type { Channel, ReleaseKeys } from "./manifest.ts";

export type ReleasePlace = {
  /** A folder over https, with its last slash: manifest and packages lie in it. */
  readonly address: string;
  readonly channel: Channel;
  /** Two: a release is signed with one of them, and losing one strands nobody. Their other halves stay offline. */
  readonly keys: ReleaseKeys;
};

/**
 * Where this build looks when somebody asks it to. There is no release address yet: this build looks nowhere.
 * docs/releasing.md says how one comes to be here, and a test holds what is entered to its rules.
 */
export const releasePlace = undefined as ReleasePlace | undefined;

/** What is wrong with a place; empty for one that may be built in. */
export const findPlaceFaults = ({ address, keys }: ReleasePlace): string[] => {
  const faults: string[] = [];
  if (!/^https:\/\/[a-z0-9][a-z0-9.-]*\.[a-z]{2,}\/(?:[A-Za-z0-9._-]+\/)*$/.test(address))
    faults.push("address");
  if (keys.length !== 2 || new Set(keys).size !== 2) faults.push("two keys");
  if (keys.some((key) => Buffer.from(key, "base64url").length !== 32)) faults.push("key");
  return faults;
};
