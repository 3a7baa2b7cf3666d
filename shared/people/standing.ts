import { type DeviceId, idBytes, idFrom, type SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Ed25519Secret, X25519Secret } from "../crypto/keys.ts";
import type { ChainHead } from "../envelope/chain.ts";
import type { Seat } from "./pairingKeys.ts";
import type { Couple } from "./space.ts";

/**
 * How a computer comes to a pairing. first: no couple is here · stays: it goes on as it is, the partner's computer is
 * new · anew: it knows its partner and becomes a new device, from a backup or because another of its person's is lost · adds: another computer of the same person joins it ·
 * joins: that other computer, with no couple yet. The bytes belong to the caller and are only read.
 * Who stays and has other computers beside becomes a new device, too: a person is named by the first device that is
 * gone, and that would be a younger one.
 */
export type Standing =
  | { readonly kind: "first" }
  | ({ readonly kind: "stays"; readonly selfBefore?: SelfBefore } & Held)
  | ({ readonly kind: "anew"; readonly selfBefore: SelfBefore } & Held)
  | ({ readonly kind: "adds"; readonly person: PersonOfMine } & Held)
  | { readonly kind: "joins" };

/** What a person's other computer needs to be that person's. `identity`: only read. */
export type PersonOfMine = {
  readonly name: string;
  readonly role: string;
  readonly identity: Ed25519Secret;
};

type Held = {
  readonly couple: Couple;
  /** All heads of this ledger. Asked for once, when the two have confirmed the words. */
  readonly heads: () => readonly ChainHead[];
};

/** The device that this computer was until now. */
export type SelfBefore = { readonly device: DeviceId; readonly secret: X25519Secret };

/** What of it the other is told. No space: `first` and `joins`. */
export type SaidStanding = {
  readonly kind: Standing["kind"];
  readonly space: SpaceId | undefined;
};

export const saidOf = (standing: Standing): SaidStanding => ({
  kind: standing.kind,
  space: hasCouple(standing) ? standing.couple.space : undefined,
});

/** Where the two meet again: it hands the journal over, or knows what is handed over to it. */
export type MeetsAgain = Extract<Standing, { readonly kind: "stays" | "anew" }>;

export const hasCouple = (
  standing: Standing,
): standing is Exclude<Standing, { readonly kind: "first" | "joins" }> => "couple" in standing;

export const meetsAgain = (standing: Standing): standing is MeetsAgain =>
  standing.kind === "stays" || standing.kind === "anew";

/**
 * pair: two who know nobody yet · hold: this side hands the journal over · come: it is handed over to this side ·
 * add: this side takes in another computer of its own person · join: it is that computer.
 */
export type Meeting = "pair" | "hold" | "come" | "add" | "join";
/** OTHER_PURPOSE: one of the two means to be a computer of the same person, and the other does not. */
export type MeetingCode = "OTHER_JOURNAL" | "ALREADY_PAIRED" | "OTHER_PURPOSE";

export const meetingOf = (
  mine: SaidStanding,
  theirs: SaidStanding,
  seat: Seat,
): Result<Meeting, MeetingCode> => {
  if (isOwn(mine) || isOwn(theirs)) {
    if (mine.kind === "adds" && theirs.kind === "joins") return accept("add");
    if (mine.kind === "joins" && theirs.kind === "adds") return accept("join");
    return refuse("OTHER_PURPOSE");
  }
  const known = mine.space !== undefined && theirs.space !== undefined;
  if (known && mine.space !== theirs.space) return refuse("OTHER_JOURNAL");
  if (mine.kind === theirs.kind) {
    if (mine.kind === "first") return accept("pair");
    if (mine.kind === "stays") return refuse("ALREADY_PAIRED");
    return accept(seat === "inviter" ? "hold" : "come");
  }
  return accept(rank[mine.kind] > rank[theirs.kind] ? "hold" : "come");
};

const isOwn = ({ kind }: SaidStanding): boolean => kind === "adds" || kind === "joins";

const rank = { joins: 0, adds: 0, first: 0, anew: 1, stays: 2 } as const;

const kinds = ["first", "stays", "anew", "adds", "joins"] as const;
const ofNobody: readonly SaidStanding["kind"][] = ["first", "joins"];
const noSpace = new Uint8Array(16);

/** standing u8 | space16, zeros for `first` and `joins` */
export const standingFields = ({ kind, space }: SaidStanding): readonly Uint8Array[] => [
  Uint8Array.of(kinds.indexOf(kind)),
  space === undefined ? noSpace : idBytes(space),
];

export const standingFrom = (number: number, space: Uint8Array): SaidStanding | undefined => {
  const kind = kinds[number];
  const zeros = space.every((byte) => byte === 0);
  if (kind === undefined || space.length !== 16 || zeros !== ofNobody.includes(kind))
    return undefined;
  return { kind, space: zeros ? undefined : idFrom<SpaceId>(space) };
};
