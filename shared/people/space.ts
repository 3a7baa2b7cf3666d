import { concatBytes, toBase64Url } from "../base/bytes.ts";
import { idBytes, idFrom, type NotebookId, type SpaceId } from "../base/ids.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import { type CarriedNotebookKey, carriedNotebookKey } from "../envelope/envelope.ts";
import type { Certificate } from "./certificate.ts";

export type NotebookSecret = { readonly id: NotebookId; readonly key: CarriedNotebookKey };

/** id16 ‖ key32 */
export const notebookSecretLength = 48;
export const notebookSecretBytes = ({ id, key }: NotebookSecret): Uint8Array =>
  concatBytes(idBytes(id), key);
/** Throws unless there are 48 bytes. */
export const notebookSecret = (bytes: Uint8Array): NotebookSecret => ({
  id: idFrom<NotebookId>(bytes.subarray(0, 16)),
  key: carriedNotebookKey(bytes.slice(16)),
});

/** What a pairing yields, the same on both computers but for `mine` and `theirs`. Keys have 32 bytes. */
export type Couple = {
  /** Stays when the couple root key changes. */
  readonly space: SpaceId;
  /** Couple root key (PROTOCOL §2). */
  readonly crk: Uint8Array;
  /** Of the couple root key: 1 after pairing. */
  readonly epoch: number;
  readonly partner: { readonly name: string; readonly certificate: Certificate };
  readonly notebooks: {
    readonly mine: NotebookSecret;
    readonly theirs: NotebookSecret;
    readonly ours: NotebookSecret;
  };
};

/** H("TF/1 space", the first couple root key)[0..16]: neither partner can choose it. */
export const spaceIdOf = (firstCrk: Uint8Array): SpaceId =>
  idFrom<SpaceId>(hash("TF/1 space", firstCrk).subarray(0, 16));

/** How the two find each other and open a channel. All of it follows from the couple root key alone. */
export type MeetingKeys = {
  /** K(CRK, "TF/1 room")[0..16]: in Noise prologues. */
  readonly room: Uint8Array;
  /** base64url of `room`: the topic at the meeting point, the only one of these that it sees. */
  readonly topic: string;
  /** base64url(K(CRK, "TF/1 signal")): seals the signalling. */
  readonly signalPassword: string;
  /** K(CRK, "TF/1 chan"): the psk of every channel. */
  readonly channelPsk: Uint8Array;
};

export const meetingKeysOf = (crk: Uint8Array): MeetingKeys => {
  const room = keyedHash(crk, "TF/1 room").slice(0, 16);
  return {
    room,
    topic: toBase64Url(room),
    signalPassword: toBase64Url(keyedHash(crk, "TF/1 signal")),
    channelPsk: keyedHash(crk, "TF/1 chan"),
  };
};

export const wipeCouple = ({ crk, notebooks }: Couple): void =>
  wipe(crk, notebooks.mine.key, notebooks.theirs.key, notebooks.ours.key);
