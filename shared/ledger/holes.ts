import type { MessageId, NotebookId } from "../base/ids.ts";
import { chainName } from "../envelope/chain.ts";
import type { CarriedEnvelope } from "../envelope/envelope.ts";
import type { MayWithdraw } from "../envelope/devices.ts";
import {
  isByAnother,
  standInsOf,
  type StandIn,
  type VouchedStandIn,
} from "../envelope/standIns.ts";
import type { VerifiedMessage } from "../envelope/verify.ts";
import type { Found } from "./replay.ts";

/**
 * What was redacted is missing from the volumes, and the redaction that says so comes later in its chain, often in
 * a later volume. So before anything of a replay is chained, all of it is looked through once for the records that
 * stand in for what is gone.
 */
export type Survey = {
  readonly note: (found: readonly Found[], volume: number) => void;
  /**
   * For each place of a chain that nothing else holds, by ascending sequence: one, or several where only another device
   * has said anything of it, and nothing that this chain's own has written says which is true.
   */
  readonly standIns: () => readonly VouchedStandIn[];
};

type Surveyed = Pick<VerifiedMessage, "message" | "vouched">;

/** `verify`: a message that its tag or a mark of one's own vouches for; anything else has no say. */
export const createSurvey = (
  verify: (found: Found) => Surveyed | undefined,
  mayWithdraw?: MayWithdraw,
): Survey => {
  const places = new Map<string, Claim[]>();
  const followed = new Set<MessageId>();
  const claim = (
    place: Pick<StandIn, "id" | "header">,
    rest: Pick<Claim, "volume" | "standIn">,
  ): void => {
    const { notebook, device, seq, prev } = place.header;
    const name = `${chainName(notebook, device)} ${seq}`;
    const claims = places.get(name) ?? [];
    places.set(name, claims);
    claims.push({ id: place.id, seq, prev, ...rest });
    if (rest.standIn === undefined || !isByAnother(rest.standIn)) followed.add(prev);
  };
  return {
    note: (found, volume) => {
      for (const one of found) {
        const verified = verify(one);
        if (verified === undefined) continue;
        claim(verified.message, { volume, standIn: undefined });
        const by: VerifiedMessage = {
          envelope: one.envelope as CarriedEnvelope,
          key: one.key,
          message: verified.message,
          vouched: verified.vouched,
        };
        for (const standIn of standInsOf(by, mayWithdraw)) claim(standIn, { volume, standIn });
      }
    },
    standIns: () =>
      [...places.values()]
        // The last of a chain first: a record that is followed tells which one it follows itself.
        .toSorted(([one], [other]) => (other?.seq ?? 0) - (one?.seq ?? 0))
        .flatMap((claims) => choose(claims, followed))
        .toSorted((one, other) => one.header.seq - other.header.seq),
  };
};

/** `standIn`: undefined for a message whose envelope is there. */
type Claim = {
  readonly id: MessageId;
  readonly seq: number;
  readonly prev: MessageId;
  readonly volume: number;
  readonly standIn: VouchedStandIn | undefined;
};

/**
 * Of two messages with one sequence, the one that was there first is the chain's, or what follows it would be gone;
 * what a fork kept lies in a later volume. Within one volume, what others follow was first. A message goes before
 * the record of itself: its envelope has yet to leave. What another device says counts where nothing else is there.
 */
const choose = (all: readonly Claim[], followed: Set<MessageId>): readonly VouchedStandIn[] => {
  const claims = all.filter(({ standIn }) => standIn === undefined || !isByAnother(standIn));
  if (claims.length === 0) return saidByOthers(all, followed);
  const rank = (claim: Claim): number => (followed.has(claim.id) ? 0 : 1);
  const [first] = claims.toSorted(
    (one, other) =>
      one.volume - other.volume ||
      rank(one) - rank(other) ||
      Number(one.standIn !== undefined) - Number(other.standIn !== undefined),
  );
  const isThere = claims.some(({ id, standIn }) => id === first?.id && standIn === undefined);
  return isThere || first?.standIn === undefined ? [] : [first.standIn];
};

const saidByOthers = (
  claims: readonly Claim[],
  followed: Set<MessageId>,
): readonly VouchedStandIn[] => {
  const borneOut = claims.find(({ id }) => followed.has(id));
  if (borneOut !== undefined) followed.add(borneOut.prev);
  return (borneOut === undefined ? claims : [borneOut]).flatMap(({ standIn }) => standIn ?? []);
};

/** One's own holes: the stand-in that comes next in a notebook, if there is one. */
export const ownHoles = (
  standIns: readonly StandIn[],
): ((notebook: NotebookId, seq: number) => StandIn | undefined) => {
  const byPlace = new Map(
    standIns.map((standIn) => [`${standIn.header.notebook} ${standIn.header.seq}`, standIn]),
  );
  return (notebook, seq) => byPlace.get(`${notebook} ${seq}`);
};

/** Fills one's own chain up to `seq`, as far as one's own redactions account for what is gone. */
export const fillHoles = (
  upTo: number,
  next: () => { readonly seq: number; readonly prev: MessageId },
  holeAt: (seq: number) => StandIn | undefined,
  fill: (standIn: StandIn) => void,
): readonly StandIn[] => {
  const filled: StandIn[] = [];
  for (let place = next(); place.seq < upTo; place = next()) {
    const standIn = holeAt(place.seq);
    if (standIn?.header.prev !== place.prev) break;
    fill(standIn);
    filled.push(standIn);
  }
  return filled;
};
