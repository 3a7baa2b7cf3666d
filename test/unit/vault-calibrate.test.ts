import { describe, expect, test } from "vitest";
import { waitAfterWrongTries } from "../../shared/vault/attempts.ts";
import { calibrate } from "../../shared/vault/calibrate.ts";
import type { Cost } from "../../shared/vault/header.ts";

/** A computer on which a MiB takes so many milliseconds and there is only so much memory. */
const computer = (msPerMiB: number, mostMiB = Number.POSITIVE_INFINITY) => {
  let now = 0;
  const tried: number[] = [];
  return {
    tried,
    clock: { now: () => now },
    measure: async ({ memKiB }: Cost): Promise<void> => {
      tried.push(memKiB / 1024);
      if (memKiB / 1024 > mostMiB) throw new Error("no memory");
      now += (memKiB / 1024) * msPerMiB;
    },
  };
};

describe("the cost of a new vault", () => {
  test("a fast computer takes 256 MiB", async () => {
    const fast = computer(1500 / 256);
    expect(await calibrate(fast)).toEqual({ ops: 3, memKiB: 256 * 1024 });
    expect(fast.tried).toEqual([256]);
  });

  test("a slower one takes half", async () => {
    expect(await calibrate(computer(1501 / 256))).toEqual({ ops: 3, memKiB: 128 * 1024 });
  });

  test("the slowest one still takes 64 MiB, without measuring it", async () => {
    const slow = computer(1000);
    expect(await calibrate(slow)).toEqual({ ops: 3, memKiB: 64 * 1024 });
    expect(slow.tried).toEqual([256, 128]);
  });

  test("one without the memory takes what it has", async () => {
    expect(await calibrate(computer(0, 200))).toEqual({ ops: 3, memKiB: 128 * 1024 });
  });
});

test("three wrong tries cost nothing; then it takes longer, up to five minutes", () => {
  const waits = Array.from({ length: 13 }, (_, tries) => waitAfterWrongTries(tries) / 1000);
  expect(waits).toEqual([0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
  expect(waitAfterWrongTries(100_000)).toBe(300_000);
});
