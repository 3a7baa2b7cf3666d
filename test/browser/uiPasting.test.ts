import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useScreens } from "../ui/useScreens.ts";

const clipboard = (name: string): string =>
  readFileSync(join(import.meta.dirname, "data", `${name}.html.txt`), "utf8");
const draft = (1).toString(16).padStart(32, "0");

const screens = useScreens({ height: 720, moves: true });

const openEmptyPage = async (): Promise<Page> => {
  const page = await screens.openAt(`/journal/${draft}`, ".writing");
  await page.locator(".writing").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  return page;
};

type Clip = { readonly html?: string; readonly text?: string; readonly file?: string };

/** Returns how long the page was busy with it until it was drawn, ms. */
const paste = (page: Page, clip: Clip): Promise<number> =>
  page.evaluate(async ({ html, text, file }) => {
    const data = new DataTransfer();
    if (html !== undefined) data.setData("text/html", html);
    if (text !== undefined) data.setData("text/plain", text);
    if (file !== undefined) data.items.add(new File([new Uint8Array(64)], "it", { type: file }));
    const from = performance.now();
    document
      .querySelector(".writing")
      ?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    await new Promise(requestAnimationFrame);
    return performance.now() - from;
  }, clip);

const shown = async (page: Page): Promise<string> =>
  (await page.locator(".writing").innerHTML())
    .replaceAll(/<br[^>]*ProseMirror[^>]*>/g, "")
    .replaceAll(' dir="auto"', "");
const note = (page: Page) => page.locator(".pasted-note").innerText();

test("a letter from a text processor keeps its words, its lists and what is bold, and nothing that was taken out", async () => {
  const page = await openEmptyPage();
  await paste(page, { html: clipboard("wordLetter") });
  const html = await shown(page);
  expect(html).toContain("<h2>What I want to say</h2>");
  expect(html).toContain(
    "<p>I said “it was nothing” – it wasn’t. <strong>I lied to you</strong>, and I <em>knew</em> it.</p>",
  );
  expect(html).toMatch(
    /<p>On Tuesday\s+I stayed the night\. See <a href="[^"]+">this page<\/a> and above\.<\/p>/,
  );
  expect(html).toContain(
    "<ul><li><p>where I was</p><ul><li><p>and with whom</p></li></ul></li><li><p>what I told you</p></li></ul>" +
      "<ol><li><p>I write it down</p></li><li><p>I read it to you</p></li></ol>",
  );
  expect(html).toContain("<p>أنا آسف لما حدث</p><p>And still 🫶🏽 I am here.</p>");
  expect(html).toMatch(/<p>The end\.<\/p>$/);
  expect(html).not.toMatch(
    /only stayed|\[SN1\]|Do I have to|hidden field|mso|·|<p>(\s|&nbsp;)*<\/p>/i,
  );
  expect(await note(page)).toBe(
    "The words were taken. A picture can be put in by itself: copy it alone, or choose it under Photos.",
  );
});

test("words from the web come without scripts, frames, hidden lines and signs that call home", async () => {
  const page = await openEmptyPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  page.on("console", (said) => complaints.push(said.text()));
  await paste(page, { html: clipboard("webArticle") });
  const html = await shown(page);
  expect(html).toContain("<h2>Ten questions</h2>");
  expect(html).toContain("first 🙂, then this.");
  expect(html).toContain('<a href="https://example.org/a?utm_source=mail">the first part</a>');
  expect(html).toContain("two (or three)");
  expect(html).toContain("<p>plain and <em>leaning</em> and <strong>heavy</strong></p>");
  expect(html).not.toMatch(/Subscribe|Copy icon|a frame|<img|target=|onclick|javascript:|style=/);
  expect(await note(page)).toBe("");
  expect(asked.filter((origin) => origin !== screens.origin())).toEqual([]);
  expect([complaints, await page.evaluate(() => "ran" in window)]).toEqual([[], false]);
});

test("a picture that did not come along, or is none, is said and not passed over; the next words clear it", async () => {
  const page = await openEmptyPage();
  await paste(page, { file: "image/png" });
  await page.getByText("One file is not a picture that Twofold can read").waitFor();
  await paste(page, { html: '<img src="https://example.org/us.jpg" alt="us" width="400">' });
  expect(await note(page)).toBe(
    "The picture itself did not come along. Save it as a file, then choose it under Photos.",
  );
  await paste(page, { file: "application/pdf" });
  await page.getByText("Of files, only pictures can be put in here.").waitFor();
  expect(await page.locator(".writing").innerText()).toBe("\n");
  // Some programs put a picture of the words beside the words.
  await paste(page, { html: "<p>only words</p>", text: "only words", file: "image/png" });
  expect(await shown(page)).toBe("<p>only words</p>");
  expect(await note(page)).toBe("");
});

test("each line finds its own direction, while it is written and in the preview", async () => {
  const page = await openEmptyPage();
  await paste(page, { html: "<p>شكرا لك</p><p>thank you</p><ul><li>نعم</li></ul><p>👩‍❤️‍👨 ok</p>" });
  await page.getByRole("button", { name: "Share…" }).click();
  const lines = page.getByRole("dialog").locator(".words > *");
  await lines.first().waitFor();
  expect(
    await lines.evaluateAll((all) =>
      all.map((line) => [line.tagName, getComputedStyle(line).direction]),
    ),
  ).toEqual([
    ["P", "rtl"],
    ["P", "ltr"],
    ["UL", "rtl"],
    ["P", "ltr"],
  ]);
});

test("a very long letter is taken in whole, and the page answers as before", async () => {
  const page = await openEmptyPage();
  const line = `<p class=MsoNormal style='mso-margin-top-alt:auto'><b style='mso-bidi-font-weight:normal'>I know</b> ${"it was a long time. ".repeat(25)}<o:p></o:p></p>\n`;
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>${line.repeat(300)}</body></html>`;
  expect(html.length).toBeGreaterThan(150_000);
  const took = await paste(page, { html });
  expect((await page.locator(".writing").innerText()).length).toBeGreaterThan(150_000);
  expect(took).toBeLessThan(8_000);
  const key = await page.evaluate(async () => {
    const writing = document.querySelector(".writing");
    const from = performance.now();
    document.execCommand("insertText", false, "!");
    await new Promise(requestAnimationFrame);
    return [performance.now() - from, writing?.textContent.endsWith("!") === true] as const;
  });
  expect(key[1]).toBe(true);
  expect(key[0]).toBeLessThan(1_000);
});
