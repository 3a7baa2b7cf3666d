import { wipePastCouple } from "../../people/pastCouple.ts";
import { wipePersonKeys } from "../../people/person.ts";
import { wipeCouple } from "../../people/space.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";

/** Takes every key that a keyring holds out of memory, as far as that can be. */
export const wipeKeyring = ({ keys, couple, past }: KeyringContent): void => {
  wipePersonKeys(keys);
  if (couple !== undefined) wipeCouple(couple);
  if (past !== undefined) wipePastCouple(past);
};
