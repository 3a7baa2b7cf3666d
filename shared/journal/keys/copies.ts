import { ed25519Secret, x25519Secret, xwingSecret } from "../../crypto/keys.ts";
import type { PersonKeys } from "../../people/person.ts";
import type { PersonOfMine } from "../../people/standing.ts";

export { copyCouple, copySecret } from "../../people/copyCouple.ts";

/** As of a couple's: whoever holds them wipes them, each their own. */
export const copyPersonKeys = ({ identity, ed25519, x25519, xwing }: PersonKeys): PersonKeys => ({
  identity: ed25519Secret(identity.slice()),
  ed25519: ed25519Secret(ed25519.slice()),
  x25519: x25519Secret(x25519.slice()),
  xwing: xwingSecret(xwing.slice()),
});

export const copyPerson = (person: PersonOfMine): PersonOfMine => ({
  ...person,
  identity: ed25519Secret(person.identity.slice()),
});
