import type { SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { x25519PublicOf } from "../crypto/keys.ts";
import type { ChainHead } from "../envelope/chain.ts";
import { most } from "./beforeFields.ts";
import type { Certificate } from "./certificate.ts";
import {
  allKeysDiffer,
  areDistinct,
  areSameKeys,
  cutsOf,
  furthest,
  isSame,
  keysOf,
  seenFromOtherSide,
  withSecrets,
} from "./handover.ts";
import type { Account } from "./meetingAccount.ts";
import type { Claims } from "./meetingClaims.ts";
import { type Couple, type GoneDevice, peopleOf, wipeKeys } from "./space.ts";
import { hasCouple, type Standing } from "./standing.ts";

/** The newcomer's side of a meeting again. */
export type TakeOver = {
  readonly standing: Standing;
  /** What this side has claimed. */
  readonly claims: Claims;
  /** All heads of this ledger, as they were then. */
  readonly heads: readonly ChainHead[];
  /** As the holder said it. */
  readonly space: SpaceId;
  readonly self: Certificate;
  readonly partner: Certificate;
  readonly crk: Uint8Array;
};

export type TakeOverCode = "JUNK" | "OTHER_JOURNAL";

/**
 * Takes the account's keys, or wipes them. JUNK: no journal could be so. OTHER_JOURNAL: not the one that this
 * computer knows, or less of it than it knows.
 */
export const takeOver = (parts: TakeOver, account: Account): Result<Couple, TakeOverCode> => {
  const couple = isSound(parts, account) ? coupleFrom(parts, account) : undefined;
  if (couple !== undefined && isKnown(parts, couple)) {
    const { before } = couple;
    const was = hasCouple(parts.standing) ? parts.standing.couple.before : undefined;
    return accept({
      ...couple,
      before: before && {
        ...before,
        devices: withSecrets(before.devices, parts.standing),
        vouched: furthest([...(was?.vouched ?? []), ...before.vouched]),
      },
    });
  }
  wipeKeys(account.keys);
  return refuse(couple === undefined ? "JUNK" : "OTHER_JOURNAL");
};

const isSound = ({ self, partner }: TakeOver, account: Account): boolean => {
  const { epoch, notebooks, keys, devices, vouched } = account;
  const ids = [notebooks.mine, notebooks.theirs, notebooks.ours];
  const gone = new Map(devices.map((one) => [one.device, one]));
  return (
    new Set(ids).size === ids.length &&
    keys.length >= 2 &&
    keys.length <= most.epochs + 1 &&
    epoch === keys.length &&
    allKeysDiffer(keys) &&
    areDistinct([...devices, self, partner]) &&
    devices.some(({ owner }) => owner === "partner") &&
    devices.every(({ cuts }) => [...cuts.keys()].every((id) => ids.includes(id))) &&
    vouched.every(({ device, notebook, seq }) => {
      if (!ids.includes(notebook)) return false;
      if (device === partner.device) return true;
      return seq <= (gone.get(device)?.cuts.get(notebook) ?? 0);
    })
  );
};

/** From this side; without secrets. */
const coupleFrom = (
  { heads, space, partner, crk }: TakeOver,
  { name, epoch, notebooks, keys, devices, vouched }: Account,
): Couple | undefined => {
  const all = keys.map(seenFromOtherSide);
  const newest = all.at(-1);
  if (newest === undefined) return undefined;
  // What this computer has accepted of theirs counts, also where their own was set back further than it.
  const ids = [notebooks.theirs, notebooks.mine, notebooks.ours];
  return {
    space,
    crk,
    epoch,
    partner: { name, certificate: partner },
    notebooks: {
      mine: { id: notebooks.theirs, key: newest.mine },
      theirs: { id: notebooks.mine, key: newest.theirs },
      ours: { id: notebooks.ours, key: newest.ours },
    },
    before: {
      keys: all.slice(0, -1),
      devices: devices.map((one): GoneDevice =>
        one.owner === "me"
          ? { ...one, owner: "partner", cuts: cutsOf(one, heads, ids) }
          : { ...one, owner: "me" },
      ),
      vouched,
      unmet: true,
    },
  };
};

/** Words of the partner's device that is in use were vouched for here. */
const hasSpoken = ({ before, partner }: Couple): boolean =>
  before?.vouched.some(({ device }) => device === partner.certificate.device) ?? false;

/** All that this computer knows is there again. */
const isKnown = ({ standing, claims, self, partner }: TakeOver, couple: Couple): boolean => {
  if (standing.kind === "first") return true;
  if (standing.kind !== "anew" || couple.before === undefined) return false;
  const { couple: was, selfBefore } = standing;
  const { devices, keys } = couple.before;
  const { certificate } = was.partner;
  const mine = devices.filter(({ owner }) => owner === "me");
  const isGone = (known: Pick<GoneDevice, "device" | "x25519" | "owner">): boolean =>
    devices.some((gone) => isSame(gone, known.device, known.x25519, known.owner));
  const people = peopleOf(was, selfBefore.device, certificate.device);
  const now = peopleOf(couple, self.device, partner.device);
  return (
    couple.space === was.space &&
    couple.epoch > was.epoch &&
    couple.notebooks.mine.id === was.notebooks.mine.id &&
    couple.notebooks.theirs.id === was.notebooks.theirs.id &&
    couple.notebooks.ours.id === was.notebooks.ours.id &&
    [...(was.before?.keys ?? []), keysOf(was)].every((known) =>
      keys.some((other) => areSameKeys(known, other)),
    ) &&
    (was.before?.devices ?? []).every(isGone) &&
    isGone({ owner: "me", device: selfBefore.device, x25519: x25519PublicOf(selfBefore.secret) }) &&
    (was.beside ?? []).every(
      (known) =>
        (known.owner === "partner" && known.certificate.device === partner.device) ||
        isGone({ ...known.certificate, owner: known.owner }),
    ) &&
    // Of a meeting that the partner may not have stored: a device that never spoke may be gone without a trace. Danger:
    // of one that has spoken, whose words are here, nobody would vouch for them any more.
    ((was.before?.unmet === true && !hasSpoken(was)) ||
      certificate.device === partner.device ||
      isGone({ ...certificate, owner: "partner" })) &&
    people.me === now.me &&
    people.partner === now.partner &&
    claims.heads.every(({ device, notebook, seq }) =>
      mine.some((gone) => gone.device === device && seq <= (gone.cuts.get(notebook) ?? 0)),
    )
  );
};
