import { x25519Secret } from "../crypto/keys.ts";
import { carriedNotebookKey } from "../envelope/envelope.ts";
import type { Couple, NotebookKeys, NotebookSecret } from "./space.ts";

/**
 * Whoever holds keys wipes them when done, each their own: the keyring, the bond that carries, and an attempt at
 * pairing, which may end at any moment. Danger: keys that two of them held together, wiped by one and saved by the
 * other, would be gone from the disk. Certificates are public and stay the same ones.
 */
export const copyCouple = (couple: Couple): Couple => ({
  ...couple,
  crk: couple.crk.slice(),
  notebooks: {
    mine: copySecret(couple.notebooks.mine),
    theirs: copySecret(couple.notebooks.theirs),
    ours: copySecret(couple.notebooks.ours),
  },
  ...(couple.before && {
    before: {
      ...couple.before,
      keys: couple.before.keys.map(copyKeys),
      devices: couple.before.devices.map((gone) => ({
        ...gone,
        secret: gone.secret && x25519Secret(gone.secret.slice()),
      })),
    },
  }),
});

export const copySecret = ({ id, key }: NotebookSecret): NotebookSecret => ({
  id,
  key: carriedNotebookKey(key.slice()),
});

export const copyKeys = ({ mine, theirs, ours }: NotebookKeys): NotebookKeys => ({
  mine: carriedNotebookKey(mine.slice()),
  theirs: carriedNotebookKey(theirs.slice()),
  ours: carriedNotebookKey(ours.slice()),
});
