import type { PageId } from "../../base/ids.ts";
import type { Live } from "../../base/live.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Card, PageKind } from "../../page/card.ts";
import type { Shelf } from "../../page/shelf.ts";
import type { PageCode } from "../openPage.ts";
import { isBeingShared } from "../pages/livePages.ts";

/** What a person may lay hands on: everything that an act asks before it writes. */
export type Reach = {
  readonly cards: () => readonly Card[];
  readonly card: (page: PageId) => Card | undefined;
  /** A draft of mine. */
  readonly draft: (page: PageId) => Result<Card, PageCode>;
  /** A draft of mine that is not on its way yet: from then on it does not change. */
  readonly openDraft: (page: PageId) => Result<Card, PageCode>;
  /** A shared page of one of these kinds, not withdrawn; the partner's only once it was opened. */
  readonly shared: (
    page: PageId,
    author: Card["author"],
    kinds: readonly PageKind[],
  ) => Result<Card, PageCode>;
};

export const createReach = (cards: Live<readonly Card[]>, drafts: Shelf): Reach => {
  const card: Reach["card"] = (page) => cards.read().find(({ id }) => id === page);
  const draft: Reach["draft"] = (page) => {
    const found = card(page);
    if (found === undefined) return refuse("NO_PAGE");
    return found.place === "draft" ? accept(found) : refuse("NOT_YOURS");
  };
  return {
    cards: cards.read,
    card,
    draft,
    openDraft: (page) => (isBeingShared(drafts, page) ? refuse("BEING_SHARED") : draft(page)),
    shared: (page, author, kinds) => {
      const found = card(page);
      if (found?.place !== "shared") return refuse("NO_PAGE");
      if (found.kind === "newer") return refuse("NEWER_KIND");
      if (!kinds.includes(found.kind)) return refuse("NO_PAGE");
      if (found.author !== author) return refuse("NOT_YOURS");
      if (found.withdrawnAt !== undefined) return refuse("WITHDRAWN");
      return found.opened ? accept(found) : refuse("NO_PAGE");
    },
  };
};
