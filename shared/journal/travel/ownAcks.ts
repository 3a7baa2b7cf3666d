import type { Clock } from "../../base/clock.ts";
import { noPage, type DeviceId } from "../../base/ids.ts";
import { needsAck } from "../../carry/acks.ts";
import { chainName, type ChainHead } from "../../envelope/chain.ts";
import { decodeAck, encodeAck } from "../../envelope/ack.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/** The acks that this device writes (PROTOCOL §8). One at a time, and in turn with what is taken in: the caller's queue. */
export type OwnAcks = {
  /** Reads the newest one that stands. */
  readonly start: () => Promise<void>;
  /** Where something of others deserves one. */
  readonly writeIfNeeded: () => Promise<void>;
  /**
   * Once to each other device, when the two first meet: before any word each knows that the other holds the same keys.
   * Without one: to all of them.
   */
  readonly greet: (peer?: DeviceId) => Promise<void>;
  /** Where anything is here that the newest one does not name, of whatever kind. */
  readonly nameAll: () => Promise<void>;
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
  /** Whom an ack has reached that was written when they were known: it has a tag for them. */
  let greeted: ReadonlySet<DeviceId> = new Set();

  const peers = (): readonly DeviceId[] => shelf().chains.peers.map(({ device }) => device);

  /** All that has come from elsewhere: also what one's own other devices wrote. */
  const linesBeyondMine = () => {
    const { ledger, chains } = shelf();
    return [...chains.beside, ...chains.gone].flatMap(({ notebook, device }) =>
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
    greeted = new Set(peers());
    onWritten();
  };

  return {
    start: async () => {
      const { ledger, chains } = shelf();
      const mine = await ledger.newestOf(chains.ours, chains.me, "ack");
      const named = mine && decodeAck(mine.payload.body);
      if (named?.ok !== true) return;
      remember(named.value);
      const { devices } = chains;
      // After a meeting again, or beside another one, an ack from before has greeted another device.
      const ever = devices.theirs.length === 1 && chains.peers.length === 1;
      greeted = new Set(
        peers().filter((peer) => ever || named.value.some(({ device }) => device === peer)),
      );
    },
    writeIfNeeded: async () => {
      if (needsAck(linesBeyondMine())) await write();
    },
    greet: async (peer) => {
      if ((peer === undefined ? peers() : [peer]).some((one) => !greeted.has(one))) await write();
    },
    nameAll: async () => {
      if (linesBeyondMine().length > 0) await write();
    },
  };
};

/**
 * An ack is written the moment something arrives, so its time would tell who was awake when: it says the day
 * and no more (PRODUCT, safety 2 and 3).
 */
export const noonOf = (time: number): number => new Date(time).setHours(12, 0, 0, 0);
