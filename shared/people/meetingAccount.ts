import { concatBytes, u32 } from "../base/bytes.ts";
import { type DeviceId, idBytes, idFrom, type NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { x25519Public } from "../crypto/keys.ts";
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
import { readFields } from "./fields.ts";
import { paddedName, readPaddedName } from "./paddedName.ts";
import type { Owner } from "./roster.ts";
import { type GoneDevice, type NotebookKeys, type VouchedUpTo, wipeKeys } from "./space.ts";

/**
 * The whole journal as its holder hands it over; `mine` and "me" are the holder's. As bytes:
 *   name: u16 length, UTF-8, zeros to 320 | epoch u32 | mine16 theirs16 ours16
 *   | keys u8, each mine32 theirs32 ours32: of every epoch, the oldest first, the new one last
 *   | devices u8, the oldest first, each owner u8 (0 holder, 1 newcomer), device16, x25519 32,
 *     cuts u8, each notebook16 seq u64
 *   | vouched u8, each device16 notebook16 seq u64
 */
export type Account = {
  readonly name: string;
  /** Of the couple root key that this meeting has made. */
  readonly epoch: number;
  readonly notebooks: NotebookIds;
  readonly keys: readonly NotebookKeys[];
  /** Those that this meeting replaces among them. Never with a secret. */
  readonly devices: readonly GoneDevice[];
  readonly vouched: readonly VouchedUpTo[];
};

export type NotebookIds = {
  readonly mine: NotebookId;
  readonly theirs: NotebookId;
  readonly ours: NotebookId;
};

const mostKeys = most.epochs + 1;

export const writeAccount = (account: Account): Uint8Array => {
  const { name, epoch, notebooks, keys, devices, vouched } = account;
  return concatBytes(
    paddedName(name),
    u32(epoch),
    ...[notebooks.mine, notebooks.theirs, notebooks.ours].map(idBytes),
    count(keys, mostKeys),
    ...keys.flatMap(keysFields),
    count(devices, most.devices),
    ...devices.flatMap(({ owner, device, x25519, cuts }) => [
      Uint8Array.of(owners.indexOf(owner)),
      idBytes(device),
      x25519,
      ...cutsFields(cuts),
    ]),
    ...vouchedFields(vouched),
  );
};

/** Says that it is well formed; whether it is this journal is for the newcomer to judge (handover.ts). */
export const parseAccount = (bytes: Uint8Array): Result<Account, "JUNK"> => {
  const fields = readFields(bytes);
  const name = readPaddedName(fields);
  const epoch = fields.u32();
  const [mine, theirs, ours] = [fields.take(16), fields.take(16), fields.take(16)];
  const keys = readList(fields, mostKeys, readKeys, wipeKeys);
  const devices = readList(fields, most.devices, (): GoneDevice | undefined => {
    const owner: Owner | undefined = owners[fields.u8()];
    const [device, key] = [fields.take(16), fields.take(32)];
    const cuts = readCuts(fields);
    if (owner === undefined || key.length < 32 || cuts === undefined) return undefined;
    return { owner, device: idFrom<DeviceId>(device), x25519: x25519Public(key), cuts };
  });
  const vouched = readVouched(fields);
  if (!name || !keys || !devices || !vouched || !fields.complete()) {
    wipeKeys(keys ?? []);
    return refuse("JUNK", "account");
  }
  const notebooks = {
    mine: idFrom<NotebookId>(mine),
    theirs: idFrom<NotebookId>(theirs),
    ours: idFrom<NotebookId>(ours),
  };
  return accept({ name, epoch, notebooks, keys, devices, vouched });
};
