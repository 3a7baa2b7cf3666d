import type { Clock } from "../base/clock.ts";
import type { PageId } from "../base/ids.ts";
import type { Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { Card, QuestionCard } from "../page/card.ts";
import type { PageStart } from "../page/pageDoc.ts";
import type { Shelf } from "../page/shelf.ts";
import type { Journal, PageCode } from "./journal.ts";
import { isBeingShared, type LivePages } from "./livePages.ts";
import type { Marks } from "./marks.ts";
import {
  askOnceMore,
  beginPage,
  describe,
  findAnswerDraft,
  isEmpty,
  removePage,
  shareDraft,
} from "./writing.ts";

/** What a person does with pages of the shared side, and who may do what. */
export type Acts = Pick<
  Journal,
  | "draftEntry"
  | "draftQuestion"
  | "describeQuestion"
  | "draftAnswer"
  | "discardDraft"
  | "share"
  | "askAgain"
  | "openClosed"
>;

export type ActsParts = {
  readonly cards: Live<readonly Card[]>;
  readonly drafts: Shelf;
  readonly shared: () => Shelf | undefined;
  readonly pages: LivePages;
  readonly marks: Marks;
  /** A share that the disk refused goes on by itself. */
  readonly keepSharing: () => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
};

export const createActs = (parts: ActsParts): Acts => {
  const { cards, drafts, pages, random } = parts;

  const cardOf = (page: PageId): Card | undefined => cards.read().find(({ id }) => id === page);
  const draftOf = (page: PageId): Result<Card, PageCode> => {
    const card = cardOf(page);
    if (card === undefined) return refuse("NO_PAGE");
    return card.place === "draft" ? accept(card) : refuse("NOT_YOURS");
  };
  const questionOf = (
    page: PageId,
    asker: Card["author"],
  ): Result<QuestionCard, "NO_PAGE" | "NOT_YOURS"> => {
    const card = cardOf(page);
    if (card?.question === undefined || card.place !== "shared") return refuse("NO_PAGE");
    return card.author === asker ? accept(card.question) : refuse("NOT_YOURS");
  };
  const begin = async (start: PageStart): Promise<Result<PageId, StoreCode>> => {
    const begun = await beginPage(drafts, start, random);
    if (begun.ok) return begun;
    return refuse(begun.code === "TOO_LARGE" ? "STORE_FAILED" : begun.code);
  };

  return {
    draftEntry: () => begin({ kind: "entry" }),
    draftQuestion: () => begin({ kind: "question", need: "heard", depth: "meaning" }),
    describeQuestion: async (page, need, depth) => {
      const draft = draftOf(page);
      if (!draft.ok) return draft;
      if (draft.value.kind !== "question") return refuse("NOT_YOURS");
      return describe(drafts, page, random, { need, depth });
    },
    draftAnswer: async (page) => {
      const question = questionOf(page, "partner");
      if (!question.ok) return question;
      const begun = findAnswerDraft(cards.read(), page);
      if (begun !== undefined) return accept(begun.id);
      const round = question.value.askedAt.length - 1;
      return begin({ kind: "answer", question: page, round });
    },
    discardDraft: async (page) => {
      const draft = draftOf(page);
      if (!draft.ok) return draft;
      if (isBeingShared(drafts, page)) return refuse("BEING_SHARED");
      await pages.closeOne(page);
      return removePage(drafts, page);
    },
    share: async (page) => {
      const draft = draftOf(page);
      if (!draft.ok) return draft;
      const shelf = parts.shared();
      if (shelf === undefined) return refuse("NOT_PAIRED");
      // Refused before it is closed: whoever goes on typing goes on being saved.
      const flushed = await pages.flushOne(page);
      if (!flushed.ok) return flushed;
      if (isEmpty(drafts, page)) return refuse("EMPTY");
      const closed = await pages.closeOne(page);
      if (!closed.ok) return closed;
      const shared = await shareDraft(drafts, shelf, page, random);
      if (!shared.ok) await parts.keepSharing();
      return shared;
    },
    askAgain: async (page) => {
      const question = questionOf(page, "me");
      if (!question.ok) return question;
      const shelf = parts.shared();
      return shelf === undefined
        ? refuse("NO_PAGE")
        : askOnceMore(shelf, page, parts.clock, random);
    },
    openClosed: async (page) =>
      cardOf(page)?.answer === undefined ? refuse("NO_PAGE") : parts.marks.open(page),
  };
};
