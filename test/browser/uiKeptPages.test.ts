import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useScreens } from "../ui/useScreens.ts";

/** Tests share a page one after the other; what one leaves, the next must not see. */

const screens = useScreens();
const heard: string[] = [];
const used = new Set<Page>();

test("a test that leaves something everywhere", async () => {
  const page = await screens.openJournal({ dark: true, width: 360 });
  used.add(page);
  page.on("console", (message) => heard.push(message.text()));
  page.setDefaultTimeout(5);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(async () => {
    Object.assign(window, { left: true });
    window.name = "left";
    localStorage.setItem("left", "yes");
    sessionStorage.setItem("left", "yes");
    document.cookie = "left=yes";
    await (await navigator.storage.getDirectory()).getFileHandle("left", { create: true });
    await (await caches.open("left")).put("/left", new Response("left"));
    await new Promise((opened) => indexedDB.open("left").addEventListener("success", opened));
    document.body.addEventListener("click", () => console.log("left"));
    history.pushState("left", "", "#/left");
    setInterval(() => console.log("left"), 1);
    await document.fonts.ready;
  });
  await page.keyboard.down("Shift");
  await page.mouse.move(100, 100);
});

test("and the one after it, in the same page, where nothing of that is left", async () => {
  const page = await screens.open();
  used.add(page);
  expect(used.size).toBe(1);
  heard.length = 0;
  await page.locator("form input:focus").waitFor();
  const found = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const seen: unknown[] = [];
    document.addEventListener("keydown", ({ shiftKey }) => seen.push(shiftKey));
    Object.assign(window, { seen });
    return {
      before: "left" in window,
      name: window.name,
      kept: localStorage.length + sessionStorage.length + document.cookie.length,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      file: await root.getFileHandle("left").then(
        () => true,
        () => false,
      ),
      state: history.state as unknown,
      way: [history.length, location.hash],
      looks: [
        innerWidth,
        matchMedia("(prefers-color-scheme: dark)").matches,
        matchMedia("print").matches,
      ],
      under: document.querySelectorAll("body :hover").length,
      focus: document.activeElement?.localName,
      journal: window.scene.journal.locked(),
    };
  });
  expect(found).toEqual({
    before: false,
    name: "",
    kept: 0,
    databases: [],
    caches: [],
    file: false,
    state: null,
    way: [2, ""],
    looks: [1280, false, false],
    under: 0,
    focus: "input",
    journal: false,
  });
  await page.keyboard.press("a");
  expect(await page.evaluate(() => (window as unknown as { seen: boolean[] }).seen)).toEqual([
    false,
  ]);
  expect(heard).toEqual([]);
});

test("what would stay with the page is refused there", async () => {
  const page = await screens.open();
  expect(used.has(page)).toBe(true);
  const stays = "stays for the tests that follow";
  expect(() => page.addInitScript("")).toThrow(stays);
  expect(() => page.clock.install()).toThrow(stays);
  expect(() => page.context().grantPermissions([])).toThrow(stays);
});
