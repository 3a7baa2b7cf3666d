import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { expectNothingLost } from "./promises.ts";
import { liveTwoLives } from "./twoLives.ts";

beforeAll(loadSodium);

/** `npm run fuzz`: so many weeks, from the first seed on. */
const first = Number(process.env["TWOFOLD_SEED"] ?? 1);
const weeks = Number(process.env["TWOFOLD_WEEKS"] ?? 1_000);

test("as many weeks as wanted, each from a seed of its own, end with the same on both sides and nothing lost", async () => {
  const broken: string[] = [];
  for (let seed = first; seed < first + weeks; seed++)
    try {
      const lives = await liveTwoLives({ seed, days: 7 });
      await expectNothingLost(lives);
      await lives.end();
    } catch (error) {
      console.log(`TWOFOLD_SEED=${seed}`, error);
      broken.push(`TWOFOLD_SEED=${seed} TWOFOLD_WEEKS=1`);
    }
  expect(broken).toEqual([]);
}, 3_600_000);
