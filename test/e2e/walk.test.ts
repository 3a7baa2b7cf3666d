import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { button, field, go, heading, invite, join, newPerson, type Person, unlock, wordsOnScreen } from "../support/person.ts";
import { findFreePorts, type Started, startTwofold } from "../support/startProcess.ts";

let home: string;
let twofold: Started;
let browser: Browser;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  home = mkdtempSync(joinPath(tmpdir(), "twofold-walk-"));
  const port = await findFreePorts(2);
  twofold = startTwofold(["--no-open"], {
    TWOFOLD_HOME: home,
    TWOFOLD_PORT: String(port),
    TWOFOLD_RENDEZVOUS_PORT: String(port + 1),
  });
  await twofold.says(/Ctrl-C ends it/);
  browser = await launchChromium();
  const origin = `http://127.0.0.1:${port}`;
  anna = await newPerson({ browser, origin, name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" });
  sam = await newPerson({ browser, origin, name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" });
});

afterAll(async () => {
  await browser.close();
  twofold.child.kill("SIGTERM");
  await twofold.ends();
  rmSync(home, { recursive: true, force: true });
});

test("two people pair by a link and four words", async () => {
  const invitation = await invite(anna);
  await join(sam, invitation);
  const words = await wordsOnScreen(anna);
  expect(words.split(" ")).toHaveLength(4);
  expect(await wordsOnScreen(sam)).toBe(words);
  await button(anna.page, "They are the same").click();
  await button(sam.page, "They are the same").click();
  await heading(anna.page, "You are two now").waitFor();
  await heading(sam.page, "You are two now").waitFor();
});

test("an entry is shared and read", async () => {
  await go(anna, "Journal");
  await button(anna.page, /^Write (an entry|a first line)$/).first().click();
  await field(anna.page, "Title").fill("The kitchen");
  await anna.page.getByRole("textbox", { name: "Your words" }).fill("I slept four hours.");
  await anna.page.getByText("Saved on this computer").waitFor();
  await button(anna.page, "Share…").click();
  await button(anna.page, "Share with Sam").click();
  await go(sam, "Journal");
  await sam.page.getByText("The kitchen").click();
  await sam.page.getByText("I slept four hours.").waitFor();
});

test("after a reload and the passphrase everything is there", async () => {
  await sam.page.reload();
  await unlock(sam);
  await sam.page.getByText("The kitchen").waitFor();
  expect(anna.crashes()).toEqual([]);
  expect(sam.crashes()).toEqual([]);
});
