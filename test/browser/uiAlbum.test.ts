import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { violations } from "../support/axe.ts";
import { looks } from "../ui/looks.ts";
import { withPhotos } from "../ui/scenePhotos.ts";
import { pageAt } from "../ui/scenes.ts";
import { go, unlock, untilWriting, useScreens } from "../ui/useScreens.ts";
import { file, paint } from "./photoKit.ts";

const screens = useScreens({ height: 720, british: true });

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const memory = (number: number) => `/us/album/${pageAt(number)}`;
const hill = "The hill behind the house, a little after six.";

/** What the partner's Twofold sends, or one that was changed. */
const fromSam = (page: Page, card: Partial<Card>): Promise<PageId> =>
  page.evaluate((said) => window.scene.journal.set.says({ kind: "memory", ...said }), card);

const over = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A sheet that closes gives it back a moment later. */
const untilFocused = (wanted: Locator) =>
  expect.poll(() => wanted.evaluate((one) => one === document.activeElement)).toBe(true);

const rightToLeft = { name: "narrow, from right to left", width: 360, direction: "rtl" } as const;

test.each([...looks, rightToLeft])(
  "the album, a page of it and one that is written are in order: $name",
  async (look) => {
    const page = await screens.openAt("/us/album", ".memory", look);
    if ("direction" in look)
      await page.evaluate((dir) => (document.documentElement.dir = dir), look.direction);
    await withPhotos(460)(page);
    await fromSam(page, { title: "longword".repeat(20), excerpt: "wordlong".repeat(20) });
    await page.getByText(/^longwordlongword/).waitFor();
    const wrong: Record<string, readonly string[]> = {};
    const see = async (name: string) => {
      const found = [...(await violations(page))];
      const sheet = page.getByRole("dialog");
      const about = (await sheet.count()) > 0 ? sheet : page.getByRole("main");
      if ((await about.locator(".btn.primary:visible").count()) > 1) found.push("two primary ones");
      if ((await over(page)) > 0) found.push("wider than the screen");
      if (found.length > 0) wrong[name] = found;
    };
    await see("the album");
    await go(page, memory(460), ".photo-frame img");
    await see("a page with a photo");
    await go(page, memory(461), ".letter .words");
    await button(page, "Withdraw…").press("Enter");
    await page.getByRole("alertdialog").waitFor();
    await see("before it is taken back");
    await page.keyboard.press("Escape");
    await go(page, memory(464), ".writing");
    await see("one that is written");
    await button(page, "Put it into the album…").press("Enter");
    await page.locator(".preview").waitFor();
    await see("before it is shared");
    expect(wrong).toEqual({});
  },
);

test("a photo and words are laid into the album, opened and taken back by the keyboard", async () => {
  const page = await screens.openAt("/us/album", ".memory");
  await button(page, "Add a page").press("Enter");
  await page.locator(".writing").waitFor();
  await page.getByLabel("Title").fill("The first snow");
  await page.locator(".writing").focus();
  await untilWriting(page);
  await page.keyboard.type("We left the dishes.");
  const picture = file(await paint(page, 300, 200));
  const choosing = page.waitForEvent("filechooser");
  await button(page, "Photos").press("Enter");
  await (await choosing).setFiles([picture]);
  await page.locator(".writing .photo-frame img").waitFor();
  await button(page, "What does it show?").press("Enter");
  await page.getByRole("dialog").getByLabel("What does it show?").fill("Two pairs of boots");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByLabel("The day it is of").fill("2026-11-20");
  const shared = () =>
    page.evaluate(
      () =>
        window.scene.journal.cards
          .read()
          .filter(({ title, place }) => title === "The first snow" && place === "shared").length,
    );
  const open = button(page, "Put it into the album…");
  await open.press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.getByText("Friday 20 November").waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await untilFocused(open);
  expect(await shared()).toBe(0);
  await open.press("Enter");
  await sheet.getByRole("button", { name: "Share with Sam" }).press("Enter");
  await page.getByRole("heading", { name: "The first snow", level: 1 }).waitFor();
  expect(await shared()).toBe(1);

  await go(page, "/us/album", ".memory");
  const tile = page.getByRole("link", { name: /The first snow/ });
  await tile.getByRole("img", { name: "Two pairs of boots" }).waitFor();
  await tile.press("Enter");
  await page.getByText("We left the dishes.").waitFor();
  const away = button(page, "Withdraw…");
  await away.press("Enter");
  await button(page, "Leave them").press("Enter");
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  await untilFocused(away);
  await away.press("Enter");
  await button(page, "Withdraw them").press("Enter");
  await page.locator(".withdrawn").waitFor();
  expect(await page.evaluate(() => document.activeElement?.className)).toContain("withdrawn");
  expect(await page.getByRole("main").innerText()).not.toMatch(/dishes|boots|first snow/);
  await go(page, "/us/album", ".memory");
  expect(await page.getByText("The first snow").count()).toBe(0);
});

test("what lies in the album comes to nobody by itself, not even a year later to the day", async () => {
  const page = await screens.openAt("/us/album", ".memory");
  await withPhotos(460)(page);
  const words = "Snow a year ago";
  for (const day of ["2025-11-21", "2026-11-21"])
    await fromSam(page, {
      title: words,
      hasPhotos: true,
      said: { kind: "memory", day: day as Day },
    });
  await page.getByText(words).first().waitFor();
  const kept = await page.evaluate(() =>
    window.scene.journal.cards
      .read()
      .filter(({ kind, place }) => kind === "memory" && place === "shared")
      .map(({ title, excerpt }) => (title === "" ? excerpt : title)),
  );
  expect(kept.length).toBeGreaterThan(4);
  const seen: Record<string, readonly string[]> = {};
  for (const [place, ready] of [
    ["/today", ".today"],
    ["/journal", ".line"],
    ["/us", "#thanks"],
    ["/us/together", ".line"],
    ["/letters", ".line"],
    ["/timeline", ".mark-line"],
  ] as const) {
    await go(page, place, ready);
    const stands = await page.locator("body").innerText();
    const found = kept.filter((one) => stands.includes(one.slice(0, 40)));
    // "The sea" of the album lies within "The sea, for a day", which is no page of it.
    const of = found.filter((one) => one !== "The sea");
    if (of.length > 0 || (await page.locator("main img").count()) > 0) seen[place] = of;
  }
  expect(seen).toEqual({});
});

test("each photo is said in words: those that were written about it, or that there are none", async () => {
  const page = await screens.openAt("/us/album", ".memory");
  await withPhotos(460)(page);
  const tile = page.getByRole("link", { name: /The hill, after the rain/ });
  await tile.getByRole("img", { name: hill }).waitFor();
  await tile.press("Enter");
  const larger = button(page, `Photo: ${hill}. Look at it larger`);
  await larger.press("Enter");
  await page.getByRole("dialog").getByRole("img", { name: hill }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await untilFocused(larger);
  await page.getByText(/^This photo has not come yet/).waitFor();

  const wordless = await fromSam(page, { title: "No words", hasPhotos: true });
  const picture = await paint(page, 400, 300);
  await page.evaluate(
    ([to, letters]) => {
      const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
      return window.scene.addPhotos(to, [{ bytes, width: 400, height: 300, type: "image/jpeg" }]);
    },
    [wordless, picture.toString("base64")] as const,
  );
  await go(page, "/us/album", ".memory");
  await page
    .getByRole("link", { name: /No words/ })
    .getByRole("img", { name: "A photo, without words about it." })
    .waitFor();
});

test("a page that the partner takes back while it is open leaves its trace, and the album has it no more", async () => {
  const page = await screens.openAt(memory(460), ".letter .words");
  expect(await button(page, "Withdraw…").count()).toBe(0);
  await page.evaluate((id) => window.scene.journal.withdraw(id), pageAt(460));
  await page.locator(".withdrawn").waitFor();
  expect(await page.getByRole("main").innerText()).not.toMatch(/hill|silence/);
  await go(page, "/us/album", ".memory");
  expect(await page.getByText("The hill, after the rain").count()).toBe(0);
});

test("whatever the partner's Twofold calls a memory, its words are words and it lies there once they are shared", async () => {
  const page = await screens.openAt("/us/album", ".memory");
  const title = "<img src=x onerror=alert(1)>";
  await fromSam(page, { title, said: { kind: "memory", day: "9999-99-99" as Day } });
  await fromSam(page, { title: "Not sent", place: "room" });
  await page.getByText(title, { exact: true }).waitFor();
  expect(await page.locator("main img").count()).toBe(0);
  expect(await page.getByText("Not sent").count()).toBe(0);
});

test("a lock right behind the last letter keeps the words, the title and the day", async () => {
  const page = await screens.openAt(memory(464), ".writing");
  await page.locator(".writing").focus();
  await untilWriting(page);
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" And you won.");
  await page.getByLabel("The day it is of").fill("2026-11-16");
  await page.getByLabel("Title").fill("Monday evening");
  await button(page, "Lock").press("Enter");
  await page.getByLabel("Passphrase", { exact: true }).waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/won|cards|Monday/);
  await unlock(page);
  await go(page, memory(464), ".writing");
  await page.getByText("We played cards until eleven. And you won.").waitFor();
  expect(await page.getByLabel("Title").inputValue()).toBe("Monday evening");
  expect(await page.getByLabel("The day it is of").inputValue()).toBe("2026-11-16");
});

test("no screen broke, and the policy refused nothing that one wanted", () => {
  expect(screens.complaints).toEqual([]);
});
