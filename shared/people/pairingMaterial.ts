import { newId, type NotebookId } from "../base/ids.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { wipe } from "../crypto/wipe.ts";
import { carriedNotebookKey } from "../envelope/envelope.ts";
import { handOver } from "./handover.ts";
import { handToOwn, takeAsOwn } from "./joinOwn.ts";
import { parseAccount, writeAccount } from "./meetingAccount.ts";
import { areOfNobody, claimsOf, parseClaims, writeClaims } from "./meetingClaims.ts";
import { parseOwnAccount, writeOwnAccount } from "./ownAccount.ts";
import { type Seat, sealMaterial } from "./pairingKeys.ts";
import { parseMaterial, writeMaterial } from "./pairingMessages.ts";
import { end, say, type TalkState } from "./pairingState.ts";
import { type NotebookSecret, spaceIdOf, wipeKeys } from "./space.ts";
import { hasCouple, meetsAgain } from "./standing.ts";
import { takeOver } from "./takeOver.ts";

/** What this side says first under the couple root key. Who hands something over waits for the claims. */
export const sayOwnMaterial = (state: TalkState, crk: Uint8Array): void => {
  const { seat, name, standing } = state.parts;
  if (state.meeting === "pair") {
    state.material = {
      name,
      mine: newNotebook(state),
      ours: seat === "inviter" ? newNotebook(state) : undefined,
    };
    sayMaterial(state, crk, writeMaterial(state.material));
  }
  if (state.meeting === "come" || state.meeting === "join") {
    const heads = hasCouple(standing) ? standing.heads() : [];
    const claims = claimsOf(standing, name, heads);
    state.claimed = { claims, heads };
    sayMaterial(state, crk, writeClaims(claims));
  }
};

/** Wipes what was written. */
const sayMaterial = (state: TalkState, crk: Uint8Array, written: Uint8Array): void => {
  const { seat, transport, random } = state.parts;
  say(state, { kind: "material", ...sealMaterial(crk, seat, transport.hash64, written, random) });
  wipe(written);
};

const newNotebook = ({ parts }: TalkState): NotebookSecret => ({
  id: newId<NotebookId>(parts.random),
  key: carriedNotebookKey(parts.random(32)),
});

export type Taken = "taken" | "junk" | "ended";

/** "ended": this side has refused it, and said so. */
export const takeOpened = (
  state: TalkState,
  crk: Uint8Array,
  from: Seat,
  opened: Uint8Array,
): Taken => {
  if (state.meeting === "hold") return takeClaims(state, crk, opened);
  if (state.meeting === "come") return takeAccount(state, crk, opened);
  if (state.meeting === "add") return takeOwnClaims(state, crk, opened);
  if (state.meeting === "join") return takeOwnAccount(state, crk, opened);
  return takePairMaterial(state, crk, from, opened) ? "taken" : "junk";
};

const takeClaims = (state: TalkState, crk: Uint8Array, opened: Uint8Array): Taken => {
  const { standing, name, partner, certificate, random } = state.parts;
  const claims = parseClaims(opened);
  if (!claims.ok || !meetsAgain(standing)) return "junk";
  if (state.space === undefined && !areOfNobody(claims.value)) {
    wipeKeys(claims.value.keys);
    return "junk";
  }
  const parts = { standing, name, partner, crk, random, self: certificate };
  const handed = handOver(parts, claims.value);
  if (!handed.ok) return "junk";
  state.couple = handed.value.couple;
  sayMaterial(state, crk, writeAccount(handed.value.account));
  return "taken";
};

const takeAccount = (state: TalkState, crk: Uint8Array, opened: Uint8Array): Taken => {
  const { standing, partner, certificate } = state.parts;
  const { claimed, space } = state;
  const account = parseAccount(opened);
  if (!account.ok || !claimed || space === undefined) return "junk";
  const parts = { ...claimed, standing, space, partner, crk, self: certificate };
  const couple = takeOver(parts, account.value);
  if (couple.ok) {
    state.couple = couple.value;
    return "taken";
  }
  if (couple.code === "JUNK") return "junk";
  end(state, couple.code, "telling");
  return "ended";
};

/** The couple root key of this pairing has sealed what it had to: the couple keeps its own. */
const takeOwnClaims = (state: TalkState, crk: Uint8Array, opened: Uint8Array): Taken => {
  const { standing, partner, certificate } = state.parts;
  const claims = parseClaims(opened);
  if (!claims.ok || standing.kind !== "adds") return "junk";
  if (!areOfNobody(claims.value)) {
    wipeKeys(claims.value.keys);
    return "junk";
  }
  const handed = handToOwn({ standing, self: certificate, joining: partner });
  if (!handed.ok) return "junk";
  state.couple = handed.value.couple;
  sayMaterial(state, crk, writeOwnAccount(handed.value.account));
  wipe(crk);
  return "taken";
};

const takeOwnAccount = (state: TalkState, crk: Uint8Array, opened: Uint8Array): Taken => {
  const { partner, certificate } = state.parts;
  const account = parseOwnAccount(opened);
  if (!account.ok) return "junk";
  const { space } = state;
  if (space === undefined) throw new Error("whoever adds a computer has said its space");
  const taken = takeAsOwn({ self: certificate, adding: partner, space }, account.value);
  if (!taken.ok) return "junk";
  state.couple = taken.value.couple;
  state.person = taken.value.person;
  wipe(crk);
  return "taken";
};

const takePairMaterial = (
  state: TalkState,
  crk: Uint8Array,
  from: Seat,
  opened: Uint8Array,
): boolean => {
  const { material } = state;
  const theirs = parseMaterial(opened, from);
  if (!theirs.ok || !material) return false;
  const ours = material.ours ?? theirs.value.ours;
  if (!ours) throw new Error("the inviter brings the common notebook");
  state.couple = {
    space: spaceIdOf(crk),
    crk,
    epoch: 1,
    partner: { name: theirs.value.name, certificate: state.parts.partner },
    notebooks: { mine: material.mine, theirs: theirs.value.mine, ours },
  };
  return allDiffer([material.mine, theirs.value.mine, ours]);
};

/** A partner's changed app could name one of my notebooks, or reuse a key, as its own. */
const allDiffer = (notebooks: readonly NotebookSecret[]): boolean =>
  notebooks.every(({ id, key }, index) =>
    notebooks
      .slice(index + 1)
      .every((other) => other.id !== id && !constantTimeEqual(other.key, key)),
  );
