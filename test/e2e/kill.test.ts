import { Buffer } from "node:buffer";
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
  const { page } = anna;
  await editor(page).press("End");
  const typed = typeWithoutEnd();
  const lastShown = await lastShownAsSaved(6);
  await kept.kill();
  await typed;
  anna = await sitDown();
  await unlock(anna);
  await link(anna.page, title).click();
  await editor(anna.page).waitFor();
  const words = await editor(anna.page).innerText();
  expect(words).toContain("Saved before.");
  expect(numbersIn(words).at(-1)).toBeGreaterThanOrEqual(lastShown);
  expect(numbersIn(words)).toEqual(numbersIn(words).map((_, index) => index + 1));
  await editor(anna.page).press("End");
  await anna.page.keyboard.type(" And on it goes.");
  await untilSaved(anna);
});

/** " 1. 2. 3. …" until the browser is gone. */
const typeWithoutEnd = async (): Promise<void> => {
  const { keyboard } = anna.page;
  try {
    for (let number = 1; ; number++) await keyboard.type(` n${number}.`, { delay: 15 });
  } catch {
    // Gone, as it was to be.
  }
};

const numbersIn = (words: string): readonly number[] =>
  [...words.matchAll(/ n(\d+)\./g)].map(([, number]) => Number(number));

/** Waits until "Saved on this computer" has come so often since; gives the last number that it stood under. */
const lastShownAsSaved = (times: number): Promise<number> =>
  anna.page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let seen = 0;
        const look = () => {
          const words = document.querySelector("[contenteditable=true]")?.textContent ?? "";
          const saved = document.querySelector(".saved")?.textContent === "Saved on this computer";
          if (saved) seen++;
          const last = [...words.matchAll(/ n(\d+)\./g)].at(-1)?.[1];
          if (seen >= wanted && saved && last !== undefined) resolve(Number(last));
        };
        const place = document.querySelector(".saved");
        if (place !== null)
          new MutationObserver(look).observe(place, {
            childList: true,
            characterData: true,
            subtree: true,
          });
      }),
    times,
  );

test("neither what was written nor who wrote it lies in the clear in the browser's folder", async () => {
  await kept.close();
  const files = filesBelow(profile);
  const typed = [title, "Saved before.", "And on it goes.", anna.passphrase, "Annawyn"];
  const words = anna.recoveryWords.join(" ");
  expect(findCanaries(words === "" ? typed : [...typed, words], files)).toEqual([]);
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
