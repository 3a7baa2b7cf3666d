import { type DeviceId, idBytes, idFrom } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { count, owners, readList } from "./beforeFields.ts";
import { certificateLength, parseCertificate } from "./certificate.ts";
import type { FieldReader } from "./fields.ts";
import { areDistinct } from "./handover.ts";
import { type BesideDevice, mostKnown, type NamedBeside } from "./space.ts";

/**
 * The computers in use that stand beside a keyring's own and the partner's oldest:
 *   beside u8, each owner u8 (0 me, 1 partner), older u8 (0, 1), certificate 1380
 * Of a journal that ended:
 *   beside u8, each owner u8, older u8, device16
 */
const most = 2 * (mostKnown - 1);

export const besideFields = (beside: readonly BesideDevice[]): readonly Uint8Array[] => [
  count(beside, most),
  ...beside.flatMap(({ owner, older, certificate }) => [
    Uint8Array.of(owners.indexOf(owner), older ? 1 : 0),
    certificate.bytes,
  ]),
];

export const pastBesideFields = (beside: readonly NamedBeside[]): readonly Uint8Array[] => [
  count(beside, most),
  ...beside.flatMap(({ owner, older, certificate }) => [
    Uint8Array.of(owners.indexOf(owner), older ? 1 : 0),
    idBytes(certificate.device),
  ]),
];

/** `fields` may be at its end before its time: whatever was missing is refused here. */
export const readBeside = (fields: FieldReader): Result<readonly BesideDevice[], "BAD_KEYRING"> => {
  const beside = readList(fields, most, (): BesideDevice | undefined => {
    const place = readPlace(fields);
    const certificate = parseCertificate(fields.take(certificateLength));
    return place && certificate.ok ? { ...place, certificate: certificate.value } : undefined;
  });
  return beside !== undefined &&
    isRoomFor(beside) &&
    areDistinct(beside.map(({ certificate }) => certificate))
    ? accept(beside)
    : refuse("BAD_KEYRING", "computers beside");
};

export const readPastBeside = (
  fields: FieldReader,
): Result<readonly NamedBeside[], "BAD_KEYRING"> => {
  const beside = readList(fields, most, (): NamedBeside | undefined => {
    const place = readPlace(fields);
    const device = fields.take(16);
    if (place === undefined || device.length < 16) return undefined;
    return { ...place, certificate: { device: idFrom<DeviceId>(device) } };
  });
  return beside !== undefined && isRoomFor(beside)
    ? accept(beside)
    : refuse("BAD_KEYRING", "computers beside, of a journal that ended");
};

const readPlace = (fields: FieldReader): Pick<BesideDevice, "owner" | "older"> | undefined => {
  const owner = owners[fields.u8()];
  const older = fields.u8();
  // The partner's oldest is not among these.
  if (owner === undefined || older > 1 || (owner === "partner" && older === 1)) return undefined;
  return { owner, older: older === 1 };
};

/** Neither has more of them in use than there may be: one of each stands elsewhere in the keyring. */
const isRoomFor = (beside: readonly NamedBeside[]): boolean =>
  owners.every((of) => beside.filter(({ owner }) => owner === of).length < mostKnown);
