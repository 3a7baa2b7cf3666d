import {
  button,
  editor,
  field,
  go,
  heading,
  invite,
  join,
  link,
  type Person,
  waitForSync,
  wordsOnScreen,
} from "./person.ts";

/** What two people do with each other, in their own words on the screen. */

/** From an invitation to the four words on both screens. */
export const meet = async (one: Person, other: Person): Promise<string> => {
  const invitation = await invite(one);
  await join(other, invitation);
  const words = await Promise.all([wordsOnScreen(one), wordsOnScreen(other)]);
  if (words[0] !== words[1]) throw new Error(`the words differ: ${words.join(" / ")}`);
  return invitation;
};

export const agree = async (...people: readonly Person[]): Promise<void> => {
  for (const { page } of people) await button(page, "They are the same").click();
};

/** Both are two, and their computers have met. */
export const pair = async (one: Person, other: Person): Promise<void> => {
  await meet(one, other);
  await agree(one, other);
  for (const person of [one, other]) {
    await heading(person.page, "You are two now").waitFor();
    await link(person.page, "Go to the journal").click();
  }
  for (const person of [one, other]) await waitForSync(person, "Both up to date since today.");
  await Promise.all([one, other].map(sendAtOnce));
};

/** What they share goes out when they share it, and not at some moment of the next half minute. */
export const sendAtOnce = async (person: Person): Promise<void> => {
  await go(person, "Settings");
  const toggle = person.page.getByRole("switch", { name: "Send at once" });
  await toggle.waitFor({ state: "attached" });
  // A journal from a backup may have it on already.
  if (!(await toggle.isChecked())) await toggle.press("Space");
  await person.page.getByRole("switch", { name: "Send at once", checked: true }).waitFor();
  await go(person, "Journal");
};

export type Written = { readonly title?: string; readonly words: string };

/** Begins an entry and waits until the disk has it. It stays a draft. */
export const writeEntry = async (person: Person, { title, words }: Written): Promise<void> => {
  const { page } = person;
  await go(person, "Journal");
  await button(page, /^Write (an entry|a first line)$/).click();
  await editor(page).waitFor();
  if (title !== undefined) await field(page, "Title").fill(title);
  await editor(page).fill(words);
  await untilSaved(person);
};

export const untilSaved = async ({ page }: Person): Promise<void> => {
  await page.getByText("Saved on this computer", { exact: true }).waitFor();
};

/** From the draft on the screen to the partner, past the preview. */
export const share = async ({ page }: Person, partner: Person): Promise<void> => {
  await button(page, "Share…").click();
  await heading(page, `This is what ${partner.name} will see`).waitFor();
  await button(page, `Share with ${partner.name}`).click();
  await page.getByText(`This entry is shared with ${partner.name}.`).waitFor();
};

export type Asked = Written & { readonly need?: string; readonly depth?: string };

export const ask = async (person: Person, partner: Person, asked: Asked): Promise<void> => {
  const { page } = person;
  await go(person, "Questions");
  await button(page, /^Ask a (first )?question$/).click();
  await editor(page).waitFor();
  if (asked.title !== undefined) await field(page, "In a few words").fill(asked.title);
  await editor(page).fill(asked.words);
  for (const choice of [asked.need, asked.depth])
    if (choice !== undefined) await page.getByText(choice, { exact: true }).click();
  await untilSaved(person);
  await button(page, "Ask…").click();
  await heading(page, `This is what ${partner.name} will see`).waitFor();
  await button(page, `Ask ${partner.name}`).click();
  await page.getByText(/^You asked · today/).waitFor();
};

/** Opens the question with this title, wherever the person is. */
export const openQuestion = async (person: Person, title: string): Promise<void> => {
  await go(person, "Questions");
  await link(person.page, title).click();
  await heading(person.page, title).waitFor();
};

/** Writes an answer to the question on the screen and waits until the disk has it. */
export const draftAnswer = async (person: Person, words: string): Promise<void> => {
  await button(person.page, /^(Write an answer|Answer again)$/).click();
  await editor(person.page).fill(words);
  await untilSaved(person);
};

export const sendAnswer = async ({ page }: Person, partner: Person): Promise<void> => {
  await button(page, `Send to ${partner.name}…`).click();
  await button(page, `Send to ${partner.name}`).click();
  await button(page, `Send to ${partner.name}…`).waitFor({ state: "detached" });
};

export const readsNothingOf = async ({ page }: Person, words: string): Promise<boolean> =>
  !(await page.content()).includes(words);
