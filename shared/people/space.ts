import { compareBytes, concatBytes, toBase64Url } from "../base/bytes.ts";
import { idBytes, idFrom, type DeviceId, type NotebookId, type SpaceId } from "../base/ids.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import { type X25519Public, type X25519Secret, x25519Shared } from "../crypto/keys.ts";
import { type CarriedNotebookKey, carriedNotebookKey } from "../envelope/envelope.ts";
import type { Certificate } from "./certificate.ts";
import type { Owner } from "./roster.ts";

export type NotebookSecret = { readonly id: NotebookId; readonly key: CarriedNotebookKey };

/** id16 ‖ key32 */
export const notebookSecretLength = 48;
export const notebookSecretBytes = ({ id, key }: NotebookSecret): Uint8Array =>
  concatBytes(idBytes(id), key);
/** Throws unless there are 48 bytes. */
export const notebookSecret = (bytes: Uint8Array): NotebookSecret => ({
  id: idFrom<NotebookId>(bytes.subarray(0, 16)),
  key: carriedNotebookKey(bytes.slice(16)),
});

/** What a pairing yields, the same on both computers but for `mine` and `theirs`. Keys have 32 bytes. */
export type Couple = {
  /** Stays when the couple root key changes. */
  readonly space: SpaceId;
  /** Couple root key (PROTOCOL §2). */
  readonly crk: Uint8Array;
  /** Of the couple root key: 1 after pairing. */
  readonly epoch: number;
  readonly partner: { readonly name: string; readonly certificate: Certificate };
  readonly notebooks: {
    readonly mine: NotebookSecret;
    readonly theirs: NotebookSecret;
    readonly ours: NotebookSecret;
  };
  /** Where the two have met again since: what was before. */
  readonly before?: Before | undefined;
  /** Where either uses more than one computer; each person's oldest first. */
  readonly beside?: readonly BesideDevice[] | undefined;
};

/** A device in use that is neither this computer nor the one that this couple was made with at the partner's. */
export type BesideDevice = {
  readonly owner: Owner;
  readonly certificate: Certificate;
  /** One's own: it was there before this computer. Never so for the partner's: `partner.certificate` is their oldest. */
  readonly older: boolean;
};

/** Computers that one person may use at a time, as far as the one that adds another knows. */
export const mostInUse = 4;
/** As many as they can come to be where several add one each without having heard of the others (rosterNotes.ts). */
export const mostKnown = 2 ** (mostInUse - 1);

export type NotebookKeys = {
  readonly mine: CarriedNotebookKey;
  readonly theirs: CarriedNotebookKey;
  readonly ours: CarriedNotebookKey;
};

/** A device that another has replaced. */
export type GoneDevice = {
  readonly owner: Owner;
  readonly device: DeviceId;
  readonly x25519: X25519Public;
  /** Own ones where this computer has it: reads the tags that the partner made for it. */
  readonly secret?: X25519Secret | undefined;
  /** The last sequence of it that counts, by notebook; none where it is missing. A later one is REVOKED_DEVICE. */
  readonly cuts: ReadonlyMap<NotebookId, number>;
};

/** Up to here messages count without a tag: the holder of the journal vouched for them at a meeting. */
export type VouchedUpTo = {
  readonly device: DeviceId;
  readonly notebook: NotebookId;
  readonly seq: number;
};

export type Before = {
  /** Of earlier epochs, oldest first. */
  readonly keys: readonly NotebookKeys[];
  /** Oldest first. */
  readonly devices: readonly GoneDevice[];
  readonly vouched: readonly VouchedUpTo[];
  /** Since the last meeting nothing of the partner's has arrived: it may not have been stored there. */
  readonly unmet: boolean;
};

/** Whoever had which devices, the oldest first, as far as others have replaced them, and what stands beside. */
type HadBefore = {
  readonly before?:
    | { readonly devices: readonly Pick<GoneDevice, "owner" | "device">[] }
    | undefined;
  readonly beside?: readonly NamedBeside[] | undefined;
};

/** What remains of such a device where a journal has ended (pastCouple.ts). */
export type NamedBeside = Pick<BesideDevice, "owner" | "older"> & {
  readonly certificate: Pick<Certificate, "device">;
};

/** All devices in use of each, the oldest first. */
export const inUseOf = (
  { beside = [] }: Pick<HadBefore, "beside">,
  me: DeviceId,
  partner: DeviceId,
): { readonly mine: readonly DeviceId[]; readonly theirs: readonly DeviceId[] } => {
  const named = (owner: Owner, older: boolean): readonly DeviceId[] =>
    beside
      .filter((one) => one.owner === owner && one.older === older)
      .map(({ certificate }) => certificate.device);
  return {
    mine: [...named("me", true), me, ...named("me", false)],
    theirs: [partner, ...named("partner", false)],
  };
};

/** The first device of each: pages belong to a person, and bear its name for good. */
export const peopleOf = (
  had: HadBefore,
  me: DeviceId,
  partner: DeviceId,
): { readonly me: DeviceId; readonly partner: DeviceId } => {
  const firstGone = (owner: Owner): DeviceId | undefined =>
    had.before?.devices.find((gone) => gone.owner === owner)?.device;
  const { mine, theirs } = inUseOf(had, me, partner);
  return {
    me: firstGone("me") ?? mine[0] ?? me,
    partner: firstGone("partner") ?? theirs[0] ?? partner,
  };
};

/** Every known device, as its person's first; any other as itself. */
export const personIn = (
  had: HadBefore,
  me: DeviceId,
  partner: DeviceId,
): ((device: DeviceId) => DeviceId) => {
  const people = peopleOf(had, me, partner);
  const inUse = inUseOf(had, me, partner);
  const persons = new Map<DeviceId, DeviceId>([
    ...inUse.mine.map((device) => [device, people.me] as const),
    ...inUse.theirs.map((device) => [device, people.partner] as const),
    ...(had.before?.devices ?? []).map(({ owner, device }) => [device, people[owner]] as const),
  ]);
  return (device) => persons.get(device) ?? device;
};

/**
 * The root of what two devices meet, sign, seal and lie in boxes under: CRK itself for the oldest in use of each
 * person, K(CRK, "TF/1 between", the lesser device16, the greater, X25519 of the two) for any other two. A copy, 32 bytes.
 * Danger: both people hold CRK. What two computers of one person hand each other comes from them for certain, and not
 * from the partner, by the X25519 alone.
 */
export const pairRootOf = (
  couple: Pick<Couple, "crk" | "partner" | "beside">,
  me: { readonly device: DeviceId; readonly secret: X25519Secret },
  other: Pick<Certificate, "device" | "x25519">,
): Uint8Array => {
  const { mine, theirs } = inUseOf(couple, me.device, couple.partner.certificate.device);
  if (me.device === mine[0] && other.device === theirs[0]) return couple.crk.slice();
  const [lesser, greater] = [me.device, other.device].map(idBytes).toSorted(compareBytes);
  const shared = x25519Shared(me.secret, other.x25519);
  if (!shared.ok || lesser === undefined || greater === undefined)
    throw new RangeError("a certificate is refused where its key gives zeros");
  const root = keyedHash(couple.crk, "TF/1 between", lesser, greater, shared.value);
  wipe(shared.value);
  return root;
};

/** H("TF/1 space", the first couple root key)[0..16]: neither partner can choose it. */
export const spaceIdOf = (firstCrk: Uint8Array): SpaceId =>
  idFrom<SpaceId>(hash("TF/1 space", firstCrk).subarray(0, 16));

/** How the two find each other and open a channel. All of it follows from the couple root key alone. */
export type MeetingKeys = {
  /** K(CRK, "TF/1 room")[0..16]: in Noise prologues. */
  readonly room: Uint8Array;
  /** base64url of `room`: the topic at the meeting point, the only one of these that it sees. */
  readonly topic: string;
  /** base64url(K(CRK, "TF/1 signal")): seals the signalling. */
  readonly signalPassword: string;
  /** K(CRK, "TF/1 chan"): the psk of every channel. */
  readonly channelPsk: Uint8Array;
};

export const meetingKeysOf = (crk: Uint8Array): MeetingKeys => {
  const room = keyedHash(crk, "TF/1 room").slice(0, 16);
  return {
    room,
    topic: toBase64Url(room),
    signalPassword: toBase64Url(keyedHash(crk, "TF/1 signal")),
    channelPsk: keyedHash(crk, "TF/1 chan"),
  };
};

export const wipeCouple = ({ crk, notebooks, before }: Couple): void => {
  wipe(crk, notebooks.mine.key, notebooks.theirs.key, notebooks.ours.key);
  if (before !== undefined) wipeBefore(before);
};

export const wipeBefore = ({ keys, devices }: Pick<Before, "keys" | "devices">): void => {
  wipeKeys(keys);
  for (const { secret } of devices) if (secret !== undefined) wipe(secret);
};

export const wipeKeys = (all: readonly NotebookKeys[]): void => {
  for (const { mine, theirs, ours } of all) wipe(mine, theirs, ours);
};
