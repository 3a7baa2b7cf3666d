import { equalBytes } from "../base/bytes.ts";
import type { DeviceId, NotebookId, SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { ed25519PublicOf } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import { most } from "./beforeFields.ts";
import { type Certificate, certifyDevice } from "./certificate.ts";
import { copyCouple } from "./copyCouple.ts";
import { allKeysDiffer, areDistinct, keysOf } from "./handover.ts";
import type { Owner } from "./roster.ts";
import type { OwnAccount, OwnedCertificate } from "./ownAccount.ts";
import {
  type BesideDevice,
  type Couple,
  type GoneDevice,
  inUseOf,
  mostInUse,
  mostKnown,
  type VouchedUpTo,
  wipeKeys,
} from "./space.ts";
import type { PersonOfMine, Standing } from "./standing.ts";

/** The side of the computer that takes in another one of its person. */
export type HandToOwn = {
  readonly standing: Extract<Standing, { readonly kind: "adds" }>;
  readonly self: Certificate;
  /** As it was shown in this pairing's handshake: under an identity that is thrown away. */
  readonly joining: Certificate;
};

export const isFull = (couple: Couple, me: DeviceId): boolean =>
  inUseOf(couple, me, couple.partner.certificate.device).mine.length >= mostInUse;

/**
 * The couple is a copy; the account shares its bytes with the standing, and is only to be written. JUNK: the device is
 * known already, or has a key of one that is.
 */
export const handToOwn = ({
  standing,
  self,
  joining,
}: HandToOwn): Result<{ readonly account: OwnAccount; readonly couple: Couple }, "JUNK"> => {
  const { couple, person } = standing;
  const { before, beside = [], partner, notebooks } = couple;
  const gone = before?.devices ?? [];
  const certificate = certifyDevice(person.identity, joining);
  const inUse = [self, partner.certificate, ...beside.map((one) => one.certificate)];
  if (isFull(couple, self.device) || !areDistinct([...gone, ...inUse, certificate]))
    return refuse("JUNK", "a known device");
  const ids = [notebooks.mine.id, notebooks.theirs.id, notebooks.ours.id];
  const known = new Set([...gone, ...inUse].map(({ device }) => device));
  const ofMine = (areOlder: boolean): readonly BesideDevice[] =>
    beside.filter(({ owner, older }) => owner === "me" && older === areOlder);
  const ordered: readonly OwnedCertificate[] = [
    ...ofMine(true),
    { owner: "me", certificate: self },
    ...ofMine(false),
    ...beside.filter(({ owner }) => owner === "partner"),
  ];
  return accept({
    account: {
      ...person,
      crk: couple.crk,
      epoch: couple.epoch,
      partner,
      notebooks: { mine: notebooks.mine.id, theirs: notebooks.theirs.id, ours: notebooks.ours.id },
      keys: [...(before?.keys ?? []), keysOf(couple)],
      gone: gone.map(({ owner, device, x25519, cuts }) => ({ owner, device, x25519, cuts })),
      beside: ordered.map(({ owner, certificate: one }) => ({ owner, certificate: one })),
      vouched: standing
        .heads()
        .filter(({ device, notebook }) => known.has(device) && ids.includes(notebook))
        .map(({ device, notebook, seq }) => ({ device, notebook, seq })),
    },
    couple: {
      ...copyCouple(couple),
      beside: [...beside, { owner: "me", certificate, older: false }],
    },
  });
};

/** The side of the computer that is added. */
export type TakeAsOwn = {
  /** As this computer has shown it in this pairing's handshake. */
  readonly self: Certificate;
  /** Of the computer that adds it, from the handshake. */
  readonly adding: Certificate;
  /** As that one said it. */
  readonly space: SpaceId;
};

/** Takes the account's secrets, or wipes them. JUNK: no journal could be so, or not that of whom the words were compared with. */
export const takeAsOwn = (
  parts: TakeAsOwn,
  account: OwnAccount,
): Result<{ readonly couple: Couple; readonly person: PersonOfMine }, "JUNK"> => {
  const newest = account.keys.at(-1);
  if (newest === undefined || !isOfThem(parts, account) || !isSound(parts, account)) {
    wipe(account.identity, account.crk);
    wipeKeys(account.keys);
    return refuse("JUNK", "own account");
  }
  const { name, role, identity, crk, epoch, partner, notebooks, keys, gone, vouched } = account;
  return accept({
    person: { name, role, identity },
    couple: {
      ...{ space: parts.space, crk, epoch, partner },
      notebooks: {
        mine: { id: notebooks.mine, key: newest.mine },
        theirs: { id: notebooks.theirs, key: newest.theirs },
        ours: { id: notebooks.ours, key: newest.ours },
      },
      before: { keys: keys.slice(0, -1), devices: gone, vouched, unmet: true },
      beside: account.beside.map(({ owner, certificate }) => ({
        ...{ owner, certificate, older: owner === "me" },
      })),
    },
  });
};

/**
 * The identity that travels is the one that the adding computer is certified by, and it is among those that follow, as
 * it was met; whoever else is in use is certified by whose they are said to be.
 */
const isOfThem = ({ adding }: TakeAsOwn, { identity, partner, beside }: OwnAccount): boolean => {
  const mine = ed25519PublicOf(identity);
  const theirs = partner.certificate.identity;
  return (
    !equalBytes(mine, theirs) &&
    beside.some(
      ({ owner, certificate }) => owner === "me" && equalBytes(certificate.bytes, adding.bytes),
    ) &&
    beside.every(({ owner, certificate }) =>
      equalBytes(certificate.identity, owner === "me" ? mine : theirs),
    )
  );
};

const mostOf: Readonly<Record<Owner, number>> = { me: mostInUse, partner: mostKnown };

const isSound = ({ self }: TakeAsOwn, account: OwnAccount): boolean => {
  const { epoch, partner, notebooks, keys, gone, beside, vouched } = account;
  const ids = [notebooks.mine, notebooks.theirs, notebooks.ours];
  const inUse = [partner.certificate, ...beside.map(({ certificate }) => certificate)];
  const isWithin = isVouchable(gone, new Set(inUse.map(({ device }) => device)), ids);
  return (
    new Set(ids).size === ids.length &&
    keys.length <= most.epochs + 1 &&
    epoch === keys.length &&
    allKeysDiffer(keys) &&
    // This computer comes to one's own, and the partner's oldest to theirs.
    (["me", "partner"] as const).every(
      (of) => beside.filter(({ owner }) => owner === of).length < mostOf[of],
    ) &&
    areDistinct([...gone, ...inUse, self]) &&
    gone.every(({ cuts }) => [...cuts.keys()].every((id) => ids.includes(id))) &&
    vouched.every(isWithin)
  );
};

/** Of what is in use, any; of what is gone, up to its cut; of a device that nobody has, nothing. */
const isVouchable =
  (
    gone: readonly GoneDevice[],
    inUse: ReadonlySet<DeviceId>,
    ids: readonly NotebookId[],
  ): ((one: VouchedUpTo) => boolean) =>
  ({ device, notebook, seq }) => {
    if (!ids.includes(notebook)) return false;
    if (inUse.has(device)) return true;
    return seq <= (gone.find((one) => one.device === device)?.cuts.get(notebook) ?? 0);
  };
