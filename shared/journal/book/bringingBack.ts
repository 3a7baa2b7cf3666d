import * as Y from "yjs";
import { newId, type PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import type { Result } from "../../base/result.ts";
import { replaceWords } from "../../page/edition.ts";
import { newPageDoc, type PageDoc } from "../../page/pageDoc.ts";
import { wordsMark } from "../../page/sameWords.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { VersionId } from "../../page/versions.ts";
import { readVersion, type HistoryOf } from "../pages/history.ts";
import type { PageCode } from "../openPage.ts";
import { readPage } from "../pages/writing.ts";

/**
 * The words and the title of an earlier version stand again, as a new version after all the others: nothing that was
 * written since is lost, it stands before it. On a shared page it is an edition like any other, whole or not there.
 * An editor that has the page open shows it; what is still being typed in one has to be saved before.
 */
export const bringBack = async (
  shelf: Shelf,
  of: HistoryOf,
  version: VersionId,
  random: Random,
  pause: () => Promise<void>,
): Promise<Result<void, PageCode>> => {
  const wanted = await readVersion(shelf, of, version, random, pause);
  if (!wanted.ok) return wanted;
  const now = await readPage(shelf, of.page, random);
  if (!now.ok) return now;
  const before = newPageDoc(random);
  Y.applyUpdate(before, wanted.value);
  const updates = updatesTo(now.value, before, newId<PageId>(random));
  now.value.destroy();
  before.destroy();
  return shelf.writeAll(updates.map((body) => ({ page: of.page, act: "change", body })));
};

/** None where the page reads so already. */
const updatesTo = (now: PageDoc, before: PageDoc, id: PageId): readonly Uint8Array[] =>
  wordsMark(now) === wordsMark(before) ? [] : replaceWords({ shared: now, draft: before, id });
