import type { Clock } from "../../base/clock.ts";
import { noPage } from "../../base/ids.ts";
import { needsAck } from "../../carry/acks.ts";
import { decodeAck, encodeAck } from "../../envelope/ack.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/** The acks that this device writes (PROTOCOL §8). One at a time, and in turn with what is taken in: the caller's queue. */
export type OwnAcks = {
  /** Reads the newest one that stands. */
  readonly start: () => Promise<void>;
  /** Where something of the partner's deserves one. */
  readonly writeIfNeeded: () => Promise<void>;
  /** Once, when the two first meet: before any word each knows that the other holds the same keys. */
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
  let hasAcked = false;

  const partnerLinesBeyondMine = () => {
    const { ledger, chains } = shelf();
    return [chains.theirs, chains.ours].flatMap((notebook) =>
      ledger.linesOf(notebook, chains.partner).slice(namedInMine.get(notebook) ?? 0),
    );
  };

  const remember = (
    heads: readonly { readonly notebook: string; readonly device: string; readonly seq: number }[],
  ): void => {
    const { partner } = shelf().chains;
    hasAcked = true;
    namedInMine = new Map(
      heads.filter(({ device }) => device === partner).map(({ notebook, seq }) => [notebook, seq]),
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
    onWritten();
  };

  return {
    start: async () => {
      const { ledger, chains } = shelf();
      const mine = await ledger.newestOf(chains.ours, chains.me, "ack");
      const named = mine && decodeAck(mine.payload.body);
      if (named?.ok === true) remember(named.value);
    },
    writeIfNeeded: async () => {
      if (needsAck(partnerLinesBeyondMine())) await write();
    },
    greet: async () => {
      if (!hasAcked) await write();
    },
  };
};

/**
 * An ack is written the moment something arrives, so its time would tell who was awake when: it says the day
 * and no more (PRODUCT, safety 2 and 3).
 */
const noonOf = (time: number): number => new Date(time).setHours(12, 0, 0, 0);
