import { equalBytes, toHex } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { readRosterNote } from "../envelope/rosterNote.ts";
import { parseCertificate, type Certificate } from "../people/certificate.ts";
import { areDistinct } from "../people/handover.ts";
import type { Owner } from "../people/roster.ts";
import { inUseOf, mostInUse, mostKnown, type Couple } from "../people/space.ts";

/** By whom, and what it says. */
export type RosterNote = { readonly device: DeviceId; readonly body: Uint8Array };

type InUse = { readonly owner: Owner; readonly certificate: Certificate };

/**
 * The couple with everybody of whom these notes say that they are in use; the same couple where that is nobody new.
 * `notes`: those of one device in the order in which it wrote them.
 *
 * Which of them count is a matter of the notes alone, and not of the order in which those of several devices come: the
 * oldest in use of each person may bring in three. The first that it names may bring in two, the second one, and whoever
 * comes by these as many fewer again. Danger: were it the first four of which somebody hears, two computers could come
 * to hold others in use for good, and the one would wait for words that the other one refuses.
 */
export const withNotes = (
  couple: Couple,
  self: Certificate,
  notes: readonly RosterNote[],
  onTrouble: (code: string) => void = () => {},
): Couple => {
  let now = couple;
  const isDisputed = disputesIn(notes, self);
  const allowances = new Map<DeviceId, number>();
  const learn = (author: InUse, certificate: Certificate): void => {
    const learned = isDisputed(certificate)
      ? refuse("BAD_ROSTER_NOTE", "a key of two")
      : withDevice(now, self, author.owner, certificate);
    if (learned.ok) now = learned.value;
    else onTrouble(learned.code);
  };
  const hear = (device: DeviceId, allowance: number): void => {
    const author = inUseIn(now, self).find((one) => one.certificate.device === device);
    if (author === undefined || allowance <= (allowances.get(device) ?? -1)) return;
    allowances.set(device, allowance);
    for (const [place, certificate] of namedBy(author, notes).entries()) {
      const left = allowance - 1 - place;
      if (left < 0) return onTrouble("BAD_ROSTER_NOTE");
      learn(author, certificate);
      hear(certificate.device, left);
    }
  };
  const oldest = inUseOf(couple, self.device, couple.partner.certificate.device);
  for (const device of [oldest.mine[0], oldest.theirs[0]])
    if (device !== undefined) hear(device, mostInUse - 1);
  const inUse = inUseIn(now, self);
  for (const note of notes) {
    const author = inUse.find(({ certificate }) => certificate.device === note.device);
    if (author === undefined || !saysSomebody(author, note)) onTrouble("BAD_ROSTER_NOTE");
  }
  return now;
};

const inUseIn = ({ partner, beside = [] }: Couple, self: Certificate): readonly InUse[] => [
  { owner: "me", certificate: self },
  { owner: "partner", certificate: partner.certificate },
  ...beside,
];

/**
 * Danger: by this a device comes to be trusted. Only one that is in use itself says it, and only of its own person, by
 * the identity that was known before. One that is gone says nothing: a meeting has replaced all that there were.
 */
const certificateIn = (author: InUse, { body }: RosterNote): Certificate | undefined => {
  const read = readRosterNote(body);
  const parsed = read.ok ? parseCertificate(read.value.certificate) : read;
  return parsed.ok && equalBytes(parsed.value.identity, author.certificate.identity)
    ? parsed.value
    : undefined;
};

/**
 * Whether the notes give the key of this certificate to another device too. Nobody has shown that it is theirs: where
 * both are of one person, neither counts, and where they are of the two, that of the reader's own person, whom the
 * partner could otherwise keep from bringing in a computer by copying its key. Asked of all notes together, so that
 * it does not matter which comes first.
 */
const disputesIn = (
  notes: readonly RosterNote[],
  self: Certificate,
): ((certificate: Certificate) => boolean) => {
  const named = new Map<string, Map<string, boolean>>();
  for (const { body } of notes) {
    const read = readRosterNote(body);
    const parsed = read.ok ? parseCertificate(read.value.certificate) : read;
    if (!parsed.ok) continue;
    const key = toHex(parsed.value.x25519);
    const devices = named.get(key) ?? new Map<string, boolean>();
    named.set(key, devices);
    const isMine = isOfOne(parsed.value, self);
    devices.set(`${isMine ? "mine" : "theirs"} ${parsed.value.device}`, isMine);
  }
  return (certificate) => {
    const owners = [...(named.get(toHex(certificate.x25519))?.values() ?? [])];
    const mine = owners.filter((isMine) => isMine).length;
    return isOfOne(certificate, self) ? mine > 1 : owners.length > 1;
  };
};

const isOfOne = (one: Certificate, other: Certificate): boolean =>
  equalBytes(one.identity, other.identity);

const saysSomebody = (author: InUse, note: RosterNote): boolean =>
  certificateIn(author, note) !== undefined;

/** Each once, in the order in which it is first named. */
const namedBy = (author: InUse, notes: readonly RosterNote[]): readonly Certificate[] => {
  const named = new Map<DeviceId, Certificate>();
  for (const note of notes) {
    if (note.device !== author.certificate.device) continue;
    const certificate = certificateIn(author, note);
    if (certificate !== undefined && !named.has(certificate.device))
      named.set(certificate.device, certificate);
  }
  return [...named.values()];
};

const withDevice = (
  couple: Couple,
  self: Certificate,
  owner: Owner,
  certificate: Certificate,
): Result<Couple, "BAD_ROSTER_NOTE"> => {
  const { before, beside = [] } = couple;
  const inUse = inUseIn(couple, self);
  const gone = before?.devices ?? [];
  const isKnown =
    gone.some((one) => one.owner === owner && one.device === certificate.device) ||
    inUse.some((one) => one.owner === owner && one.certificate.device === certificate.device);
  // A device's id is that of its keys: of one that is known nothing else can be said.
  if (isKnown) return accept(couple);
  if (!areDistinct([...gone, ...inUse.map((one) => one.certificate), certificate]))
    return refuse("BAD_ROSTER_NOTE", "a known device");
  if (inUse.filter((one) => one.owner === owner).length >= mostKnown)
    return refuse("BAD_ROSTER_NOTE", "too many");
  return accept({ ...couple, beside: [...beside, { owner, certificate, older: false }] });
};
