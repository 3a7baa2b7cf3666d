import { concatBytes, readUtf8, u32, utf8 } from "../base/bytes.ts";
import { idBytes, idFrom, type SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { ed25519Secret, x25519Secret, xwingSecret } from "../crypto/keys.ts";
import { beforeFields, pastBeforeFields, readBefore, readPastBefore } from "./beforeFields.ts";
import { certificateLength, parseCertificate } from "./certificate.ts";
import { type FieldReader, readFields, u16 } from "./fields.ts";
import { type PastCouple, pastCoupleFields, readPastCouple } from "./pastCouple.ts";
import type { PersonKeys } from "./person.ts";
import { type Couple, notebookSecret, notebookSecretBytes, notebookSecretLength } from "./space.ts";

/**
 * Everything a person has to keep, as the bytes that shared/vault seals:
 *   version 1 | name | role | identity32 | ed25519 32 | x25519 32 | xwing32 | settings | paired u8 (0, 1)
 *   version 2, only once a journal has ended: after the settings, pasts u8 (1), then what is left of it (pastCouple.ts)
 *   version 3, only once the two have met again: as 2, pasts u8 (0, 1); after what is left of a journal, and after the
 *   couple, before u8 (0, 1), then what was before (beforeFields.ts)
 *   paired: space16 | crk32 | epoch u32 | partner's name | partner's certificate 1380 | mine, theirs, ours: id16, key32
 * Texts are `u16 length ‖ UTF-8`, settings `u32 length ‖ UTF-8 JSON`. Secrets stay bytes, never strings: strings
 * cannot be wiped.
 */
export type KeyringContent = {
  readonly name: string;
  readonly role: string;
  readonly keys: PersonKeys;
  /** A JSON object; the journal gives it meaning. */
  readonly settings: JsonObject;
  readonly couple: Couple | undefined;
  /** Of the journal that this person has ended. */
  readonly past?: PastCouple | undefined;
};

export type JsonObject = { readonly [key: string]: unknown };

/** NEWER_KEYRING: written by a later Twofold. BAD_KEYRING: not what `writeKeyringContent` makes. */
export type KeyringCode = "NEWER_KEYRING" | "BAD_KEYRING";

const version = { first: 1, withPast: 2, withBefore: 3 } as const;

/** Throws on texts over 65,535 bytes of UTF-8. */
export const writeKeyringContent = (content: KeyringContent): Uint8Array => {
  const { keys, past, couple } = content;
  const written = versionOf(content);
  const hasBefore = written === version.withBefore;
  const settings = utf8(JSON.stringify(content.settings));
  return concatBytes(
    Uint8Array.of(written),
    text(content.name),
    text(content.role),
    keys.identity,
    keys.ed25519,
    keys.x25519,
    keys.xwing,
    u32(settings.length),
    settings,
    ...(written === version.first ? [] : [Uint8Array.of(past === undefined ? 0 : 1)]),
    ...(past === undefined ? [] : pastCoupleFields(past)),
    ...(past !== undefined && hasBefore ? maybe(past.before, pastBeforeFields) : []),
    ...(couple === undefined ? [Uint8Array.of(0)] : coupleFields(couple)),
    ...(couple !== undefined && hasBefore ? maybe(couple.before, beforeFields) : []),
  );
};

/** The earliest that says all of it: whoever never met again can go back to an earlier Twofold. */
const versionOf = ({ couple, past }: KeyringContent): number => {
  if (couple?.before !== undefined || past?.before !== undefined) return version.withBefore;
  return past === undefined ? version.first : version.withPast;
};

const maybe = <Value>(
  value: Value | undefined,
  fieldsOf: (value: Value) => readonly Uint8Array[],
): readonly Uint8Array[] =>
  value === undefined ? [Uint8Array.of(0)] : [Uint8Array.of(1), ...fieldsOf(value)];

const readMaybe = <Value>(
  fields: FieldReader,
  readValue: (fields: FieldReader) => Result<Value, "BAD_KEYRING">,
): Result<Value | undefined, "BAD_KEYRING"> => {
  const there = fields.u8();
  if (there > 1) return refuse("BAD_KEYRING", "layout");
  return there === 1 ? readValue(fields) : accept(undefined);
};

export const parseKeyringContent = (bytes: Uint8Array): Result<KeyringContent, KeyringCode> => {
  const fields = readFields(bytes);
  const found = fields.u8();
  if (found > version.withBefore) return refuse("NEWER_KEYRING", `version ${found}`);
  if (found < version.first) return refuse("BAD_KEYRING", "version");
  const name = readUtf8(fields.take(fields.u16()));
  const role = readUtf8(fields.take(fields.u16()));
  const secrets = [fields.take(32), fields.take(32), fields.take(32), fields.take(32)] as const;
  const settings = readSettings(fields.take(fields.u32()));
  const pasts = found === version.first ? 0 : fields.u8();
  const past = pasts === 1 ? readPastCouple(fields) : accept(undefined);
  if (pasts > 1) return refuse("NEWER_KEYRING", "journals that ended");
  if (!past.ok) return past;
  const hasBefore = found === version.withBefore;
  const pastBefore =
    hasBefore && pasts === 1 ? readMaybe(fields, readPastBefore) : accept(undefined);
  const paired = fields.u8();
  const couple = paired === 1 ? readCouple(fields) : accept(undefined);
  const before = hasBefore && paired === 1 ? readMaybe(fields, readBefore) : accept(undefined);
  if (!fields.complete() || paired > 1) return refuse("BAD_KEYRING", "layout");
  if (!name.ok || !role.ok) return refuse("BAD_KEYRING", "text");
  if (!settings.ok) return settings;
  if (!couple.ok) return couple;
  if (!pastBefore.ok) return pastBefore;
  if (!before.ok) return before;
  if (hasBefore && before.value === undefined && pastBefore.value === undefined)
    return refuse("BAD_KEYRING", "of an earlier version");
  const [identity, ed25519, x25519, xwing] = secrets;
  return accept({
    name: name.value,
    role: role.value,
    keys: {
      identity: ed25519Secret(identity),
      ed25519: ed25519Secret(ed25519),
      x25519: x25519Secret(x25519),
      xwing: xwingSecret(xwing),
    },
    settings: settings.value,
    couple: couple.value && {
      ...couple.value,
      ...(before.value && { before: before.value }),
    },
    ...(past.value && {
      past: { ...past.value, ...(pastBefore.value && { before: pastBefore.value }) },
    }),
  });
};

const coupleFields = (couple: Couple): readonly Uint8Array[] => [
  Uint8Array.of(1),
  idBytes(couple.space),
  couple.crk,
  u32(couple.epoch),
  text(couple.partner.name),
  couple.partner.certificate.bytes,
  ...[couple.notebooks.mine, couple.notebooks.theirs, couple.notebooks.ours].map(
    notebookSecretBytes,
  ),
];

const readCouple = (fields: FieldReader): Result<Couple, "BAD_KEYRING"> => {
  const space = fields.take(16);
  const crk = fields.take(32);
  const epoch = fields.u32();
  const name = readUtf8(fields.take(fields.u16()));
  const certificate = parseCertificate(fields.take(certificateLength));
  const mine = fields.take(notebookSecretLength);
  const theirs = fields.take(notebookSecretLength);
  const ours = fields.take(notebookSecretLength);
  if (ours.length < notebookSecretLength) return refuse("BAD_KEYRING", "layout");
  if (!name.ok) return refuse("BAD_KEYRING", "partner's name");
  if (!certificate.ok) return refuse("BAD_KEYRING", "partner's certificate");
  return accept({
    space: idFrom<SpaceId>(space),
    crk,
    epoch,
    partner: { name: name.value, certificate: certificate.value },
    notebooks: {
      mine: notebookSecret(mine),
      theirs: notebookSecret(theirs),
      ours: notebookSecret(ours),
    },
  });
};

const text = (value: string): Uint8Array => {
  const bytes = utf8(value);
  if (bytes.length > 0xffff) throw new RangeError("a text of the keyring has at most 65,535 bytes");
  return concatBytes(u16(bytes.length), bytes);
};

const readSettings = (bytes: Uint8Array): Result<JsonObject, "BAD_KEYRING"> => {
  const json = readUtf8(bytes);
  if (!json.ok) return refuse("BAD_KEYRING", "settings are not UTF-8");
  try {
    const value: unknown = JSON.parse(json.value);
    return isJsonObject(value)
      ? accept(value)
      : refuse("BAD_KEYRING", "settings are not an object");
  } catch {
    return refuse("BAD_KEYRING", "settings are not JSON");
  }
};

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
