import { equalBytes } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import { constantTimeEqual } from "../crypto/compare.ts";
import { xwingDecapsulate, xwingEncapsulate } from "../crypto/keys.ts";
import { wipe } from "../crypto/wipe.ts";
import { isWornOut } from "./handover.ts";
import { isFull } from "./joinOwn.ts";
import { stepMs } from "./pairingHandshake.ts";
import { coupleRootKey, openMaterial, type Seat } from "./pairingKeys.ts";
import { sayOwnMaterial, takeOpened } from "./pairingMaterial.ts";
import type { PairingMessage } from "./pairingMessages.ts";
import { type Couple, inUseOf } from "./space.ts";
import { end, enter, finish, say, takeBack, type TalkState } from "./pairingState.ts";
import type { MeetingKind } from "./pairingView.ts";
import { safetyWords, sasCommitment } from "./safetyWords.ts";
import { hasCouple, type Meeting, meetingOf, meetsAgain, saidOf } from "./standing.ts";

/** Milliseconds for two people to find each other by voice and compare. */
const wordsMs = 10 * 60_000;

type MessageOf<Kind extends PairingMessage["kind"]> = Extract<PairingMessage, { kind: Kind }>;

export const beginStandings = (state: TalkState): void => {
  enter(state, "standings", stepMs);
  say(state, { kind: "standing", said: saidOf(state.parts.standing) });
};

const takeStanding = (state: TalkState, { said }: MessageOf<"standing">): boolean => {
  if (state.phase !== "standings") return false;
  const { standing, seat, partner } = state.parts;
  const meeting = meetingOf(saidOf(standing), said, seat);
  const refused = meeting.ok ? refusalOf(state, meeting.value, partner.device) : meeting.code;
  if (!meeting.ok || refused !== undefined) {
    end(state, refused ?? "JUNK", "telling");
    return true;
  }
  state.meeting = meeting.value;
  if (said.space !== undefined) state.space = said.space;
  beginNonces(state);
  return true;
};

/** Why it goes no further, though what both have said of themselves fits. */
const refusalOf = (
  { parts: { standing, certificate } }: TalkState,
  meeting: Meeting,
  partner: DeviceId,
): "ALREADY_PAIRED" | "TOO_MANY" | "WORN_OUT" | undefined => {
  if (!hasCouple(standing)) return undefined;
  const { couple } = standing;
  if (meeting === "add") return isFull(couple, certificate.device) ? "TOO_MANY" : undefined;
  if (meeting === "hold" && meetsAgain(standing) && isWornOut(standing)) return "WORN_OUT";
  // Their computer is one that this journal has met: nobody has a new one.
  const met = inUseOf(couple, certificate.device, couple.partner.certificate.device).theirs;
  return meeting === "hold" && met.includes(partner) ? "ALREADY_PAIRED" : undefined;
};

/** The inviter binds itself to its nonce first. */
const beginNonces = (state: TalkState): void => {
  const { seat, transport } = state.parts;
  enter(state, "nonces", stepMs);
  if (seat === "joiner") return;
  say(state, { kind: "commit", commitment: sasCommitment(transport.hash64, state.nonce) });
};

/** False for a message that has no place here. Each arrives once, in the order of the protocol, or not at all. */
export const takeMessage = (state: TalkState, message: PairingMessage): boolean => {
  switch (message.kind) {
    case "commit":
      return takeCommitment(state, message.commitment);
    case "nonce":
      return state.parts.seat === "inviter"
        ? takeJoinersNonce(state, message.nonce)
        : takeInvitersNonce(state, message.nonce);
    case "confirmed":
      return takeConfirmed(state);
    case "share":
      return takeShare(state, message);
    case "material":
      return takeMaterial(state, message);
    case "ready":
      return takeReady(state);
    case "stored":
      return takeStored(state);
    case "done":
      return takeDone(state);
    case "standing":
      return takeStanding(state, message);
    case "end":
      return takeEnd(state, message);
  }
};

const takeEnd = (state: TalkState, { code }: MessageOf<"end">): boolean => {
  const early = state.phase === "standings" && state.parts.seat === "joiner";
  if (code === "USED" && !early) return false;
  end(state, code, "silently");
  return true;
};

const takeCommitment = (state: TalkState, commitment: Uint8Array): boolean => {
  if (state.phase !== "nonces" || state.parts.seat !== "joiner" || state.commitment) return false;
  state.commitment = commitment;
  enter(state, "nonces", stepMs);
  say(state, { kind: "nonce", nonce: state.nonce });
  return true;
};

const takeJoinersNonce = (state: TalkState, theirs: Uint8Array): boolean => {
  if (state.phase !== "nonces") return false;
  const { transport, certificate, partner } = state.parts;
  say(state, { kind: "nonce", nonce: state.nonce });
  showWords(
    state,
    safetyWords(transport.hash64, state.nonce, theirs, certificate.device, partner.device),
  );
  return true;
};

const takeInvitersNonce = (state: TalkState, theirs: Uint8Array): boolean => {
  const { transport, certificate, partner } = state.parts;
  const promised = state.commitment;
  if (state.phase !== "nonces" || !promised) return false;
  if (!constantTimeEqual(promised, sasCommitment(transport.hash64, theirs))) return false;
  showWords(
    state,
    safetyWords(transport.hash64, theirs, state.nonce, partner.device, certificate.device),
  );
  return true;
};

const showWords = (state: TalkState, words: readonly string[]): void => {
  state.words = words;
  enter(state, "words", wordsMs);
  showWordsNow(state);
};

const showWordsNow = (state: TalkState): void => {
  const { standing, partner } = state.parts;
  // The other of one's own computers shows an identity that is thrown away.
  const known = meetsAgain(standing) ? standing.couple.partner.certificate : undefined;
  state.parts.show({
    step: "words",
    words: state.words,
    confirmed: state.confirmed.mine,
    meeting: meetingKind(state),
    otherKeys: known !== undefined && !equalBytes(known.identity, partner.identity),
  });
};

const meetingKind = ({ meeting, parts }: TalkState): MeetingKind => {
  if (meeting === "pair") return "first";
  if (meeting === "add") return "adds";
  if (meeting === "join") return "joins";
  return meeting === "hold" && parts.standing.kind === "stays" ? "theirs" : "mine";
};

export const confirmWords = (state: TalkState): void => {
  if (state.phase !== "words" || state.confirmed.mine) return;
  state.confirmed.mine = true;
  say(state, { kind: "confirmed" });
  if (state.confirmed.theirs) shareSecrets(state);
  else showWordsNow(state);
};

const takeConfirmed = (state: TalkState): boolean => {
  if (state.phase !== "words" || state.confirmed.theirs) return false;
  state.confirmed.theirs = true;
  if (state.confirmed.mine) shareSecrets(state);
  return true;
};

const shareSecrets = (state: TalkState): void => {
  const { random, partner, show } = state.parts;
  const made = xwingEncapsulate(partner.xwing, random);
  if (!made.ok) throw new Error("a certificate with an unusable key was let in");
  state.share = { random: random(32), shared: made.value.shared };
  enter(state, "shares", stepMs);
  say(state, { kind: "share", random: state.share.random, ciphertext: made.value.ciphertext });
  show({ step: "finishing" });
};

const takeShare = (state: TalkState, { random, ciphertext }: MessageOf<"share">): boolean => {
  const { seat, transport, keys } = state.parts;
  if (state.phase !== "shares" || !state.share) return false;
  const shared = xwingDecapsulate(keys.xwing, ciphertext);
  if (!shared.ok) return false;
  const mine = state.share;
  const theirs = { random, shared: shared.value };
  const [inviter, joiner] = seat === "inviter" ? [mine, theirs] : [theirs, mine];
  state.crk = coupleRootKey(transport.hash64, inviter, joiner);
  wipe(theirs.random, theirs.shared, mine.random, mine.shared);
  enter(state, "material", stepMs);
  sayOwnMaterial(state, state.crk);
  return true;
};

const takeMaterial = (state: TalkState, sealed: MessageOf<"material">): boolean => {
  const { crk } = state;
  if (state.phase !== "material" || !crk) return false;
  const from: Seat = state.parts.seat === "inviter" ? "joiner" : "inviter";
  const opened = openMaterial(crk, from, state.parts.transport.hash64, sealed);
  if (!opened.ok) return false;
  const taken = takeOpened(state, crk, from, opened.value);
  wipe(opened.value);
  if (taken === "ended") return true;
  if (taken === "junk") return false;
  enter(state, "ready", stepMs);
  say(state, { kind: "ready" });
  return true;
};

const takeReady = (state: TalkState): boolean => {
  if (state.phase !== "ready" || !state.couple) return false;
  state.saved = "saving";
  enter(state, "storing", stepMs);
  void storeCouple(state, state.couple);
  return true;
};

const storeCouple = async (state: TalkState, couple: Couple): Promise<void> => {
  const stored = await state.parts.store(couple, state.person).catch(() => false);
  state.saved = stored ? "saved" : "not";
  if (state.phase === "over") return takeBack(state);
  if (!stored) return end(state, "NOT_SAVED", "telling");
  say(state, { kind: "stored" });
  if (state.theirsStored) settle(state);
  else enter(state, "storing", stepMs);
};

const takeStored = (state: TalkState): boolean => {
  if (state.phase !== "storing" || state.theirsStored) return false;
  state.theirsStored = true;
  if (state.saved === "saved") settle(state);
  return true;
};

/** Longer than the other waits for my `stored`: if it gave up, its word of that still comes in time. */
const settle = (state: TalkState): void => {
  enter(state, "settling", 2 * stepMs);
  say(state, { kind: "done" });
};

const takeDone = (state: TalkState): boolean => {
  if (state.phase !== "settling") return false;
  finish(state);
  return true;
};
