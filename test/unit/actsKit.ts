import type * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Card } from "../../shared/page/card.ts";
import { must, typeWords, wordsOf, writeDraft } from "../support/twoPartners.ts";

/** Writes a draft and sends it. */
export const send = async (
  journal: Journal,
  begun: Promise<Result<PageId, string>>,
  text: string,
): Promise<PageId> => {
  const draft = must(await begun);
  await writeDraft(journal, draft, text);
  return must(await journal.share(draft));
};

export const cardOf = (journal: Journal, page: PageId): Card => {
  const card = journal.cards.read().find(({ id }) => id === page);
  if (card === undefined) throw new Error("no such card");
  return card;
};

export const drafts = (journal: Journal): readonly Card[] =>
  journal.cards.read().filter(({ place }) => place === "draft");

/** What stands on a page, as one who opens it reads it. */
export const readPage = async (journal: Journal, page: PageId): Promise<string> => {
  const open = must(await journal.openPage(page));
  const words = wordsOf(open);
  await open.close();
  return words;
};

/** Instead of what stood there. */
export const rewrite = async (journal: Journal, draft: PageId, text: string): Promise<void> => {
  const page = must(await journal.openPage(draft));
  const body = page.body as unknown as Y.XmlFragment;
  body.delete(0, body.length);
  typeWords(page, text);
  must(await page.flush());
  await page.close();
};

/** Changes a sent page as its writer does: in a copy, and then sends that. */
export const change = async (journal: Journal, page: PageId, text: string): Promise<void> => {
  const draft = must(await journal.draftChange(page));
  await rewrite(journal, draft, text);
  must(await journal.share(draft));
};

export const codeOf = async (act: Promise<Result<unknown, string>>): Promise<string> => {
  const done = await act;
  return done.ok ? "ok" : done.code;
};
