import { chainName } from "./chain.ts";
import type { VerifiedMessage } from "./verify.ts";

/** Messages that wait for others, by chain. In memory only: what waits is not acknowledged and comes again. */
export type Held = {
  readonly at: (chain: string, seq: number) => readonly VerifiedMessage[];
  /** The chains in which something waits. */
  readonly chains: () => readonly string[];
  /** False where the chain's bound is reached. Holding the same message twice is holding it once. */
  readonly hold: (verified: VerifiedMessage) => boolean;
  readonly drop: (verified: VerifiedMessage) => void;
  /** Empties a chain and gives what waited there. */
  readonly dropChain: (chain: string) => readonly VerifiedMessage[];
};

/** Bounds for one chain; bytes are those of the envelopes. */
export type HeldBounds = { readonly messages: number; readonly bytes: number };
export const heldBounds: HeldBounds = { messages: 4096, bytes: 64 * 1024 * 1024 };

type HeldChain = {
  readonly bySeq: Map<number, readonly VerifiedMessage[]>;
  messages: number;
  bytes: number;
};

/** What is held, and a way to try changes first: nothing below is touched until `keep`. */
export type HeldBase = { readonly stage: () => Held & { readonly keep: () => void } };

export const createHeld = (bounds: HeldBounds): HeldBase => {
  const kept = new Map<string, HeldChain>();
  return {
    stage: () => {
      const staged = new Map<string, HeldChain>();
      return {
        ...heldIn(kept, staged, bounds),
        keep: () => {
          for (const [name, chain] of staged) {
            if (chain.messages === 0) kept.delete(name);
            else kept.set(name, chain);
          }
        },
      };
    },
  };
};

const heldIn = (
  kept: ReadonlyMap<string, HeldChain>,
  staged: Map<string, HeldChain>,
  bounds: HeldBounds,
): Held => {
  const look = (name: string): HeldChain | undefined => staged.get(name) ?? kept.get(name);
  const touch = (name: string): HeldChain => {
    const chain = staged.get(name) ?? copyOf(kept.get(name));
    staged.set(name, chain);
    return chain;
  };
  const at = (name: string, seq: number): readonly VerifiedMessage[] =>
    look(name)?.bySeq.get(seq) ?? [];
  const waits = ({ message }: VerifiedMessage): boolean =>
    at(nameOf(message), message.header.seq).some((other) => other.message.id === message.id);
  return {
    at,
    chains: () =>
      [...new Set([...kept.keys(), ...staged.keys()])].filter(
        (name) => (look(name)?.messages ?? 0) > 0,
      ),
    hold: (verified) => {
      if (waits(verified)) return true;
      const name = nameOf(verified.message);
      const size = verified.envelope.length;
      const { messages, bytes } = look(name) ?? { messages: 0, bytes: 0 };
      if (messages >= bounds.messages || bytes + size > bounds.bytes) return false;
      put(
        touch(name),
        verified.message.header.seq,
        [...at(name, verified.message.header.seq), verified],
        size,
      );
      return true;
    },
    drop: (verified) => {
      if (!waits(verified)) return;
      const { message, envelope } = verified;
      const rest = at(nameOf(message), message.header.seq).filter(
        (other) => other.message.id !== message.id,
      );
      put(touch(nameOf(message)), message.header.seq, rest, -envelope.length);
    },
    dropChain: (name) => {
      const waiting = [...(look(name)?.bySeq.values() ?? [])].flat();
      staged.set(name, copyOf(undefined));
      return waiting;
    },
  };
};

const nameOf = ({ header }: VerifiedMessage["message"]): string =>
  chainName(header.notebook, header.device);

const copyOf = (chain: HeldChain | undefined): HeldChain => ({
  bySeq: new Map(chain?.bySeq),
  messages: chain?.messages ?? 0,
  bytes: chain?.bytes ?? 0,
});

/** `size` is what the chain grows by, negative where one goes. */
const put = (
  chain: HeldChain,
  seq: number,
  there: readonly VerifiedMessage[],
  size: number,
): void => {
  if (there.length === 0) chain.bySeq.delete(seq);
  else chain.bySeq.set(seq, there);
  chain.messages += Math.sign(size);
  chain.bytes += size;
};
