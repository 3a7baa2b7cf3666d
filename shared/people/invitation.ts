import {
  concatBytes,
  equalBytes,
  fromBase64Url,
  readUtf8,
  toBase64Url,
  u64,
  utf8,
} from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { hash, keyedHash } from "../crypto/hash.ts";
import { type Certificate, certificateMark } from "./certificate.ts";
import type { InvitationCode } from "./codes.ts";
import { readFields } from "./fields.ts";
import { isMeetingPoint } from "./meetingPoint.ts";

/**
 * One use, one partner (PROTOCOL §4). Before base64url, 77 bytes:
 *   0 version 1 | 1 expiry u64 ms | 9 room16 | 25 secret32 | 57 inviter's certificate mark 16 | 73 check4
 * check4 = H("TF/1 invitation check", the bytes before)[0..4]: it finds slips of copying, not malice. Every later
 * version ends in a check made the same way, so that a newer invitation can be told from a damaged one.
 * Link: twofold://pair#CODE, or twofold://pair#CODE.ADDR[.ADDR] with each ADDR the base64url of a meeting point.
 * Addresses are hints outside the check: whoever changes them can only be asked, what is said there is sealed.
 */
export type Invitation = {
  readonly expiresAt: number;
  readonly room: Uint8Array;
  readonly secret: Uint8Array;
  /** H("TF/1 cert", inviter's certificate)[0..16] */
  readonly inviter: Uint8Array;
  /** ws:// or wss:// addresses, at most 4. */
  readonly meetingPoints: readonly string[];
};

export const invitationLifetime = { here: 10 * 60_000, apart: 24 * 60 * 60_000 } as const;

const version = 1;
const codeBytes = 77;
const checkBytes = 4;
const mostMeetingPoints = 4;
/** Two clocks may differ by this much. */
const clockSlack = 10 * 60_000;

export type NewInvitation = {
  readonly certificate: Certificate;
  readonly where: keyof typeof invitationLifetime;
  /** Of these the first four that fit are named. */
  readonly meetingPoints: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
};

export const makeInvitation = ({
  certificate,
  where,
  meetingPoints,
  clock,
  random,
}: NewInvitation): Invitation => ({
  expiresAt: Math.floor(clock.now()) + invitationLifetime[where],
  room: random(16),
  secret: random(32),
  inviter: certificateMark(certificate),
  meetingPoints: meetingPoints.filter(isMeetingPoint).slice(0, mostMeetingPoints),
});

/** Danger: whoever has the link can come in your partner's place until somebody used it; the words show it. */
export const invitationLink = (invitation: Invitation): string => {
  const body = concatBytes(
    Uint8Array.of(version),
    u64(invitation.expiresAt),
    invitation.room,
    invitation.secret,
    invitation.inviter,
  );
  const parts = [concatBytes(body, check(body)), ...invitation.meetingPoints.map(utf8)];
  return `twofold://pair#${parts.map(toBase64Url).join(".")}`;
};

/**
 * Takes what people paste: with or without what stands before '#', with white space anywhere (mail programs break
 * long lines), in angle brackets or quotes. `ownMark` is the reader's own certificate's.
 */
export const readInvitation = (
  pasted: string,
  { clock, ownMark }: { readonly clock: Clock; readonly ownMark: Uint8Array },
): Result<Invitation, InvitationCode> => {
  const { text, isLink } = bare(pasted);
  const [code = "", ...addresses] = text.split(".");
  const read = readCode(code, isLink);
  if (!read.ok) return read;
  const { expiresAt, inviter } = read.value;
  if (equalBytes(inviter, ownMark)) return refuse("OWN_INVITATION");
  if (expiresAt > clock.now() + invitationLifetime.apart + clockSlack)
    return refuse("ALTERED", "expiry");
  if (expiresAt <= clock.now()) return refuse("EXPIRED");
  const meetingPoints = readMeetingPoints(addresses);
  return meetingPoints.ok
    ? accept({ ...read.value, meetingPoints: meetingPoints.value })
    : meetingPoints;
};

/** The Noise psk of this pairing. */
export const invitationPsk = ({ secret, room }: Invitation): Uint8Array =>
  keyedHash(secret, "TF/1 invite", room);

/** Seals the signalling of this pairing, so that a meeting point cannot put itself in the middle. */
export const invitationSignalKey = ({ secret }: Invitation): Uint8Array =>
  keyedHash(secret, "TF/1 invite signal");

/** What the meeting point sees: where to pass messages, and nothing that leads to the secret. */
export const invitationTopic = ({ room }: Invitation): string => toBase64Url(room);

const bare = (pasted: string): { readonly text: string; readonly isLink: boolean } => {
  const joined = pasted.replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff]/g, "");
  const hashSign = joined.lastIndexOf("#");
  const text = joined.slice(hashSign + 1).replace(/^[<("'“‘«]+|[>)"'”’»,;.]+$/g, "");
  return { text, isLink: /pair\/?#/i.test(joined) };
};

const readCode = (
  code: string,
  isLink: boolean,
): Result<Omit<Invitation, "meetingPoints">, "NOT_AN_INVITATION" | "ALTERED" | "NEWER_VERSION"> => {
  const decoded = fromBase64Url(code);
  const bytes = decoded.ok ? decoded.value : new Uint8Array(0);
  const fields = readFields(bytes);
  const found = fields.u8();
  if (!endsInCheck(bytes)) {
    // Damage to one of ours is worth another sentence than something else altogether.
    const wasOurs = isLink || (decoded.ok && found === version && bytes.length >= codeBytes / 2);
    return refuse(wasOurs ? "ALTERED" : "NOT_AN_INVITATION");
  }
  if (found > version) return refuse("NEWER_VERSION", `version ${found}`);
  const expiresAt = fields.u64();
  const read = {
    expiresAt,
    room: fields.take(16),
    secret: fields.take(32),
    inviter: fields.take(16),
  };
  fields.take(checkBytes);
  return found === version && fields.complete() ? accept(read) : refuse("ALTERED", "layout");
};

const check = (body: Uint8Array): Uint8Array =>
  hash("TF/1 invitation check", body).slice(0, checkBytes);

const endsInCheck = (bytes: Uint8Array): boolean =>
  bytes.length > checkBytes &&
  equalBytes(bytes.subarray(-checkBytes), check(bytes.subarray(0, -checkBytes)));

const readMeetingPoints = (parts: readonly string[]): Result<readonly string[], "ALTERED"> => {
  if (parts.length > mostMeetingPoints) return refuse("ALTERED", "too many addresses");
  const found: string[] = [];
  for (const part of parts) {
    const bytes = fromBase64Url(part);
    const address = bytes.ok ? readUtf8(bytes.value) : bytes;
    if (!address.ok || !isMeetingPoint(address.value)) return refuse("ALTERED", "address");
    found.push(address.value);
  }
  return accept(found);
};
