import type { YMapEvent } from "yjs";
import { createAirlock, type Airlock, type Offered } from "../../../shared/carry/airlock.ts";
import { airlockMap } from "../../../shared/carry/carrier.ts";
import type { EnvelopeKey } from "../../../shared/envelope/envelope.ts";
import type { Line, OpenBox } from "./line.ts";
import { boxLimits } from "./times.ts";

/** One box on a line: a fresh document, guarded as an airlock is, for as long as this connection lasts. */
export type Box = {
  readonly airlock: Pick<Airlock, "offer" | "release">;
  /** The names under which anything lies there. */
  readonly keys: () => Iterable<string>;
  readonly isEmpty: () => boolean;
  /** Something has been put in at some time. */
  readonly wasUsed: () => boolean;
  /** Takes these out, whoever put them in. */
  readonly clear: (keys: Iterable<string>) => void;
  readonly underWay: OpenBox["underWay"];
  readonly close: () => void;
};

export type BoxListener = {
  readonly onSynced: () => void;
  readonly onArrived?: (arrived: readonly Offered[]) => void;
  readonly onGone?: (keys: readonly EnvelopeKey[]) => void;
  readonly onStored?: () => void;
  readonly onRefused: (reason: string) => void;
  /** It holds or does what no box of an honest mailbox does; it is closed then. Once. */
  readonly onSpoiled: () => void;
};

export const openBox = (line: Line, name: string, listener: BoxListener): Box => {
  let closed = false;
  const tell = (run: () => void): void => {
    if (!closed) run();
  };
  const spoil = (): void =>
    tell(() => {
      close();
      listener.onSpoiled();
    });

  const airlock = createAirlock({
    sparing: true,
    limits: boxLimits,
    receive: (arrived) => tell(() => listener.onArrived?.(arrived)),
    abandon: spoil,
  });
  const { doc } = airlock;
  const entries = doc.getMap<unknown>(airlockMap);
  entries.observe(({ keysChanged, transaction }: YMapEvent<unknown>) => {
    if (transaction.local) return;
    const gone = [...(keysChanged as Set<EnvelopeKey>)].filter((key) => !entries.has(key));
    if (gone.length > 0) tell(() => listener.onGone?.(gone));
  });
  const open = line.open(name, doc, {
    onSynced: () => tell(listener.onSynced),
    onStored: () => tell(() => listener.onStored?.()),
    onRefused: (reason) => tell(() => listener.onRefused(reason)),
    onSpoiled: spoil,
  });

  function close(): void {
    if (closed) return;
    closed = true;
    airlock.close();
    open.close();
    doc.destroy();
  }

  return {
    airlock,
    keys: () => entries.keys(),
    isEmpty: () => entries.size === 0,
    wasUsed: () => doc.store.clients.size > 0,
    clear: (keys) => {
      const there = [...keys].filter((key) => entries.has(key));
      if (closed || there.length === 0) return;
      doc.transact(() => {
        for (const key of there) entries.delete(key);
      }, "clearing");
    },
    underWay: open.underWay,
    close,
  };
};
