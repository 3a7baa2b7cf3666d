import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useScreens } from "../ui/useScreens.ts";

const draft = (1).toString(16).padStart(32, "0");
const screens = useScreens({ height: 720, moves: true });

const marks = (page: Page, ...words: string[]): Promise<unknown> =>
  page.evaluate((asked) => window.scene.marks(asked), words);

/** Once the dictionaries are there; they are big. */
const untilJudged = (page: Page): Promise<unknown> =>
  page.waitForFunction(async () => {
    const wrong = await window.scene.marks(["wrods"]);
    return wrong !== "none" && wrong.includes("wrods");
  });

const write = async (page: Page, words: string): Promise<void> => {
  await page.locator(".writing").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type(words);
};

/** Where a menu is asked for with the pointer: in the middle of these words. */
const pressOn = async (page: Page, words: string): Promise<void> => {
  const place = await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector(".writing") ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const from = node.textContent?.indexOf(wanted) ?? -1;
      if (from === -1) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, from + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error("those words are not there");
  }, words);
  await page.mouse.click(place.x, place.y);
  await page.mouse.click(place.x, place.y, { button: "right" });
};

test("a shell that brings dictionaries marks words by them, and every byte of them comes from the app", async () => {
  const asked: string[] = [];
  const page = await screens.openAlone(
    `/journal/${draft}`,
    ".writing",
    { query: "?spelling" },
    (opened) => {
      opened.on("request", (request) => asked.push(request.url()));
      return Promise.resolve();
    },
  );
  await untilJudged(page);
  expect(await marks(page, "colour", "wrods", "don’t")).toEqual(["wrods"]);
  expect(asked.some((address) => address.endsWith(".dic"))).toBe(true);
  expect(asked.filter((address) => !address.startsWith(`${screens.origin()}/`))).toEqual([]);
  const fields = await page.evaluate(() => ({
    editor: document.querySelector<HTMLElement>(".writing")?.spellcheck,
  }));
  expect(fields.editor).toBe(true);
});

test("a word with a mark offers what comes near, and the one that is chosen takes its place, to be undone", async () => {
  const page = await screens.openAt(`/journal/${draft}`, ".writing", { query: "?spelling" });
  await untilJudged(page);
  await write(page, "These wrods are mine");
  await marks(page, "wrods");
  await pressOn(page, "wrods");
  const menu = page.getByRole("menu", { name: "Other spellings of wrods" });
  await menu.getByRole("menuitem", { name: "words", exact: true }).click();
  await page.locator(".writing", { hasText: "These words are mine" }).waitFor();
  await page.keyboard.press("Control+z");
  // With what was typed just before, if that was a moment ago.
  await page.waitForFunction(
    () => document.querySelector(".writing")?.textContent?.includes("words") === false,
  );
});

test("a word of one's own is marked no more, and can be taken out again in the settings", async () => {
  const page = await screens.openAt(`/journal/${draft}`, ".writing", { query: "?spelling" });
  await untilJudged(page);
  await write(page, "Aoife slept");
  expect(await marks(page, "Aoife")).toEqual(["Aoife"]);
  await pressOn(page, "Aoife");
  await page.getByRole("menuitem", { name: "Add “Aoife” to my words" }).click();
  await page.waitForFunction(async () => {
    const wrong = await window.scene.marks(["Aoife"]);
    return wrong !== "none" && wrong.length === 0;
  });
  await page.evaluate(() => {
    location.hash = "/settings";
  });
  await page.getByRole("button", { name: "Take out Aoife" }).click();
  await page.waitForFunction(async () => {
    const wrong = await window.scene.marks(["Aoife"]);
    return wrong !== "none" && wrong.length === 1;
  });
});

test("switched off, nobody judges, and nothing that is typed into asks for it", async () => {
  const page = await screens.openAt("/settings", "h1", { query: "?spelling" });
  await untilJudged(page);
  await page.getByRole("radio", { name: "Off", exact: true }).check({ force: true });
  await page.waitForFunction(() => document.documentElement.getAttribute("spellcheck") === "false");
  expect(await marks(page, "wrods")).toEqual([]);
});

test("in a plain browser nothing is checked, and the settings say why", async () => {
  const page = await screens.openAt("/settings", "h1");
  expect(await marks(page, "wrods")).toBe("none");
  await page.getByText("In a browser, Twofold asks for no spelling to be checked").waitFor();
  expect(await page.evaluate(() => document.documentElement.spellcheck)).toBe(false);
});

test("no string becomes a script, an element or a worker, whoever hands it over", async () => {
  const page = await screens.openJournal();
  const tried = await page.evaluate(() => {
    const refused = (act: () => unknown): boolean => {
      try {
        act();
        return false;
      } catch (problem) {
        return problem instanceof TypeError;
      }
    };
    return {
      markup: refused(() => (document.createElement("div").innerHTML = "<img src=x>")),
      script: refused(() => (document.createElement("script").text = "1")),
      source: refused(() => (document.createElement("script").src = "/before.js")),
      frame: refused(() => (document.createElement("iframe").srcdoc = "<p>")),
      parser: refused(() => new DOMParser().parseFromString("<p>", "text/html")),
      worker: refused(() => new Worker("/assets/other.js")),
      policy: refused(() => window.trustedTypes?.createPolicy("mine", {})),
      second: refused(() => window.trustedTypes?.createPolicy("default", {})),
      nothing: refused(() => (document.createElement("div").innerHTML = "")),
      entity: refused(() => (document.createElement("i").innerHTML = "&eacute;")),
    };
  });
  expect(tried).toEqual({
    markup: true,
    script: true,
    source: true,
    frame: true,
    parser: true,
    worker: true,
    policy: true,
    second: true,
    nothing: false,
    entity: false,
  });
});

test("recovery words are not copied: not by keys over the whole page, not by dragging, not by a menu", async () => {
  const page = await screens.openAlone("/settings/words", "form");
  await page.getByLabel("Passphrase", { exact: true }).fill("open sesame");
  await page.getByRole("button", { name: "Make new recovery words" }).click();
  const list = page.getByRole("list", { name: "Recovery words" });
  const words = (await list.getByRole("listitem").allTextContents()).map((word) =>
    word.replaceAll(/[^a-z]/g, ""),
  );
  expect(words).toHaveLength(12);
  await page.keyboard.press("Control+a");
  const [selected, copied, dragged] = await page.evaluate(() => {
    const shown = document.querySelector(".recovery");
    const copy = new ClipboardEvent("copy", { bubbles: true, cancelable: true });
    shown?.querySelector("li")?.dispatchEvent(copy);
    const drag = new DragEvent("dragstart", { bubbles: true, cancelable: true });
    shown?.querySelector("li")?.dispatchEvent(drag);
    return [String(getSelection()), copy.defaultPrevented, drag.defaultPrevented] as const;
  });
  expect(words.filter((word) => selected.includes(word))).toEqual([]);
  expect(copied).toBe(true);
  expect(dragged).toBe(true);
});

test("an address in somebody’s words is opened after a question that shows it, and not before", async () => {
  const page = await screens.openAt(`/journal/${draft}`, ".writing");
  await write(
    page,
    "See [the clinic](https://ex\u00e4mple.org/help) and [mail](mailto:a@example.org)",
  );
  await page.getByRole("button", { name: "Share…" }).click();
  const address = page.getByRole("link", { name: "https://exämple.org/help" });
  await address.waitFor();
  // What is no https is words.
  expect(await page.getByRole("link", { name: "mailto" }).count()).toBe(0);
  await address.press("Enter");
  const question = page.getByRole("alertdialog", {
    name: "Open xn--exmple-cua.org in your browser?",
  });
  await question.getByText("https://xn--exmple-cua.org/help").waitFor();
  await page.keyboard.press("Enter");
  await question.waitFor({ state: "detached" });
  expect(await page.evaluate(() => window.scene.outside)).toEqual([]);
  await address.click();
  await question.getByRole("button", { name: "Open in the browser" }).click();
  await page.waitForFunction(() => window.scene.outside.length === 1);
  expect(await page.evaluate(() => window.scene.outside)).toEqual([
    "https://xn--exmple-cua.org/help",
  ]);
});
