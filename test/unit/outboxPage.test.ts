import { beforeAll, expect, test } from "vitest";
import type * as Y from "yjs";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createTwoPartners, must, typeWords, wordsOf } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const bodyOf = (page: { readonly body: unknown }): Y.XmlFragment => page.body as Y.XmlFragment;

test("a paste that is too large is said; once it is taken out again, everything typed around it is saved", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 1 });
  const draft = must(await anna.journal().entries.draftEntry());
  const page = must(await anna.journal().openPage(draft));
  typeWords(page, "before");
  typeWords(page, "x".repeat(600_000));
  typeWords(page, "after");
  await settle(4);
  expect(page.saved.read()).toEqual({ state: "failed", code: "TOO_LARGE" });
  bodyOf(page).delete(1, 1);
  typeWords(page, "and later");
  await settle(12);
  expect(page.saved.read()).toEqual({ state: "saved" });
  anna.kill();
  await anna.open();
  const again = must(await anna.journal().openPage(draft));
  expect(wordsOf(again)).toBe(
    "<paragraph>before</paragraph><paragraph>after</paragraph><paragraph>and later</paragraph>",
  );
});

test("typing on after such a paste was taken out goes on being saved, in small pieces", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 2 });
  const draft = must(await anna.journal().entries.draftEntry());
  const page = must(await anna.journal().openPage(draft));
  typeWords(page, "y".repeat(600_000));
  await settle(4);
  bodyOf(page).delete(0, 1);
  for (let count = 0; count < 5; count++) {
    typeWords(page, `line ${count}`);
    await settle(6);
    expect(page.saved.read()).toEqual({ state: "saved" });
  }
  await page.close();
  anna.kill();
  await anna.open();
  expect(anna.journal().cards.read()[0]?.excerpt).toBe("line 0 line 1 line 2 line 3 line 4");
});
