import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Household, openHousehold } from "../support/household.ts";
import { button, editor, go, link, type Person } from "../support/person.ts";
import { pair } from "../support/together.ts";

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

const soon = { timeout: 30_000 };

const sit = async (person: Person): Promise<void> => {
  await go(person, "Us");
  await link(person.page, "Where we want to go").click(soon);
  await button(person.page, "Write on this page").click(soon);
  await editor(person.page).waitFor();
};

test("two who type at the same time read all of it while they type, and both say yes to the same words", async () => {
  await Promise.all([sit(anna), sit(sam)]);
  await Promise.all([
    editor(anna.page).pressSequentially("We live by the sea. "),
    editor(sam.page).pressSequentially("Sundays are ours. "),
  ]);
  await Promise.all(
    [anna, sam].map(async ({ page }) => {
      await editor(page).getByText("We live by the sea.").waitFor(soon);
      await editor(page).getByText("Sundays are ours.").waitFor(soon);
    }),
  );
  // Undoing takes back what one has typed oneself, and nothing of the other's.
  await editor(sam.page).press("Control+z");
  await editor(anna.page)
    .getByText("Sundays are ours.")
    .waitFor({ state: "detached", ...soon });
  await editor(anna.page).getByText("We live by the sea.").waitFor();
  await editor(sam.page).press("Control+Shift+z");
  await editor(anna.page).getByText("Sundays are ours.").waitFor(soon);

  await button(anna.page, "Done for now").click();
  await button(sam.page, "Done for now").click();
  await button(anna.page, "Propose these words").click();
  await button(sam.page, "Yes to these words").click(soon);
  for (const { page } of [anna, sam]) {
    const agreed = page.getByRole("region", { name: "What you both want" });
    await agreed.getByText("Sundays are ours.").waitFor(soon);
  }
  await button(anna.page, "Whose words").click();
  const theirs = anna.page.locator(".vision-whose .whose.theirs");
  await theirs.first().waitFor();
  expect(await theirs.allInnerTexts()).toEqual([expect.stringContaining("Sundays are ours.")]);
});
