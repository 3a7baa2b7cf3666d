import { type DeviceId, idBytes, idFrom, type SpaceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { X25519Secret } from "../crypto/keys.ts";
import type { ChainHead } from "../envelope/chain.ts";
import type { Seat } from "./pairingKeys.ts";
import type { Couple } from "./space.ts";

/**
 * How a computer comes to a pairing. first: no couple is here · stays: it goes on as it is, the partner's computer is
 * new · anew: it knows its partner and becomes a new device. The bytes belong to the caller and are only read.
 */
export type Standing =
  | { readonly kind: "first" }
  | ({ readonly kind: "stays" } & Held)
  | ({ readonly kind: "anew"; readonly selfBefore: SelfBefore } & Held);

type Held = {
  readonly couple: Couple;
  /** All heads of this ledger. Asked for once, when the two have confirmed the words. */
  readonly heads: () => readonly ChainHead[];
};

/** The device that this computer was until now. */
export type SelfBefore = { readonly device: DeviceId; readonly secret: X25519Secret };

/** What of it the other is told. No space: `first`. */
export type SaidStanding = {
  readonly kind: Standing["kind"];
  readonly space: SpaceId | undefined;
};

export const saidOf = (standing: Standing): SaidStanding => ({
  kind: standing.kind,
  space: standing.kind === "first" ? undefined : standing.couple.space,
});

/** pair: two who know nobody yet · hold: this side hands the journal over · come: it is handed over to this side. */
export type Meeting = "pair" | "hold" | "come";
export type MeetingCode = "OTHER_JOURNAL" | "ALREADY_PAIRED";

export const meetingOf = (
  mine: SaidStanding,
  theirs: SaidStanding,
  seat: Seat,
): Result<Meeting, MeetingCode> => {
  const known = mine.space !== undefined && theirs.space !== undefined;
  if (known && mine.space !== theirs.space) return refuse("OTHER_JOURNAL");
  if (mine.kind === theirs.kind) {
    if (mine.kind === "first") return accept("pair");
    if (mine.kind === "stays") return refuse("ALREADY_PAIRED");
    return accept(seat === "inviter" ? "hold" : "come");
  }
  return accept(rank[mine.kind] > rank[theirs.kind] ? "hold" : "come");
};

const rank = { first: 0, anew: 1, stays: 2 } as const;

const kinds = ["first", "stays", "anew"] as const;
const noSpace = new Uint8Array(16);

/** standing u8 | space16, zeros for `first` */
export const standingFields = ({ kind, space }: SaidStanding): readonly Uint8Array[] => [
  Uint8Array.of(kinds.indexOf(kind)),
  space === undefined ? noSpace : idBytes(space),
];

export const standingFrom = (number: number, space: Uint8Array): SaidStanding | undefined => {
  const kind = kinds[number];
  const zeros = space.every((byte) => byte === 0);
  if (kind === undefined || space.length !== 16 || zeros !== (kind === "first")) return undefined;
  return { kind, space: zeros ? undefined : idFrom<SpaceId>(space) };
};
