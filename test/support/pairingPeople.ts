import type { Random } from "../../shared/base/random.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { u32, utf8 } from "../../shared/base/bytes.ts";
import { type Certificate, makeCertificate } from "../../shared/people/certificate.ts";
import { type Invitation, makeInvitation } from "../../shared/people/invitation.ts";
import { createInviter, createJoiner, type PairingSide } from "../../shared/people/pairing.ts";
import type { PairingView } from "../../shared/people/pairingView.ts";
import { makePersonKeys, type PersonKeys } from "../../shared/people/person.ts";
import type { Couple } from "../../shared/people/space.ts";
import type { PersonOfMine, Standing } from "../../shared/people/standing.ts";
import type { ManualClock } from "./manualClock.ts";

/** The same seed gives the same bytes, each draw its own; `drawn` keeps them to look at afterwards. */
export const namedRandom = (seed: string, drawn: Uint8Array[] = []): Random => {
  let count = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 32) {
      const block = hash("test random", utf8(seed), u32(count), u32(offset));
      bytes.set(block.subarray(0, Math.min(32, length - offset)), offset);
    }
    count += 1;
    drawn.push(bytes);
    return bytes;
  };
};

export type TestPerson = {
  readonly name: string;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
};

export const makePerson = (name: string): TestPerson => {
  const keys = makePersonKeys(namedRandom(`person ${name}`));
  return { name, keys, certificate: makeCertificate(keys) };
};

export const inviteBy = (
  inviter: TestPerson,
  clock: ManualClock,
  where: "here" | "apart" = "here",
  seed = "invitation",
): Invitation =>
  makeInvitation({
    certificate: inviter.certificate,
    where,
    meetingPoints: [],
    clock,
    random: namedRandom(seed),
  });

/** A disk that says what it holds, and may refuse or take until it is told. */
export type TestDisk = {
  readonly store: (couple: Couple, person?: PersonOfMine) => Promise<boolean>;
  readonly withdraw: () => Promise<void>;
  readonly held: () => Couple | undefined;
  /** Whose computer it has become. */
  readonly person: () => PersonOfMine | undefined;
  /** All that was ever given to it. */
  readonly given: readonly (readonly [Couple, PersonOfMine | undefined])[];
  readonly stores: () => number;
  /** With `slow`: lets the waiting store end, well or not. */
  readonly release: (works: boolean) => void;
};

export const createTestDisk = (how: "works" | "full" | "slow" | "breaks" = "works"): TestDisk => {
  let held: Couple | undefined;
  let whose: PersonOfMine | undefined;
  const given: [Couple, PersonOfMine | undefined][] = [];
  let release = (_works: boolean): void => {};
  return {
    given,
    store: async (couple, person) => {
      given.push([couple, person]);
      if (how === "breaks") throw new Error("a disk that throws");
      const works =
        how === "slow" ? await new Promise<boolean>((done) => (release = done)) : how === "works";
      if (works) [held, whose] = [couple, person];
      return works;
    },
    withdraw: async () => {
      if (held === undefined) throw new Error("nothing to take back");
      [held, whose] = [undefined, undefined];
    },
    held: () => held,
    person: () => whose,
    stores: () => given.length,
    release: (works) => release(works),
  };
};

export type SideOptions = {
  readonly disk?: TestDisk;
  readonly random?: Random;
  readonly seed?: string;
  readonly standing?: Standing;
};

export type TestSide = PairingSide & {
  readonly disk: TestDisk;
  /** Its own copy of the invitation's secret. */
  readonly secret: Uint8Array;
  readonly view: () => PairingView;
  readonly words: () => readonly string[];
};

export const side = (
  seat: "inviter" | "joiner",
  person: TestPerson,
  invitation: Invitation,
  clock: ManualClock,
  {
    disk = createTestDisk(),
    seed = "",
    random = namedRandom(`${seat} ${seed}`),
    standing = { kind: "first" },
  }: SideOptions = {},
): TestSide => {
  const create = seat === "inviter" ? createInviter : createJoiner;
  const secret = invitation.secret.slice();
  const made = create({
    invitation: { ...invitation, secret },
    keys: person.keys,
    certificate: person.certificate,
    name: person.name,
    standing,
    clock,
    random,
    store: disk.store,
    withdraw: disk.withdraw,
  });
  const view = (): PairingView => made.talk.view.read();
  return {
    ...made,
    disk,
    secret,
    view,
    words: () => {
      const now = view();
      return now.step === "words" ? now.words : [];
    },
  };
};
