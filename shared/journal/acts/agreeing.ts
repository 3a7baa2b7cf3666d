import type { PageId } from "../../base/ids.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { readAgreements, type Agreement } from "../../page/agreements.ts";
import { type Card, isNewDraft, longestAgreement, type Day } from "../../page/card.ts";
import { dayAt, daysFrom, isDay } from "../../page/day.ts";
import { cloneWords } from "../../page/copyWords.ts";
import { pageMeta } from "../../page/pageDoc.ts";
import type { Journal } from "../journal.ts";
import type { PageCode } from "../openPage.ts";
import { beginWhole, changePage, readPage } from "../pages/writing.ts";
import type { ActsTools } from "./actsTools.ts";

export type Agreeing = Pick<Journal, "draftAgreement" | "setReview" | "sayYes" | "endAgreement">;

/** Days that a new proposal is to hold, where nothing else is chosen. */
const usualDays = 30;

/** What the two agree: two yeses, a day on which it ends by itself, and an end that either can make at once. */
export const createAgreeing = (tools: ActsTools): Agreeing => {
  const { reach, begin, inTurn, drafts, shared, readable, random, clock } = tools;

  /** Of whichever of the two, where nobody is named. */
  const find = (page: PageId, author?: Card["author"]): Result<Agreement, PageCode> => {
    const card = reach.shared(page, author ?? reach.card(page)?.author ?? "me", ["agreement"]);
    if (!card.ok) return card;
    const found = readAgreements(reach.cards(), clock.now()).find((one) => one.card.id === page);
    return found === undefined ? refuse("NO_PAGE") : accept(found);
  };

  const say = async (kind: "yes" | "end", of: PageId): Promise<Result<void, PageCode>> => {
    const shelf = shared();
    return shelf === undefined ? refuse("NO_PAGE") : beginWhole(shelf, { kind, of }, random);
  };

  /** Into a draft that was begun just now: what is revised is what both read. */
  const takeOver = async (words: PageId, draft: PageId): Promise<Result<void, PageCode>> => {
    const shelf = readable();
    const from = shelf === undefined ? refuse("NO_PAGE") : await readPage(shelf, words, random);
    if (!from.ok) return from;
    const taken = await changePage(drafts, draft, random, (doc) => {
      const title = pageMeta(from.value).get("title");
      if (typeof title === "string") pageMeta(doc).set("title", title);
      cloneWords(from.value, doc);
    });
    from.value.destroy();
    return taken;
  };

  /** One that was begun, and cut short before the words were in it, gets them now. */
  const withWords = async (
    { id, title, excerpt }: Card,
    revises: PageId | undefined,
  ): Promise<Result<PageId, PageCode>> => {
    if (revises === undefined || title !== "" || excerpt !== "") return accept(id);
    const taken = await takeOver(revises, id);
    return taken.ok ? accept(id) : taken;
  };

  return {
    draftAgreement: (revises) =>
      inTurn(async () => {
        const begun = reach
          .cards()
          .find(
            (card) =>
              isNewDraft(card) &&
              card.kind === "agreement" &&
              card.agreement?.revises === revises &&
              (revises !== undefined || (card.title === "" && card.excerpt === "")),
          );
        if (begun !== undefined) return withWords(begun, revises);
        const reviewBy = daysFrom(clock.now(), usualDays);
        if (revises === undefined) return begin({ kind: "agreement", reviewBy });
        const found = find(revises);
        if (!found.ok) return found;
        const draft = await begin({ kind: "agreement", reviewBy, of: revises });
        if (!draft.ok) return draft;
        const taken = await takeOver(revises, draft.value);
        return taken.ok ? draft : taken;
      }),
    setReview: async (page, day) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      if (draft.value.kind !== "agreement") return refuse("NOT_YOURS");
      if (!isDay(day)) throw new Error("no such day");
      const now = clock.now();
      const reviewBy = within(day, dayAt(now), daysFrom(now, longestAgreement));
      return changePage(drafts, page, random, (doc) => pageMeta(doc).set("reviewBy", reviewBy));
    },
    sayYes: (page) =>
      inTurn(async () => {
        const found = find(page, "partner");
        if (!found.ok) return found;
        const { standing } = found.value;
        if (standing.state === "agreed") return accept(undefined);
        return standing.state === "proposed" ? say("yes", page) : refuse("NO_LONGER");
      }),
    endAgreement: (page) =>
      inTurn(async () => {
        const found = find(page);
        if (!found.ok) return found;
        const { state } = found.value.standing;
        return state === "ended" || state === "declined" ? accept(undefined) : say("end", page);
      }),
  };
};

const within = (day: Day, first: Day, last: Day): Day => {
  if (day < first) return first;
  return day > last ? last : day;
};
