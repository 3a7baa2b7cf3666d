import type { Clock } from "../shared/base/clock.ts";
import type { Allowance, Rate } from "./limits.ts";

/** Token buckets for messages and their bytes. */
export type Meter = {
  /** False, and nothing taken, when either bucket is too low. */
  readonly take: (bytes: number) => boolean;
  /** Nothing is owed any more: forgetting this meter loses nothing. */
  readonly isFull: () => boolean;
};

export const createMeter = (rate: Rate, clock: Clock): Meter => {
  const messages = createBucket(rate.messages, clock);
  const bytes = createBucket(rate.bytes, clock);
  return {
    take: (amount) => {
      if (messages.level() < 1 || bytes.level() < amount) return false;
      messages.remove(1);
      bytes.remove(amount);
      return true;
    },
    isFull: () => messages.level() >= rate.messages.burst && bytes.level() >= rate.bytes.burst,
  };
};

const createBucket = ({ burst, perSecond }: Allowance, clock: Clock) => {
  let tokens = burst;
  let filledAt = clock.now();
  return {
    level: () => {
      const now = clock.now();
      // A clock set back refills nothing; one set forward fills up to the burst.
      tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      return tokens;
    },
    remove: (amount: number) => {
      tokens -= amount;
    },
  };
};
