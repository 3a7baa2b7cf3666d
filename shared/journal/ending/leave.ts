import type { Random } from "../../base/random.ts";
import { carriedNotebookKey, type CarriedNotebookKey } from "../../envelope/envelope.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";
import { pastBesideOf, type PastCouple, type PastWords } from "../../people/pastCouple.ts";
import { makePersonKeys } from "../../people/person.ts";
import type { Couple } from "../../people/space.ts";
import type { Settings } from "../journal.ts";
import { copySecret } from "../keys/copies.ts";
import { firstSettings } from "../settings.ts";
import type { TheirWords } from "../ending.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import type { Bond } from "../travel/bond.ts";
import { beginTime } from "./timeLeft.ts";

/** Where the two met, and by what they carried: none of it is this person's alone. */
const forgotten = [
  "meetingPoints",
  "openToNetwork",
  "iceServers",
  "relayOnly",
  "mailboxes",
  "sharedFolder",
] as const satisfies readonly (keyof Settings)[];

type PastBefore = NonNullable<PastCouple["before"]>;

/** Asked for and not done yet; in the keyring's settings, while a last message has its seconds. */
export const askedFor = "endingAsked";

/**
 * The keyring without everything that the two had in common: CRK, the partner's certificate, and one's own device
 * keys, from which the keys of the tags would follow. One write of it is the ending.
 */
export const leaveCouple = (
  now: KeyringContent,
  past: PastCouple,
  random: Random,
): KeyringContent => {
  const { [askedFor]: _, restored: __, ...settings } = now.settings;
  const network = Object.fromEntries(forgotten.map((name) => [name, firstSettings[name]]));
  return {
    ...now,
    keys: makePersonKeys(random),
    settings: { ...settings, ...network },
    couple: undefined,
    past,
  };
};

/** Copies of the keys that stay: the couple's own are wiped when the bond closes. */
export const pastOf = (
  {
    couple,
    shelf,
  }: Pick<Bond, "couple"> & { readonly shelf: Pick<SharedShelf, "ledger" | "chains"> },
  theirWords: TheirWords,
  now: number,
): PastCouple => {
  const { mine, theirs, ours } = couple.notebooks;
  const { me, partner, devices } = shelf.chains;
  const theirDevices = new Set(devices.theirs);
  return {
    space: couple.space,
    me,
    partner: { name: couple.partner.name, device: partner },
    endedAt: now,
    notebooks: { mine: copySecret(mine), ours: copySecret(ours), theirs: { id: theirs.id } },
    heads: shelf.ledger.heads().filter(({ device }) => theirDevices.has(device)),
    theirWords: fateOf(theirWords, copyKey(theirs.key), now),
    ...(isMoreThanTwo(couple) && { before: beforeOf(couple, theirWords !== "now") }),
  };
};

/** The two have met again, or there are other computers beside. */
const isMoreThanTwo = ({ before, beside = [] }: Couple): boolean =>
  before !== undefined || beside.length > 0;

const beforeOf = (couple: Couple, keepsTheirs: boolean): PastBefore => ({
  keys: (couple.before?.keys ?? []).map(({ mine, ours, theirs }) => ({
    ...{ mine: copyKey(mine), ours: copyKey(ours) },
    theirs: keepsTheirs ? copyKey(theirs) : undefined,
  })),
  devices: (couple.before?.devices ?? []).map(({ owner, device }) => ({ owner, device })),
  ...pastBesideOf(couple),
});

/** When the partner's words go, so do their keys of every epoch. */
export const withFate = (past: PastCouple, theirWords: PastWords): PastCouple => ({
  ...past,
  theirWords,
  ...(past.before &&
    !("key" in theirWords) && {
      before: {
        ...past.before,
        keys: past.before.keys.map((keys) => ({ ...keys, theirs: undefined })),
      },
    }),
});

export const fateOf = (
  words: TheirWords,
  key: Extract<PastWords, { fate: "kept" }>["key"],
  now: number,
): PastWords => {
  if (words === "now") return { fate: "leaving" };
  return words === "keep" ? { fate: "kept", key } : { fate: "until", key, time: beginTime(now) };
};

const copyKey = (key: CarriedNotebookKey): CarriedNotebookKey => carriedNotebookKey(key.slice());
