import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { giveSmallDisk, type SmallDisk } from "../support/fullDisk.ts";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  chooseFirstPassphrase,
  editor,
  field,
  firstRun,
  heading,
  isOpen,
  link,
  lock,
  type Person,
  unlock,
} from "../support/person.ts";
import { readSafe, writeSafe } from "../support/safeFiles.ts";
import { readsNothingOf, untilSaved, writeEntry } from "../support/together.ts";
import { seesTrouble } from "../support/troubleWords.ts";

/** One person with their computer: what locks, what opens, and what happens when the disk fails them. */

let household: Household;
let anna: Person;
let disk: SmallDisk;
/** The passphrase that opens now. */
let passphrase: string;

beforeAll(async () => {
  household = await openHousehold();
  passphrase = "a kettle under the moon";
  anna = await household.arrive({ name: "Anna", passphrase, role: "Both" });
  // My room has its 16 MiB from the first day.
  disk = await giveSmallDisk(anna, 40 * 1024 * 1024);
  await firstRun(anna);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const isLocked = async (): Promise<void> =>
  heading(anna.page, "Your journal is locked").waitFor({ timeout: 30_000 });

const tryPassphrase = async (words: string): Promise<void> => {
  await field(anna.page, "Passphrase").fill(words);
  await button(anna.page, "Unlock").click();
};

const comeIn = (): Promise<void> => unlock({ ...anna, page: anna.page, passphrase });

describe("stepping out", () => {
  const words = "What I would not have seen over my shoulder.";

  test("Esc Esc from the middle of a sentence shows a blank sheet at once, with no word on it", async () => {
    await writeEntry(anna, { title: "Over the shoulder", words });
    await editor(anna.page).press("End");
    await anna.page.keyboard.type(" And one more that no pause has saved");
    const { milliseconds, page } = await measureStepOut();
    expect(milliseconds).toBeLessThan(300);
    await anna.page.waitForURL(/\?sheet$/);
    await heading(anna.page, "Notes").waitFor();
    expect(await anna.page.title()).toBe("Notes");
    expect(["", "#/"]).toContain(new URL(anna.page.url()).hash);
    for (const seen of [words, "no pause has saved", "Over the shoulder", "Twofold"]) {
      expect(page).not.toContain(seen);
      expect(await anna.page.locator("body").innerText()).not.toContain(seen);
    }
  });

  test("coming back asks for the passphrase, and then every word is there", async () => {
    await button(anna.page, "Come back").click();
    await isLocked();
    expect(await anna.page.title()).toBe("Twofold");
    await comeIn();
    await link(anna.page, "Over the shoulder").click();
    await anna.page.getByText(`${words} And one more that no pause has saved`).waitFor();
  });

  type Shown = { readonly milliseconds: number; readonly page: string };

  /** From the second Esc to the neutral sheet, ms, by the page's own clock; and the whole page as it was then. */
  const measureStepOut = async (): Promise<Shown> => {
    const { page } = anna;
    let told: (seen: Shown) => void = () => undefined;
    const shown = new Promise<Shown>((resolve) => (told = resolve));
    // The page itself goes soon after: what it measured is told at once.
    await page.exposeBinding("sheetShown", (_, seen: Shown) => told(seen));
    await page.evaluate(() => {
      let pressed = 0;
      addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });
      const tell = Reflect.get(globalThis, "sheetShown") as (seen: Shown) => void;
      new MutationObserver(() => {
        if (document.querySelector("h1")?.textContent !== "Notes") return;
        requestAnimationFrame(() =>
          tell({
            milliseconds: performance.now() - pressed,
            page: document.documentElement.outerHTML,
          }),
        );
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    return shown;
  };
});

describe("locked", () => {
  beforeAll(async () => {
    await anna.page.clock.install();
    await anna.page.reload();
    await isLocked();
  });

  test("a wrong passphrase is refused without a hint, and after four tries the wait grows", async () => {
    const { page } = anna;
    for (const wrong of ["a kettle under the sun", "x", "eleven quiet lanterns"]) {
      await tryPassphrase(wrong);
      await seesTrouble(anna, "unlock", "WRONG_SECRET");
      await page.getByText("You can try again").waitFor({ state: "detached" });
    }
    await tryPassphrase("a kettle");
    await page.getByText("You can try again in 2 seconds.").waitFor();
    expect(await button(page, "Unlock").isDisabled()).toBe(true);
    await page.clock.fastForward(2_100);
    await page.getByText("You can try again").waitFor({ state: "detached" });
    await tryPassphrase("a kettle");
    await page.getByText("You can try again in 4 seconds.").waitFor();
  });

  test("the wait outlives a reload, and after it the right passphrase opens", async () => {
    const { page } = anna;
    await page.reload();
    await page.getByText(/You can try again in [1-4] seconds?\./).waitFor();
    await page.clock.fastForward(5_000);
    await comeIn();
  });

  test("two minutes without a key or a movement lock by themselves; what was typed is kept", async () => {
    const { page } = anna;
    await writeEntry(anna, { title: "Left open", words: "The phone rang and I went." });
    await editor(page).press("End");
    await page.keyboard.type(" I did not come back.");
    await page.clock.fastForward("01:50");
    await editor(page).waitFor();
    await page.clock.fastForward("00:11");
    await isLocked();
    expect(await readsNothingOf(anna, "The phone rang")).toBe(true);
    await comeIn();
    await link(page, "Left open").click();
    await page.getByText("The phone rang and I went. I did not come back.").waitFor();
  });

  test("the recovery words and a new passphrase open; the old one opens nothing any more", async () => {
    const { page } = anna;
    await lock(anna);
    await button(page, "I forgot it").click();
    const [first = "", ...others] = anna.recoveryWords;
    await openWithWords([...others, first], "seven slow apricots");
    await seesTrouble(anna, "unlock", "BAD_WORDS").catch(() =>
      seesTrouble(anna, "unlock", "WRONG_SECRET"),
    );
    const old = passphrase;
    passphrase = "seven slow apricots";
    await openWithWords(anna.recoveryWords, passphrase);
    await isOpen(anna);
    await lock(anna);
    await tryPassphrase(old);
    await seesTrouble(anna, "unlock", "WRONG_SECRET");
    await comeIn();
  });
});

const openWithWords = async (words: readonly string[], next: string): Promise<void> => {
  const { page } = anna;
  await field(page, "Recovery words").fill(words.join(" "));
  await chooseFirstPassphrase(page, next);
  await button(page, "Open and set the passphrase").click();
};

describe("damaged keys are kept as they are", () => {
  let whole: readonly number[];

  beforeEach(async () => {
    whole = await readSafe(anna.page, "vault");
  });

  /** Puts this in the vault's place; the page comes to it after a reload. */
  const damage = async (change: (bytes: number[]) => void): Promise<readonly number[]> => {
    const bytes = [...whole];
    change(bytes);
    await writeSafe(anna.page, "vault", bytes);
    await anna.page.reload();
    return bytes;
  };
  const mend = async (): Promise<void> => {
    await writeSafe(anna.page, "vault", whole);
    await anna.page.reload();
    await comeIn();
  };
  const flip = (bytes: number[], place: number): void => {
    bytes[place] = (bytes[place] ?? 0) ^ 0x20;
  };

  test.each([
    ["what says that it is a vault", 0, "BAD_MAGIC"],
    ["how many ways in there are", 32, "BAD_SLOT"],
  ])("%s: said on a screen of its own, nothing overwritten", async (_, place, code) => {
    const bytes = await damage((all) => flip(all, place));
    await heading(anna.page, "Your journal cannot be opened right now").waitFor();
    await seesTrouble(anna, "door", code);
    expect(await button(anna.page, "Use my recovery words").count()).toBe(0);
    await button(anna.page, "Look again").click();
    await seesTrouble(anna, "door", code);
    expect(await readSafe(anna.page, "vault")).toEqual(bytes);
    await mend();
  });

  test("the sealed key itself: the right passphrase says so and changes nothing", async () => {
    const bytes = await damage((all) => flip(all, 32 + 1 + 60));
    await tryPassphrase(passphrase);
    await seesTrouble(anna, "unlock", "VAULT_TAMPERED");
    expect(await readSafe(anna.page, "vault")).toEqual(bytes);
    await mend();
  });

  test("a cost of 100 GiB is refused before anything is derived, and the recovery words open", async () => {
    const bytes = await damage((all) => all.splice(12, 4, 0x06, 0x40, 0, 0));
    await seesTrouble(anna, "door", "KDF_TOO_STRONG");
    expect(await readSafe(anna.page, "vault")).toEqual(bytes);
    await button(anna.page, "Use my recovery words").click();
    await openWithWords(anna.recoveryWords, passphrase);
    await isOpen(anna);
  });
});

test("a full disk is said in words, and what was typed is saved once there is room", async () => {
  const { page } = anna;
  await writeEntry(anna, { title: "Before it was full", words: "There was room." });
  await disk.fill();
  await editor(page).press("End");
  await page.keyboard.type(" Then there was none.");
  await seesTrouble(anna, "store", "DISK_FULL");
  expect(await page.getByText("Saved on this computer", { exact: true }).count()).toBe(0);
  await page.keyboard.type(" I went on.");
  await seesTrouble(anna, "store", "DISK_FULL");
  await disk.free();
  await untilSaved(anna);
  await page.reload();
  await comeIn();
  await page.getByText("There was room. Then there was none. I went on.").waitFor();
});

test("nothing broke unseen on the way", () => {
  expect(anna.crashes()).toEqual([]);
});
