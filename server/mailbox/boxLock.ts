import type { Clock } from "../../shared/base/clock.ts";
import type { Bus } from "../bus.ts";

/** Undefined while another process writes the document. */
export type BoxLock = (name: string) => Promise<(() => Promise<void>) | undefined>;

export const boxPrefix = "box";

/** Longer than a write takes. A process that was killed does not hold others up for longer. */
export const lockMs = 15_000;

/** The lock that the Redis extension holds while Hocuspocus stores a document, for when we do. */
export const createBoxLock = (bus: Bus, clock: Clock): BoxLock => {
  let count = 0;
  return async (name) => {
    const key = `${boxPrefix}:${name}:lock`;
    const token = `${bus.self} ${clock.now()} ${count++}`;
    return (await bus.lock(key, token, lockMs)) ? () => bus.unlock(key, token) : undefined;
  };
};
