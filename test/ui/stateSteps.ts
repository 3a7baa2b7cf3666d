import type { Page } from "playwright-core";
import type { FakeJournal } from "../support/fakeJournal.ts";

/** A screen as somebody would meet it: where it is, what shows that it is there, and what they do to bring it about. */
export type ScreenState = {
  readonly name: string;
  readonly place: string;
  readonly ready: string;
  readonly act?: Step;
  /** What main.tsx reads. */
  readonly query?: string;
  /** Before the journal is open. */
  readonly outside?: boolean;
  /** Of a long page, what is looked at. */
  readonly part?: string;
};

export type Step = (page: Page) => Promise<unknown>;

export const inTurn =
  (...steps: readonly Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page);
  };

export const press =
  (...names: readonly (string | RegExp)[]): Step =>
  async (page) => {
    for (const name of names)
      await page
        .getByRole("button", { name, exact: typeof name === "string" })
        .first()
        .click();
  };

export const set =
  (change: (journal: FakeJournal) => void): Step =>
  (page) =>
    page.evaluate(`(${String(change)})(window.scene.journal)`);

/** My room, open, at one of its places; and what is done there. */
export const inRoom =
  (place: string, ready: string, act?: Step): Step =>
  async (page) => {
    await set((journal) => journal.set.room("open"))(page);
    await page.evaluate((to) => (location.hash = to), place);
    await page.locator(ready).first().waitFor();
    await act?.(page);
  };

export const atRoomDoor =
  (passphrase: string): Step =>
  async (page) => {
    await page.getByLabel("Passphrase of my room", { exact: true }).fill(passphrase);
    await page.keyboard.press("Enter");
  };

export const narrowed: Step = async (page) => {
  await press("Narrow it down")(page);
  await page.getByLabel("Tag", { exact: true }).selectOption("canal");
  await page.getByLabel("Whose", { exact: true }).selectOption("mine");
};

export const keys =
  (...pressed: readonly string[]): Step =>
  async (page) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
export const type =
  (words: string): Step =>
  (page) =>
    page.keyboard.type(words);
export const see =
  (what: string): Step =>
  (page) =>
    page.locator(what).first().waitFor();
export const fill =
  (label: string, words: string): Step =>
  (page) =>
    page.getByRole("textbox", { name: label }).first().fill(words);
export const pick =
  (name: string): Step =>
  (page) =>
    page.getByText(name, { exact: true }).click();

export const chosen =
  (button: string, make: () => Promise<Buffer> | Buffer, name: string): Step =>
  async (page) => {
    const buffer = await make();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: button, exact: true }).first().click();
    await (await choosing).setFiles([{ name, mimeType: "", buffer }]);
  };

export const someFile = (): Buffer => Buffer.from("sealed");
