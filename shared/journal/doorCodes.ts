/** What may keep a door shut. */

/** NOT_LOADED: a part of Twofold itself could not be read. */
export type DoorTrouble =
  | "BAD_MAGIC"
  | "BAD_SUITE"
  | "BAD_SLOT"
  | "KDF_TOO_WEAK"
  | "KDF_TOO_STRONG"
  | "KEYRING_MISSING"
  | "KEYRING_DAMAGED"
  | "KEYCHAIN_LOST"
  | "KEYCHAIN_REFUSED"
  | "NOT_LOADED"
  | "DISK_FAILED";

/** WRONG_SECRET never says which half was wrong. WAIT: tried too soon after wrong ones. */
export type UnlockCode =
  | "WRONG_SECRET"
  | "BAD_WORDS"
  | "PASSPHRASE_SHORT"
  | "WAIT"
  | "VAULT_TAMPERED"
  | DoorTrouble;
