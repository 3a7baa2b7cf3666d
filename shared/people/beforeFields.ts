import { u64 } from "../base/bytes.ts";
import { type DeviceId, idBytes, idFrom, type NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { x25519Public, x25519Secret } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import { carriedNotebookKey } from "../envelope/envelope.ts";
import type { FieldReader } from "./fields.ts";
import type { PastBefore } from "./pastCouple.ts";
import type { Owner } from "./roster.ts";
import {
  type Before,
  type GoneDevice,
  type NotebookKeys,
  type VouchedUpTo,
  wipeBefore,
  wipeKeys,
} from "./space.ts";

/**
 * What the keyring keeps of earlier epochs:
 *   unmet u8 | keys u8, each mine32 theirs32 ours32
 *   | devices u8, each owner u8 (0 me, 1 partner), device16, x25519 32, secret u8 (0, 1) [32], cuts
 *   | vouched u8, each device16 notebook16 seq u64
 *   cuts: u8, each notebook16 seq u64
 * Of a journal that ended:
 *   keys u8, each mine32 ours32, theirs u8 (0, 1) [32] | devices u8, each owner u8, device16
 */
export const most = { epochs: 64, devices: 64, places: 255 } as const;

export const owners = ["me", "partner"] as const satisfies readonly Owner[];

export const beforeFields = (before: Before): readonly Uint8Array[] => {
  const { keys, devices, vouched, unmet } = before;
  return [
    Uint8Array.of(unmet ? 1 : 0),
    count(keys, most.epochs),
    ...keys.flatMap(keysFields),
    count(devices, most.devices),
    ...devices.flatMap(({ owner, device, x25519, secret, cuts }) => [
      Uint8Array.of(owners.indexOf(owner)),
      idBytes(device),
      x25519,
      ...(secret === undefined ? [Uint8Array.of(0)] : [Uint8Array.of(1), secret]),
      ...cutsFields(cuts),
    ]),
    ...vouchedFields(vouched),
  ];
};

export const keysFields = ({ mine, theirs, ours }: NotebookKeys): readonly Uint8Array[] => [
  mine,
  theirs,
  ours,
];

export const cutsFields = (cuts: ReadonlyMap<NotebookId, number>): readonly Uint8Array[] => [
  count([...cuts], most.places),
  ...[...cuts].flatMap(([notebook, seq]) => [idBytes(notebook), u64(seq)]),
];

export const vouchedFields = (vouched: readonly VouchedUpTo[]): readonly Uint8Array[] => [
  count(vouched, most.places),
  ...vouched.flatMap(({ device, notebook, seq }) => [idBytes(device), idBytes(notebook), u64(seq)]),
];

export const pastBeforeFields = ({ keys, devices }: PastBefore): readonly Uint8Array[] => [
  count(keys, most.epochs),
  ...keys.flatMap(({ mine, ours, theirs }) => [
    mine,
    ours,
    ...(theirs === undefined ? [Uint8Array.of(0)] : [Uint8Array.of(1), theirs]),
  ]),
  count(devices, most.devices),
  ...devices.flatMap(({ owner, device }) => [
    Uint8Array.of(owners.indexOf(owner)),
    idBytes(device),
  ]),
];

/** `fields` may be at its end before its time: whatever was missing is refused here. */
export const readBefore = (fields: FieldReader): Result<Before, "BAD_KEYRING"> => {
  const unmet = fields.u8();
  const keys = readList(fields, most.epochs, readKeys, wipeKeys);
  const devices = readList(fields, most.devices, readGone);
  const vouched = readVouched(fields);
  if (unmet > 1 || !keys || !devices || !vouched) {
    wipeBefore({ keys: keys ?? [], devices: devices ?? [] });
    return refuse("BAD_KEYRING", "earlier meetings");
  }
  return accept({ keys, devices, vouched, unmet: unmet === 1 });
};

export const readPastBefore = (fields: FieldReader): Result<PastBefore, "BAD_KEYRING"> => {
  const keys = readList(fields, most.epochs, (): PastBefore["keys"][number] | undefined => {
    const [mine, ours] = [fields.take(32), fields.take(32)];
    const has = fields.u8();
    const theirs = has === 1 ? fields.take(32) : undefined;
    if (ours.length < 32 || has > 1 || (theirs && theirs.length < 32)) return undefined;
    return {
      mine: carriedNotebookKey(mine),
      ours: carriedNotebookKey(ours),
      theirs: theirs && carriedNotebookKey(theirs),
    };
  });
  const devices = readList(fields, most.devices, () => {
    const owner = owners[fields.u8()];
    const device = fields.take(16);
    if (owner === undefined || device.length < 16) return undefined;
    return { owner, device: idFrom<DeviceId>(device) };
  });
  if (!keys || !devices) return refuse("BAD_KEYRING", "earlier epochs of a journal that ended");
  return accept({ keys, devices });
};

export const readKeys = (fields: FieldReader): NotebookKeys | undefined => {
  const [mine, theirs, ours] = [fields.take(32), fields.take(32), fields.take(32)];
  if (ours.length < 32) {
    wipe(mine, theirs, ours);
    return undefined;
  }
  return {
    mine: carriedNotebookKey(mine),
    theirs: carriedNotebookKey(theirs),
    ours: carriedNotebookKey(ours),
  };
};

const readGone = (fields: FieldReader): GoneDevice | undefined => {
  const owner = owners[fields.u8()];
  const [device, key] = [fields.take(16), fields.take(32)];
  const has = fields.u8();
  const secret = has === 1 ? fields.take(32) : undefined;
  const cuts = readCuts(fields);
  if (owner === undefined || has > 1 || key.length < 32 || cuts === undefined) return undefined;
  if (secret !== undefined && secret.length < 32) return undefined;
  return {
    owner,
    device: idFrom<DeviceId>(device),
    x25519: x25519Public(key),
    ...(secret && { secret: x25519Secret(secret) }),
    cuts,
  };
};

export const readCuts = (fields: FieldReader): ReadonlyMap<NotebookId, number> | undefined => {
  const list = readList(fields, most.places, () => {
    const [notebook, seq] = [fields.take(16), readSeq(fields)];
    return notebook.length < 16 || seq === undefined
      ? undefined
      : ([idFrom<NotebookId>(notebook), seq] as const);
  });
  const cuts = list && new Map(list);
  return cuts?.size === list?.length ? cuts : undefined;
};

/** Each chain once. */
export const readVouched = (fields: FieldReader): readonly VouchedUpTo[] | undefined => {
  const list = readList(fields, most.places, () => {
    const [device, notebook, seq] = [fields.take(16), fields.take(16), readSeq(fields)];
    if (notebook.length < 16 || seq === undefined) return undefined;
    return { device: idFrom<DeviceId>(device), notebook: idFrom<NotebookId>(notebook), seq };
  });
  const names = new Set(list?.map(({ device, notebook }) => device + notebook));
  return names.size === list?.length ? list : undefined;
};

/** Undefined for more than `limit` of them, and as soon as one cannot be read; `letGo` of those before it. */
export const readList = <Item>(
  fields: FieldReader,
  limit: number,
  readOne: (fields: FieldReader) => Item | undefined,
  letGo: (items: readonly Item[]) => void = () => {},
): readonly Item[] | undefined => {
  const length = fields.u8();
  if (length > limit) return undefined;
  const items: Item[] = [];
  for (let index = 0; index < length; index += 1) {
    const item = readOne(fields);
    if (item === undefined) {
      letGo(items);
      return undefined;
    }
    items.push(item);
  }
  return items;
};

const seqLength = 8;
/** Chains begin at 1. What is no safe integer is refused, and a field that is missing. */
const readSeq = (fields: FieldReader): number | undefined => {
  const bytes = fields.take(seqLength);
  if (bytes.length < seqLength || bytes[0] !== 0 || (bytes[1] ?? 0) > 0x1f) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
};

export const count = (items: readonly unknown[], limit: number): Uint8Array => {
  if (items.length > limit) throw new RangeError(`at most ${limit} of them`);
  return Uint8Array.of(items.length);
};
