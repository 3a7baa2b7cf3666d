import type { Buffer } from "node:buffer";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCanaries } from "../support/canary.ts";
import { type Household, openHousehold } from "../support/household.ts";
import { type KeptBrowser, openKeptBrowser } from "../support/keptBrowser.ts";
import {
  atComputer,
  button,
  comeBack,
  editor,
  firstRun,
  heading,
  link,
  type Person,
  unlock,
} from "../support/person.ts";
import { untilSaved, writeEntry } from "../support/together.ts";

/** The power goes, at the worst moment. */

const profile = mkdtempSync(join(tmpdir(), "twofold-kept-"));
const title = "Before the power went";
let household: Household;
let kept: KeptBrowser;
let anna: Person;
let recoveryWords: string;

const sitDown = async (): Promise<Person> => {
  kept = await openKeptBrowser(profile);
  return atComputer(kept.context, {
    origin: household.origin,
    name: "Annawyn",
    passphrase: "a kettle under the tin moon",
    role: "Both",
  });
};

beforeAll(async () => {
  household = await openHousehold();
  anna = await sitDown();
  await firstRun(anna);
  recoveryWords = anna.recoveryWords.join(" ");
});
afterAll(async () => {
  await kept?.close();
  await household?.end();
  rmSync(profile, { recursive: true, force: true });
});

test("a second window of the same browser says that Twofold is open already, and harms nothing", async () => {
  const second = await kept.context.newPage();
  await second.goto(household.origin);
  await heading(second, "Twofold is open already").waitFor();
  expect(await second.getByRole("button").count()).toBe(0);
  await second.close();
  await writeEntry(anna, { title, words: "Saved before." });
});

test("what was shown as saved is there after the browser is killed", async () => {
  await kept.kill();
  anna = await sitDown();
  await unlock(anna);
  await link(anna.page, title).click();
  await anna.page.getByText("Saved before.").waitFor();
});

test("killed in the middle of typing, the journal opens with all that had been shown as saved", async () => {
  await editor(anna.page).press("End");
  await watchSavedWords();
  await typeNumbers(1, 5);
  await untilSaved(anna);
  await typeNumbers(6, 10);
  await untilSaved(anna);
  const typing = typeNumbers(11, 10_000);
  await editor(anna.page).filter({ hasText: " n40." }).waitFor();
  const lastShown = await anna.page.evaluate(() => Number(document.body.dataset["shown"]));
  await kept.kill();
  await typing;
  expect(lastShown).toBeGreaterThanOrEqual(10);

  anna = await sitDown();
  await unlock(anna);
  await link(anna.page, title).click();
  await editor(anna.page).waitFor();
  const words = await editor(anna.page).innerText();
  expect(words).toContain("Saved before.");
  const found = numbersIn(words);
  expect(found.length).toBeGreaterThanOrEqual(lastShown);
  expect(found).toEqual(found.map((_, index) => index + 1));
  await editor(anna.page).press("End");
  await anna.page.keyboard.type(" And on it goes.");
  await untilSaved(anna);
});

/** " n1. n2. n3. …" until the last, or until the browser is gone. */
const typeNumbers = async (from: number, to: number): Promise<void> => {
  const { keyboard } = anna.page;
  try {
    for (let number = from; number <= to; number++) await keyboard.type(` n${number}.`);
  } catch {
    // Gone, as it was to be.
  }
};

const numbersIn = (words: string): readonly number[] =>
  [...words.matchAll(/n(\d+)\./g)].map(([, number]) => Number(number));

/** From now on the page keeps the last number that stood in the editor while it said that all is saved. */
const watchSavedWords = (): Promise<void> =>
  anna.page.evaluate(() => {
    const look = () => {
      const words = document.querySelector("[contenteditable=true]")?.textContent ?? "";
      if (document.querySelector(".saved")?.textContent !== "Saved on this computer") return;
      document.body.dataset["shown"] = [...words.matchAll(/n(\d+)\./g)].at(-1)?.[1] ?? "0";
    };
    const all = { childList: true, characterData: true, subtree: true };
    new MutationObserver(look).observe(document.body, all);
  });

test("neither what was written nor who wrote it lies in the clear in the browser's folder", async () => {
  await kept.close();
  const files = filesBelow(profile);
  const typed = [title, "Saved before.", "And on it goes.", anna.passphrase, anna.name];
  expect(findCanaries([...typed, recoveryWords], files)).toEqual([]);
  expect(findCanaries([household.origin.slice("http://".length)], files)).not.toEqual([]);
  anna = await sitDown();
  await unlock(anna);
  await link(anna.page, title).waitFor();
  expect(anna.crashes()).toEqual([]);
});

const filesBelow = (folder: string): readonly { where: string; bytes: Buffer }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ where: path.slice(folder.length), bytes: readFileSync(path) }));

test("Twofold closed and opened again is as it was", async () => {
  await comeBack(anna);
  await link(anna.page, title).waitFor();
  await button(anna.page, "Lock").click();
  await heading(anna.page, "Your journal is locked").waitFor();
});
