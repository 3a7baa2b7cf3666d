import { expect } from "vitest";
import type { Household } from "./household.ts";
import { button, editor, go, type Person, type Place, unlock, waitForSync } from "./person.ts";
import { pair, readsNothingOf, untilSaved } from "./together.ts";

/** What two people do in the practices, and how another day begins for them. */

/** Words may have a way to go, over a busy computer. */
export const soon = { timeout: 40_000 };

/** Anna, who was hurt, and Sam: both in the household, and a couple. */
export const twoMoveIn = async (household: Household): Promise<readonly [Person, Person]> => {
  const [anna, sam] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
    household.moveIn({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
  ]);
  await pair(anna, sam);
  return [anna, sam];
};

/** A place that shares its line of the navigation with others. */
export const goBeside = async (person: Person, place: Place, beside: string): Promise<void> => {
  await go(person, place);
  const places = person.page.getByRole("main").getByRole("navigation");
  await places.getByRole("link", { name: beside, exact: true }).first().click();
};

export const reads = async ({ page }: Person, words: string | RegExp): Promise<void> => {
  await page.getByRole("main").getByText(words).first().waitFor(soon);
};

export const readsNoMore = async ({ page }: Person, words: string | RegExp): Promise<void> => {
  await page
    .getByRole("main")
    .getByText(words)
    .waitFor({ state: "detached", ...soon });
};

export const readsNone = async (person: Person, ...all: readonly string[]): Promise<void> => {
  const found: string[] = [];
  for (const words of all) if (!(await readsNothingOf(person, words))) found.push(words);
  expect(found).toEqual([]);
};

/** In the editor that is on the screen, until the disk has it. */
export const writeHere = async (person: Person, words: string): Promise<void> => {
  await editor(person.page).fill(words);
  await untilSaved(person);
};

/** Through the preview: the button that opens it, and the one in it. */
export const send = async ({ page }: Person, opens: string, confirms: string): Promise<void> => {
  await button(page, opens).click();
  await button(page, confirms).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
};

export const bothUpToDate = async (...people: readonly Person[]): Promise<void> => {
  for (const person of people) await waitForSync(person, "Both up to date since today.");
};

/**
 * Their computers slept for some days: from now on their clocks are that far on, in this window and later ones. All of
 * them before the first is back, so that none meets another's day before.
 */
export const comeBackLater = async (people: readonly Person[], days: number): Promise<void> => {
  for (const { context, page } of people) {
    await context.addInitScript((ms) => {
      const { now } = Date;
      Date.now = () => now() + ms;
    }, days * 86_400_000);
    await page.close();
  }
  for (const person of people) {
    await person.openWindow();
    await unlock(person);
  }
};
