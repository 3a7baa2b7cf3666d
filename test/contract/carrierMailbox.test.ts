import { beforeAll } from "vitest";
import { systemClock, type Clock } from "../../shared/base/clock.ts";
import { newId, type DeviceId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey } from "../../shared/envelope/envelope.ts";
import { mailboxKeysOf } from "../../shared/people/mailboxKeys.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { runMailboxHouse } from "../support/mailboxHouse.ts";
import { nodeSocket, runStockMailbox, type StockMailbox } from "../support/mailboxStock.ts";
import { carrierSuite, type CarrierDesk, type CarrierPair } from "./carrier.suite.ts";
import { createCarrierDesk } from "./carrierAirlock.ts";

beforeAll(loadSodium);

/** Five times as fast: some seconds of quiet pass before leftovers go. */
const quickClock: Clock = {
  now: () => systemClock.now() * 5,
  after: (ms, run) => systemClock.after(ms / 5, run),
};

type Mailbox = Pick<StockMailbox, "address" | "cut" | "heal" | "stop">;

const openMailboxPair = async (run: () => Promise<Mailbox>): Promise<CarrierPair> => {
  const mailbox = await run();
  const keys = mailboxKeysOf(systemRandom(32));
  const devices = [newId<DeviceId>(systemRandom), newId<DeviceId>(systemRandom)] as const;
  const known = new Map<string, string>();
  const deskOf = (me: DeviceId, partner: DeviceId): CarrierDesk => {
    const desk = createCarrierDesk(
      createMailboxCarrier({
        address: mailbox.address,
        keys,
        me,
        partner,
        clock: quickClock,
        random: systemRandom,
        WebSocket: nodeSocket,
      }),
      { keyOf: envelopeKey, known },
    );
    return {
      carry: async () => desk.carry(),
      stop: desk.stop,
      put: async (some) => desk.put(some),
      remove: async (name) => desk.remove(name),
      overwrite: async (name) => desk.overwrite(name),
      summary: async () => desk.summary(),
      events: async () => desk.events(),
    };
  };
  const [ada, ben] = [deskOf(devices[0], devices[1]), deskOf(devices[1], devices[0])];
  return {
    ada,
    ben,
    cut: async () => mailbox.cut(),
    heal: async () => mailbox.heal(),
    close: async () => {
      await Promise.all([ada.stop(), ben.stop()]);
      await mailbox.stop();
    },
  };
};

const times = { meet: 10_000, heal: 15_000, bulk: 30_000 };

carrierSuite("mailbox", () => openMailboxPair(runMailboxHouse), times, "stores");
carrierSuite("mailbox at a stock server", () => openMailboxPair(runStockMailbox), times, "stores");
