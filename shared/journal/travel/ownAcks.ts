import type { Clock } from "../../base/clock.ts";
import { noPage } from "../../base/ids.ts";
import { needsAck } from "../../carry/acks.ts";
import { chainName, type ChainHead } from "../../envelope/chain.ts";
import { decodeAck, encodeAck } from "../../envelope/ack.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/** The acks that this device writes (PROTOCOL §8). One at a time, and in turn with what is taken in: the caller's queue. */
export type OwnAcks = {
  /** Reads the newest one that stands. */
  readonly start: () => Promise<void>;
  /** Where something of the partner's deserves one. */
  readonly writeIfNeeded: () => Promise<void>;
  /**
   * Once, when the two first meet, and when they meet again: before any word each knows that the other holds the same
   * keys.
   */
  readonly greet: () => Promise<void>;
};

export type OwnAcksParts = {
  readonly shelf: () => SharedShelf;
  readonly clock: Clock;
  readonly onWritten: () => void;
  /** The disk did not take it. */
  readonly onRefused: () => void;
};

export const createOwnAcks = ({ shelf, clock, onWritten, onRefused }: OwnAcksParts): OwnAcks => {
  let namedInMine = new Map<string, number>();
  let hasGreeted = false;

  /** All that has come from elsewhere: also what one's own earlier devices wrote. */
  const linesBeyondMine = () => {
    const { ledger, chains } = shelf();
    return [
      { notebook: chains.theirs, device: chains.partner },
      { notebook: chains.ours, device: chains.partner },
      ...chains.gone,
    ].flatMap(({ notebook, device }) =>
      ledger.linesOf(notebook, device).slice(namedInMine.get(chainName(notebook, device)) ?? 0),
    );
  };

  const remember = (heads: readonly ChainHead[]): void => {
    namedInMine = new Map(
      heads.map(({ notebook, device, seq }) => [chainName(notebook, device), seq]),
    );
  };

  const write = async (): Promise<void> => {
    const { ledger, chains } = shelf();
    const heads = ledger.heads();
    const written = await ledger.write({
      notebook: chains.ours,
      kind: "ack",
      page: noPage,
      body: encodeAck(heads),
      time: noonOf(clock.now()),
    });
    if (!written.ok) return onRefused();
    remember(heads);
    hasGreeted = true;
    onWritten();
  };

  return {
    start: async () => {
      const { ledger, chains } = shelf();
      const mine = await ledger.newestOf(chains.ours, chains.me, "ack");
      const named = mine && decodeAck(mine.payload.body);
      if (named?.ok !== true) return;
      remember(named.value);
      // After a meeting again an ack from before it has greeted another device.
      hasGreeted =
        chains.devices.theirs.length === 1 ||
        named.value.some(({ device }) => device === chains.partner);
    },
    writeIfNeeded: async () => {
      if (needsAck(linesBeyondMine())) await write();
    },
    greet: async () => {
      if (!hasGreeted) await write();
    },
  };
};

/**
 * An ack is written the moment something arrives, so its time would tell who was awake when: it says the day
 * and no more (PRODUCT, safety 2 and 3).
 */
const noonOf = (time: number): number => new Date(time).setHours(12, 0, 0, 0);
