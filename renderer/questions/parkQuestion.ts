import type { PageId } from "../../shared/base/ids.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";

type Parts = Pick<Journal, "draftQuestion" | "openPage">;

/**
 * A question in a few words, kept as a draft that nobody else sees. Done when the disk has it.
 * @param begun a draft without a word: it is taken instead of leaving one more behind
 */
export const parkQuestion = async (
  { draftQuestion, openPage }: Parts,
  title: string,
  begun: PageId | undefined,
): Promise<Result<PageId, PageCode>> => {
  const drafted = begun === undefined ? await draftQuestion() : accept(begun);
  if (!drafted.ok) return drafted;
  const opened = await openPage(drafted.value);
  if (!opened.ok) return opened;
  const page = opened.value;
  page.setTitle(title);
  const kept = await page.flush();
  await page.close();
  return kept.ok ? accept(drafted.value) : kept;
};
