import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens({ height: 720, moves: true });
const { openAt: openJournal } = screens;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const words = (page: Page) => page.getByRole("textbox", { name: "Your words" });

/** Time from a key to what it shows, ms, measured in the page. */
const stepOutTime = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const press = () =>
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    press();
    const from = performance.now();
    press();
    while (document.querySelector(".blank") === null) await new Promise(requestAnimationFrame);
    return performance.now() - from;
  });

test("Esc Esc leaves a blank sheet within 300 ms, locks, hides, and leaves a neutral title and address", async () => {
  const page = await openJournal(`/questions/${id(10)}`, ".letter .words");
  expect(await page.title()).toBe("Twofold");
  expect(await stepOutTime(page)).toBeLessThan(300);
  expect(await page.title()).toBe("Notes");
  expect(
    await page.evaluate(() => [
      location.hash,
      window.scene.journal.locked(),
      window.scene.hidden(),
    ]),
  ).toEqual(["#/", true, 1]);
  expect(await page.locator("body").innerText()).not.toMatch(/Sam|March|Twofold|question/i);
  await button(page, "Come back").click();
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
  expect(await page.title()).toBe("Twofold");
});

test("Esc Esc works in the editor and over a dialog, where a single Esc only closes the dialog", async () => {
  const page = await openJournal(`/journal/${id(1)}`, ".writing");
  await button(page, "Share…").click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await words(page).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await button(page, "Come back").waitFor();
  expect(await page.locator("[role=dialog]").count()).toBe(0);

  const other = await openJournal(`/journal/${id(1)}`, ".writing");
  await button(other, "Share…").click();
  await other.getByRole("dialog").getByRole("button", { name: "Step out" }).click();
  await button(other, "Come back").waitFor();
});

test("Esc Esc steps out from writing with nothing around as well, where a single Esc brings everything back", async () => {
  const page = await openJournal(`/journal/${id(1)}`, ".writing");
  const tools = page.getByRole("toolbar");
  await button(page, "Write with nothing around").click();
  await tools.waitFor({ state: "hidden" });
  expect(await page.locator(".nav").isVisible()).toBe(false);
  expect(await page.locator(".saved").isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: /^Step out/ }).isVisible()).toBe(true);
  await words(page).click();
  await page.keyboard.press("Escape");
  await tools.waitFor();
  await page.keyboard.press("Control+Shift+f");
  await tools.waitFor({ state: "hidden" });
  // A key between the two: it is the next two that belong together.
  await page.keyboard.type("x");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await button(page, "Come back").click();
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset["writing"])).toBe(undefined);
});

test("what is written is kept, undone and done again, and opening a page alone changes nothing", async () => {
  const page = await openJournal(`/journal/${id(1)}`, ".writing");
  await page.getByText("Kept on this computer only.").waitFor();
  await words(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" And more.");
  await page.getByText("Saved on this computer").waitFor();
  await page.keyboard.press("Control+z");
  expect(await words(page).innerText()).not.toContain("And more.");
  await page.keyboard.press("Control+Shift+z");
  expect(await words(page).innerText()).toContain("And more.");
});

test("pasted pages lose their pictures, scripts and styles and keep their words; nothing is fetched", async () => {
  const page = await openJournal(`/journal/${id(1)}`, ".writing");
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("console", (said) => complaints.push(said.text()));
  page.on("request", (request) => asked.push(request.url()));
  await words(page).click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData(
      "text/html",
      `<h1 style="color:red">Big</h1><p>kept <a href="https://example.org/a">there</a><img src="https://example.org/spy.png"></p>
       <script>window.ran = 1</script><table><tr><td>cell</td></tr></table><p><a href="javascript:window.ran=1">bad</a></p>
       <style>p { color: red }</style><b style="font-weight:normal"><p><span style="font-weight:700">heavy</span> and light</p></b>`,
    );
    document
      .querySelector(".writing")
      ?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
  });
  await words(page).getByText("kept").waitFor();
  const html = await words(page).innerHTML();
  expect(html).toContain("cell");
  expect(html).toContain("<p><strong>heavy</strong> and light</p>");
  expect(html).not.toMatch(/<img(?! class="ProseMirror)|<script|<table|style=|javascript:/);
  await words(page).locator("a").first().click();
  expect(page.url()).toContain(screens.origin());
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(asked).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a failed save says what is safe, and “Saved” is not said", async () => {
  const page = await openJournal(`/journal/${id(1)}`, ".writing");
  await page.evaluate(() => window.scene.journal.set.saved({ state: "failed", code: "DISK_FULL" }));
  await page.getByRole("alert").getByText("They are still on this screen").waitFor();
  expect(await page.getByText("Saved on this computer").count()).toBe(0);
});

test("nothing is shared without the preview, which shows the very words", async () => {
  const page = await openJournal(`/journal/${id(1)}`, ".writing");
  await button(page, "Share…").click();
  const preview = page.getByRole("dialog");
  await preview.getByText("When you came in, I was glad").waitFor();
  await preview.getByText("Unsharing cannot undo that.").waitFor();
  await preview.getByRole("button", { name: "Share with Sam" }).click();
  await page.getByText("This entry is shared with Sam").waitFor();
});

test("a closed answer shows no word of itself until its reader opens it", async () => {
  const page = await openJournal(`/questions/${id(13)}`, ".closed");
  expect(await page.locator("body").innerText()).not.toContain("sitting in the car");
  await button(page, "Open now").click();
  await page.getByText("I am sitting in the car.").waitFor();
});

test("asked again, the answerer is offered words to begin with, and sends them closed", async () => {
  const page = await openJournal(`/questions/${id(20)}`, ".letter");
  await button(page, "Write an answer").click();
  await button(page, "I know it still hurts. I’ll answer again.").click();
  await page
    .getByRole("textbox", { name: "Your answer" })
    .getByText("I know it still hurts")
    .waitFor();
  await button(page, "Send to Sam…").click();
  await page.getByRole("dialog").getByText("It arrives closed.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Send to Sam" }).click();
  await page.getByText("You answered · today").waitFor();
});

test("no address of a page stays where a browser would write it into its history", async () => {
  const page = await openJournal(`/questions/${id(10)}`, ".letter .words");
  await page.getByRole("link", { name: "My room" }).click();
  await page.getByRole("heading", { name: "My room", exact: true }).waitFor();
  const shown = await page.evaluate(() => [location.hash, history.length]);
  await page.getByRole("link", { name: "Journal" }).first().click();
  await page.locator(".line").first().waitFor();
  expect(await page.evaluate(() => [location.hash, history.length])).toEqual(shown);
  expect(shown[0]).toBe("#/");
});

test("the focus goes to a new screen's heading, and the skip link to the page", async () => {
  const page = await openJournal("/journal", ".line");
  await page.getByRole("link", { name: "Questions" }).click();
  await page.getByRole("heading", { name: "Questions" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Questions");
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("page");
  expect(await page.getByRole("heading", { name: "Questions" }).isVisible()).toBe(true);
});

test("left alone it locks after two minutes, and what is typed keeps it open", async () => {
  const page = await screens.openAlone("/journal", "h1", {}, (made) => made.clock.install());
  await page.clock.fastForward("01:30");
  await page.keyboard.press("Tab");
  await page.clock.fastForward("01:30");
  expect(await page.evaluate(() => window.scene.journal.locked())).toBe(false);
  await page.clock.fastForward("00:31");
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
  expect(await page.evaluate(() => window.scene.journal.locked())).toBe(true);
});

test("while the other is awaited with an invitation it stays open for ten minutes, and then locks as always", async () => {
  const page = await screens.openAlone("/pair", ".two-ways", { query: "?partner=none" }, (made) =>
    made.clock.install(),
  );
  await button(page, "Make an invitation").click();
  await page.locator(".qr").waitFor();
  await page.clock.fastForward("09:30");
  await page.locator(".qr").waitFor();
  await page.clock.fastForward("00:31");
  await page.clock.fastForward("02:01");
  await page.getByRole("heading", { name: "Your journal is locked" }).waitFor();
});
