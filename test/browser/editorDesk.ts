import type { Page } from "playwright-core";
import type { Piece, Words } from "../../shared/page/pieces.ts";
import { writingPath } from "../ui/serve.ts";
import { sharedDesk } from "../ui/sharedDesk.ts";

/**
 * The editor by itself in a real Chromium (test/ui/writingPage.tsx, which puts `desk` on the window): a page with
 * these words, the cursor behind them.
 */
export const openPage = async (pieces: readonly Piece[] = []): Promise<Page> => {
  const { origin, pages } = await sharedDesk();
  const page = await pages.open(`${origin}${writingPath}`, { height: 720, moves: true });
  await page.waitForFunction(() => "desk" in window);
  await showPage(page, "one", pieces);
  return page;
};

/** One after the other at the same desk: another page takes the place of the one on the screen. */
export const showPage = async (
  page: Page,
  name: string,
  pieces: readonly Piece[] = [],
): Promise<void> => {
  await page.evaluate(([to, words]) => window.desk.open(to, words), [name, pieces] as const);
  await page.locator(".writing").waitFor();
  await page.locator(".writing").click();
  await page.keyboard.press("Control+End");
};

export const readPage = (page: Page, name?: string): Promise<readonly Piece[]> =>
  page.evaluate((of) => window.desk.read(of), name);

export const words = (text: string, address?: string): Words => ({
  kind: "words",
  text,
  bold: false,
  italic: false,
  address,
});

export const said = (text: string, address?: string): Piece => ({
  kind: "paragraph",
  inside: [words(text, address)],
});

export const photo = (said: string): Piece => ({
  kind: "photo",
  photo: {
    key: "k".repeat(43),
    chunks: ["c".repeat(43) as never],
    size: 9,
    width: 4,
    height: 3,
    type: "image/png",
    words: said,
  },
});

/** What a browser would put on the clipboard when all of the page is cut. */
export const cutAll = (page: Page): Promise<{ readonly html: string; readonly text: string }> =>
  page.evaluate(() => {
    const data = new DataTransfer();
    const writing = document.querySelector(".writing");
    if (writing === null) throw new Error("no editor");
    document.getSelection()?.selectAllChildren(writing);
    document.dispatchEvent(new Event("selectionchange"));
    writing.dispatchEvent(
      new ClipboardEvent("cut", { clipboardData: data, bubbles: true, cancelable: true }),
    );
    return { html: data.getData("text/html"), text: data.getData("text/plain") };
  });

export const pasteHtml = (page: Page, html: string): Promise<void> =>
  page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/html", pasted);
    document
      .querySelector(".writing")
      ?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
  }, html);
