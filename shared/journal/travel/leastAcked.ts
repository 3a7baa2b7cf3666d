import type { DeviceId } from "../../base/ids.ts";
import { nothingAcked, type Acked } from "../../carry/acks.ts";
import { chainName } from "../../envelope/chain.ts";
import { offeredChains, type Chain, type SharedChains } from "../sharedChains.ts";

type AckedBy = { readonly device: DeviceId; readonly acked: Acked };

/** Up to where every one of these devices holds a chain: of what one has written itself, the others. */
export const leastAcked = (by: readonly AckedBy[]): Acked => {
  const [only] = by;
  if (only !== undefined && by.length === 1) return only.acked;
  return {
    ...nothingAcked,
    upTo: (notebook, device) => {
      const others = by.filter((one) => one.device !== device);
      return Math.min(...others.map(({ acked }) => acked.upTo(notebook, device)));
    },
  };
};

/** What there may be to hand over to any of these devices, each chain once, in the order in which it is offered. */
export const chainsToSome = (
  chains: SharedChains,
  devices: readonly DeviceId[],
): readonly Chain[] => {
  const all = devices.map((device) => offeredChains(chains, device));
  const nameOf = ({ notebook, device }: Chain): string => chainName(notebook, device);
  const given = new Set(all.flat().map(nameOf));
  // Of all chains that there are: to oneself everything would be offered.
  return offeredChains(chains, chains.me).filter((chain) => given.has(nameOf(chain)));
};
