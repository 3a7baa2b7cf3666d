import type { Clock } from "../shared/base/clock.ts";
import type { Allowance, Limits, Rate } from "./limits.ts";
import { createMeter, type Meter } from "./meter.ts";
import { createPace, type Pace } from "./pace.ts";

/** Counts who is inside, in all and by address. Addresses live in memory only, and only while they matter. */
export type Door = {
  /** Undefined when there is no room, whichever of the limits it was. */
  readonly enter: (address: string | undefined) => Visitor | undefined;
  /** For a proxy, which brings many: it counts as nobody until it says for whom it stands. */
  readonly enterProxy: () => Visitor | undefined;
  /** Forgets addresses that have left and owe nothing. */
  readonly tidy: () => void;
  readonly inside: () => number;
  readonly addresses: () => number;
};

export type Visitor = {
  /** False when there is no room for another one of that address. */
  readonly standFor: (address: string) => boolean;
  /** Milliseconds that the visitor's address, all its connections together, has to wait: the mailbox's rate. */
  readonly spend: (bytes: number, messages: 0 | 1) => number;
  /** Counts bytes that the mailbox keeps for the visitor's address; false, and not counted, while it has too many. */
  readonly store: (bytes: number) => boolean;
  /** False when the visitor's address, all its connections together, is too fast. */
  readonly take: (bytes: number) => boolean;
  /** Once. */
  readonly leave: () => void;
};

export type DoorParts = {
  readonly limits: Pick<Limits, "connections" | "connectionsPerAddress" | "perAddress">;
  readonly clock: Clock;
  /** The mailbox's rate for an address. */
  readonly pace?: Rate;
  /** Bytes that the mailbox keeps for an address. */
  readonly storing?: Allowance;
};

type Household = { inside: number; readonly meter: Meter; pace?: Pace; storing?: Pace };

const noMessages: Allowance = { burst: 1, perSecond: 1 };

export const createDoor = ({ limits, clock, pace, storing }: DoorParts): Door => {
  const households = new Map<string, Household>();
  let inside = 0;

  const tidy = () => {
    for (const [name, household] of households) {
      if (household.inside > 0 || !household.meter.isFull()) continue;
      if (household.pace?.isFull() === false || household.storing?.isFull() === false) continue;
      households.delete(name);
    }
  };

  /** Flooded with new addresses, it rather forgets what an absent one owes than grows. */
  const makeRoom = () => {
    if (households.size < 2 * limits.connections) return;
    for (const [name, household] of households) {
      if (household.inside === 0) households.delete(name);
    }
  };

  const find = (name: string): Household => {
    const known = households.get(name);
    if (known !== undefined) return known;
    makeRoom();
    const fresh = { inside: 0, meter: createMeter(limits.perAddress, clock) };
    households.set(name, fresh);
    return fresh;
  };

  const join = (address: string): Household | undefined => {
    const household = find(householdOf(address));
    if (household.inside >= limits.connectionsPerAddress) return undefined;
    // Coming in costs as much as a message, so hammering at the door is slowed down too.
    if (!household.meter.take(0)) return undefined;
    household.inside++;
    return household;
  };

  const visit = (first: Household | undefined): Visitor => {
    let household = first;
    inside++;
    return {
      take: (bytes) => household?.meter.take(bytes) ?? false,
      spend: (bytes, messages) => {
        if (household === undefined || pace === undefined) return 0;
        household.pace ??= createPace(pace, clock);
        return household.pace.spend(bytes, messages);
      },
      store: (bytes) => {
        if (household === undefined || storing === undefined) return true;
        household.storing ??= createPace({ messages: noMessages, bytes: storing }, clock);
        if (household.storing.spend(0, 0) > 0) return false;
        household.storing.spend(bytes, 0);
        return true;
      },
      standFor: (address) => {
        household ??= join(address);
        return household !== undefined;
      },
      leave: () => {
        inside--;
        if (household !== undefined) household.inside--;
      },
    };
  };

  return {
    enter: (address) => {
      if (inside >= limits.connections) return undefined;
      const household = join(address ?? "");
      return household === undefined ? undefined : visit(household);
    },
    enterProxy: () => (inside >= limits.connections ? undefined : visit(undefined)),
    tidy,
    inside: () => inside,
    addresses: () => households.size,
  };
};

/** An IPv4 address; of an IPv6 address its first 64 bits, since one subscriber is given all the rest. */
export const householdOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return groups.slice(0, 4).join(":");
};
