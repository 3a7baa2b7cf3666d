import type { Wire, WireListener } from "../../shared/base/wire.ts";

export type Direction = "toLeft" | "toRight";

/** One message on its way; `index` counts over both directions, from 0. */
export type InFlight = {
  readonly direction: Direction;
  readonly index: number;
  readonly message: Uint8Array;
};

export type MemoryWires = {
  readonly left: Wire;
  readonly right: Wire;
  /** Delivers the oldest message (or close) in flight; false when there is none. */
  readonly step: () => boolean;
  /** Steps until nothing is in flight. */
  readonly pump: () => void;
  /** Pumps, lets what was promised happen, and pumps again until all is quiet. */
  readonly settle: () => Promise<void>;
  /** The network is gone: nothing in flight arrives, both ends hear that it closed. */
  readonly cut: () => void;
  /** Puts a message in flight that nobody sent. */
  readonly inject: (direction: Direction, message: Uint8Array) => void;
  /** Everything that was delivered so far, as it was delivered. */
  readonly delivered: readonly InFlight[];
  readonly isOpen: () => boolean;
};

export type MemoryWireOptions = {
  readonly fingerprints?: { readonly left: string; readonly right: string };
  /** What the right end believes, where someone in the middle shows it other certificates. */
  readonly rightSees?: { readonly left: string; readonly right: string };
  /** What becomes of a message on the way: the messages to deliver in its place. */
  readonly tamper?: (flight: InFlight) => readonly Uint8Array[];
  /** Cut when this many messages were delivered. */
  readonly cutAfter?: number;
};

type Entry = { readonly to: Direction; readonly message: Uint8Array | "close" };

const usual = { left: "sha-256 AA:01:FF", right: "sha-256 BB:02:EE" };

/**
 * Two ends of a wire in memory: ordered, reliable, and as slow as the test wants (nothing moves by itself).
 * Closing one loses what it sent and was not delivered yet, as closing a WebRTC connection does.
 */
export const createMemoryWires = (options: MemoryWireOptions = {}): MemoryWires => {
  const queue: Entry[] = [];
  const delivered: InFlight[] = [];
  const listeners: Partial<Record<Direction, WireListener>> = {};
  const open = { toLeft: true, toRight: true };
  let sent = 0;
  const leftSees = options.fingerprints ?? usual;
  const rightSees = options.rightSees ?? leftSees;

  const hangUp = (end: Direction): void => {
    if (!open[end]) return;
    open[end] = false;
    listeners[end]?.onClose();
  };
  const cut = (): void => {
    queue.length = 0;
    hangUp("toLeft");
    hangUp("toRight");
  };
  const send = (to: Direction, message: Uint8Array): void => {
    if (message.length > 65_535) throw new RangeError("too long for this wire");
    const flight = { direction: to, index: sent++, message: message.slice() };
    for (const changed of options.tamper?.(flight) ?? [flight.message])
      queue.push({ to, message: changed });
  };
  const wire = (here: Direction, there: Direction, fingerprints: Wire["fingerprints"]): Wire => ({
    fingerprints,
    initiator: here === "toLeft",
    send: (message) => {
      if (!open[here]) throw new Error("this wire is closed");
      send(there, message);
    },
    listen: (listener) => {
      listeners[here] = listener;
    },
    close: () => {
      if (!open[here]) return;
      open[here] = false;
      for (let at = queue.length - 1; at >= 0; at--)
        if (queue[at]?.to === there) queue.splice(at, 1);
      queue.push({ to: there, message: "close" });
    },
  });
  const step = (): boolean => {
    const entry = queue.shift();
    if (entry === undefined) return false;
    if (entry.message === "close") hangUp(entry.to);
    else if (open[entry.to]) {
      delivered.push({ direction: entry.to, index: delivered.length, message: entry.message });
      listeners[entry.to]?.onMessage(entry.message);
    }
    if (delivered.length === options.cutAfter) cut();
    return true;
  };
  const pump = (): void => {
    for (let count = 0; step(); count++)
      if (count > 100_000) throw new Error("the two never stop talking");
  };
  if (options.cutAfter === 0) queueMicrotask(cut);
  return {
    left: wire("toLeft", "toRight", { local: leftSees.left, remote: leftSees.right }),
    right: wire("toRight", "toLeft", { local: rightSees.right, remote: rightSees.left }),
    step,
    pump,
    settle: async () => {
      for (let quiet = 0; quiet < 3; quiet++) {
        if (step()) quiet = 0;
        pump();
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      }
    },
    cut,
    inject: (direction, message) => {
      queue.push({ to: direction, message });
    },
    delivered,
    isOpen: () => open.toLeft || open.toRight,
  };
};
