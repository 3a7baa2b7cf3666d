import type { SpaceId } from "../base/ids.ts";
import type { ChainHead } from "../envelope/chain.ts";
import { wipe } from "../crypto/wipe.ts";
import type { Transport } from "../crypto/noise.ts";
import type { Certificate } from "./certificate.ts";
import type { Claims } from "./meetingClaims.ts";
import type { CrkPart, Seat } from "./pairingKeys.ts";
import type { PairingLine } from "./pairingLine.ts";
import {
  type EndCode,
  type PairingMaterial,
  type PairingMessage,
  writePairingMessage,
} from "./pairingMessages.ts";
import type { PairingParts } from "./pairingParts.ts";
import type { PairingView } from "./pairingView.ts";
import { type Couple, wipeCouple } from "./space.ts";
import type { Meeting, PersonOfMine } from "./standing.ts";

export type TalkParts = PairingParts & {
  readonly seat: Seat;
  readonly line: PairingLine;
  readonly transport: Transport;
  readonly partner: Certificate;
  readonly show: (view: PairingView) => void;
};

/** Each is left by the other's message of that step; `words` by both people, `storing` by both disks. */
type Phase =
  | "standings"
  | "nonces"
  | "words"
  | "shares"
  | "material"
  | "ready"
  | "storing"
  | "settling"
  | "over";

export type TalkState = {
  readonly parts: TalkParts;
  phase: Phase;
  /** From the end of `standings` on. */
  meeting: Meeting;
  /** The journal that is handed over to this side. */
  space?: SpaceId;
  claimed?: { readonly claims: Claims; readonly heads: readonly ChainHead[] };
  cancelDeadline: () => void;
  /** nA or nB, mine. */
  readonly nonce: Uint8Array;
  commitment?: Uint8Array;
  words: readonly string[];
  readonly confirmed: { mine: boolean; theirs: boolean };
  share?: CrkPart;
  crk?: Uint8Array;
  material?: PairingMaterial;
  couple?: Couple;
  /** Whose computer this one is to be, where it joins another. */
  person?: PersonOfMine;
  saved: "not" | "saving" | "saved";
  theirsStored: boolean;
};

export const newTalkState = (parts: TalkParts): TalkState => ({
  parts,
  phase: "standings",
  meeting: "pair",
  cancelDeadline: () => {},
  nonce: parts.random(16),
  words: [],
  confirmed: { mine: false, theirs: false },
  saved: "not",
  theirsStored: false,
});

/** The phase ends by itself after `ms`. */
export const enter = (state: TalkState, phase: Phase, ms: number): void => {
  state.cancelDeadline();
  state.phase = phase;
  state.cancelDeadline = state.parts.clock.after(ms, () => tooLong(state));
};

export const say = (state: TalkState, message: PairingMessage): void => {
  const sealed = state.parts.transport.send.seal(writePairingMessage(message));
  if (sealed.ok) state.parts.line.send(sealed.value);
};

/** A person stops it: possible until storing begins, because after that the other may already count on us. */
export const stop = (state: TalkState, code: "DIFFER" | "CANCELLED"): void => {
  const tooLate: readonly Phase[] = ["storing", "settling", "over"];
  if (!tooLate.includes(state.phase)) end(state, code, "telling");
};

export const junk = (state: TalkState): void => {
  if (state.phase === "settling") finish(state);
  else end(state, "JUNK", "telling");
};

export const partedFrom = (state: TalkState): void => {
  if (state.phase === "settling") finish(state);
  else end(state, "VANISHED", "silently");
};

const tooLong = (state: TalkState): void => {
  if (state.phase === "settling") finish(state);
  else end(state, state.saved === "saving" ? "NOT_SAVED" : "VANISHED", "telling");
};

/** Both have it, as far as can be known here: see the last-message window in pairingTalk.ts. */
export const finish = (state: TalkState): void => {
  const { couple } = state;
  if (couple === undefined) throw new Error("done before there was a couple");
  leave(state);
  state.parts.line.letGo();
  state.parts.show({ step: "done", partner: { name: couple.partner.name } });
};

export const end = (state: TalkState, code: EndCode, how: "telling" | "silently"): void => {
  if (state.phase === "over") return;
  if (how === "telling") say(state, { kind: "end", code });
  leave(state);
  if (how === "telling") state.parts.line.letGo();
  else state.parts.line.close();
  if (state.saved !== "saving") takeBack(state);
  state.parts.show({ step: "ended", code });
};

/** Undoes the storing and wipes what was made. Where a store is still running it comes when that has ended. */
export const takeBack = (state: TalkState): void => {
  if (state.saved === "saved") void state.parts.withdraw();
  state.saved = "not";
  const { couple, person, material, crk } = state;
  if (couple) wipeCouple(couple);
  if (person) wipe(person.identity);
  if (material) wipe(material.mine.key, ...(material.ours ? [material.ours.key] : []));
  if (crk) wipe(crk);
};

const leave = (state: TalkState): void => {
  state.phase = "over";
  state.cancelDeadline();
  const { share, parts } = state;
  wipe(state.nonce, ...(share ? [share.random, share.shared] : []));
  parts.transport.send.wipe();
  parts.transport.receive.wipe();
};
