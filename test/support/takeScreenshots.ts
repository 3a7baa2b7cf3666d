import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { button, field, go, heading, invite, join, newPerson, type Person, wordsOnScreen } from "./person.ts";
import { findFreePorts, startTwofold } from "./startProcess.ts";

/** Two made-up people walk through the real app; what they see is what the README shows. */
export const takeScreenshots = async (folder: string): Promise<readonly string[]> => {
  const home = mkdtempSync(joinPath(tmpdir(), "twofold-screens-"));
  const port = await findFreePorts(2);
  const twofold = startTwofold(["--no-open"], {
    TWOFOLD_HOME: home,
    TWOFOLD_PORT: String(port),
    TWOFOLD_RENDEZVOUS_PORT: String(port + 1),
  });
  await twofold.says(/Ctrl-C ends it/);
  const browser = await launchChromium();
  const origin = `http://127.0.0.1:${port}`;
  const made: string[] = [];
  const shoot = async (page: Page, name: string): Promise<void> => {
    await page.mouse.move(0, 0);
    const path = joinPath(folder, `${name}.png`);
    await page.screenshot({ path, animations: "disabled" });
    made.push(path);
  };
  try {
    const first = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    await first.goto(origin);
    await heading(first, "A journal for two").waitFor();
    await shoot(first, "first-run");
    await first.close();
    const anna = await newPerson({ browser, origin, name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" });
    const sam = await newPerson({ browser, origin, name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" });
    await join(sam, await invite(anna));
    await wordsOnScreen(anna);
    await shoot(anna.page, "four-words");
    for (const person of [anna, sam]) await button(person.page, "They are the same").click();
    for (const person of [anna, sam]) await heading(person.page, "You are two now").waitFor();
    await writeJournal(anna, sam);
    await shoot(anna.page, "journal");
    await askAndAnswer(anna, sam);
    for (const scheme of ["light", "dark"] as const) {
      await anna.page.emulateMedia({ colorScheme: scheme });
      await shoot(anna.page, `question-${scheme}`);
    }
    return made;
  } finally {
    await browser.close();
    twofold.child.kill("SIGTERM");
    await twofold.ends();
    rmSync(home, { recursive: true, force: true });
  }
};

const writeEntry = async ({ page }: Person, title: string, words: string): Promise<void> => {
  await button(page, /^Write (an entry|a first line)$/).first().click();
  await field(page, "Title").fill(title);
  await page.getByRole("textbox", { name: "Your words" }).fill(words);
  await page.getByText("Saved on this computer").waitFor();
};

const writeJournal = async (anna: Person, sam: Person): Promise<void> => {
  await go(anna, "Journal");
  await writeEntry(anna, "The kitchen, again", "I stood there with the kettle and could not remember why I had come in.");
  await button(anna.page, "Share…").click();
  await button(anna.page, "Share with Sam").click();
  await go(sam, "Journal");
  await writeEntry(sam, "What I did not say on Sunday", "You asked whether I was tired. I was afraid, and I said tired.");
  await button(sam.page, "Share…").click();
  await button(sam.page, "Share with Anna").click();
  await go(anna, "Journal");
  await anna.page.getByText("What I did not say on Sunday").waitFor();
  await writeEntry(anna, "Not for today", "Some of this I want to keep for myself a while longer.");
  await go(anna, "Journal");
  await anna.page.getByText("Not for today").waitFor();
};

const askAndAnswer = async (anna: Person, sam: Person): Promise<void> => {
  await go(anna, "Questions");
  await button(anna.page, /^Ask a (first )?question$/).first().click();
  await anna.page.getByText(/^the why$/i).click();
  await field(anna.page, "In a few words").fill("Why that night in March");
  await anna.page
    .getByRole("textbox", { name: "Your question, in your own words" })
    .fill("You told me you were at the office. I keep going back to that evening. What were you telling yourself when you wrote me that message?");
  await anna.page.getByText("Saved on this computer").waitFor();
  await button(anna.page, "Ask…").click();
  await button(anna.page, "Ask Sam").click();
  const answer = async (words: string): Promise<void> => {
    await sam.page.getByRole("textbox", { name: "Your answer" }).fill(words);
    await sam.page.getByText("Saved on this computer").waitFor();
    await button(sam.page, "Send to Anna…").click();
    await button(sam.page, "Send to Anna").last().click();
    await sam.page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await go(sam, "Questions");
  await sam.page.getByText("Why that night in March").click();
  await button(sam.page, "Write an answer").click();
  await answer("I told myself it was a small lie that kept the peace.");
  await button(anna.page, "Open now").click();
  await button(anna.page, "Ask again").click();
  await button(anna.page, "Ask again").last().click();
  await button(sam.page, /^(Answer again|Write an answer)$/).click();
  await answer(
    "I know it still hurts. I’ll answer again. It was not small. I was protecting myself from seeing your face when you found out, and I called that kindness.",
  );
  await button(anna.page, "Open now").waitFor();
};
