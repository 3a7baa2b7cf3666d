import * as Y from "yjs";
import { readU32 } from "../../base/bytes.ts";
import { newId, type PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { PageKind } from "../../page/card.ts";
import { copyForSharing } from "../../page/copyWords.ts";
import { replaceWords } from "../../page/edition.ts";
import { newPageDoc, pageMeta, type PageDoc } from "../../page/pageDoc.ts";
import { practices } from "../../page/practices.ts";
import { practiceKinds } from "../../page/said.ts";
import { wordsMark } from "../../page/sameWords.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { PageCode } from "../openPage.ts";
import { type AnswersTo, isEmpty, markSharing, readPage, removePage } from "../pages/writing.ts";

/** What is changed in a copy and then sent. Entries are written on as they stand; a disclosure gets additions. */
export const changeableKinds: readonly PageKind[] = [
  "question",
  "answer",
  "told",
  "letter",
  "reply",
  "heard",
  ...practiceKinds.filter((kind) => practices[kind].changeable),
];

/**
 * A private copy of a shared page. Its first message says whose copy it is, so that it never passes for something
 * new; one that was not finished is not `whole`, and is made anew.
 */
export const copyForChange = async (
  drafts: Shelf,
  shared: Shelf,
  page: PageId,
  random: Random,
): Promise<Result<PageId, PageCode>> => {
  for (const [draft, facts] of drafts.pages.facts.read()) {
    if (facts.changes !== page) continue;
    if (facts.whole) return accept(draft);
    const removed = await removePage(drafts, draft);
    if (!removed.ok) return removed;
  }
  const doc = await readPage(shared, page, random);
  if (!doc.ok) return doc;
  const draft = newId<PageId>(random);
  pageMeta(doc.value).delete("edition");
  const pieces = [
    beginCopy(doc.value, page, random),
    ...copyForSharing(doc.value, readU32(random(4), 0)),
  ];
  doc.value.destroy();
  for (const piece of pieces) {
    const written = await drafts.write(draft, "begin", piece);
    if (!written.ok) return written;
  }
  return accept(draft);
};

const beginCopy = (of: PageDoc, page: PageId, random: Random): Uint8Array => {
  const doc = newPageDoc(random);
  for (const name of ["v", "kind"]) pageMeta(doc).set(name, pageMeta(of).get(name));
  pageMeta(doc).set("changes", page);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
};

/** Copies that a killed process left unfinished: nobody has written in them. */
export const dropUnfinishedCopies = async (drafts: Shelf): Promise<boolean> => {
  let dropped = true;
  for (const [draft, { changes, whole }] of drafts.pages.facts.read()) {
    if (changes !== undefined && !whole) dropped = (await removePage(drafts, draft)).ok && dropped;
  }
  return dropped;
};

/**
 * The words of the draft become the words of the page that it changes; the draft is gone. Where nothing was changed,
 * nothing is said. Killed or refused anywhere in between, it begins again with the same words and the same updates.
 */
export const shareChange = async (
  { drafts, shared, random }: ChangeParts,
  draft: PageId,
  page: PageId,
  answers: AnswersTo,
): Promise<Result<PageId, PageCode>> => {
  const standing = shared.pages.facts.read().get(page);
  if (standing === undefined) return refuse("NO_PAGE");
  if (standing.withdrawnAt !== undefined) return refuse("WITHDRAWN");
  if (isEmpty(drafts, draft)) return refuse("EMPTY");
  const marked = await markSharing(drafts, draft, answers, random);
  if (!marked.ok) return marked;
  const updates = await makeUpdates(drafts, shared, draft, page, random);
  if (!updates.ok) return updates;
  const names = drafts.pages.facts.read().get(draft)?.chunks ?? [];
  const brought = await shared.photos.bring(names, drafts.photos);
  if (!brought.ok) return brought;
  for (const update of updates.value) {
    const written = await shared.write(page, "change", update);
    if (!written.ok) return written;
  }
  const removed = await removePage(drafts, draft);
  return removed.ok ? accept(page) : removed;
};

export type ChangeParts = {
  readonly drafts: Shelf;
  readonly shared: Shelf;
  readonly random: Random;
};

const makeUpdates = async (
  drafts: Shelf,
  shared: Shelf,
  draft: PageId,
  page: PageId,
  random: Random,
): Promise<Result<readonly Uint8Array[], PageCode>> => {
  const from = await readPage(drafts, draft, random);
  if (!from.ok) return from;
  const onto = await readPage(shared, page, random);
  if (onto.ok) {
    const updates = saysTheSame(onto.value, from.value)
      ? []
      : [
          ...sawAnew(onto.value, pageMeta(from.value).get("saw")),
          ...replaceWords({ shared: onto.value, draft: from.value, id: draft }),
        ];
    onto.value.destroy();
    from.value.destroy();
    return accept(updates);
  }
  from.value.destroy();
  return onto;
};

/** First, since a page that is this draft's edition counts as done. */
const sawAnew = (page: PageDoc, saw: unknown): readonly Uint8Array[] => {
  if (pageMeta(page).get("saw") === saw) return [];
  const before = Y.encodeStateVector(page);
  pageMeta(page).set("saw", saw);
  return [Y.encodeStateAsUpdate(page, before)];
};

const saysTheSame = (page: PageDoc, draft: PageDoc): boolean =>
  wordsMark(page) === wordsMark(draft) &&
  ["need", "depth", "helpsBy"].every(
    (name) => pageMeta(page).get(name) === pageMeta(draft).get(name),
  );
