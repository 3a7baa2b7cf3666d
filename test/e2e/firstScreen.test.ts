import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import { button, field, heading, isOpen, lock, type Person } from "../support/person.ts";

let household: Household;
let anna: Person;

beforeAll(async () => {
  household = await openHousehold();
  anna = await household.moveIn({
    name: "Anna",
    passphrase: "a kettle under the moon",
    role: "I was hurt",
  });
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const locked = (): Promise<void> => heading(anna.page, "Your journal is locked").waitFor();

test("the locked screen stands before anything of an open journal is asked for", async () => {
  const { page } = anna;
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector("form input") === null) return;
      observer.disconnect();
      performance.mark("screen stands");
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await locked();
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => /\/Inside-.*\.js$/.test(name)),
  );
  const { stands, asked } = await page.evaluate(() => ({
    stands: performance.getEntriesByName("screen stands")[0]?.startTime,
    asked: performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/(Inside|door)-.*\.js$/.test(name))
      .map(({ startTime }) => startTime),
  }));
  expect(asked.length).toBe(2);
  for (const at of asked) expect(at).toBeGreaterThan(stands ?? Number.POSITIVE_INFINITY);
});

test("a part of Twofold that could not be read is said, nothing is lost or typed again, and the next try opens", async () => {
  const { page } = anna;
  let refused = 0;
  await page.route(/\/assets\/Inside-.*\.js$/, async (route) => {
    refused += 1;
    await route.abort("failed");
  });
  await page.reload();
  await locked();
  await field(page, "Passphrase").fill(anna.passphrase);
  await button(page, "Unlock").click();
  await page.getByText("A part of Twofold could not be read from this computer’s disk.").waitFor();
  expect(refused).toBeGreaterThan(0);
  expect(await field(page, "Passphrase").inputValue()).toBe(anna.passphrase);
  await page.unroute(/\/assets\/Inside-.*\.js$/);
  await button(page, "Unlock").click();
  await isOpen(anna);
  await lock(anna);
});

test("a passphrase given at once, before the rest has come, opens as soon as it has", async () => {
  const { page } = anna;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/assets\/door-.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await locked();
  await field(page, "Passphrase").fill(anna.passphrase);
  await button(page, "Unlock").click();
  await page.getByText("Unlocking. This takes a moment on purpose.").waitFor();
  letGo();
  await isOpen(anna);
});
