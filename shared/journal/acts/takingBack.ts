import { newId, type PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { readU32 } from "../../base/bytes.ts";
import { copyForSharing } from "../../page/copyWords.ts";
import { wordlessKinds } from "../../page/card.ts";
import type { PageFacts } from "../../page/facts.ts";
import { practices } from "../../page/practices.ts";
import { isPractice } from "../../page/said.ts";
import { pageMeta } from "../../page/pageDoc.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { changePage, readPage, removePage, sharedPageOf } from "../pages/writing.ts";

/**
 * Before another pairing takes the place of one in which the two never met: what was shared goes back among
 * the drafts, since nobody will ever hold the old keys. False where the disk refuses; nothing is gone then.
 * What a partner may have sent meanwhile is not mine to take. Nods and days are about pages of a partner who never
 * was there; what was withdrawn has no words; and what is said with one press has no place among drafts where anybody
 * would look for it.
 */
export const takeBack = async (
  shared: Shelf & { readonly chains: Pick<SharedShelf["chains"], "people"> },
  drafts: Shelf,
  random: Random,
): Promise<boolean> => {
  const facts = shared.pages.facts.read();
  const taken = new Map(
    [...facts]
      .filter(([, page]) => page.owner === shared.chains.people.me && holdsWords(page))
      .map(([page]) => [page, newId<PageId>(random)] as const),
  );
  for (const [page, draft] of taken) {
    const doc = await readPage(shared, page, random);
    if (!doc.ok) return false;
    const of = facts.get(page)?.of;
    const place = of === undefined ? undefined : taken.get(of);
    if (place !== undefined) pageMeta(doc.value).set("of", sharedPageOf(place));
    const pieces = copyForSharing(doc.value, readU32(random(4), 0));
    doc.value.destroy();
    const names = facts.get(page)?.chunks ?? [];
    if (!(await drafts.photos.bring(names, shared.photos)).ok) return false;
    for (const piece of pieces) if (!(await drafts.write(draft, "begin", piece)).ok) return false;
  }
  for (const [draft, { changes, whole, of }] of drafts.pages.facts.read()) {
    const place = of === undefined ? undefined : taken.get(of);
    if (changes === undefined && place === undefined) continue;
    const stays = changes === undefined || (whole && taken.has(changes));
    const done = stays
      ? await changePage(drafts, draft, random, (doc) => {
          for (const name of ["changes", "sharing"]) pageMeta(doc).delete(name);
          if (place !== undefined) pageMeta(doc).set("of", sharedPageOf(place));
        })
      : await removePage(drafts, draft);
    if (!done.ok) return false;
  }
  return true;
};

const holdsWords = ({ kind, withdrawnAt }: PageFacts): boolean =>
  !wordlessKinds.includes(kind) && !isMomentary(kind) && withdrawnAt === undefined;

/** Said to the other at a moment that is over: it is nothing to go on writing. */
const isMomentary = (kind: PageFacts["kind"]): boolean =>
  kind !== "newer" && isPractice(kind) && ["atOnce", "ownWay"].includes(practices[kind].goes);
