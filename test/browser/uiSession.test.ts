import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { violations } from "../support/axe.ts";
import { plainCard, type Written } from "../support/fakeJournal.ts";
import { pageAt, sceneNow } from "../ui/scenes.ts";
import { go, type Start, useScreens } from "../ui/useScreens.ts";

const screens = useScreens({ height: 720, british: true });
afterEach(() => {
  if (screens.complaints.length > 0) throw new Error(screens.complaints.join("\n"));
});

/** With every page there is to choose from on the screen. */
const open = async (start: Start = {}): Promise<Page> => {
  const page = await screens.openAt("/session", ".bring-line", start);
  page.setDefaultTimeout(4000);
  const more = page.locator(".earlier:visible");
  for (let times = 0; times < 10 && (await more.count()) > 0; times += 1)
    await more.first().press("Enter");
  return page;
};
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const pick = (page: Page, name: string | RegExp) => page.getByRole("checkbox", { name });
const sheet = (page: Page) => page.getByRole("dialog", { name: "This is what the paper says" });
const mine = "The morning after";
const theirs = "The walk along the canal";

const written = (number: number, more: Partial<Written>): Written => {
  const { excerpt: _, ...card } = plainCard(pageAt(number), sceneNow + number);
  return { ...card, body: "", ...more };
};
/** From the partner's computer, or as this one had it already. */
const come = (page: Page, ...pages: readonly Written[]): Promise<void> =>
  page.evaluate((all) => {
    for (const one of all) window.scene.journal.set.arrive(one);
  }, pages);

const ask = (number: number, pages: readonly PageId[]): Written =>
  written(number, { kind: "bring", said: { kind: "bring", pages } });
const yes = (number: number, of: number): Written =>
  written(number, { kind: "yes", author: "partner", of: pageAt(of) });
const end = (number: number, of: number): Written =>
  written(number, { kind: "end", author: "partner", of: pageAt(of) });
/** The partner has said yes to the walk along the canal, and to nothing else. */
const agreed = (page: Page): Promise<void> => come(page, ask(920, [pageAt(2)]), yes(921, 920));

const choose = async (page: Page, ...names: readonly (string | RegExp)[]): Promise<void> => {
  for (const name of names) await pick(page, name).press("Space");
};
const look = async (page: Page): Promise<void> => {
  await button(page, "Look at it first").press("Enter");
  await sheet(page).locator(".bring-sheet .words").first().waitFor();
};
const asMarkdown = async (page: Page): Promise<void> => {
  await sheet(page).getByRole("radio", { name: "Markdown" }).press("Space");
};
const make = async (page: Page): Promise<{ readonly name: string; readonly text: string }> => {
  const downloading = page.waitForEvent("download");
  await button(page, "Make it").press("Enter");
  const download = await downloading;
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), "utf8"),
  };
};

test("my own pages can be chosen, the partner’s cannot, and it is said whose words come along", async () => {
  const page = await open();
  await page.getByText("What Sam wrote comes along only while Sam says yes to it.").waitFor();
  await page.getByText("What you make here is unsigned").waitFor();
  const offered = page.getByRole("group", { name: "Pages to bring" });
  await offered.getByText(mine).waitFor();
  const lines = await offered.locator(".bring-line .help").allInnerTexts();
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => !line.trim().startsWith("You · "))).toEqual([]);
  // Neither what is closed nor what is in my room is among them.
  const text = await offered.innerText();
  for (const other of [theirs, "For nobody", "petrol station"]) expect(text).not.toContain(other);
  expect(await button(page, "Look at it first").isDisabled()).toBe(true);
});

test("chosen, looked at and made by the keyboard alone, the file holds the chosen pages and nothing else", async () => {
  const page = await open();
  await choose(page, new RegExp(mine), /Slept five hours/);
  await look(page);
  const preview = await sheet(page).locator(".bring-sheet").innerText();
  expect(preview).toContain("These pages are unsigned. Anybody could have written them.");
  expect(preview.indexOf("I could not feel my hands")).toBeGreaterThan(0);
  expect(preview.indexOf("Slept five hours")).toBeGreaterThan(
    preview.indexOf("I could not feel my hands"),
  );
  await sheet(page).getByText("Whoever has this file or this paper can read it.").waitFor();
  await asMarkdown(page);
  const { name, text } = await make(page);
  expect(name).toBe("Pages 2026-11-21.md");
  expect(text.split("\n")).toEqual([
    "# Pages for a session",
    "",
    "These pages are unsigned. Anybody could have written them.",
    "",
    "## The morning after",
    "",
    "Noor · Sunday, 8 November 2026",
    "",
    "When I found the receipt, I could not feel my hands.",
    "",
    "What I miss is believing an ordinary sentence.",
    "",
    "## Without a title",
    "",
    "Noor · Thursday, 12 November 2026",
    "",
    "Slept five hours. That is two more than last week.",
    "",
  ]);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Close");
  await page.keyboard.press("Enter");
  await sheet(page).waitFor({ state: "detached" });
});

test("the partner’s page is asked for, and can be chosen once they say yes, and no longer once they end it", async () => {
  const page = await open();
  await button(page, "Ask Sam for pages").press("Enter");
  await choose(page, new RegExp(theirs));
  await button(page, "Ask Sam").press("Enter");
  await page.getByText("You asked Sam for pages").waitFor();
  const asked = await page.evaluate(() => {
    const found = window.scene.journal.cards
      .read()
      .find(({ kind, author }) => kind === "bring" && author === "me");
    if (found === undefined) throw new Error("nothing was asked");
    return found.id;
  });
  const offered = page.getByRole("group", { name: "Pages to bring" });
  expect(await offered.getByText(theirs).count()).toBe(0);
  await come(page, written(930, { kind: "yes", author: "partner", of: asked }));
  await page.getByText("Sam said yes to the pages that you asked for").waitFor();
  await offered.getByRole("checkbox", { name: new RegExp(theirs) }).press("Space");
  await look(page);
  await asMarkdown(page);
  const { text } = await make(page);
  expect(text).toContain("Sam · Thursday, 19 November 2026");
  expect(text).toContain("You laughed at the heron.");
  await page.keyboard.press("Enter");
  await come(page, written(931, { kind: "end", author: "partner", of: asked }));
  await offered.getByText(theirs).waitFor({ state: "detached" });
  expect(await button(page, "Look at it first").isDisabled()).toBe(true);
});

test("a yes of mine to my own asking, or of the partner’s to an asking of theirs, brings nothing of theirs", async () => {
  const page = await open();
  await come(
    page,
    ask(940, [pageAt(2)]),
    written(941, { kind: "yes", of: pageAt(940) }),
    written(942, {
      kind: "bring",
      author: "partner",
      said: { kind: "bring", pages: [pageAt(2), pageAt(4)] },
    }),
    yes(943, 942),
    // A yes by name to what was asked, and to a page beside it.
    ask(944, [pageAt(4)]),
    yes(945, 944),
  );
  const offered = page.getByRole("group", { name: "Pages to bring" });
  await offered.getByText("What I told my brother").waitFor();
  expect(await offered.getByText(theirs).count()).toBe(0);
});

test("a yes that ends before the eyes of who looks takes the page off the paper at once", async () => {
  const page = await open();
  await agreed(page);
  await choose(page, new RegExp(mine), new RegExp(theirs));
  await look(page);
  await sheet(page).getByText("You laughed at the heron.").waitFor();
  await come(page, end(922, 920));
  await sheet(page).getByText("You laughed at the heron.").waitFor({ state: "detached" });
  await asMarkdown(page);
  const { text } = await make(page);
  expect(text).toContain("I could not feel my hands");
  expect(text).not.toMatch(/heron|canal|Sam/);
});

test.each(["Markdown", "PDF"])(
  "a yes that ends while it is being made leaves that page out, also for one who has stepped away: %s",
  async (form) => {
    const page = await open();
    await agreed(page);
    await page.evaluate(() => window.scene.journal.changeSettings({ away: "open" }));
    await choose(page, new RegExp(mine), new RegExp(theirs));
    await look(page);
    await sheet(page).getByRole("radio", { name: form }).press("Space");
    // The end comes while the first of the two is being read.
    await page.evaluate(
      (ending) => {
        const { journal } = window.scene;
        const { openPage } = journal;
        let read = 0;
        Object.assign(journal, {
          openPage: async (which: Parameters<typeof openPage>[0]) => {
            const opened = await openPage(which);
            if (read++ === 0) journal.set.arrive(ending);
            return opened;
          },
        });
      },
      end(923, 920),
    );
    const paper = await watchPaper(page);
    const text = form === "PDF" ? undefined : (await make(page)).text;
    if (text === undefined) await button(page, "Make it").press("Enter");
    await button(page, "Close").waitFor();
    const made = text ?? (await paper());
    expect(made).toContain("I could not feel my hands");
    expect(made).not.toMatch(/heron|canal|Sam/);
  },
);

test("where every chosen page went, nothing is made, and it is said", async () => {
  const page = await open();
  await agreed(page);
  await choose(page, new RegExp(theirs));
  await look(page);
  await come(page, end(924, 920));
  await expect.poll(() => button(page, "Make it").isDisabled()).toBe(true);
  await page.keyboard.press("Escape");
  await sheet(page).waitFor({ state: "detached" });
});

test("withdrawn or put in the trash between choosing and making, my page stays out as well", async () => {
  const page = await open();
  await choose(page, new RegExp(mine), /Slept five hours/);
  await look(page);
  await page.evaluate((which) => window.scene.journal.withdraw(which), pageAt(46));
  await sheet(page).getByText("I could not feel my hands").waitFor({ state: "detached" });
  await asMarkdown(page);
  expect((await make(page)).text).not.toMatch(/receipt|morning after/i);
});

test("on paper stand the chosen pages and nothing of the app; no word is left in the page afterwards", async () => {
  const page = await open();
  await choose(page, new RegExp(mine));
  await look(page);
  const paper = await watchPaper(page);
  await button(page, "Make it").press("Enter");
  await page.getByText("handed to your browser’s window for printing").waitFor();
  expect(await page.evaluate(() => window.scene.printed())).toBe(1);
  expect(await page.locator(".print-sheet").count()).toBe(0);
  const said = await paper();
  expect(said).toContain("Pages for a session");
  expect(said).toContain("These pages are unsigned. Anybody could have written them.");
  expect(said).toContain("Noor · Sunday, 8 November 2026");
  expect(said).toContain("I could not feel my hands");
  expect(said).not.toMatch(/Make it|Not now|Slept five hours/);
});

test("with my photos only where I chose it, and never in Markdown", async () => {
  const page = await open();
  await come(page, written(950, { title: "The hill", body: "After the rain.", hasPhotos: true }));
  await choose(page, /The hill/);
  await look(page);
  const photos = sheet(page).getByRole("switch", { name: "With my photos" });
  expect(await photos.isChecked()).toBe(false);
  await photos.press("Space");
  expect(await photos.isChecked()).toBe(true);
  await asMarkdown(page);
  await photos.waitFor({ state: "detached" });
});

test("what the partner asks of me: a yes names my pages, and ending it is one press", async () => {
  const page = await open();
  const line = page.locator(".line", { hasText: "pages of yours" });
  await line.getByText("Sam asks to bring these pages of yours to a session").waitFor();
  await line.getByText(mine).waitFor();
  await line.getByText("I spoke with my sister").waitFor();
  await line.getByRole("button", { name: "Yes, these can come along" }).press("Enter");
  await line.getByText("You said yes to bringing these pages of yours").waitFor();
  await line.getByRole("button", { name: "End this yes" }).press("Enter");
  // A no leaves no line.
  await line.waitFor({ state: "detached" });
});

test.each<Start>([{}, { dark: true, width: 360 }, { text: 2 }, { width: 360, text: 2 }])(
  "every state is in order, and nothing runs out of the window (%o)",
  async (start) => {
    const page = await open(start);
    const seen: Record<string, readonly string[]> = {};
    const see = async (name: string): Promise<void> => {
      const fits = await page.evaluate(() => {
        const dialog = document.querySelector(".dialog");
        return (
          document.documentElement.scrollWidth <= innerWidth &&
          (dialog === null || dialog.scrollWidth <= dialog.clientWidth + 1)
        );
      });
      const primary = await page.locator(".btn.primary:visible").count();
      const crowded = primary > (underSheet.includes(name) ? 2 : 1) ? ["two primary buttons"] : [];
      seen[name] = [...(await violations(page)), ...(fits ? [] : ["too wide"]), ...crowded];
    };
    await agreed(page);
    await see("place");
    await choose(page, new RegExp(mine), new RegExp(theirs));
    await see("chosen");
    await look(page);
    await see("looking");
    await asMarkdown(page);
    await make(page);
    await see("made");
    await button(page, "Close").press("Enter");
    await button(page, "Ask Sam for pages").press("Enter");
    await see("asking");
    await go(page, "/journal", ".line");
    expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, []])));
  },
);

test("alone, with nothing written, there is nothing to ask for and nothing to make", async () => {
  const page = await screens.openAt("/session", "main .quiet-state", {
    query: "?pages=none&partner=none",
  });
  await page.getByText("There is nothing here yet that could be brought.").waitFor();
  expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

/** There the button of the page below is seen too. */
const underSheet: readonly string[] = ["looking", "made"];

/** What stood on paper; resolves to its words. The sheet is gone as soon as it was printed. */
const watchPaper = async (page: Page): Promise<() => Promise<string>> => {
  const kept = await page.evaluateHandle(() => {
    const found: { words?: string } = {};
    new MutationObserver(() => {
      const paper = document.querySelector(".print-sheet");
      if (paper !== null) found.words = paper.textContent ?? "";
    }).observe(document.body, { childList: true });
    return found;
  });
  return () => kept.evaluate(({ words }) => words ?? "no paper");
};
