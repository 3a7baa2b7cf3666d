import { equalBytes } from "../base/bytes.ts";
import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import {
  type X25519Public,
  x25519PublicOf,
  x25519Secret,
  type X25519Secret,
} from "../crypto/keys.ts";
import { carriedNotebookKey } from "../envelope/envelope.ts";
import { most } from "./beforeFields.ts";
import type { Certificate } from "./certificate.ts";
import { copyKeys } from "./copyCouple.ts";
import type { Account } from "./meetingAccount.ts";
import type { Claims } from "./meetingClaims.ts";
import {
  type BesideDevice,
  type Couple,
  type GoneDevice,
  type NotebookKeys,
  type VouchedUpTo,
  wipeKeys,
} from "./space.ts";
import {
  hasCouple,
  meetsAgain,
  type MeetsAgain,
  type SelfBefore,
  type Standing,
} from "./standing.ts";

/** The holder's side of a meeting again. */
export type Handover = {
  readonly standing: MeetsAgain;
  readonly name: string;
  /** Of this meeting's handshake. */
  readonly self: Certificate;
  readonly partner: Certificate;
  readonly crk: Uint8Array;
  readonly random: Random;
};

/** What both will hold. The account shares its keys with the couple, and all of them are new or copies. */
export type HandedOver = { readonly account: Account; readonly couple: Couple };

/** JUNK: claims that the partner may not make. Their keys are in the couple afterwards, or wiped. */
export const handOver = (parts: Handover, claims: Claims): Result<HandedOver, "JUNK"> => {
  const built = build(parts, claims);
  if (!built.ok) wipeKeys(claims.keys);
  return built;
};

const build = (parts: Handover, claims: Claims): Result<HandedOver, "JUNK"> => {
  const { standing, self, partner, random } = parts;
  const { couple } = standing;
  const { mine, theirs, ours } = couple.notebooks;
  const notebooks = [mine.id, theirs.id, ours.id];
  const before = replaced(standing);
  const unknown = claims.devices.filter(
    ({ device, x25519 }) => !before.some((gone) => isSame(gone, device, x25519, "partner")),
  );
  if (unknown.length > mostUnknown) return refuse("JUNK", "devices");
  const gone: readonly GoneDevice[] = [
    ...before,
    ...unknown.map((claimed): GoneDevice => ({ ...claimed, owner: "partner", cuts: new Map() })),
  ];
  const inUse = [self, partner];
  if (gone.length > most.devices || !areDistinct([...gone, ...inUse])) return refuse("JUNK");
  const isTheirs = ({ device, notebook }: VouchedUpTo): boolean =>
    notebooks.includes(notebook) &&
    gone.some((one) => one.owner === "partner" && one.device === device);
  if (!claims.heads.every(isTheirs)) return refuse("JUNK", "claims about somebody else");

  const known = [...(couple.before?.keys ?? []), keysOf(couple)];
  const claimed = claims.keys.map(seenFromOtherSide);
  const added = claimed.filter((keys) => !known.some((other) => areSameKeys(other, keys)));
  const room = Math.min(mostUnknown, most.epochs - known.length);
  if (added.length > room || !allKeysDiffer([...known, ...added])) return refuse("JUNK", "keys");
  wipeKeys(claimed.filter((keys) => !added.includes(keys)));

  const heads = standing.heads();
  const devices = gone.map((one): GoneDevice => {
    const claimedHeads = one.owner === "partner" ? claims.heads : [];
    return { ...one, cuts: cutsOf(one, [...heads, ...claimedHeads], notebooks) };
  });
  const isVouched = new Set([self.device, ...gone.map(({ device }) => device)]);
  const vouched = heads
    .filter(({ device, notebook }) => isVouched.has(device) && notebooks.includes(notebook))
    .map(({ device, notebook, seq }) => ({ device, notebook, seq }));
  const earlier = [...known.map(copyKeys), ...added];
  const fresh = drawKeys(random);
  // One set of keys for each: a number that somebody made up cannot run away with it.
  const epoch = earlier.length + 1;
  return accept({
    account: {
      name: parts.name,
      epoch,
      notebooks: { mine: mine.id, theirs: theirs.id, ours: ours.id },
      keys: [...earlier, fresh],
      devices: devices.map(({ owner, device, x25519, cuts }) => ({ owner, device, x25519, cuts })),
      vouched,
    },
    couple: {
      space: couple.space,
      crk: parts.crk,
      epoch,
      partner: { name: claims.name, certificate: partner },
      notebooks: {
        mine: { id: mine.id, key: fresh.mine },
        theirs: { id: theirs.id, key: fresh.theirs },
        ours: { id: ours.id, key: fresh.ours },
      },
      before: {
        keys: earlier,
        devices: withSecrets(devices, standing),
        vouched: furthest([...(couple.before?.vouched ?? []), ...vouched]),
        unmet: false,
      },
    },
  });
};

/**
 * True where a keyring would have to hold more devices that are gone, or more epochs, than it can. Devices that the
 * newcomer alone knows of come on top of these.
 */
export const isWornOut = (standing: MeetsAgain): boolean =>
  replaced(standing).length > most.devices ||
  (standing.couple.before?.keys ?? []).length >= most.epochs;

/** Devices and epochs of meetings that the newcomer alone has stored; more at a time would use the bounds up for good. */
const mostUnknown = 8;

/**
 * Those that were gone before, and those that this meeting replaces: of both people all that are in use, but for a
 * holder that goes on as it is. Each person's oldest first.
 */
const replaced = ({ couple, selfBefore }: MeetsAgain): readonly GoneDevice[] => {
  const { before, beside = [], partner } = couple;
  const mine = beside.filter(({ owner }) => owner === "me");
  // Named by a younger one that is gone before it, its pages would be nobody's.
  if (mine.length > 0 && selfBefore === undefined)
    throw new Error("a holder with others beside it becomes a new device");
  return [
    ...(before?.devices ?? []),
    ...mine.filter(({ older }) => older).map(besideGone),
    ...(selfBefore === undefined ? [] : [selfGone(selfBefore)]),
    ...mine.filter(({ older }) => !older).map(besideGone),
    besideGone({ owner: "partner", certificate: partner.certificate }),
    ...beside.filter(({ owner }) => owner === "partner").map(besideGone),
  ];
};

const besideGone = ({
  owner,
  certificate: { device, x25519 },
}: Pick<BesideDevice, "owner" | "certificate">): GoneDevice => ({
  ...{ owner, device, x25519, cuts: new Map() },
});

const selfGone = ({ device, secret }: SelfBefore): GoneDevice => ({
  owner: "me",
  device,
  x25519: x25519PublicOf(secret),
  cuts: new Map(),
});

/** The highest that is known of each: a cut never takes back what counted. */
export const cutsOf = (
  { device, cuts }: GoneDevice,
  heads: readonly VouchedUpTo[],
  notebooks: readonly NotebookId[],
): ReadonlyMap<NotebookId, number> =>
  new Map(
    notebooks.flatMap((notebook) => {
      const of = heads.filter((head) => head.device === device && head.notebook === notebook);
      const seq = Math.max(cuts.get(notebook) ?? 0, ...of.map((head) => head.seq));
      return seq === 0 ? [] : [[notebook, seq] as const];
    }),
  );

/** What was vouched for at any meeting counts on: of each chain up to the furthest. */
export const furthest = (all: readonly VouchedUpTo[]): readonly VouchedUpTo[] => {
  const found = new Map<string, VouchedUpTo>();
  for (const one of all) {
    const name = one.device + one.notebook;
    if ((found.get(name)?.seq ?? 0) < one.seq) found.set(name, one);
  }
  return [...found.values()];
};

/** Copies of the secrets that this computer has of its own devices. */
export const withSecrets = (
  devices: readonly GoneDevice[],
  standing: Standing,
): readonly GoneDevice[] => {
  const secrets = new Map<DeviceId, X25519Secret>();
  if (hasCouple(standing))
    for (const { owner, device, secret } of standing.couple.before?.devices ?? [])
      if (owner === "me" && secret !== undefined) secrets.set(device, secret);
  if (meetsAgain(standing) && standing.selfBefore !== undefined)
    secrets.set(standing.selfBefore.device, standing.selfBefore.secret);
  return devices.map(({ owner, device, x25519, cuts }) => {
    const secret = owner === "me" ? secrets.get(device) : undefined;
    return {
      ...{ owner, device, x25519, cuts },
      ...(secret && { secret: x25519Secret(secret.slice()) }),
    };
  });
};

export const isSame = (
  gone: GoneDevice,
  device: DeviceId,
  x25519: X25519Public,
  owner: GoneDevice["owner"],
): boolean => gone.owner === owner && gone.device === device && equalBytes(gone.x25519, x25519);

/** No name and no key for two devices: it could speak for both. */
export const areDistinct = (
  devices: readonly { readonly device: DeviceId; readonly x25519: X25519Public }[],
): boolean =>
  devices.every(({ device, x25519 }, index) =>
    devices
      .slice(index + 1)
      .every((other) => other.device !== device && !equalBytes(other.x25519, x25519)),
  );

export const keysOf = ({ notebooks: { mine, theirs, ours } }: Couple): NotebookKeys => ({
  mine: mine.key,
  theirs: theirs.key,
  ours: ours.key,
});

export const seenFromOtherSide = ({ mine, theirs, ours }: NotebookKeys): NotebookKeys => ({
  mine: theirs,
  theirs: mine,
  ours,
});

export const areSameKeys = (one: NotebookKeys, other: NotebookKeys): boolean =>
  constantTimeEqual(one.mine, other.mine) &&
  constantTimeEqual(one.theirs, other.theirs) &&
  constantTimeEqual(one.ours, other.ours);

/** A key that stands twice could read one notebook as another. */
export const allKeysDiffer = (all: readonly NotebookKeys[]): boolean => {
  const keys = all.flatMap(({ mine, theirs, ours }) => [mine, theirs, ours]);
  return keys.every((key, index) =>
    keys.slice(index + 1).every((other) => !constantTimeEqual(other, key)),
  );
};

const drawKeys = (random: Random): NotebookKeys => ({
  mine: carriedNotebookKey(random(32)),
  theirs: carriedNotebookKey(random(32)),
  ours: carriedNotebookKey(random(32)),
});
