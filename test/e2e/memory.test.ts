import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import {
  button,
  editor,
  field,
  firstRun,
  heading,
  link,
  lock,
  type Person,
  unlock,
} from "../support/person.ts";
import { giveSmallDisk, type SmallDisk } from "../support/fullDisk.ts";
import { writeEntry } from "../support/together.ts";

/** What stays in the memory of a page that was locked. A disk of her own, to become full. */

let household: Household;
let anna: Person;
let disk: SmallDisk;
const secret = "Kestrels over the quarry wall";

beforeAll(async () => {
  household = await openHousehold();
  anna = await household.arrive({
    name: "Anna",
    passphrase: "a kettle under the moon",
    role: "Both",
  });
  disk = await giveSmallDisk(anna, 40 * 1024 * 1024);
  await firstRun(anna);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

/** Everything that the page's engine holds, after it has thrown away what it can. */
const heapHolds = async (words: string): Promise<boolean> => {
  const session = await anna.context.newCDPSession(anna.page);
  let found = false;
  let rest = "";
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => {
    const text = rest + chunk;
    found ||= text.includes(words);
    rest = text.slice(-words.length);
  });
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", {
    reportProgress: false,
    captureNumericValue: false,
  });
  await session.detach();
  return found;
};

/** Set in this page alone: gone with it. */
const markPage = (): Promise<void> =>
  anna.page.evaluate(() => void Reflect.set(globalThis, "samePage", true));
const isSamePage = (): Promise<boolean> =>
  anna.page.evaluate(() => Reflect.get(globalThis, "samePage") === true);

test("a sentence that was on the screen is in no page's memory once it is locked", async () => {
  await writeEntry(anna, { title: "Quarry", words: secret });
  await markPage();
  expect(await heapHolds(secret)).toBe(true);
  await lock(anna);
  await expect.poll(isSamePage).toBe(false);
  await heading(anna.page, "Your journal is locked").waitFor();
  expect(await heapHolds(secret)).toBe(false);
});

test("at the passphrase, which has the focus, the right one opens what was written", async () => {
  expect(await field(anna.page, "Passphrase").evaluate((it) => it === document.activeElement)).toBe(
    true,
  );
  await unlock(anna);
  await link(anna.page, "Quarry").click();
  await anna.page.getByText(secret).waitFor();
});

test("after stepping out the blank sheet stays and says nothing else, whoever looks at its title", async () => {
  await markPage();
  const titles = new Set<string>();
  await anna.context.exposeBinding("sawTitle", (_, title: string) => titles.add(title));
  await anna.context.addInitScript(() => {
    const tell = Reflect.get(globalThis, "sawTitle") as (title: string) => void;
    new MutationObserver(() => tell(document.title)).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  await anna.page.keyboard.press("Escape");
  await anna.page.keyboard.press("Escape");
  await heading(anna.page, "Notes").waitFor();
  await expect.poll(() => isSamePage().catch(() => true)).toBe(false);
  await heading(anna.page, "Notes").waitFor();
  expect(await anna.page.title()).toBe("Notes");
  expect([...titles].filter((title) => title !== "Notes" && title !== "")).toEqual([]);
  expect(await heapHolds(secret)).toBe(false);
  await button(anna.page, "Come back").click();
  await heading(anna.page, "Your journal is locked").waitFor();
  expect(new URL(anna.page.url()).search).toBe("");
  await unlock(anna);
});

test("words that a full disk refused keep their page, and are written at the next unlocking", async () => {
  const { page } = anna;
  const late = "and then the light went";
  await link(page, "Quarry").click();
  await disk.fill();
  await markPage();
  await editor(page).press("Control+End");
  await page.keyboard.type(` ${late}`);
  await lock(anna);
  expect(await isSamePage()).toBe(true);
  await disk.free();
  await unlock(anna);
  await link(page, "Quarry").click();
  await page.getByText(late).waitFor();
  await lock(anna);
  await expect.poll(isSamePage).toBe(false);
  await unlock(anna);
  await link(page, "Quarry").click();
  await page.getByText(late).waitFor();
});
