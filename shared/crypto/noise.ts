import { concatBytes } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { aeadTagLength } from "./aead.ts";
import {
  type KeyPair,
  type X25519Public,
  type X25519Secret,
  x25519Public,
  x25519PublicOf,
  x25519Secret,
  x25519Shared,
} from "./keys.ts";
import { type Cipher, createCipher, noiseMessageLimit } from "./noiseCipher.ts";
import { createSymmetric, type Symmetric } from "./noiseSymmetric.ts";
import { wipe } from "./wipe.ts";

/**
 * Noise_XX and Noise_XXpsk3 with 25519, ChaChaPoly and BLAKE2b (Noise rev 34).
 *
 *   → e
 *   ← e, ee, s, es
 *   → s, se (XXpsk3: and psk)
 *
 * Danger: what the first message carries is read by anyone, in XXpsk3 too; what the second carries is read by
 * whoever sent the first. Who the other is stands only when `finished`, and then only as a static key: compare it.
 */
export type Pattern = "XX" | "XXpsk3";

type Token = "e" | "s" | "ee" | "es" | "se" | "psk";

const patterns: Record<Pattern, readonly (readonly Token[])[]> = {
  XX: [["e"], ["e", "ee", "s", "es"], ["s", "se"]],
  XXpsk3: [["e"], ["e", "ee", "s", "es"], ["s", "se", "psk"]],
};

/** The longest payload that fits every handshake message beside its two keys and tags. */
export const noisePayloadLimit = noiseMessageLimit - 2 * 32 - 2 * aeadTagLength;

export type HandshakeParts = {
  readonly pattern: Pattern;
  readonly initiator: boolean;
  /** Whatever both must agree on; another prologue on the other side ends in AEAD_FAIL. */
  readonly prologue: Uint8Array;
  readonly staticKey: KeyPair<X25519Secret, X25519Public>;
  /** 32 bytes, for XXpsk3 and only for it. */
  readonly psk?: Uint8Array;
  readonly random: Random;
  /** For published vectors only; otherwise made from `random`. */
  readonly ephemeral?: X25519Secret;
};

/**
 * TOO_SHORT, TOO_LONG: not this message's size. ZERO_SHARED: a public key that gives zeros. AEAD_FAIL: other
 * secret, other prologue or altered. OUT_OF_TURN: it is ours to write, or finished. DEAD: an earlier message was refused.
 */
export type NoiseCode =
  | "TOO_SHORT"
  | "TOO_LONG"
  | "ZERO_SHARED"
  | "AEAD_FAIL"
  | "OUT_OF_TURN"
  | "DEAD";

export type Handshake = {
  /** Throws when it is not our turn, after a refused read, or past `noisePayloadLimit`. */
  readonly write: (payload: Uint8Array) => Uint8Array;
  /** Gives the payload. Never throws; one refusal and the handshake is dead. */
  readonly read: (message: Uint8Array) => Result<Uint8Array, NoiseCode>;
  readonly finished: boolean;
  /** Undefined until a whole message has authenticated it. */
  readonly remoteStatic: () => X25519Public | undefined;
  /** Throws before `finished`; gives the same one every time. */
  readonly split: () => Transport;
};

export type Transport = {
  /** The handshake hash: the same 64 bytes on both sides, and only there. */
  readonly hash64: Uint8Array;
  readonly send: Cipher;
  readonly receive: Cipher;
};

export const createHandshake = (parts: HandshakeParts): Handshake => {
  checkPsk(parts);
  const state = startState(parts);
  return {
    write: (payload) => {
      if (state.dead) throw new Error("this handshake is dead");
      if (!ourTurn(state)) throw new Error("not our turn to write");
      const message = writeMessage(state, payload);
      finishMessage(state);
      return message;
    },
    read: (message) => {
      if (state.transport !== undefined) return refuse("OUT_OF_TURN");
      const payload = state.dead ? refuse("DEAD") : readMessage(state, message);
      if (payload.ok) finishMessage(state);
      else kill(state);
      return payload;
    },
    get finished() {
      return state.transport !== undefined;
    },
    remoteStatic: () => state.provenStatic,
    split: () => {
      if (state.transport === undefined) throw new Error("the handshake is not finished");
      return state.transport;
    },
  };
};

type State = {
  readonly parts: HandshakeParts;
  readonly symmetric: Symmetric;
  readonly messages: readonly (readonly Token[])[];
  readonly ephemeral: KeyPair<X25519Secret, X25519Public>;
  done: number;
  dead: boolean;
  remoteEphemeral?: X25519Public;
  remoteStatic?: X25519Public;
  provenStatic?: X25519Public | undefined;
  transport?: Transport | undefined;
};

const startState = (parts: HandshakeParts): State => {
  const symmetric = createSymmetric(`Noise_${parts.pattern}_25519_ChaChaPoly_BLAKE2b`);
  symmetric.mixHash(parts.prologue);
  const secret = x25519Secret((parts.ephemeral ?? parts.random(32)).slice());
  const ephemeral = { secret, public: x25519PublicOf(secret) };
  return { parts, symmetric, messages: patterns[parts.pattern], ephemeral, done: 0, dead: false };
};

const checkPsk = ({ pattern, psk }: HandshakeParts): void => {
  if (pattern === "XX" ? psk !== undefined : psk?.length !== 32) {
    throw new RangeError("XXpsk3 takes a psk of 32 bytes, XX takes none");
  }
};

/** The initiator writes the first message and every second one after it. */
const ourTurn = (state: State): boolean =>
  state.done < state.messages.length && (state.done % 2 === 0) === state.parts.initiator;

const writeMessage = (state: State, payload: Uint8Array): Uint8Array => {
  const { symmetric } = state;
  if (payload.length > noisePayloadLimit) throw new RangeError("a handshake payload is too long");
  const pieces: Uint8Array[] = [];
  for (const token of state.messages[state.done] ?? []) {
    if (token === "e") {
      pieces.push(state.ephemeral.public);
      mixEphemeral(state, state.ephemeral.public);
    } else if (token === "s") {
      pieces.push(symmetric.sealAndHash(state.parts.staticKey.public));
    } else if (!mixToken(state, token).ok) {
      throw new Error("a key that gives zeros was let in");
    }
  }
  pieces.push(symmetric.sealAndHash(payload));
  return concatBytes(...pieces);
};

const readMessage = (state: State, message: Uint8Array): Result<Uint8Array, NoiseCode> => {
  if (ourTurn(state)) return refuse("OUT_OF_TURN");
  if (message.length > noiseMessageLimit) return refuse("TOO_LONG");
  let rest = message;
  for (const token of state.messages[state.done] ?? []) {
    if (token === "e" || token === "s") {
      const length = token === "s" && state.symmetric.hasKey() ? 32 + aeadTagLength : 32;
      if (rest.length < length) return refuse("TOO_SHORT");
      const taken = takePublic(state, token, rest.slice(0, length));
      if (!taken.ok) return taken;
      rest = rest.subarray(length);
    } else {
      const mixed = mixToken(state, token);
      if (!mixed.ok) return mixed;
    }
  }
  if (state.symmetric.hasKey() && rest.length < aeadTagLength) return refuse("TOO_SHORT");
  return state.symmetric.openAndHash(rest);
};

/** A key that gives zeros is met here, where it can be refused, so that writing cannot fail on it later. */
const takePublic = (
  state: State,
  token: "e" | "s",
  bytes: Uint8Array,
): Result<void, "AEAD_FAIL" | "ZERO_SHARED"> => {
  const opened = token === "s" ? state.symmetric.openAndHash(bytes) : accept(bytes);
  if (!opened.ok) return opened;
  const theirs = x25519Public(opened.value);
  const tried = x25519Shared(state.ephemeral.secret, theirs);
  if (!tried.ok) return tried;
  wipe(tried.value);
  if (token === "s") {
    state.remoteStatic = theirs;
  } else {
    state.remoteEphemeral = theirs;
    mixEphemeral(state, theirs);
  }
  return accept(undefined);
};

/** With a psk, `e` goes into the key as well (Noise §9.2), so that a reused psk never means a reused key. */
const mixEphemeral = (state: State, key: X25519Public): void => {
  state.symmetric.mixHash(key);
  if (state.parts.psk !== undefined) state.symmetric.mixKey(key);
};

const mixToken = (state: State, token: "ee" | "es" | "se" | "psk"): Result<void, "ZERO_SHARED"> => {
  if (token === "psk") {
    if (state.parts.psk === undefined) throw new Error("no psk");
    state.symmetric.mixKeyAndHash(state.parts.psk);
    return accept(undefined);
  }
  const [mine, theirs] = tokenKeys(state, token);
  if (theirs === undefined) throw new Error("a pattern that mixes a key before it is known");
  const shared = x25519Shared(mine, theirs);
  if (!shared.ok) return shared;
  state.symmetric.mixKey(shared.value);
  wipe(shared.value);
  return accept(undefined);
};

/** A token's first letter is the initiator's key, its second the responder's. */
const tokenKeys = (
  state: State,
  token: "ee" | "es" | "se",
): readonly [X25519Secret, X25519Public | undefined] => {
  const { initiator, staticKey } = state.parts;
  const mineIsStatic = token[initiator ? 0 : 1] === "s";
  const theirsIsStatic = token[initiator ? 1 : 0] === "s";
  return [
    mineIsStatic ? staticKey.secret : state.ephemeral.secret,
    theirsIsStatic ? state.remoteStatic : state.remoteEphemeral,
  ];
};

const finishMessage = (state: State): void => {
  state.done += 1;
  state.provenStatic = state.remoteStatic;
  if (state.done < state.messages.length) return;
  const [first, second] = state.symmetric.split();
  const [send, receive] = state.parts.initiator ? [first, second] : [second, first];
  state.transport = {
    hash64: state.symmetric.handshakeHash(),
    send: createCipher(send),
    receive: createCipher(receive),
  };
  wipe(first, second, state.ephemeral.secret);
  state.symmetric.wipe();
};

const kill = (state: State): void => {
  state.dead = true;
  state.provenStatic = undefined;
  wipe(state.ephemeral.secret);
  state.symmetric.wipe();
};
