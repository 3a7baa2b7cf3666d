import type { Live } from "../../base/live.ts";
import type { Settings } from "../journal.ts";
import type { Network } from "../journalParts.ts";
import type { Bond } from "./bond.ts";
import type { PeerCarrier } from "./delivery.ts";

export type CarryingParts = {
  readonly network: Network;
  readonly settings: Live<Settings>;
  readonly bond: () => Bond | undefined;
  /** The journal is open, and nothing that is shared is paused or ending. */
  readonly may: () => boolean;
};

/** Begins to carry to every other computer, with the network as it is set now; whatever carried before ends. */
export const createCarrying =
  ({ network, settings, bond, may }: CarryingParts) =>
  async (): Promise<void> => {
    const joined = bond();
    if (joined === undefined || !may()) return;
    const carriers: PeerCarrier[] = [];
    for (const channel of joined.channels)
      for (const carrier of await network.carriers(channel, settings.read()))
        carriers.push({ peer: channel.peer, carrier });
    if (may() && bond() === joined) await joined.carryWith(carriers);
  };
