import type { Clock } from "../shared/base/clock.ts";
import type { Allowance, Rate } from "./limits.ts";

/** Like a meter, for those who are made to wait and not sent away: it can be owed to. */
export type Pace = {
  /** Takes so many bytes, and says how long to wait before the next, ms. */
  readonly spend: (bytes: number, messages: 0 | 1) => number;
  readonly isFull: () => boolean;
};

export const createPace = (rate: Rate, clock: Clock): Pace => {
  const messages = createDebt(rate.messages, clock);
  const bytes = createDebt(rate.bytes, clock);
  return {
    spend: (amount, count) => Math.max(messages.spend(count), bytes.spend(amount)),
    isFull: () => messages.isFull() && bytes.isFull(),
  };
};

const createDebt = ({ burst, perSecond }: Allowance, clock: Clock) => {
  let spent = 0;
  let at = clock.now();
  const settle = () => {
    const now = clock.now();
    spent = Math.max(0, spent - (Math.max(0, now - at) / 1_000) * perSecond);
    at = now;
  };
  return {
    spend: (amount: number): number => {
      settle();
      spent += amount;
      return Math.max(0, Math.ceil(((spent - burst) / perSecond) * 1_000));
    },
    isFull: (): boolean => {
      settle();
      return spent === 0;
    },
  };
};
