import { expect, test } from "vitest";
import { readThreads } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { isShort } from "./results.ts";

await loadSodium();

const measure = async <Value>(what: string, run: () => Promise<Value> | Value): Promise<Value> => {
  const begun = performance.now();
  const value = await run();
  console.log(`${what}: ${Math.round(performance.now() - begun)} ms`);
  return value;
};

const asked = isShort ? 20 : 500;

/** Two years of asking: 500 questions, each answered four times. On memory disks: what our own code costs. */
test("a long history opens, and words in it are found", { timeout: 900_000 }, async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 77 });
  const questions: PageId[] = [];
  await measure(`${asked} questions asked`, async () => {
    for (let day = 0; day < asked; day++) {
      const draft = must(await anna.journal().draftQuestion());
      await writeDraft(anna.journal(), draft, `Where were you on day ${day}?`);
      questions.push(must(await anna.journal().share(draft)));
    }
  });
  await settle(10);
  await measure(`${asked * 4} answers sent`, async () => {
    for (const round of ["first", "second", "third", "fourth"])
      for (const question of questions) {
        const answer = must(await sam.journal().draftAnswer(question));
        await writeDraft(sam.journal(), answer, `I was at home. The ${round} time I say it.`);
        must(await sam.journal().share(answer));
      }
  });
  await settle(30);
  const cards = () => anna.journal().cards.read();
  expect(cards()).toHaveLength(asked * 5);
  await measure("all of them opened by their reader", async () => {
    for (const { id, opened } of cards()) if (!opened) must(await anna.journal().openClosed(id));
  });
  await anna.lock();
  await measure("unlocked", anna.open);
  const threads = await measure("threads read from the cards", () => readThreads(cards()));
  expect(threads.mine).toHaveLength(asked);
  expect(threads.mine.every(({ answers }) => answers.length === 4)).toBe(true);
  for (const words of ["third time", "second", `day ${asked / 2}`])
    expect(
      (await measure(`“${words}” found`, () => anna.journal().find(words))).size,
    ).toBeGreaterThan(0);
});
