import { backupEnding } from "./backupNames.ts";

/** So many names of one shared folder are seen; it may hold more. */
export const namesAtOnce = 2000;

/** Bytes of a name, as file systems count them. */
const nameLimit = 255;

/**
 * What may be seen, put and taken away in a shared folder: a plain name with the ending of a capsule, hidden on no
 * system and leading to no other place on any (a colon names a second stream of a file on Windows).
 */
export const isSharedFileName = (name: string): boolean =>
  name.length > backupEnding.length &&
  name.length <= nameLimit &&
  new TextEncoder().encode(name).length <= nameLimit &&
  name.toLowerCase().endsWith(backupEnding) &&
  !name.startsWith(".") &&
  !/[/\\:\p{Cc}]/u.test(name);

/** Of many names those that are seen, the same ones each time. */
export const firstSharedNames = (names: readonly string[]): readonly string[] =>
  names.filter(isSharedFileName).toSorted().slice(0, namesAtOnce);
