import { expect, test } from "vitest";
import { findBegun } from "../../renderer/questions/findBegun.ts";
import { parkQuestion } from "../../renderer/questions/parkQuestion.ts";
import { readThreads } from "../../renderer/questions/threads.ts";
import { refuse } from "../../shared/base/result.ts";
import { createFakeJournal } from "../support/fakeJournal.ts";
import { createManualClock } from "../support/manualClock.ts";

const journalOfTwo = () =>
  createFakeJournal({ clock: createManualClock(1_000), partner: { name: "Sam" } });

test("a parked question is a draft with those words and nothing that travels", async () => {
  const journal = journalOfTwo();
  const parked = await parkQuestion(journal, "Who knew?", undefined);
  const [card] = journal.cards.read();
  expect(parked).toEqual({ ok: true, value: card?.id });
  expect([card?.place, card?.kind, card?.title]).toEqual(["draft", "question", "Who knew?"]);
});

test("a question that was begun without a word is gone on with instead of leaving one more behind", async () => {
  const journal = journalOfTwo();
  await journal.draftQuestion();
  const begun = findBegun(readThreads(journal.cards.read()).drafts);
  await parkQuestion(journal, "Who knew?", begun?.id);
  expect(journal.cards.read().map(({ title }) => title)).toEqual(["Who knew?"]);
  expect(findBegun(readThreads(journal.cards.read()).drafts)).toBeUndefined();
});

test("it counts as parked only once the disk has it, and the page is closed either way", async () => {
  const journal = journalOfTwo();
  let closed = 0;
  const full = {
    ...journal,
    openPage: async (...page: Parameters<typeof journal.openPage>) => {
      const opened = await journal.openPage(...page);
      if (!opened.ok) return opened;
      const flush = async () => refuse("DISK_FULL" as const);
      const close = async () => void closed++;
      return { ...opened, value: { ...opened.value, flush, close } };
    },
  };
  expect(await parkQuestion(full, "Who knew?", undefined)).toEqual(refuse("DISK_FULL"));
  expect(closed).toBe(1);
});

test("an emptied copy of an asked question is never taken for a new one", async () => {
  const journal = journalOfTwo();
  const asked = await journal.draftQuestion();
  if (!asked.ok) throw new Error(asked.code);
  await journal.draftChange(asked.value);
  await journal.discardDraft(asked.value);
  expect(journal.cards.read()).toHaveLength(1);
  expect(findBegun(readThreads(journal.cards.read()).drafts)).toBeUndefined();
});
