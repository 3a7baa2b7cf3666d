import type { Held } from "./held.ts";
import { chainName, type ChainView } from "./chain.ts";
import type { SeenHead } from "./payload.ts";
import { isByAnother, type StandIns, type VouchedStandIn } from "./standIns.ts";
import type { VerifiedMessage } from "./verify.ts";

/** What is known of all chains while something is being judged. */
type Known = { readonly chains: ChainView; readonly held: Held; readonly standIns: StandIns };

/** One record after another, each named by the `prev` of the next. */
type Step = { readonly standIn: VouchedStandIn; readonly before: Step | undefined };

/**
 * Records by another device of the same person, as far as the chain's own device bears them out: what it wrote after
 * them names the last of them, or is the message itself. Nothing else is chained, so that what a computer has made up
 * about another's chain never stands in the way of what was truly written there.
 *
 * `fitting`: those that may come next in the chain.
 */
export const bornOut = (
  { held, standIns }: Known,
  chain: string,
  fitting: readonly VouchedStandIn[],
  [waiting]: readonly VerifiedMessage[],
): VouchedStandIn[] => {
  if (waiting !== undefined)
    return fitting.filter(({ id }) => id === waiting.message.id).slice(0, 1);
  let steps: readonly Step[] = fitting.map((standIn) => ({ standIn, before: undefined }));
  for (let seq = (fitting[0]?.header.seq ?? 0) + 1; steps.length > 0; seq += 1) {
    const there = standIns.at(chain, seq);
    const trueOnes = [
      ...held.at(chain, seq).map(({ message }) => message.header.prev),
      ...there.filter((one) => !isByAnother(one)).map(({ header }) => header.prev),
    ];
    if (trueOnes.length > 0)
      return stepsTo(steps.find(({ standIn }) => trueOnes.includes(standIn.id)));
    const before = new Map(steps.map((step) => [step.standIn.id, step]));
    steps = there.flatMap((standIn) => {
      const step = before.get(standIn.header.prev);
      return step === undefined ? [] : [{ standIn, before: step }];
    });
  }
  return [];
};

const stepsTo = (last: Step | undefined): VouchedStandIn[] => {
  const path: VouchedStandIn[] = [];
  for (let step = last; step !== undefined; step = step.before) path.push(step.standIn);
  return path.toReversed();
};

/**
 * Whether nobody has to wait for this head of a device: its place is taken by another message, or records by another
 * device lead to it without a gap from what is here. These are borne out once that device writes on, or they never are.
 * What they say was withdrawn comes to nobody, and whoever has seen it would be waited for without end.
 */
export const isAccountedFor = (
  { chains, standIns }: Known,
  { device, seq, id }: SeenHead,
): boolean =>
  standIns
    .chains()
    .filter((chain) => chain.endsWith(device))
    .some((chain) => {
      const headSeq = chains.headNamed(chain)?.seq ?? 0;
      let [place, name] = [seq, id];
      for (;;) {
        const named = standIns.at(chain, place).find((one) => one.id === name && isByAnother(one));
        if (named === undefined) return false;
        if (place - 1 <= headSeq) return true;
        [place, name] = [place - 1, named.header.prev];
      }
    });

/** The record of a redaction that had its turn before this message came: its words were taken away by then. */
export const withdrawnAs = (
  { chains, standIns }: Known,
  { message: { id, header, payload } }: VerifiedMessage,
): VouchedStandIn | undefined =>
  standIns
    .at(chainName(header.notebook, header.device), header.seq)
    .find(
      (one) =>
        one.id === id &&
        one.page === payload.page &&
        isByAnother(one) &&
        chains.entryOf(one.by.message.id)?.standing === "chained",
    );
