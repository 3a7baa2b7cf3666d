import type { DeviceId, MessageId, NotebookId, SpaceId } from "../base/ids.ts";
import { entryFor, layChains, nextPlace, type ChainEntry, type Chains } from "./chain.ts";
import { devicesOf } from "./devices.ts";
import { createHeld, heldBounds, type HeldBounds } from "./held.ts";
import { judgeInto, messagesIn, type Work } from "./judge.ts";
import type { Message, MessageHeader } from "./message.ts";
import type { Fork, Outcome, RefusedMessage } from "./outcome.ts";
import { createStandIns, standInEntry, type StandIn, type VouchedStandIn } from "./standIns.ts";
import { createVerifier, type Rules, type Verified, type VerifiedMessage } from "./verify.ts";

/**
 * Decides what of that which arrived becomes part of the ledger (PROTOCOL §6). Two steps, so that a disk that
 * refuses loses nothing:
 *
 *   const judged = admission.judge(arrived);     // changes nothing
 *   write judged.admitted and judged.forks to the ledger, judged.entries to the index
 *   admission.commit(judged);                    // only after the disk has them
 *
 * Where the write is refused, leave `judged` and judge the same envelopes again later: nothing was acknowledged,
 * nothing is lost. One judging at a time: commit before judging again, or throw the first away. Own messages
 * may be written in between.
 */
export type Admission = {
  /** `ofMine`: those of them that another computer of one's own has handed over. */
  readonly judge: (envelopes: readonly Uint8Array[], ofMine?: ReadonlySet<Uint8Array>) => Judged;
  /** The same for what lay on this disk and was verified there. */
  readonly judgeVerified: (verified: readonly Verified[]) => Judged;
  /**
   * For the end of a replay of everything: what other devices of the same person withdrew at the end of a chain, and
   * what this disk had, is taken as they say. Danger: of what had not come yet they may have made something up.
   */
  readonly judgeEnds: () => Judged;
  /** Throws for a judging that is not the newest, or was committed before: that is a bug in the caller. */
  readonly commit: (judged: Judged) => void;
  /**
   * Where one's own next message goes: after the newest that was recorded, or after `previous` where several are
   * written at once.
   */
  readonly nextHeader: (notebook: NotebookId, previous?: Message) => NextHeader;
  /** One's own message, after the disk has its envelope. Throws where it does not follow. */
  readonly record: (own: Message) => void;
  /** The same for a place in one's own chain whose message one has withdrawn and no longer has. */
  readonly recordStandIn: (own: StandIn) => void;
  /**
   * For a replay: what stands in for messages that are on no disk any more, of redactions that may be judged much
   * later. They take their places as their turn comes.
   */
  readonly offerStandIns: (standIns: readonly VouchedStandIn[]) => void;
};

/** Kind and time are the author's to add. */
export type NextHeader = {
  readonly space: SpaceId;
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly prev: MessageId;
};

export type Judged = {
  /** One for each envelope, in the order given. */
  readonly outcomes: readonly Outcome[];
  /** All that is to be admitted, in an order in which each follows what is before it. */
  readonly admitted: readonly VerifiedMessage[];
  /** The same with the stand-ins in between; the redaction of each goes to the disk together with `admitted`. */
  readonly chained: readonly (VerifiedMessage | VouchedStandIn)[];
  /** Chains that freeze; what is new of them is kept too. */
  readonly forks: readonly Fork[];
  /** Held earlier, and now known not to be admissible. */
  readonly dropped: readonly RefusedMessage[];
  /** For the index: `chained`, and what `forks` keep. */
  readonly entries: readonly ChainEntry[];
};

export type AdmissionParts = Rules & {
  /** Shared with whoever reads heads; only this admission appends to it. */
  readonly chains: Chains;
  readonly bounds?: HeldBounds;
};

export const createAdmission = ({
  chains,
  bounds = heldBounds,
  ...rules
}: AdmissionParts): Admission => {
  const verify = createVerifier(rules);
  const held = createHeld(bounds);
  const devices = devicesOf(rules);
  const standIns = createStandIns(devices.mayWithdraw);
  let newest: { readonly judged: Judged; readonly keep: () => void } | undefined;
  const { space, me } = rules;

  const recordOwn = (header: MessageHeader, entry: ChainEntry): void => {
    const head = chains.headOf(header.notebook, me.device);
    const { seq, prev } = nextPlace(head, space, header.notebook, me.device);
    if (header.device !== me.device || header.seq !== seq || header.prev !== prev) {
      throw new Error("recorded what does not follow in one's own chain");
    }
    chains.append(entry);
  };

  /**
   * What another computer of one's own vouches for counts at once, and not when its ack has its turn: that may wait for
   * the very words that it vouches for.
   */
  const hearAndVerify = (
    envelopes: readonly Uint8Array[],
    ofMine: ReadonlySet<Uint8Array>,
  ): readonly Verified[] => {
    const read = (envelope: Uint8Array): Verified =>
      verify(envelope, undefined, ofMine.has(envelope) ? "mine" : "anybody");
    const verified = envelopes.map(read);
    for (const one of verified) if (one.ok) rules.beside?.hear(one.value.message);
    return verified.map((one, index) => {
      const envelope = envelopes[index];
      return one.ok || one.waits === undefined || envelope === undefined ? one : read(envelope);
    });
  };

  const judgeAll = (verified: readonly Verified[], trusting: boolean): Judged => {
    const staged = held.stage();
    const stagedStandIns = standIns.stage();
    const work: Work = {
      space,
      me: me.device,
      devices,
      chains: layChains(chains),
      held: staged,
      standIns: stagedStandIns,
      trusting,
      chained: [],
      forks: [],
      dropped: [],
      entries: [],
    };
    const outcomes = judgeInto(work, verified);
    const { chained, forks, dropped, entries } = work;
    const admitted = messagesIn(chained);
    const judged: Judged = { outcomes, admitted, chained, forks, dropped, entries };
    const keep = (): void => {
      staged.keep();
      stagedStandIns.keep();
    };
    newest = { judged, keep };
    return judged;
  };

  return {
    judge: (envelopes, ofMine = new Set()) => judgeAll(hearAndVerify(envelopes, ofMine), false),
    judgeVerified: (verified) => judgeAll(verified, false),
    judgeEnds: () => judgeAll([], true),
    commit: (judged) => {
      if (newest?.judged !== judged) throw new Error("not the newest judging, or committed before");
      for (const entry of judged.entries) chains.append(entry);
      newest.keep();
      newest = undefined;
    },
    nextHeader: (notebook, previous) => {
      const head = previous === undefined ? chains.headOf(notebook, me.device) : entryFor(previous);
      return { space, notebook, device: me.device, ...nextPlace(head, space, notebook, me.device) };
    },
    record: (own) => {
      recordOwn(own.header, entryFor(own));
    },
    recordStandIn: (own) => {
      recordOwn(own.header, standInEntry(own));
    },
    offerStandIns: (offered) => {
      const staged = standIns.stage();
      staged.add(offered);
      staged.keep();
    },
  };
};
