import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { paint } from "../browser/photoKit.ts";
import { findCanaries } from "../support/canary.ts";
import { readStorage } from "../support/canaryStorage.ts";
import { type Household, openHousehold } from "../support/household.ts";
import {
  choosePhoto,
  cutCableAfter,
  describe as describeEntry,
  openEntry,
  paintRough,
  passMinutes,
  seePhoto,
  typeMore,
  untilHeld,
} from "../support/journalSteps.ts";
import {
  button,
  chooseFirstPassphrase,
  editor,
  enter,
  go,
  heading,
  leave,
  link,
  type Person,
  unlock,
  vanish,
  waitForSync,
} from "../support/person.ts";
import { sealedIn, whereSealed } from "../support/sealedOnDisk.ts";
import { pair, readsNothingOf, share, untilSaved, writeEntry } from "../support/together.ts";

/** The journal as two people use it: written, shared, changed, lost on the way, found again, taken back. */

let household: Household;
let anna: Person;
let sam: Person;

beforeAll(async () => {
  household = await openHousehold();
  [anna, sam] = await Promise.all([
    household.moveIn({ name: "Anna", passphrase: "a kettle under the moon", role: "I was hurt" }),
    household.moveIn({ name: "Sam", passphrase: "eleven quiet lanterns", role: "I broke trust" }),
  ]);
  await pair(anna, sam);
});
afterEach((context) => household.tellScreens(context));
afterAll(() => household?.end());

const upToDate = async (): Promise<void> => {
  for (const person of [anna, sam]) await waitForSync(person, "Both up to date since today.");
};

const garden = "The garden in March";
let gardenPhoto: string;

test("an entry goes as its preview shows it: heading, ticked item, tag, feeling, its own day, and the photo", async () => {
  const { page } = anna;
  await writeEntry(anna, { title: garden, words: "The beans came up." });
  await editor(page).press("Control+End");
  for (const line of ["## What is left", "[x] Water the beans", "", "Then it rained."]) {
    await page.keyboard.press("Enter");
    await page.keyboard.type(line);
  }
  await describeEntry(anna, { day: "2025-03-03", tag: "outside", feeling: "hopeful" });
  await choosePhoto(anna, await paint(page, 640, 480));
  gardenPhoto = await seePhoto(editor(page));

  await button(page, "Share…").click();
  const preview = page.getByRole("dialog", { name: "This is what Sam will see" });
  expect(await seePhoto(preview)).toBe(gardenPhoto);
  await seesTheGarden(preview);
  await button(page, "Share with Sam").click();
  await page.getByText("This entry is shared with Sam.").waitFor();

  await openEntry(sam, garden);
  const read = sam.page.getByRole("article");
  expect(await seePhoto(read)).toBe(gardenPhoto);
  await seesTheGarden(read);
  await read.getByText("Anna wrote · today").waitFor();
});

const seesTheGarden = async (place: ReturnType<Person["page"]["locator"]>): Promise<void> => {
  await place.getByText("The beans came up.").waitFor();
  await place.getByRole("heading", { name: "What is left" }).waitFor();
  const item = place.getByRole("listitem").filter({ hasText: "Water the beans" });
  await item.getByRole("img", { name: "Ticked:" }).waitFor();
  await place.getByText("Then it rained.").waitFor();
  await place.getByText(/^about 3 March 2025, written today$/).waitFor();
  const marks = place.locator("dl.marks");
  for (const word of ["outside", "hopeful"]) await marks.getByText(word, { exact: true }).waitFor();
};

test("a shared entry shows later words by itself, says that it changed, and keeps how it read before", async () => {
  await passMinutes(anna, 11);
  await typeMore(anna, "And the snails came.");
  await sam.page.getByText("And the snails came.").waitFor();
  await button(sam.page, "changed today").click();
  const before = sam.page.getByRole("dialog", { name: "How it read before" });
  await before.getByText("Then it rained.").waitFor();
  const added = before.locator("ins");
  await before.getByRole("option").first().click();
  await added.getByText("And the snails came.").waitFor();
  await before.getByRole("option").last().click();
  expect(await before.getByText("And the snails came.").count()).toBe(0);
  await button(sam.page, "Close").click();
});

test("earlier words come back as a new version, for both, and nothing in between is lost", async () => {
  await passMinutes(anna, 11);
  await openEntry(anna, garden);
  await button(anna.page, /^changed /).click();
  await button(anna.page, "Bring these words back").click();
  await anna.page.getByText(/^These words stand again\./).waitFor();
  const list = anna.page.getByRole("listbox", { name: "How it stood, newest first" });
  await expect.poll(() => list.getByRole("option").count()).toBe(3);
  await button(anna.page, "Close").click();
  await expect.poll(() => editor(anna.page).innerText()).not.toContain("snails");
  await editor(anna.page).getByText("Then it rained.").waitFor();
  await sam.page.getByText("And the snails came.").waitFor({ state: "detached" });
  expect(await seePhoto(sam.page)).toBe(gardenPhoto);
});

/** Of what a browser keeps, all but my room, which apart.test.ts looks through. */
const diskOf = ({ page }: Person): ReturnType<typeof readStorage> => readStorage(page, ".room.");

const canary = "A quince jar that nobody is told about.";
const lastYear = "Lanterns on the canal";

test("what is not shared is on neither the partner’s screen nor either one’s disk in the clear", async () => {
  await writeEntry(anna, { title: "Quinces", words: canary });
  const yearAgo = new Date();
  yearAgo.setFullYear(yearAgo.getFullYear() - 1);
  await writeEntry(anna, { title: lastYear, words: "We stood there until two." });
  await describeEntry(anna, { day: yearAgo.toLocaleDateString("en-CA") });
  await upToDate();
  for (const place of ["Journal", "Questions", "Letters"] as const) {
    await go(sam, place);
    await heading(sam.page, place).first().waitFor();
    for (const words of [canary, "Quinces", lastYear, "We stood there"])
      expect(await readsNothingOf(sam, words)).toBe(true);
  }
  const disks = [...(await diskOf(anna)), ...(await diskOf(sam))];
  expect(findCanaries([canary, lastYear, garden, "The beans came up."], disks)).toEqual([]);
  expect(disks.some(({ where }) => where.includes(".carried.chunks"))).toBe(true);
});

const lake = "The lake, from above";
let lakePhoto: string;

test("words arrive before their photo, and a cut in the middle of it costs nothing of either", async () => {
  await writeEntry(anna, { title: lake, words: "You said that you had never been there." });
  const painted = await paintRough(anna.page, 1_600);
  expect(painted.length).toBeGreaterThan(2_000_000);
  await editor(anna.page).press("Control+End");
  await choosePhoto(anna, painted);
  lakePhoto = await seePhoto(editor(anna.page));
  await go(sam, "Journal");
  await cutCableAfter(anna, 1_000_000);
  await share(anna, sam);
  await link(sam.page, lake).click();
  await sam.page.getByText("You said that you had never been there.").waitFor();
  await untilHeld(anna);
  await sam.page.getByText(/^This photo has not come yet\./).waitFor();
  await vanish(anna);
  await leave(sam);
});

test("the first screen after opening shows what was a year ago in its place in the list and nowhere else", async () => {
  await anna.page.close();
  await Promise.all([anna.openWindow(), sam.openWindow()]);
  await Promise.all([enter(anna), unlock(sam)]);
  await heading(anna.page, "Today").waitFor();
  expect(await anna.page.locator("body").innerText()).not.toContain(lastYear);
  await go(anna, "Journal");
  await link(anna.page, lastYear).waitFor();
  const words = await anna.page.locator("body").innerText();
  expect(words.split(lastYear)).toHaveLength(2);
  expect(words.split("We stood there")).toHaveLength(2);
  expect(words).not.toMatch(/on this day|a year ago|one year|years ago|memor|remember|look back/i);
  const yearAgo = String(new Date().getFullYear() - 1);
  const month = anna.page.getByRole("region").filter({ has: link(anna.page, lastYear) });
  expect(await month.getByRole("heading", { level: 2 }).innerText()).toContain(yearAgo);
  const lines = await anna.page.locator(".virtual-lines .line-title").allInnerTexts();
  expect(lines.indexOf(lastYear)).toBeGreaterThan(lines.indexOf("Quinces"));
});

test("once both are back, the photo is whole", async () => {
  await openEntry(sam, lake);
  await sam.page.getByText("You said that you had never been there.").waitFor();
  expect(await seePhoto(sam.page)).toBe(lakePhoto);
  await upToDate();
});

test("words are found by how they begin, without their accents, on the screen and by the palette", async () => {
  const { page } = anna;
  await go(anna, "My room");
  await button(page, "I have not made it yet").click();
  await chooseFirstPassphrase(page, "nobody opens this cupboard");
  await button(page, "Make my room").click();
  await button(page, "Write a first line").click({ timeout: 60_000 });
  await editor(page).fill("The crémerie, where I went alone.");
  await untilSaved(anna);
  await writeEntry(anna, { title: "Sunday", words: "Crème brûlée at the Café Zürich." });
  await writeEntry(sam, { title: "Lunch", words: "They had no crème left." });
  await share(sam, anna);

  await go(anna, "Journal");
  await link(page, "Lunch").waitFor();
  const found = page.getByRole("region", { name: "Found entries" });
  await page.keyboard.press("/");
  await page.keyboard.type("creme");
  // Until then what stood there before stands there still.
  await found.getByText("These entries have the words.").waitFor();
  await found.getByRole("link", { name: "Sunday" }).waitFor();
  await found.getByRole("link", { name: "Lunch" }).waitFor();
  expect(await found.getByRole("link").count()).toBe(2);
  expect(await readsNothingOf(anna, "crémerie")).toBe(true);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("crem");
  await found.getByText("These entries have the words.").waitFor();
  await found.getByRole("link", { name: "Lunch" }).waitFor();
  expect(await readsNothingOf(anna, "crémerie")).toBe(true);
  await button(page, "Clear").click();

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to, or do" });
  await page.keyboard.type("lantern");
  await palette.getByRole("menuitem", { name: lastYear }).click();
  await editor(page).getByText("We stood there until two.").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zuri");
  await palette.getByRole("menuitem", { name: "Look for “zuri” in the entries" }).click();
  await found.getByRole("link", { name: "Sunday" }).waitFor();
  expect(await found.getByRole("link").count()).toBe(1);
  await button(page, "Clear").click();
});

test("an entry comes back from the trash, and deleted for good it leaves the disk", async () => {
  const { page } = anna;
  const before = sealedIn(await diskOf(anna));
  await writeEntry(anna, { title: "Pears", words: "Not even a pear tree knows." });
  const written = await diskOf(anna);
  const own = [...sealedIn(written)].filter((sealed) => !before.has(sealed));
  expect(whereSealed(own, written).length).toBeGreaterThan(0);
  await button(page, "Put in the trash").click();
  await page.getByText("It is in the trash, and stays there for 30 days.").waitFor();
  await go(anna, "Journal");
  await link(page, "Quinces").first().waitFor();
  expect(await link(page, "Pears").count()).toBe(0);
  await link(page, "Trash").click();
  await link(page, "Pears").click();
  await page.getByText("Not even a pear tree knows.").waitFor();
  await button(page, "Put it back").click();
  await editor(page).getByText("Not even a pear tree knows.").waitFor();
  await button(page, "Put in the trash").click();
  await link(page, "Trash").click();
  await link(page, "Pears").click();
  await button(page, "Delete for good…").click();
  await button(page, "Delete for good").click();
  await page.getByText("Nothing is in the trash.").waitFor();
  const disk = await diskOf(anna);
  expect(whereSealed(own, disk)).toEqual([]);
  expect(findCanaries(["pear tree", "Pears"], disk)).toEqual([]);
});

test("withdrawn, an entry leaves a dated trace on both screens, and its words are on neither", async () => {
  await openEntry(sam, garden);
  await sam.page.getByText("Then it rained.").waitFor();
  await openEntry(anna, garden);
  await button(anna.page, "Withdraw…").click();
  await button(anna.page, "Withdraw them").click();
  for (const person of [anna, sam]) {
    await person.page.getByText(/^Withdrawn today\./).waitFor();
    expect(await readsNothingOf(person, "Then it rained.")).toBe(true);
    expect(await person.page.locator(".photo-frame").count()).toBe(0);
    await go(person, "Journal");
    await person.page.getByText("Withdrawn today. The words are gone.").waitFor();
    expect(await readsNothingOf(person, garden)).toBe(true);
  }
  await upToDate();
});

test("nothing broke unseen on the way", () => {
  expect(anna.crashes()).toEqual([]);
  expect(sam.crashes()).toEqual([]);
});
