import type { DeviceId } from "../../shared/base/ids.ts";
import { newId } from "../../shared/base/ids.ts";
import { createAirlock, type Airlock, type Offered } from "../../shared/carry/airlock.ts";
import type { CarrierEvent, Carrying } from "../../shared/carry/carrier.ts";
import { envelopeKey, type CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { mailboxKeysOf, type MailboxKeys } from "../../shared/people/mailboxKeys.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { createManualClock, type ManualClock } from "./manualClock.ts";
import { nodeSocket } from "./mailboxStock.ts";
import { seededRandom } from "./seededRandom.ts";

/** In the middle of a period of thirty days. */
const someTime = 700 * 30 * 86_400_000 + 15 * 86_400_000;

/** One end: a real airlock, as the journal's delivery makes it, and the mailbox carrier. */
export type MailboxEnd = {
  readonly me: DeviceId;
  readonly airlock: () => Airlock;
  /** In the order of arriving, each once an airlock. */
  readonly arrived: Offered[];
  readonly events: CarrierEvent[];
  readonly troubles: () => readonly string[];
  /** How often the airlock was given up as past help. */
  readonly abandoned: () => number;
  /** Carries a new airlock. */
  readonly carry: () => void;
  readonly stop: () => Promise<void>;
};

export type MailboxKit = {
  readonly clock: ManualClock;
  readonly keys: MailboxKeys;
  readonly ada: MailboxEnd;
  readonly ben: MailboxEnd;
  readonly envelope: (length?: number) => Offered;
  /** Lets sockets and timers go on, `step` ms of the clock at a time, until it holds; throws when it does not. */
  readonly until: (holds: () => boolean, step?: number) => Promise<void>;
  /** Lets `seconds` of the clock go by, with room for sockets at every step. */
  readonly pass: (seconds: number, step?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type MailboxKitParts = {
  readonly address: string;
  readonly seed: number;
  readonly time?: number;
  /** The clock goes at most so many times as fast as the computer's: for a mailbox that goes by that one. */
  readonly pace?: number;
};

export const createMailboxKit = (parts: MailboxKitParts): MailboxKit => {
  const random = seededRandom(parts.seed);
  const clock = createManualClock(parts.time ?? someTime);
  const keys = mailboxKeysOf(random(32));
  const [adas, bens] = [newId<DeviceId>(random), newId<DeviceId>(random)];

  let pacedAt = performance.now();
  const advance = (step: number): void => {
    const since = performance.now() - pacedAt;
    pacedAt += since;
    clock.advance(Math.min(step, parts.pace === undefined ? step : since * parts.pace));
  };

  const end = (me: DeviceId, partner: DeviceId, address: string): MailboxEnd => {
    const carrier = createMailboxCarrier({
      address,
      keys,
      me,
      partner,
      clock,
      random,
      WebSocket: nodeSocket,
    });
    const arrived: Offered[] = [];
    const events: CarrierEvent[] = [];
    let abandoned = 0;
    let carrying: Carrying | undefined;
    const fresh = (): Airlock =>
      createAirlock({
        receive: (some) => arrived.push(...some),
        abandon: () => {
          abandoned += 1;
        },
      });
    let airlock = fresh();
    return {
      me,
      airlock: () => airlock,
      arrived,
      events,
      troubles: () =>
        events.flatMap((event) => (event.type === "trouble" ? [event.code] : ["met or parted"])),
      abandoned: () => abandoned,
      carry: () => {
        airlock = fresh();
        carrying = carrier.carry(airlock.doc, (event) => events.push(event));
      },
      stop: async () => {
        await carrying?.stop();
        carrying = undefined;
      },
    };
  };
  const ada = end(adas, bens, parts.address);
  const ben = end(bens, adas, parts.address);

  return {
    clock,
    keys,
    ada,
    ben,
    envelope: (length = 592) => {
      const envelope = random(length) as CarriedEnvelope;
      return { key: envelopeKey(envelope), envelope };
    },
    until: async (holds, step = 20) => {
      const patience = performance.now() + 20_000;
      while (!holds()) {
        if (performance.now() > patience) throw new Error(`it never came about: ${String(holds)}`);
        await socketsTurn();
        advance(step);
      }
    },
    pass: async (seconds, step = 200) => {
      for (let past = 0; past < seconds * 1_000; past += step) {
        await socketsTurn();
        clock.advance(step);
      }
      await socketsTurn();
    },
    stop: async () => {
      await Promise.all([ada.stop(), ben.stop()]);
    },
  };
};

/** A few turns of the event loop: what is ready on a socket is read. */
export const socketsTurn = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
};
