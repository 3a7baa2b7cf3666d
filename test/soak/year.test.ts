import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { runStockMailbox, type StockMailbox } from "../support/mailboxStock.ts";
import { expectNothingLost, expectRest } from "./promises.ts";
import { liveTwoLives } from "./twoLives.ts";

let mailbox: StockMailbox;
beforeAll(async () => {
  await loadSodium();
  mailbox = await runStockMailbox();
});
afterAll(() => mailbox?.stop());

/** `npm run soak`; TWOFOLD_SEED and TWOFOLD_DAYS tell one story again, as far as sockets let it be the same. */
const seed = Number(process.env["TWOFOLD_SEED"] ?? Math.floor(Math.random() * 1_000_000));
const days = Number(process.env["TWOFOLD_DAYS"] ?? 365);

test("a year of two lives, over every carrier, ends with the same on both sides and nothing lost", async () => {
  console.log(`TWOFOLD_SEED=${seed} TWOFOLD_DAYS=${days}`);
  const lives = await liveTwoLives({ seed, days, mailbox });
  console.log(JSON.stringify(lives.did));
  await expectNothingLost(lives);
  await expectRest(lives, 7);
  await lives.end();
  expect(lives.clock.waiting()).toBe(0);
}, 3_600_000);
