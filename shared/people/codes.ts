/** Why an invitation cannot be used; each has its own sentence. */
export type InvitationCode =
  | "NOT_AN_INVITATION"
  | "ALTERED"
  | "NEWER_VERSION"
  | "EXPIRED"
  | "OWN_INVITATION";

/**
 * Why pairing ended. USED: the other end says that someone already came with it. VANISHED: the other side
 * stopped answering. DIFFER: somebody said that the words differ. WRONG_CERTIFICATE: not who invited.
 * JUNK: bytes that are not our protocol. ALREADY_PAIRED: this journal has its two.
 * OTHER_JOURNAL: what the two computers hold is not the same journal, or not as one of them knows it.
 * OTHER_PURPOSE: one of the two is to be another computer of the same person, and the other one's person said something
 * else. TOO_MANY: a person has as many computers in use as there may be.
 * WORN_OUT: so many computers of the two are gone that a keyring holds no more.
 */
export type PairingCode =
  | "EXPIRED"
  | "USED"
  | "VANISHED"
  | "DIFFER"
  | "CANCELLED"
  | "WRONG_CERTIFICATE"
  | "JUNK"
  | "NO_RENDEZVOUS"
  | "ALREADY_PAIRED"
  | "OTHER_JOURNAL"
  | "OTHER_PURPOSE"
  | "TOO_MANY"
  | "WORN_OUT"
  | "NOT_SAVED";
