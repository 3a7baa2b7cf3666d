import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { pageAt } from "../ui/scenes.ts";
import { useScreens } from "../ui/useScreens.ts";
import { violations } from "../support/axe.ts";

const screens = useScreens({ width: 1100 });

/** More stops than any of these screens has. */
const mostStops = 60;
const tabTo = async (page: Page, wanted: Locator): Promise<void> => {
  await wanted.waitFor();
  for (let stops = 0; stops < mostStops; stops++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${String(wanted)}`);
};
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const pressKey = async (page: Page, name: string | RegExp): Promise<void> => {
  await tabTo(page, button(page, name).first());
  await page.keyboard.press("Enter");
};
/** What has the focus, in words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    return at === document.body
      ? "nothing"
      : (at?.getAttribute("aria-label") ?? at?.textContent ?? "").trim();
  });

test("without a mouse: a day is chosen in the calendar, and the focus stands on its entry", async () => {
  const page = await screens.openAt("/journal", ".line");
  await pressKey(page, "Jump to a date");
  await tabTo(page, page.locator(".calendar td [tabindex='0']"));
  // The 21st is the newest entry's; two rows up is the 7th.
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toContain("Slept five hours");
  expect(await page.locator(".calendar").count()).toBe(0);
});

test("without a mouse: the list is narrowed and widened again, and the focus is never lost", async () => {
  const page = await screens.openAt("/journal", ".line");
  await pressKey(page, "Narrow it down");
  await tabTo(page, page.getByLabel("Whose", { exact: true }));
  await page.keyboard.type("Min");
  await tabTo(page, page.getByLabel("Tag", { exact: true }));
  await page.keyboard.type("canal");
  const chips = page.getByRole("grid", { name: "What the list is narrowed to" });
  await expect.poll(() => chips.getByRole("row").count()).toBe(2);
  await tabTo(page, chips.getByRole("row").first());
  await page.keyboard.press("Delete");
  await expect.poll(() => chips.getByRole("row").count()).toBe(1);
  await expect.poll(() => focused(page)).toContain("canal");
  await page.keyboard.press("Delete");
  await expect.poll(() => chips.count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("Narrow it down");
});

test("without a mouse: a list of things to do is written, ticked and left", async () => {
  const page = await screens.openAt("/journal", ".line");
  await pressKey(page, "Write an entry");
  await page.locator(".writing:focus").waitFor();
  await page.keyboard.type("[ ] Call the landlord");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Sleep");
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(() =>
      page.getByRole("checkbox").evaluateAll((all) => all.map((box) => box.matches(":checked"))),
    )
    .toEqual([false, true]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("---");
  await page.locator(".writing hr").waitFor();
  await page.keyboard.type("And this.");
  await expect.poll(() => page.locator(".writing > p").last().textContent()).toBe("And this.");
});

test("without a mouse: an entry goes into the trash, is read there, and is deleted for good or put back", async () => {
  const page = await screens.openAt(`/journal/${pageAt(82)}`, ".writing");
  await pressKey(page, "Put in the trash");
  await expect.poll(() => focused(page)).toBe("Put it back");
  await tabTo(page, page.getByRole("link", { name: "Trash", exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: /A letter I will not send/ }));
  await page.keyboard.press("Enter");
  await pressKey(page, "Delete for good…");
  const asked = page.getByRole("alertdialog", { name: "Delete this entry for good?" });
  await asked.waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await asked.waitFor({ state: "detached" });
  expect(await focused(page)).toBe("Delete for good…");
  await page.keyboard.press("Enter");
  await asked.waitFor();
  await tabTo(page, asked.getByRole("button", { name: "Delete for good", exact: true }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Trash", level: 1 }).waitFor();
  await expect.poll(() => focused(page)).toBe("Trash");
  expect(await page.getByText("A letter I will not send").count()).toBe(0);
  await tabTo(page, page.getByRole("link", { name: /Before the year ends/ }));
  await page.keyboard.press("Enter");
  await pressKey(page, "Put it back");
  await expect.poll(() => focused(page)).not.toBe("nothing");
});

test("without a mouse: the words for a search are chosen from, and an entry is gone to by its title", async () => {
  const page = await screens.openAt("/journal", ".line");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.locator(".palette-item[data-focused]").textContent()).toBe("Today");
  await page.keyboard.type("phones");
  await expect
    .poll(() => page.locator(".palette-item[data-focused]").textContent())
    .toContain("Sunday, without phones");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sunday, without phones" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Sunday, without phones");
});

test("a title that is longer than the window is wide is read whole, and stays one line", async () => {
  const page = await screens.openAt(`/journal/${pageAt(82)}`, ".writing", { width: 360 });
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill("What I would have said on the way home\nif you had asked");
  expect(await title.inputValue()).toBe("What I would have said on the way home if you had asked");
  const hidden = () => title.evaluate((box) => box.scrollHeight - box.clientHeight);
  // A pixel may go in rounding; a line that is out of sight is many.
  await expect.poll(hidden).toBeLessThan(4);
  expect(await title.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  await title.press("Enter");
  expect(await title.inputValue()).not.toContain("\n");
});

test("nothing complained meanwhile", () => {
  expect(screens.complaints).toEqual([]);
});
