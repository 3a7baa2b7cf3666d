import type { Cancel, Clock } from "../shared/base/clock.ts";
import { createQueue } from "../shared/base/queue.ts";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import type { EmbeddedRendezvous, RendezvousCode } from "../shared/bridge/bridge.ts";

export type RunningRendezvous = {
  readonly addresses: readonly string[];
  readonly stop: () => Promise<void>;
};

export type RendezvousHostParts = {
  readonly port: number;
  readonly start: (host: string, port: number) => Promise<Result<RunningRendezvous, string>>;
  /** True when what listens at that address is a Twofold rendezvous (another profile's, or `npm run server`). */
  readonly isTwofold: (address: string) => Promise<boolean>;
  readonly clock: Clock;
};

export type RendezvousHost = EmbeddedRendezvous & {
  /** What is known now, for the network guard. */
  readonly current: () => readonly string[];
  readonly dispose: () => Promise<void>;
};

/** How often one that uses a neighbour's rendezvous looks whether it has to take over, in ms. */
const takeOverEvery = 5_000;

const onlyHere = "127.0.0.1";
const everywhere = "0.0.0.0";

type State =
  | { readonly kind: "own"; readonly running: RunningRendezvous; readonly host: string }
  | { readonly kind: "neighbour"; readonly address: string }
  | { readonly kind: "none" };

/** Keeps exactly one rendezvous at the port of this computer, whichever of several Twofolds runs it. */
export const createRendezvousHost = ({
  port,
  start,
  isTwofold,
  clock,
}: RendezvousHostParts): RendezvousHost => {
  let state: State = { kind: "none" };
  let wanted = onlyHere;
  let ended = false;
  let cancelRound: Cancel = () => {};
  const inTurn = createQueue();

  const settle = async (): Promise<void> => {
    if (ended || (state.kind === "own" && state.host === wanted)) return;
    if (state.kind === "own") await state.running.stop();
    const started = await start(wanted, port);
    if (started.ok) {
      state = { kind: "own", running: started.value, host: wanted };
      return;
    }
    const address = `ws://${onlyHere}:${port}`;
    state = (await isTwofold(address)) ? { kind: "neighbour", address } : { kind: "none" };
    cancelRound();
    cancelRound = clock.after(takeOverEvery, () => void inTurn(settle));
  };

  const current = (): readonly string[] => {
    if (state.kind === "own") return nearestFirst(state.running.addresses);
    return state.kind === "neighbour" ? [state.address] : [];
  };

  const openToNetwork = (open: boolean): Promise<Result<readonly string[], RendezvousCode>> =>
    inTurn(async () => {
      wanted = open ? everywhere : onlyHere;
      await settle();
      // A neighbour's rendezvous is not ours to open; the wish is kept for the day we take over.
      const kept = state.kind === "own" || (state.kind === "neighbour" && !open);
      return kept ? accept(current()) : refuse("PORT_TAKEN");
    });

  return {
    current,
    addresses: () =>
      inTurn(async () => {
        await settle();
        return current();
      }),
    openToNetwork,
    dispose: () =>
      inTurn(async () => {
        ended = true;
        cancelRound();
        if (state.kind === "own") await state.running.stop();
        state = { kind: "none" };
      }),
  };
};

const nearestFirst = (addresses: readonly string[]): readonly string[] => {
  const isHere = (address: string) => address.startsWith("ws://127.");
  return [...addresses.filter(isHere), ...addresses.filter((address) => !isHere(address))];
};
