import type { Bridge } from "../shared/bridge/bridge.ts";
import { systemClock } from "../shared/base/clock.ts";
import { systemRandom } from "../shared/base/random.ts";
import { createAside, doorWithAside } from "../shared/journal/aside.ts";
import { createDoor, type TryBook } from "../shared/journal/door.ts";
import type { Door } from "../shared/journal/journal.ts";
import { createNetwork } from "./network.ts";
import { openStores } from "./storage/stores.ts";
import { deriveInWorker } from "./workers/deriveInWorker.ts";
import { searchInWorker } from "./workers/searchInWorker.ts";

/** The real door: this browser's storage, its network, its clock. */
export const openDoor = (bridge: Bridge): Door => {
  const aside = createAside({ ...bridge, clock: systemClock });
  const door = createDoor({
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
  return doorWithAside(door, aside);
};

/** What the databases of a journal begin with; the first one's are named as ever. */
const placePrefix = (place: number): string => (place === 0 ? "twofold" : `twofold-${place}`);

const triesKey = "twofold-tries";

/** How often in a row a wrong passphrase was given, and when: nothing else of it is kept. */
const storedTries: TryBook = {
  read: () => {
    const [wrong, at] = (localStorage.getItem(triesKey) ?? "0 0").split(" ").map(Number);
    return Number.isSafeInteger(wrong) && Number.isSafeInteger(at)
      ? { wrong: Math.max(0, wrong ?? 0), at: at ?? 0 }
      : { wrong: 0, at: 0 };
  },
  write: ({ wrong, at }) => localStorage.setItem(triesKey, `${wrong} ${Math.floor(at)}`),
};
