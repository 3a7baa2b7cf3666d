import type { i18n } from "i18next";
import type errors from "../i18n/en/errors.json";

export type TroubleGroup = Exclude<keyof typeof errors, "other">;
type TroubleText = {
  readonly happened: string;
  readonly safe: string;
  readonly next: string;
};

/** Where a code's sentences are looked for, nearest meaning first. */
const nearest: Readonly<Record<TroubleGroup, readonly TroubleGroup[]>> = {
  door: ["door"],
  create: ["create", "door"],
  unlock: ["unlock", "create", "door"],
  words: ["words", "unlock", "create", "door"],
  aside: ["aside", "door"],
  wordsCheck: ["wordsCheck", "unlock", "door"],
  keys: ["keys", "unlock", "create", "door"],
  room: ["room", "unlock", "create", "store", "door"],
  store: ["store"],
  backup: ["backup", "unlock", "create", "room", "store", "door"],
  capsule: ["capsule", "store"],
  folder: ["folder"],
  computer: ["computer"],
  restore: ["restore", "backup", "unlock", "create", "room", "door"],
  moving: ["moving", "page", "room", "store"],
  saving: ["saving", "page", "room", "store"],
  updates: ["updates"],
  page: ["page", "room", "store"],
  invitation: ["invitation", "pairing"],
  pairing: ["pairing"],
  ownPairing: ["ownPairing", "pairing"],
  ownInvitation: ["ownInvitation", "ownPairing", "invitation", "pairing"],
  rendezvous: ["rendezvous"],
  carrier: ["carrier", "carried", "store", "page", "rendezvous"],
  ending: ["ending", "store"],
  carried: ["carried", "carrier", "store", "page", "rendezvous"],
};

/** What happened, what is safe, what to do. Every code gets three sentences, an unknown one the common three. */
export const troubleText = (texts: i18n, group: TroubleGroup, code: string): TroubleText => {
  const place = findPlace(texts, group, code) ?? "other";
  const sentence = (part: keyof TroubleText): string =>
    texts.t(`errors:${place}.${part}` as "errors:other.next");
  return { happened: sentence("happened"), safe: sentence("safe"), next: sentence("next") };
};

/** Where the table has this code's own sentences; for the test that no code is left without. */
export const findPlace = (texts: i18n, group: TroubleGroup, code: string): string | undefined =>
  nearest[group]
    .map((near) => `${near}.${code}`)
    .find((place) => texts.exists(`errors:${place}.next`));
