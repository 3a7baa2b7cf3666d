import { concatBytes, readUtf8, u32, utf8 } from "../base/bytes.ts";
import { idBytes, idFrom, type SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { ed25519Secret, x25519Secret, xwingSecret } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import { beforeFields, pastBeforeFields, readBefore, readPastBefore } from "./beforeFields.ts";
import { besideFields, pastBesideFields, readBeside, readPastBeside } from "./besideFields.ts";
import { certificateLength, parseCertificate } from "./certificate.ts";
import { type FieldReader, readFields, u16 } from "./fields.ts";
import { type PastCouple, pastCoupleFields, readPastCouple, wipePastCouple } from "./pastCouple.ts";
import type { PersonKeys } from "./person.ts";
import {
  type Couple,
  notebookSecret,
  notebookSecretBytes,
  notebookSecretLength,
  wipeCouple,
} from "./space.ts";

/**
 * Everything a person has to keep, as the bytes that shared/vault seals:
 *   version 1 | name | role | identity32 | ed25519 32 | x25519 32 | xwing32 | settings | paired u8 (0, 1)
 *   version 2, only once a journal has ended: after the settings, pasts u8 (1), then what is left of it (pastCouple.ts)
 *   version 3, only once the two have met again: as 2, pasts u8 (0, 1); after what is left of a journal, and after the
 *   couple, before u8 (0, 1), then what was before (beforeFields.ts)
 *   version 4, only once either has used another computer beside the first: as 3; after what was before of a journal
 *   that ended, and after what was before of the couple, the computers beside (besideFields.ts)
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

const version = { first: 1, withPast: 2, withBefore: 3, withBeside: 4 } as const;

/** Throws on texts over 65,535 bytes of UTF-8. */
export const writeKeyringContent = (content: KeyringContent): Uint8Array => {
  const { keys, past, couple } = content;
  const written = versionOf(content);
  const hasBefore = written >= version.withBefore;
  const hasBeside = written >= version.withBeside;
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
    ...(past?.before !== undefined && hasBeside ? pastBesideFields(past.before.beside ?? []) : []),
    ...(couple === undefined ? [Uint8Array.of(0)] : coupleFields(couple)),
    ...(couple !== undefined && hasBefore ? maybe(couple.before, beforeFields) : []),
    ...(couple !== undefined && hasBeside ? besideFields(couple.beside ?? []) : []),
  );
};

/** The earliest that says all of it: whoever never met again can go back to an earlier Twofold. */
const versionOf = ({ couple, past }: KeyringContent): number => {
  if ([couple, past?.before].some((one) => (one?.beside ?? []).length > 0))
    return version.withBeside;
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
  if (found > version.withBeside) return refuse("NEWER_KEYRING", `version ${found}`);
  if (found < version.first) return refuse("BAD_KEYRING", "version");
  const name = readUtf8(fields.take(fields.u16()));
  const role = readUtf8(fields.take(fields.u16()));
  const secrets = [fields.take(32), fields.take(32), fields.take(32), fields.take(32)] as const;
  const settings = readSettings(fields.take(fields.u32()));
  const past = readPast(fields, found);
  const couple = past.ok ? readPaired(fields, found) : past;
  const letGo = (): void => {
    wipe(...secrets);
    if (past.ok && past.value) wipePastCouple(past.value);
    if (couple.ok && couple.value) wipeCouple(couple.value);
  };
  const refused = (why: string): Result<never, "BAD_KEYRING"> => {
    letGo();
    return refuse("BAD_KEYRING", why);
  };
  if (!past.ok) {
    letGo();
    return past;
  }
  if (!couple.ok) {
    letGo();
    return couple;
  }
  if (!fields.complete()) return refused("layout");
  if (!name.ok || !role.ok) return refused("text");
  if (!settings.ok) return refused("settings");
  const [identity, ed25519, x25519, xwing] = secrets;
  const content: KeyringContent = {
    name: name.value,
    role: role.value,
    keys: {
      identity: ed25519Secret(identity),
      ed25519: ed25519Secret(ed25519),
      x25519: x25519Secret(x25519),
      xwing: xwingSecret(xwing),
    },
    settings: settings.value,
    couple: couple.value,
    ...(past.value && { past: past.value }),
  };
  // Versions 3 and 4 say nothing that an earlier one says as well.
  if (found >= version.withBefore && versionOf(content) !== found)
    return refused("of an earlier version");
  return accept(content);
};

const readPast = (
  fields: FieldReader,
  found: number,
): Result<PastCouple | undefined, KeyringCode> => {
  const pasts = found === version.first ? 0 : fields.u8();
  if (pasts > 1) return refuse("NEWER_KEYRING", "journals that ended");
  if (pasts === 0) return accept(undefined);
  const past = readPastCouple(fields);
  if (!past.ok || found < version.withBefore) return past;
  const before = readMaybe(fields, readPastBefore);
  const beside =
    found >= version.withBeside && before.ok && before.value ? readPastBeside(fields) : accept([]);
  if (!before.ok || !beside.ok) {
    wipePastCouple(past.value);
    return refuse("BAD_KEYRING", "of a journal that ended");
  }
  return accept({
    ...past.value,
    ...(before.value && {
      before: { ...before.value, ...(beside.value.length > 0 && { beside: beside.value }) },
    }),
  });
};

const readPaired = (
  fields: FieldReader,
  found: number,
): Result<Couple | undefined, "BAD_KEYRING"> => {
  const paired = fields.u8();
  if (paired > 1) return refuse("BAD_KEYRING", "layout");
  if (paired === 0) return accept(undefined);
  const couple = readCouple(fields);
  if (!couple.ok || found < version.withBefore) return couple;
  const before = readMaybe(fields, readBefore);
  const beside = found >= version.withBeside ? readBeside(fields) : accept([]);
  const whole = { ...couple.value, ...(before.ok && before.value && { before: before.value }) };
  if (!before.ok || !beside.ok) {
    wipeCouple(whole);
    return refuse("BAD_KEYRING", "of a couple");
  }
  return accept({ ...whole, ...(beside.value.length > 0 && { beside: beside.value }) });
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
  if (ours.length < notebookSecretLength || !name.ok || !certificate.ok) {
    wipe(crk, mine, theirs, ours);
    return refuse("BAD_KEYRING", "couple");
  }
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
