import type { PageId } from "../../base/ids.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { type Card, longestRest } from "../../page/card.ts";
import { pageMeta } from "../../page/pageDoc.ts";
import { practices } from "../../page/practices.ts";
import { isPractice } from "../../page/said.ts";
import type { ActsTools } from "./actsTools.ts";
import { changeableKinds } from "./changing.ts";
import type { Journal, ShareCode } from "../journal.ts";
import type { PageCode } from "../openPage.ts";
import { isBeingShared } from "../pages/livePages.ts";
import { withdrawableKinds } from "./withdrawing.ts";
import { type AnswersTo, changePage, isEmpty, removePage } from "../pages/writing.ts";

export type Handling = Pick<
  Journal,
  "share" | "discardDraft" | "rest" | "draftChange" | "withdraw"
>;

/** What a person does with pages of their own, of whatever kind. */
export const createHandling = (tools: ActsTools): Handling => {
  const { reach, drafts, shared, sending, pages, inTurn, clock, random } = tools;

  /** What is on its way already was allowed to go. */
  const mayGo = (card: Card): Result<void, ShareCode> => {
    const { changes, restsUntil = 0, pausedUntil = 0 } = card.draft ?? {};
    if (isBeingShared(drafts, card.id)) return accept(undefined);
    if (changes !== undefined) {
      const page = reach.shared(changes, "me", changeableKinds);
      if (!page.ok) return page;
    } else if (isAboutWithdrawn(card)) return refuse("WITHDRAWN");
    if (restsUntil > clock.now()) return refuse("RESTING");
    return changes === undefined && pausedUntil > clock.now()
      ? refuse("PAUSED")
      : accept(undefined);
  };

  /** Nobody is sent an answer to what they have taken back. The words stay with their writer, to read and to copy. */
  const isAboutWithdrawn = ({ kind, answer, of }: Card): boolean => {
    const about =
      kind === "reply" || kind === "heard" || (kind !== "newer" && isPractice(kind))
        ? of
        : answer?.question;
    const page = about === undefined ? undefined : reach.card(about);
    return page?.author === "partner" && page.withdrawnAt !== undefined;
  };

  /**
   * As the question stands before whoever sends an answer now. Also the asking: that it was begun before somebody
   * asked again is nobody's to know. An answer that is only changed stays with its asking.
   */
  const standingOf = ({ answer }: Card): AnswersTo => {
    const question = answer && reach.card(answer.question);
    if (answer === undefined || question === undefined) return {};
    const saw = question.changedAt ?? 0;
    const asking = (question.question?.askedAt.length ?? 1) - 1;
    return { saw, round: Math.max(answer.round, asking) };
  };

  const share = async (page: PageId): Promise<Result<PageId, ShareCode>> => {
    const draft = reach.draft(page);
    if (!draft.ok) return draft;
    if (staysHere(draft.value)) return refuse("NOT_YOURS");
    if (shared() === undefined) return refuse("NOT_PAIRED");
    const may = mayGo(draft.value);
    if (!may.ok) return may;
    // Refused before it is closed: whoever goes on typing goes on being saved.
    const flushed = await pages.flushOne(page);
    if (!flushed.ok) return flushed;
    if (isEmpty(drafts, page)) return refuse("EMPTY");
    const closed = await pages.closeOne(page);
    if (!closed.ok) return closed;
    return sending.share(page, standingOf(draft.value));
  };

  return {
    share,
    discardDraft: async (page) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      await pages.flushOne(page);
      const removed = await removePage(drafts, page);
      // Closed any earlier, whoever writes on after a refusal would write into nothing.
      if (removed.ok) await pages.closeOne(page);
      return removed;
    },
    rest: async (page, until) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      const now = clock.now();
      const rests = until !== undefined && until > now;
      if (!rests && draft.value.draft?.restsUntil === undefined) return accept(undefined);
      return changePage(drafts, page, random, (doc) => {
        pageMeta(doc).delete("sharing");
        if (rests) pageMeta(doc).set("restsUntil", Math.min(Math.round(until), now + longestRest));
        else pageMeta(doc).delete("restsUntil");
      });
    },
    draftChange: (page) =>
      inTurn(async () => {
        const found = reach.shared(page, "me", changeableKinds);
        if (!found.ok) return isMine(reach.card(page)) ? refuse(notSo(found.code)) : found;
        return sending.isLeaving(page) ? refuse("WITHDRAWN") : sending.copy(page);
      }),
    withdraw: (page) =>
      inTurn(async () => {
        const found = reach.shared(page, "me", withdrawableKinds);
        // Said twice, it finishes what the first time may have left.
        if (!found.ok && found.code !== "WITHDRAWN")
          return isMine(reach.card(page)) ? refuse(notSo(found.code)) : found;
        // The page itself may stand open: nothing that is still in its editor is saved once the trace is there.
        for (const { id, draft } of reach.cards())
          if (draft?.changes === page) await pages.closeOne(id);
        return sending.withdraw(page);
      }),
  };
};

/** For its writer alone: there is no way to the partner for it. */
const staysHere = ({ kind }: Card): boolean =>
  kind !== "newer" && isPractice(kind) && ["alone", "ownWay"].includes(practices[kind].goes);

/** A page that I shared and that is there, but of a kind for which this cannot be done. */
const isMine = (card: Card | undefined): boolean =>
  card?.place === "shared" && card.author === "me";

const notSo = (code: PageCode): PageCode => (code === "NO_PAGE" ? "NOT_YOURS" : code);
