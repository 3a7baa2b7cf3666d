import { concatBytes, readUtf8, u32, utf8 } from "../base/bytes.ts";
import { type DeviceId, idBytes, idFrom, type NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { ed25519Secret, type Ed25519Secret, x25519Public } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import {
  count,
  cutsFields,
  keysFields,
  most,
  owners,
  readCuts,
  readKeys,
  readList,
  readVouched,
  vouchedFields,
} from "./beforeFields.ts";
import { type Certificate, certificateLength, parseCertificate } from "./certificate.ts";
import { type FieldReader, readFields, u16 } from "./fields.ts";
import type { NotebookIds } from "./meetingAccount.ts";
import { paddedName, readPaddedName } from "./paddedName.ts";
import type { Owner } from "./roster.ts";
import {
  type GoneDevice,
  mostInUse,
  mostKnown,
  type NotebookKeys,
  type VouchedUpTo,
  wipeKeys,
} from "./space.ts";

/**
 * Everything that another computer of the same person needs to be theirs, as the one that adds it says it; `mine` and
 * "me" are that person's. As bytes:
 *   name: u16 length, UTF-8, zeros to 320 | role: the same, to 32 | identity32 | crk32 | epoch u32
 *   | partner's name, as above | partner's certificate 1380 | mine16 theirs16 ours16
 *   | keys u8, each mine32 theirs32 ours32: of every epoch, the oldest first, the one in use last
 *   | gone u8, the oldest first, each owner u8 (0 me, 1 partner), device16, x25519 32, cuts u8, each notebook16 seq u64
 *   | beside u8, the oldest of each first, each owner u8, certificate 1380: all in use but the one that is added and the
 *     partner's above; the one that adds it is among them
 *   | vouched u8, each device16 notebook16 seq u64: all heads of the one that adds it
 * No secret of a device travels: the new one has its own.
 */
export type OwnAccount = {
  readonly name: string;
  readonly role: string;
  readonly identity: Ed25519Secret;
  /** 32 bytes: of the couple, not of this pairing. */
  readonly crk: Uint8Array;
  readonly epoch: number;
  readonly partner: { readonly name: string; readonly certificate: Certificate };
  readonly notebooks: NotebookIds;
  readonly keys: readonly NotebookKeys[];
  /** Never with a secret. */
  readonly gone: readonly GoneDevice[];
  readonly beside: readonly OwnedCertificate[];
  readonly vouched: readonly VouchedUpTo[];
};

export type OwnedCertificate = { readonly owner: Owner; readonly certificate: Certificate };

const mostKeys = most.epochs + 1;
/** One's own but the one that is added, and the partner's but their oldest. */
const mostBeside = mostInUse - 1 + mostKnown - 1;
const roleLength = 32;

/** Throws on names that are not clean, and on a role that is longer than there are. */
export const writeOwnAccount = (account: OwnAccount): Uint8Array => {
  const { notebooks, keys, gone, beside, partner } = account;
  return concatBytes(
    paddedName(account.name),
    roleField(account.role),
    account.identity,
    account.crk,
    u32(account.epoch),
    paddedName(partner.name),
    partner.certificate.bytes,
    ...[notebooks.mine, notebooks.theirs, notebooks.ours].map(idBytes),
    count(keys, mostKeys),
    ...keys.flatMap(keysFields),
    count(gone, most.devices),
    ...gone.flatMap(({ owner, device, x25519, cuts }) => [
      ...[Uint8Array.of(owners.indexOf(owner)), idBytes(device), x25519],
      ...cutsFields(cuts),
    ]),
    count(beside, mostBeside),
    ...beside.flatMap(({ owner, certificate }) => [
      Uint8Array.of(owners.indexOf(owner)),
      certificate.bytes,
    ]),
    ...vouchedFields(account.vouched),
  );
};

/** Says that it is well formed; whether it may be taken is for takeAsOwn (joinOwn.ts). Wipes what it refuses. */
export const parseOwnAccount = (bytes: Uint8Array): Result<OwnAccount, "JUNK"> => {
  const fields = readFields(bytes);
  const name = readPaddedName(fields);
  const role = readRole(fields);
  const [identity, crk] = [fields.take(32), fields.take(32)];
  const epoch = fields.u32();
  const partnersName = readPaddedName(fields);
  const certificate = parseCertificate(fields.take(certificateLength));
  const [mine, theirs, ours] = [fields.take(16), fields.take(16), fields.take(16)];
  const keys = readList(fields, mostKeys, readKeys, wipeKeys);
  const gone = readList(fields, most.devices, readGone);
  const beside = readList(fields, mostBeside, readBeside);
  const vouched = readVouched(fields);
  const isRead = name !== undefined && role !== undefined && fields.complete();
  if (!isRead || !partnersName || !certificate.ok || !keys || !gone || !beside || !vouched) {
    wipe(identity, crk);
    wipeKeys(keys ?? []);
    return refuse("JUNK", "own account");
  }
  return accept({
    ...{ name, role, identity: ed25519Secret(identity), crk, epoch },
    partner: { name: partnersName, certificate: certificate.value },
    notebooks: {
      mine: idFrom<NotebookId>(mine),
      theirs: idFrom<NotebookId>(theirs),
      ours: idFrom<NotebookId>(ours),
    },
    ...{ keys, gone, beside, vouched },
  });
};

const readGone = (fields: FieldReader): GoneDevice | undefined => {
  const owner = owners[fields.u8()];
  const [device, key] = [fields.take(16), fields.take(32)];
  const cuts = readCuts(fields);
  if (owner === undefined || key.length < 32 || cuts === undefined) return undefined;
  return { owner, device: idFrom<DeviceId>(device), x25519: x25519Public(key), cuts };
};

const readBeside = (fields: FieldReader): OwnedCertificate | undefined => {
  const owner = owners[fields.u8()];
  const certificate = parseCertificate(fields.take(certificateLength));
  if (owner === undefined || !certificate.ok) return undefined;
  return { owner, certificate: certificate.value };
};

/** Of one length, whatever the role: the size of what is sent tells nothing of it. May be empty. */
const roleField = (role: string): Uint8Array => {
  const bytes = utf8(role);
  if (bytes.length > roleLength) throw new RangeError(`a role has at most ${roleLength} bytes`);
  return concatBytes(u16(bytes.length), bytes, new Uint8Array(roleLength - bytes.length));
};

const readRole = (fields: FieldReader): string | undefined => {
  const bytes = fields.take(fields.u16());
  const filler = fields.take(roleLength - bytes.length);
  const role = readUtf8(bytes);
  return role.ok && filler.every((byte) => byte === 0) ? role.value : undefined;
};
