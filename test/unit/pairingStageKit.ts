import { expect, vi } from "vitest";
import { xwingDecapsulate, xwingEncapsulate } from "../../shared/crypto/keys.ts";
import { coupleRootKey, sealMaterial } from "../../shared/people/pairingKeys.ts";
import type { PairingMessage } from "../../shared/people/pairingMessages.ts";
import { sasCommitment } from "../../shared/people/safetyWords.ts";
import type { NotebookKeys } from "../../shared/people/space.ts";
import { saidOf, type Standing } from "../../shared/people/standing.ts";
import { createHandPeer, type HandPeer } from "../support/handPeer.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createMemoryWires, type MemoryWires } from "../support/memoryWire.ts";
import {
  inviteBy,
  namedRandom,
  side,
  type TestPerson,
  type TestSide,
} from "../support/pairingPeople.ts";

/** A real app, and one whose changed app speaks by hand. */
export const draw = namedRandom("changed");

export type Seat = "inviter" | "joiner";
export type Stage = {
  readonly seat: Seat;
  readonly real: TestSide;
  readonly self: TestPerson;
  readonly hand: HandPeer;
  readonly person: TestPerson;
  readonly wires: MemoryWires;
  readonly clock: ManualClock;
  /** What the real one drew. */
  readonly drawn: Uint8Array[];
};

export const arrange = async (
  seat: Seat,
  self: TestPerson,
  standing: Standing,
  person: TestPerson,
): Promise<Stage> => {
  const clock = createManualClock(1_767_225_600_000);
  const invitation = inviteBy(seat === "inviter" ? self : person, clock);
  const drawn: Uint8Array[] = [];
  const real = side(seat, self, invitation, clock, {
    ...{ standing, random: namedRandom(`real ${seat}`, drawn) },
  });
  const wires = createMemoryWires();
  const [here, there] = seat === "inviter" ? [wires.left, wires.right] : [wires.right, wires.left];
  const handSeat = seat === "inviter" ? "joiner" : "inviter";
  if (seat === "inviter") real.accept(here);
  const hand = createHandPeer({ seat: handSeat, wire: there, person, invitation });
  if (seat === "joiner") real.accept(here);
  await wires.settle();
  return { seat, real, self, hand, person, wires, clock, drawn };
};

export const tell = async (
  { hand, wires }: Stage,
  ...messages: PairingMessage[]
): Promise<void> => {
  for (const message of messages) hand.say(message);
  await wires.settle();
};

export const standing = (said: Standing): PairingMessage => ({
  kind: "standing",
  said: saidOf(said),
});

export const toWords = async (at: Stage, said: Standing): Promise<void> => {
  await tell(at, standing(said));
  const nonce = draw(16);
  const commitment = sasCommitment(at.hand.transport().hash64, nonce);
  if (at.seat === "joiner") await tell(at, { kind: "commit", commitment });
  await tell(at, { kind: "nonce", nonce });
  expect(at.real.view().step).toBe("words");
};
export const toShares = async (at: Stage, said: Standing): Promise<void> => {
  await toWords(at, said);
  at.real.talk.confirm();
  await tell(at, { kind: "confirmed" });
};
/** The couple root key that the two have then. */
export const toMaterial = async (at: Stage, said: Standing): Promise<Uint8Array> => {
  await toShares(at, said);
  const made = xwingEncapsulate(at.self.certificate.xwing, draw);
  const share = at.hand.heard.find((message) => message.kind === "share");
  if (!made.ok || share?.kind !== "share") throw new Error("no share");
  const shared = xwingDecapsulate(at.person.keys.xwing, share.ciphertext);
  if (!shared.ok) throw new Error("no secret");
  const own = { random: draw(32), shared: made.value.shared };
  const theirs = { random: share.random, shared: shared.value };
  const [inviter, joiner] = at.seat === "inviter" ? [theirs, own] : [own, theirs];
  const crk = coupleRootKey(at.hand.transport().hash64, inviter, joiner);
  await tell(at, { kind: "share", random: own.random, ciphertext: made.value.ciphertext });
  return crk;
};
export const material = (at: Stage, crk: Uint8Array, written: Uint8Array): PairingMessage => ({
  kind: "material",
  ...sealMaterial(
    ...([crk, at.seat === "inviter" ? "joiner" : "inviter"] as const),
    ...([at.hand.transport().hash64, written, draw] as const),
  ),
});

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const hexKeys = (all: readonly NotebookKeys[]): readonly string[] =>
  all.flatMap(({ mine, theirs, ours }) => [mine, theirs, ours].map(hex));

/** From here on: which bytes were read out of messages, and which were wiped. */
export const watch = () => {
  const read = vi.spyOn(Uint8Array.prototype, "slice");
  const wiped = new Set<string>();
  vi.spyOn(Uint8Array.prototype, "fill").mockImplementation(function (
    this: Uint8Array<ArrayBuffer>,
    value,
    start = 0,
    end = this.length,
  ) {
    if (value === 0) wiped.add(hex(this));
    for (let at = start; at < end; at += 1) this[at] = value;
    return this;
  });
  return () => {
    const left = read.mock.results.flatMap(({ value }) =>
      value instanceof Uint8Array && value.length === 32 ? [hex(value)] : [],
    );
    vi.restoreAllMocks();
    return { left, wiped };
  };
};
