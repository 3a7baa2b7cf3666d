import type { Bus, Ear } from "../../server/bus.ts";

/** Several processes in one, without a Redis. */
export type BusHub = {
  readonly join: () => Bus;
  /** Nobody hears anybody until it is healed. */
  readonly cut: () => void;
  readonly heal: () => void;
  /** Bytes that were passed on, to the one who heard most. */
  readonly largest: () => number;
  /** How often anybody heard anything. */
  readonly heard: () => number;
};

type Place = { readonly self: string; readonly ear: Ear };

export const createBusHub = (): BusHub => {
  const places = new Map<string, Set<Place>>();
  const locks = new Map<string, string>();
  let isUp = true;
  let joined = 0;
  let largest = 0;
  let heard = 0;

  const join = (): Bus => {
    const self = `process-${joined++}`.padEnd(22, "x");
    return {
      self,
      listen: (channel, ear) => {
        const place = { self, ear };
        const here = places.get(channel) ?? new Set();
        places.set(channel, here.add(place));
        if (isUp) setImmediate(ear.onLive);
        return { isLive: () => isUp && here.has(place), stop: () => here.delete(place) };
      },
      publish: (channel, body) => {
        if (!isUp) return false;
        const copy = Buffer.from(body);
        setImmediate(() => {
          for (const { self: other, ear } of [...(places.get(channel) ?? [])]) {
            if (other === self || copy.length > ear.most) continue;
            largest = Math.max(largest, copy.length);
            ear.hear(copy, self);
            heard++;
          }
        });
        return true;
      },
      listeners: async (channel) => (isUp ? (places.get(channel)?.size ?? 0) : 0),
      lock: async (name, token) => {
        if (isUp && locks.has(name)) return false;
        if (isUp) locks.set(name, token);
        return true;
      },
      unlock: async (name, token) => {
        if (locks.get(name) === token) locks.delete(name);
      },
      isUp: () => isUp,
      round: () => {},
      stats: () => ({ isUp, channels: 0, dropped: new Map() }),
      stop: async () => {
        for (const here of places.values())
          for (const place of [...here]) if (place.self === self) here.delete(place);
      },
    };
  };

  return {
    join,
    cut: () => {
      isUp = false;
    },
    heal: () => {
      isUp = true;
      for (const here of places.values()) for (const { ear } of [...here]) ear.onLive();
    },
    largest: () => largest,
    heard: () => heard,
  };
};
