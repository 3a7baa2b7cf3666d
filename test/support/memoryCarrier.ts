import { applyUpdate, encodeStateAsUpdate, encodeStateVector, type Doc } from "yjs";
import { idFrom, type DeviceId } from "../../shared/base/ids.ts";
import type { Carrier, CarrierEvent } from "../../shared/carry/carrier.ts";

type Side = "left" | "right";

/** What is under way may be changed, lost (undefined) or repeated (several). */
export type Tamper = (
  update: Uint8Array,
  from: Side,
) => Uint8Array | readonly Uint8Array[] | undefined;

/** Two carriers joined by a link in memory. They know each other's device; nothing is sealed. */
export type MemoryLink = {
  readonly left: Carrier;
  readonly right: Carrier;
  /** What is under way when the link is cut is lost. */
  readonly cut: () => void;
  readonly heal: () => void;
  readonly tamper: (tamper: Tamper | undefined) => void;
  /** Resolves when nothing is under way any more. */
  readonly settle: () => Promise<void>;
};

export type MemoryLinkParts = { readonly devices?: Readonly<Record<Side, DeviceId>> };

const someDevices = {
  left: idFrom<DeviceId>(new Uint8Array(16).fill(1)),
  right: idFrom<DeviceId>(new Uint8Array(16).fill(2)),
};

type End = { readonly doc: Doc; readonly tell: (event: CarrierEvent) => void };

/** A link that delivers in order, in microtasks, never synchronously: as a real one, and the same in every run. */
export const createMemoryLink = ({ devices = someDevices }: MemoryLinkParts = {}): MemoryLink => {
  const ends: Partial<Record<Side, End>> = {};
  let meddle: Tamper | undefined;
  let up = true;
  let joined = false;
  let underWay: (() => void)[] = [];
  let delivering: Promise<void> | undefined;

  const other = (side: Side): Side => (side === "left" ? "right" : "left");
  const pass = (run: () => void) => {
    underWay.push(run);
    delivering ??= deliver();
  };
  const deliver = async () => {
    await Promise.resolve();
    for (let run = underWay.shift(); run !== undefined; run = underWay.shift()) {
      run();
      await Promise.resolve();
    }
    delivering = undefined;
  };
  const send = (from: Side, update: Uint8Array) => {
    const changed = meddle === undefined ? update : meddle(update, from);
    for (const one of changed === undefined ? [] : [changed].flat()) {
      pass(() => {
        const end = ends[other(from)];
        if (joined && end !== undefined) applyQuietly(end.doc, one, carried);
      });
    }
  };
  const onUpdate = (from: Side) => (update: Uint8Array, origin: unknown) => {
    if (joined && origin !== carried) send(from, update);
  };

  const join = () => {
    const { left, right } = ends;
    if (joined || !up || left === undefined || right === undefined) return;
    joined = true;
    left.tell({ type: "met", device: devices.right });
    right.tell({ type: "met", device: devices.left });
    for (const [from, mine, theirs] of [
      ["left", left, right],
      ["right", right, left],
    ] as const)
      send(from, encodeStateAsUpdate(mine.doc, encodeStateVector(theirs.doc)));
  };
  const part = () => {
    if (!joined) return;
    joined = false;
    underWay = [];
    ends.left?.tell({ type: "parted", device: devices.right });
    ends.right?.tell({ type: "parted", device: devices.left });
  };

  const carrierOf = (side: Side): Carrier => ({
    name: "memory",
    carry: (doc, tell) => {
      const listen = onUpdate(side);
      const end = { doc, tell };
      ends[side] = end;
      doc.on("update", listen);
      pass(join);
      return {
        stop: async () => {
          if (ends[side] !== end) return;
          part();
          doc.off("update", listen);
          delete ends[side];
        },
      };
    },
  });

  return {
    left: carrierOf("left"),
    right: carrierOf("right"),
    cut: () => {
      up = false;
      part();
    },
    heal: () => {
      up = true;
      pass(join);
    },
    tamper: (tamper) => {
      meddle = tamper;
    },
    settle: async () => {
      while (delivering !== undefined) await delivering;
    },
  };
};

const carried = Symbol("came over the link");

/** Bytes that are not Yjs are dropped, as the real carriers do. */
const applyQuietly = (doc: Doc, update: Uint8Array, origin: unknown): void => {
  try {
    applyUpdate(doc, update, origin);
  } catch {
    // Junk: what a carrier cannot read it does not pass on.
  }
};
