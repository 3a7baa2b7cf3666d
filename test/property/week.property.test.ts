import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { expectNothingLost, expectRest } from "../soak/promises.ts";
import { liveTwoLives } from "../soak/twoLives.ts";

beforeAll(loadSodium);

/** A seed that is given, or another one each time. */
const seed = Number(process.env["TWOFOLD_SEED"] ?? Math.floor(Math.random() * 1_000_000));

test("a week of two lives, over whatever carries, ends with the same on both sides and nothing lost", async () => {
  console.log(`TWOFOLD_SEED=${seed}`);
  const lives = await liveTwoLives({ seed, days: 7 });
  await expectNothingLost(lives);
  await expectRest(lives, 1);
  await lives.end();
  expect(lives.clock.waiting()).toBe(0);
}, 120_000);
