import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useScreens } from "../ui/useScreens.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");

const screens = useScreens({ height: 720 });

const openAt = (hash: string, ready: string, held = false): Promise<Page> =>
  held
    ? screens.openAlone(hash, ready, {}, (page) => page.clock.install())
    : screens.openAt(hash, ready);

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await button(page, name).focus();
  await page.keyboard.press("Enter");
};
/** The words of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText ?? "");

test("“not today” folds an answer to a line that keeps the focus, and it can be opened after all", async () => {
  const page = await openAt(`/questions/${id(13)}`, ".closed");
  await page.getByText("Sam does not learn of it.").waitFor();
  await press(page, "Not today");
  await page.getByText("Another day. It waits.").waitFor();
  await expect.poll(() => focused(page)).toContain("Another day. It waits.");
  expect(await page.locator("main").innerText()).not.toContain("sitting in the car");
  expect(await button(page, "Not today").count()).toBe(0);
  await press(page, "Open it after all");
  await page.getByText("I am sitting in the car.").waitFor();
});

test("what is kept for a session can be put back or opened, all by keyboard", async () => {
  const page = await openAt(`/questions/${id(13)}`, ".closed");
  await press(page, "Keep for a session");
  await expect.poll(() => focused(page)).toContain("Kept for a session.");
  await press(page, "Put back");
  await expect.poll(() => focused(page)).toContain("Closed. It waits as long as you like.");
  await press(page, "Keep for a session");
  await page.getByText("Kept for a session.").waitFor();
  await press(page, "Open now");
  await page.getByText("I am sitting in the car.").waitFor();
});

test("where putting off is refused the paper stays as it was, and it is said", async () => {
  const page = await openAt(`/questions/${id(13)}`, ".closed");
  await page.evaluate(() =>
    Object.assign(window.scene.journal, { putOff: async () => ({ ok: false, code: "DISK_FULL" }) }),
  );
  await press(page, "Not today");
  await page.getByRole("alert").getByText("no room left").waitFor();
  expect(await focused(page)).toBe("Not today");
  await button(page, "Open now").waitFor();
});

test("“changed Friday” shows how it read before beside how it reads now, and forgets it once when it closes", async () => {
  const page = await openAt(`/letters/${id(41)}`, ".words");
  await page.evaluate(() => {
    const { journal } = window.scene;
    const { openHistory } = journal;
    const closes: number[] = [];
    Object.assign(window, { closes });
    Object.assign(journal, {
      openHistory: async (which: Parameters<typeof openHistory>[0]) => {
        const opened = await openHistory(which);
        if (!opened.ok) return opened;
        const mine = closes.push(0) - 1;
        const close = () => (closes[mine] = (closes[mine] ?? 0) + 1);
        return { ok: true, value: { ...opened.value, close } };
      },
    });
  });
  const closes = () =>
    page.evaluate(() => (window as unknown as { readonly closes: readonly number[] }).closes);
  await press(page, /^changed/);
  const sheet = page.getByRole("dialog", { name: "How it read before" });
  await sheet.getByText("There is something I want to tell you.").waitFor();
  expect(
    await sheet.getByRole("listitem").getByRole("heading", { level: 3 }).allInnerTexts(),
  ).toEqual([
    expect.stringMatching(/^Now, since Sunday, 20:15/),
    expect.stringMatching(/^Before, of 14 November, 20:15/),
  ]);
  await press(page, /^Now, since/);
  await sheet.getByText("A message came on Friday.").waitFor();
  expect((await closes()).at(-1)).toBe(0);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await expect.poll(async () => new Set(await closes())).toEqual(new Set([1]));
  await expect.poll(() => focused(page)).toMatch(/^changed/);
});

test("earlier words that cannot be read are said to be so", async () => {
  const page = await openAt(`/letters/${id(41)}`, ".words");
  await page.evaluate(() =>
    Object.assign(window.scene.journal, {
      openHistory: async () => ({ ok: false, code: "PAGE_DAMAGED" }),
    }),
  );
  await press(page, /^changed/);
  await page.getByRole("dialog").getByRole("alert").waitFor();
});

test("withdrawing asks first and says what stays; then a dated trace has the place and the focus", async () => {
  const page = await openAt(`/journal/${id(3)}`, ".writing");
  await press(page, "Withdraw…");
  const asks = page.getByRole("alertdialog");
  await asks.getByText("A dated trace stays. Sam keeps what was copied or photographed.").waitFor();
  expect(await focused(page)).toBe("Leave them");
  await page.keyboard.press("Enter");
  await asks.waitFor({ state: "detached" });
  expect(await page.locator("main").innerText()).not.toContain("Withdrawn");
  await press(page, "Withdraw…");
  await press(page, "Withdraw them");
  await page.getByText("Withdrawn today. The words are gone here, and there once").waitFor();
  await expect.poll(() => focused(page)).toContain("Withdrawn today.");
  expect(await page.locator("main").innerText()).not.toContain("Slept five hours");
});

const draftQuestion = async (held = false): Promise<Page> => {
  const page = await openAt("/questions", ".line", held);
  await button(page, "Ask a question").click();
  await page.locator(".writing").waitFor();
  return page;
};

test("a draft rests until the hour that was chosen, cannot be sent, and is taken up again at any time", async () => {
  const page = await draftQuestion();
  await press(page, "Let it rest…");
  const sheet = page.getByRole("dialog", { name: "Let it rest" });
  expect(await sheet.getByRole("radio").evaluateAll((all) => all.length)).toBe(4);
  await sheet.getByText("This evening").click();
  await sheet.getByRole("button", { name: "Let it rest" }).click();
  await page.getByText("Rests until 20:00.").waitFor();
  await expect.poll(() => focused(page)).toBe("Take it up again now");
  expect(await button(page, "Ask…").count()).toBe(0);
  await page.keyboard.press("Enter");
  await button(page, "Ask…").waitFor();
  await expect.poll(() => focused(page)).toBe("Let it rest…");
  expect(await page.getByText(/^Rests until|^It has rested/).count()).toBe(0);
});

test("a time of one’s own is kept to 14 days, and a wrong one is said beside its field", async () => {
  const page = await draftQuestion();
  await press(page, "Let it rest…");
  const sheet = page.getByRole("dialog", { name: "Let it rest" });
  await sheet.getByText("A time of your own").click();
  await sheet.getByLabel("Day").fill("2026-12-24");
  await sheet.getByRole("button", { name: "Let it rest" }).click();
  await sheet.getByText("at most 14 days from now").waitFor();
  await sheet.getByLabel("Day").fill("2026-11-26");
  await sheet.getByLabel("Time", { exact: true }).fill("21:30");
  await sheet.getByRole("button", { name: "Let it rest" }).click();
  await page.getByText("Rests until 26 November, 21:30.").waitFor();
});

test("when the hour has come while the screen is open, it says so by itself and the draft can go", async () => {
  const page = await draftQuestion(true);
  await page.evaluate(async () => {
    const { journal } = window.scene;
    const draft = journal.cards
      .read()
      .find(({ place, kind }) => place === "draft" && kind === "question");
    if (draft !== undefined) await journal.rest(draft.id, draft.writtenAt + 60_000);
  });
  await page.getByText("Rests until 18:31.").waitFor();
  await page.clock.fastForward("01:01");
  await page.getByText("It has rested. Read it again when you like.").waitFor();
  await button(page, "Ask…").waitFor();
});
