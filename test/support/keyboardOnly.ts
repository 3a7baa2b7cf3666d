import type { Locator } from "playwright-core";
import { button, field, heading, link, type Person, readRecoveryWords } from "./person.ts";

/** What a person does who has no mouse: Tab until it is there, then Enter, arrows or words. */

/** More stops than any screen has. */
const mostStops = 80;

export const tabTo = async ({ page }: Person, wanted: Locator): Promise<void> => {
  await wanted.waitFor();
  for (let stops = 0; stops < mostStops; stops++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${String(wanted)}`);
};

export const press = async (person: Person, name: string | RegExp): Promise<void> => {
  await tabTo(person, button(person.page, name));
  await person.page.keyboard.press("Enter");
};

export const follow = async (person: Person, name: string | RegExp): Promise<void> => {
  await tabTo(person, link(person.page, name));
  await person.page.keyboard.press("Enter");
};

export const typeInto = async (person: Person, into: Locator, words: string): Promise<void> => {
  await tabTo(person, into);
  await person.page.keyboard.type(words);
};

/** One of a group of choices: Tab reaches the group, the arrows its members. */
export const choose = async ({ page }: Person, group: string, name: string): Promise<void> => {
  const radios = page.getByRole("radiogroup", { name: group }).getByRole("radio");
  await radios.first().waitFor();
  const isInside = () =>
    radios.evaluateAll((all) => all.some((radio) => radio === document.activeElement));
  for (let stops = 0; !(await isInside()); stops++) {
    if (stops === mostStops) throw new Error(`Tab never reached ${group}`);
    await page.keyboard.press("Tab");
  }
  const wanted = page.getByRole("radio", { name });
  for (let stops = await radios.count(); stops > 0; stops--) {
    if (await wanted.isChecked()) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`the arrows never reached ${name}`);
};

/** From the first screen to the empty journal; `look` is called on each screen once it is there. */
export const firstRunByKeyboard = async (
  person: Person,
  look: (screen: string) => Promise<void>,
): Promise<void> => {
  const { page, name, role, passphrase } = person;
  await heading(page, "A journal for two").waitFor();
  await look("first screen");
  await press(person, "Go on");
  await press(person, "Go on");
  await press(person, "Begin");
  await typeInto(person, field(page, "Your name"), name);
  await choose(person, "Which comes closest?", role);
  await look("name and role");
  await press(person, "Go on");
  await typeInto(person, field(page, "New passphrase"), passphrase);
  await typeInto(person, field(page, "The same once more"), passphrase);
  await look("passphrase");
  await page.keyboard.press("Enter");
  await heading(page, "Your recovery words").waitFor({ timeout: 60_000 });
  await look("recovery words");
  person.keepWords(await readRecoveryWords(page));
  await press(person, "I have written them down");
  await heading(page, "Three of the words").waitFor();
  for (const [index, word] of person.recoveryWords.entries()) {
    const asked = field(page, `Word ${index + 1}`);
    if ((await asked.count()) > 0) await typeInto(person, asked, word);
  }
  await page.keyboard.press("Enter");
  await press(person, "Later");
  await heading(page, "Today").waitFor();
};
