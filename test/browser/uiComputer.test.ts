import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens();

const openSettings = (query: string, start: Start = {}): Promise<Page> =>
  screens.openAt("/settings", "main h2", { ...start, query });
const part = (page: Page) => page.getByRole("region", { name: "This computer", exact: true });
const toggle = (page: Page, name: string) => part(page).getByRole("switch", { name });
const keys = (page: Page, name: string) => part(page).getByRole("radio", { name, exact: true });
const asked = (page: Page) => page.evaluate(() => window.scene.desktop.asked());

test("a plain browser, whose window is not ours, is not spoken of", async () => {
  const page = await openSettings("");
  await page.getByRole("heading", { name: "About Twofold" }).waitFor();
  expect(await part(page).count()).toBe(0);
});

test.each([
  { system: "linux", has: [], lacks: ["Stay out of pictures"], says: "Some Linux desktops" },
  { system: "macos", has: ["Stay out of pictures"], lacks: [], says: "Asks macOS to leave" },
  { system: "windows", has: ["Stay out of pictures"], lacks: [], says: "Asks Windows to leave" },
])("$system shows what it can do, in its own words, and nothing else", async (system) => {
  const page = await openSettings(`?computer=${system.system}`);
  await toggle(page, "Say when something new is there").waitFor();
  for (const name of system.has) expect(await toggle(page, name).count()).toBe(1);
  for (const name of system.lacks) expect(await toggle(page, name).count()).toBe(0);
  await part(page).getByText(system.says).first().waitFor();
  expect(await violations(page)).toEqual([]);
});

test("everything is off until somebody chooses it, and is chosen by keyboard", async () => {
  const page = await openSettings("?computer=linux");
  const names = [
    "Say when something new is there",
    "A small icon in the tray",
    "Open when you log in",
    "Start minimised",
  ];
  for (const name of names) {
    expect(await toggle(page, name).isChecked()).toBe(false);
    await toggle(page, name).press(" ");
    await part(page).locator("label.toggle[data-selected]", { hasText: name }).waitFor();
  }
  expect(await keys(page, "No keys").isChecked()).toBe(true);
  await keys(page, "No keys").press("ArrowDown");
  await part(page).locator("label[data-selected]", { hasText: "Ctrl + Shift + Space" }).waitFor();
});

test("that closing only puts it away can be chosen with a tray alone", async () => {
  const page = await openSettings("?computer=macos");
  const stays = toggle(page, "Keep running when the window is closed");
  await toggle(page, "A small icon in the menu bar").waitFor();
  expect(await stays.count()).toBe(0);
  await toggle(page, "A small icon in the menu bar").press(" ");
  await stays.waitFor();
  await part(page).getByText("locks Twofold and leaves it in the menu bar").waitFor();
  await toggle(page, "A small icon in the menu bar").press(" ");
  await stays.waitFor({ state: "detached" });
});

test("keys that another program has are said to be taken, and the ones before stay chosen", async () => {
  const page = await openSettings("?computer=windows-taken");
  await part(page).getByRole("status").getByText("Another program has these keys").waitFor();
  await keys(page, "Ctrl + Shift + Space").press("ArrowDown");
  await part(page).getByRole("alert").getByText("Another program has these keys").waitFor();
  expect(await keys(page, "Ctrl + Shift + Space").isChecked()).toBe(true);
  expect(await violations(page)).toEqual([]);
});

test("at 360 px and with text twice as large nothing of it is cut off", async () => {
  const page = await openSettings("?computer=windows-taken", { width: 360, text: 2 });
  await toggle(page, "Start minimised").waitFor();
  const wider = await part(page).evaluate((region) =>
    [region, ...region.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.textContent),
  );
  expect(wider).toEqual([]);
});

test("stepping out by keys of the whole system leaves the blank sheet, as Esc Esc does", async () => {
  const page = await openSettings("?computer=linux");
  await page.evaluate(() => window.scene.desktop.stepOut());
  expect(await page.title()).toBe("Notes");
  await page.getByRole("button", { name: "Come back" }).waitFor();
  await page.waitForFunction(() => window.scene.journal.locked());
  expect(await page.getByRole("heading", { name: "Settings" }).count()).toBe(0);
});

test("a notice is asked for when something of the partner's comes, and not on a day that was enough", async () => {
  const page = await openSettings("?computer=linux");
  expect(await asked(page)).toBe(0);
  const arrive = (hidden: number) =>
    page.evaluate((left) => {
      const { cards } = window.scene.journal as unknown as {
        readonly cards: {
          readonly read: () => readonly { readonly author: string }[];
          readonly set: (cards: readonly unknown[]) => void;
        };
      };
      const all = cards.read();
      const theirs = all.filter(({ author }) => author === "partner").slice(0, left);
      cards.set(all.filter((card) => !theirs.includes(card)));
      cards.set(all);
    }, hidden);
  await arrive(3);
  expect(await asked(page)).toBe(1);
  await page.evaluate(() => window.scene.journal.set.enough(true));
  await arrive(1);
  expect(await asked(page)).toBe(1);
});
