import type { Redis } from "ioredis";
import type { Clock } from "../../shared/base/clock.ts";
import type { Ear, Listening } from "../bus.ts";
import { within } from "./within.ts";

/** Which channels Redis has to send us. Only one command is under way at a time, however many come and go. */
export type Subscriptions = {
  readonly listen: (name: string, ear: Ear) => Listening;
  readonly earOf: (name: string) => Ear | undefined;
  /** Tells every ear that what it says is heard again. */
  readonly tellAll: () => void;
  readonly count: () => number;
};

const atOnce = 1_000;

/** @param onStuck Redis did not do what was asked */
export const createSubscriptions = (
  link: Redis,
  clock: Clock,
  onStuck: () => void,
): Subscriptions => {
  const ears = new Map<string, Ear>();
  const live = new Set<string>();
  const toAsk = new Set<string>();
  const toDrop = new Set<string>();
  let isBusy = false;
  let isPlanned = false;

  const some = (names: Set<string>): string[] => {
    const taken: string[] = [];
    for (const name of names) {
      if (taken.length === atOnce) break;
      taken.push(name);
    }
    for (const name of taken) names.delete(name);
    return taken;
  };

  const ask = async (): Promise<void> => {
    const names = some(toAsk);
    if (names.length === 0) return;
    await within(clock, link.subscribe(...names));
    for (const name of names) {
      live.add(name);
      ears.get(name)?.onLive();
    }
  };

  const drop = async (): Promise<void> => {
    const names = some(toDrop);
    for (const name of names) live.delete(name);
    if (names.length > 0) await within(clock, link.unsubscribe(...names));
  };

  const work = async (): Promise<void> => {
    isPlanned = false;
    if (isBusy) return;
    isBusy = true;
    try {
      while (link.status === "ready" && toAsk.size + toDrop.size > 0) {
        await drop();
        await ask();
      }
    } catch {
      onStuck();
    }
    isBusy = false;
  };

  /** After what happens in the same turn, so that a crowd makes one command. */
  const plan = () => {
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(() => void work());
  };

  link.on("close", () => live.clear());
  link.on("ready", () => {
    toDrop.clear();
    for (const name of ears.keys()) toAsk.add(name);
    plan();
  });

  return {
    listen: (name, ear) => {
      ears.set(name, ear);
      const wasLeaving = toDrop.delete(name);
      if (live.has(name)) queueMicrotask(() => ears.get(name)?.onLive());
      // Leaving, and not live: it is being asked for at this moment.
      else if (!wasLeaving) toAsk.add(name);
      plan();
      return {
        isLive: () => ears.get(name) === ear && live.has(name),
        stop: () => {
          if (ears.get(name) !== ear) return;
          ears.delete(name);
          if (!toAsk.delete(name)) toDrop.add(name);
          plan();
        },
      };
    },
    earOf: (name) => ears.get(name),
    tellAll: () => {
      for (const name of live) ears.get(name)?.onLive();
    },
    count: () => ears.size,
  };
};
