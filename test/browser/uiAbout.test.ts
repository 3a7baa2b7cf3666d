import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ british: true });

const openSettings = (updates: string, width = 1280): Promise<Page> =>
  screens.openAt("/settings", "main h2", { query: `?updates=${updates}`, width });
const part = (page: Page) => page.getByRole("region", { name: "Newer versions of Twofold" });
const press = async (page: Page, name: string): Promise<void> => {
  await part(page).getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
};
const says = (page: Page, words: string) => part(page).getByText(words).first().waitFor();
const asked = (page: Page) => page.evaluate(() => [...window.scene.updates.asked]);

test("a copy that knows no release address says so, and has nothing to press", async () => {
  const page = await openSettings("none");
  await says(page, "does not look for newer versions");
  expect(await part(page).getByRole("button").count()).toBe(0);
  expect(await part(page).getByRole("switch").count()).toBe(0);
});

test("who is asked stands there before anybody is asked, and opening the settings asks nobody", async () => {
  const page = await openSettings("newer");
  await says(page, "releases.example.org then sees this computer’s internet address");
  expect(await part(page).getByRole("switch").isChecked()).toBe(false);
  expect(await asked(page)).toEqual([]);
});

test("a newer version is looked for, fetched and installed, each only when it was pressed", async () => {
  const page = await openSettings("newer");
  await press(page, "Look for a newer version");
  await says(page, "There is a version 0.2.0, of 20 November 2026.");
  await says(page, "98 MB");
  expect(await asked(page)).toEqual(["look"]);
  expect(await violations(page)).toEqual([]);
  await press(page, "Fetch version 0.2.0");
  await says(page, "Version 0.2.0 is here, and is what was signed.");
  expect(await asked(page)).toEqual(["look", "bring"]);
  await press(page, "Install and open again");
  expect(await asked(page)).toEqual(["look", "bring", "install"]);
});

test("looking once a week is switched on by a person, with the keyboard", async () => {
  const page = await openSettings("newest");
  await part(page).getByRole("switch", { name: "Look once a week by itself" }).focus();
  await page.keyboard.press("Space");
  await page.waitForFunction(() => window.scene.updates.asked.length === 1);
  expect(await asked(page)).toEqual(["weekly true"]);
  await press(page, "Look for a newer version");
  await says(page, "This is the newest version.");
});

test("what is refused, and what this copy cannot do itself, is said with what to do", async () => {
  const refused = await openSettings("RELEASE_REFUSED", 360);
  await press(refused, "Look for a newer version");
  await says(refused, "It was not kept, and nothing was installed.");
  expect(await violations(refused)).toEqual([]);
  const system = await openSettings("system", 360);
  await press(system, "Look for a newer version");
  await says(system, "get the newer one the same way");
  expect(await part(system).getByRole("button").count()).toBe(1);
});

const list = [
  {
    name: "libsodium-sumo",
    version: "0.8.4",
    licence: "ISC",
    text: "Permission to use it.\n\nGiven.",
  },
  { name: "yjs", version: "13.6.33", licence: "MIT", text: "Permission is hereby granted." },
];

test("the licences are a link away from the settings, asked for only then, and open one by one", async () => {
  const requested: string[] = [];
  const page = await screens.openAlone("/settings", "main h2", { width: 360 }, async (fresh) => {
    await fresh.route("**/licences.json", (route) => route.fulfill({ json: list }));
    fresh.on("request", (request) => requested.push(new URL(request.url()).pathname));
  });
  expect(requested).not.toContain("/licences.json");
  await page.getByRole("link", { name: "What Twofold is made of, and its licences" }).click();
  await page.getByRole("heading", { level: 1, name: "What Twofold is made of" }).waitFor();
  await page.getByRole("button", { name: "yjs 13.6.33, MIT" }).waitFor();
  expect(requested.filter((path) => path === "/licences.json").length).toBeGreaterThan(0);
  await page.getByRole("button", { name: "libsodium-sumo 0.8.4, ISC" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Permission to use it.").waitFor();
  expect(await page.getByText("Permission is hereby granted.").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("where the list is not part of the copy, that is said", async () => {
  const page = await screens.openAlone("/about/licences", "main h1", {}, async (fresh) => {
    await fresh.route("**/licences.json", (route) => route.fulfill({ status: 404, body: "" }));
  });
  await page.getByText("The list is not part of this copy of Twofold.").waitFor();
});
