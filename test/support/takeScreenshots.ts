import { join } from "node:path";
import type { Page } from "playwright-core";
import { openHousehold } from "./household.ts";
import { button, editor, field, go, heading, link, type Person } from "./person.ts";
import { describe } from "./journalSteps.ts";
import {
  agree,
  ask,
  draftAnswer,
  meet,
  openQuestion,
  sendAnswer,
  sendAtOnce,
  share,
  untilSaved,
  writeEntry,
} from "./together.ts";

/** Two made-up people walk through the real app; what they see is what the README shows. Gives the paths. */
export const takeScreenshots = async (folder: string): Promise<readonly string[]> => {
  const made: string[] = [];
  const shoot = async (page: Page, name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await page.mouse.move(0, 0);
    await page.screenshot({ path, animations: "disabled" });
    made.push(path);
  };
  const house = await openHousehold();
  try {
    const first = await house.browser.newPage({ viewport: { width: 1100, height: 800 } });
    await first.goto(house.origin);
    await heading(first, "A journal for two").waitFor();
    await shoot(first, "first-run");
    await first.close();
    const anna = await house.moveIn({
      name: "Anna",
      passphrase: "a kettle under the moon",
      role: "I was hurt",
    });
    const sam = await house.moveIn({
      name: "Sam",
      passphrase: "eleven quiet lanterns",
      role: "I broke trust",
    });
    await meet(anna, sam);
    await shoot(anna.page, "four-words");
    await agree(anna, sam);
    for (const { page } of [anna, sam]) await heading(page, "You are two now").waitFor();
    await Promise.all([anna, sam].map(sendAtOnce));
    await writeJournal(anna, sam);
    await shoot(anna.page, "journal-entry");
    await go(anna, "Journal");
    await anna.page.getByText("What I did not say on Sunday").waitFor();
    await shoot(anna.page, "journal");
    await askAndAnswer(anna, sam);
    for (const scheme of ["light", "dark"] as const) {
      await anna.page.emulateMedia({ colorScheme: scheme });
      await shoot(anna.page, `question-${scheme}`);
    }
    await tell(sam, anna);
    await anna.page.emulateMedia({ colorScheme: "light" });
    await shoot(anna.page, "letter-closed");
    await beToday(anna, sam);
    await shoot(anna.page, "today");
    return made;
  } finally {
    await house.end();
  }
};

const writeJournal = async (anna: Person, sam: Person): Promise<void> => {
  await writeEntry(anna, {
    title: "The kitchen, again",
    words: "I stood there with the kettle and could not remember why I had come in.",
  });
  await describe(anna, { tag: "home" });
  await share(anna, sam);
  await writeEntry(sam, {
    title: "What I did not say on Sunday",
    words: "You asked whether I was tired. I was afraid, and I said tired.",
  });
  await share(sam, anna);
  await writeEntry(anna, {
    title: "Before Thursday",
    words: "Some of this I want to keep for myself a while longer.",
  });
  await describe(anna, { tag: "Thursday" });
  await editor(anna.page).press("Control+End");
  for (const line of ["", "[x] Call my sister", "Sleep before I decide", "Ask about March"]) {
    await anna.page.keyboard.type(line);
    await anna.page.keyboard.press("Enter");
  }
  await anna.page.keyboard.type("Say what I need, and not at the door");
  await untilSaved(anna);
};

const title = "Why that night in March";

const askAndAnswer = async (anna: Person, sam: Person): Promise<void> => {
  await ask(anna, sam, {
    title,
    words:
      "You told me you were at the office. I keep going back to that evening. What were you telling yourself when you wrote me that message?",
    need: "The why",
  });
  await openQuestion(sam, title);
  await draftAnswer(sam, "I told myself it was a small lie that kept the peace.");
  await sendAnswer(sam, anna);
  await openQuestion(anna, title);
  await button(anna.page, "Open now").click();
  await button(anna.page, "Ask again").click();
  await button(anna.page, "Ask again").last().click();
  await sam.page
    .getByText("Asked again today")
    .or(sam.page.getByText("asked again today"))
    .first()
    .waitFor();
  await openQuestion(sam, title);
  await draftAnswer(
    sam,
    "I know it still hurts. I’ll answer again. It was not small. I was protecting myself from seeing your face when you found out, and I called that kindness.",
  );
  await sendAnswer(sam, anna);
  await button(anna.page, "Open now").waitFor();
};

/** Something that nobody asked about; it waits closed on the other's screen. */
const tell = async (sam: Person, anna: Person): Promise<void> => {
  await go(sam, "Letters");
  await button(sam.page, "Choose what to write").click();
  await button(sam.page, /^Something you should know/).click();
  await editor(sam.page).fill("The invitation for December came to the office today.");
  await untilSaved(sam);
  await button(sam.page, "Send to Anna…").click();
  await button(sam.page, "Send to Anna").click();
  await go(anna, "Letters");
  await link(anna.page, "Something you should know, from Sam").click();
  await button(anna.page, "Open now").waitFor();
};

/** How Sam is, and what waits for Anna; her own day is not said yet. */
const beToday = async (anna: Person, sam: Person): Promise<void> => {
  await go(sam, "Today");
  await button(sam.page, "Check in").click();
  await button(sam.page, "tired").click();
  await field(sam.page, "What you need").fill("a walk before dinner");
  await button(sam.page, "Share with Anna…").click();
  await button(sam.page, "Share with Anna").click();
  await go(anna, "Today");
  await anna.page.getByText("a walk before dinner").waitFor();
};
