import type { Random } from "../base/random.ts";
import { x25519Secret } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import type { ChainHead } from "../envelope/chain.ts";
import { makeCertificate, type Certificate } from "../people/certificate.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import { makePersonKeys, renewDevice, wipePersonKeys, type PersonKeys } from "../people/person.ts";
import { wipeCouple, type Couple } from "../people/space.ts";
import type { SelfBefore, Standing } from "../people/standing.ts";
import { copyCouple, copyPerson, copyPersonKeys } from "./keys/copies.ts";

/** With what this computer goes into one attempt at pairing. */
export type Hand = {
  readonly standing: Standing;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  /** Made for this attempt, and kept only if it comes to its end. */
  readonly renewed: boolean;
  /** The couple is another by now: a computer of either has been learned of while nobody had come yet. */
  readonly follow: (couple: Couple) => void;
  /** Copies, all of them: wiped when the attempt is over, however it ends. */
  readonly wipe: () => void;
};

export type HandParts = {
  readonly kind: Standing["kind"];
  readonly now: KeyringContent;
  readonly heads: () => readonly ChainHead[];
  readonly random: Random;
};

export const makeHand = (parts: HandParts): Hand => {
  const { kind, now } = parts;
  if (kind === "joins") return joiningHand(parts.random);
  if (kind === "first" || now.couple === undefined) return firstHand(parts);
  return heldHand(kind, now.couple, parts);
};

/** Under an identity that is thrown away: it will be that of whoever it joins. */
const joiningHand = (random: Random): Hand => {
  const keys = makePersonKeys(random);
  return {
    ...{ standing: { kind: "joins" }, keys, certificate: makeCertificate(keys), renewed: true },
    ...{ follow: () => {}, wipe: () => wipePersonKeys(keys) },
  };
};

/**
 * Of an attempt that came to its end on the other side alone, this computer's device is known there: it takes another,
 * so that the two can meet again.
 */
const firstHand = ({ now, random }: HandParts): Hand => {
  const before = copyPersonKeys(now.keys);
  const renewed = now.couple === undefined;
  const keys = renewed ? renewDevice(before, random) : before;
  return {
    ...{ standing: { kind: "first" }, keys, certificate: makeCertificate(keys), renewed },
    follow: () => {},
    wipe: () => {
      wipePersonKeys(before);
      wipePersonKeys(keys);
    },
  };
};

const heldHand = (
  kind: Exclude<Standing["kind"], "first" | "joins">,
  first: Couple,
  { now, heads, random }: HandParts,
): Hand => {
  let couple = copyCouple(first);
  const before = copyPersonKeys(now.keys);
  const hasBeside = (first.beside ?? []).some(({ owner }) => owner === "me");
  // A person is named by the first of their devices that is gone: it must not be a younger one that stands beside.
  const renewed = kind === "anew" || (kind === "stays" && hasBeside);
  const keys = renewed ? renewDevice(before, random) : before;
  const selfBefore: SelfBefore = {
    device: makeCertificate(before).device,
    secret: x25519Secret(before.x25519.slice()),
  };
  const person = copyPerson({ name: now.name, role: now.role, identity: now.keys.identity });
  // Asked for each time: it may be followed.
  const held = <Rest extends object>(rest: Rest) =>
    Object.defineProperty({ ...rest, heads, couple }, "couple", { get: () => couple });
  const standing = (): Standing => {
    if (kind === "adds") return held({ kind, person });
    if (kind === "stays") return held(renewed ? { kind, selfBefore } : { kind });
    return held({ kind, selfBefore });
  };
  return {
    standing: standing(),
    ...{ keys, certificate: makeCertificate(keys), renewed },
    follow: (learned) => {
      wipeCouple(couple);
      couple = copyCouple(learned);
    },
    wipe: () => {
      wipePersonKeys(before);
      wipePersonKeys(keys);
      wipe(selfBefore.secret, person.identity);
      wipeCouple(couple);
    },
  };
};
