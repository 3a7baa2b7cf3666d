import type { Bridge } from "../shared/bridge/bridge.ts";
import { systemClock } from "../shared/base/clock.ts";
import { systemRandom } from "../shared/base/random.ts";
import { loadSodium } from "../shared/crypto/sodium.ts";
import type { Aside } from "../shared/journal/aside.ts";
import { createDoor } from "../shared/journal/door.ts";
import type { Door } from "../shared/journal/journal.ts";
import { createNetwork } from "./network.ts";
import { openStores } from "./storage/stores.ts";
import { storedTries } from "./storedTries.ts";
import { deriveInWorker } from "./workers/deriveInWorker.ts";
import { searchInWorker } from "./workers/searchInWorker.ts";

/** The real door: this browser's storage, its network, its clock. Its cryptography is ready before it is asked for. */
export const openDoor = async (
  bridge: Bridge,
  aside: Pick<Aside, "now">,
): Promise<Omit<Door, "aside">> => {
  await loadSodium();
  return createDoor({
    bridge,
    openStores: (carried, report) =>
      openStores({
        prefix: placePrefix(aside.now()),
        carried,
        report: ({ code }) => report(code),
      }),
    network: createNetwork({ bridge, clock: systemClock, random: systemRandom }),
    derive: deriveInWorker,
    openIndex: searchInWorker,
    tries: storedTries,
    clock: systemClock,
    random: systemRandom,
  });
};

/** What the databases of a journal begin with; the first one's are named as ever. */
const placePrefix = (place: number): string => (place === 0 ? "twofold" : `twofold-${place}`);
