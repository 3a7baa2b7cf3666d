import type { PageId } from "../../base/ids.ts";
import { accept, refuse } from "../../base/result.ts";
import { isNewDraft, type PageKind } from "../../page/card.ts";
import { isDay } from "../../page/day.ts";
import { pageDays, pageMeta, type PageStart } from "../../page/pageDoc.ts";
import { settles } from "../../page/saidDay.ts";
import type { ActsTools } from "./actsTools.ts";
import type { Journal } from "../journal.ts";
import { beginWhole, changePage } from "../pages/writing.ts";

export type Answering = Pick<
  Journal,
  "draftAnswer" | "sayDay" | "draftReply" | "draftHeard" | "nod"
>;

/** What can be reflected back: whatever holds the partner's words, but not what was heard of mine. */
const heardKinds: readonly PageKind[] = [
  "question",
  "answer",
  "entry",
  "letter",
  "told",
  "disclosure",
  "addition",
  "reply",
];

const hour = 60 * 60 * 1000;

/** What a person does with what the partner wrote. */
export const createAnswering = (tools: ActsTools): Answering => {
  const { reach, begin, inTurn, shared, clock, random } = tools;

  const unsent = (kind: "reply" | "heard", of: PageId) =>
    reach.cards().find((card) => isNewDraft(card) && card.kind === kind && card.of === of);
  const mine = (kind: "nod" | "byDay", of: PageId) =>
    reach
      .cards()
      .find(
        (card) =>
          card.place === "shared" &&
          card.author === "me" &&
          card.kind === kind &&
          card.of === of &&
          card.withdrawnAt === undefined &&
          !reach.cards().some((answer) => settles(answer, card)),
      );

  return {
    draftAnswer: (page) =>
      inTurn(async () => {
        const begun = reach
          .cards()
          .find((card) => isNewDraft(card) && card.answer?.question === page);
        if (begun !== undefined) return accept(begun.id);
        const question = reach.shared(page, "partner", ["question"]);
        if (!question.ok) return question;
        const { question: asked, changedAt } = question.value;
        const round = (asked?.askedAt.length ?? 1) - 1;
        return begin({ kind: "answer", question: page, round, saw: changedAt ?? 0 });
      }),
    sayDay: (page, day) =>
      inTurn(async () => {
        const question = reach.shared(page, "partner", ["question"]);
        if (!question.ok) return question;
        const shelf = shared();
        if (shelf === undefined) return refuse("NO_PAGE");
        if (!isDay(day)) throw new Error("no such day");
        const said = mine("byDay", page);
        if (said?.days.at(-1) === day) return accept(undefined);
        return said === undefined
          ? beginWhole(shelf, { kind: "byDay", of: page }, random, (doc) =>
              pageDays(doc).push([day]),
            )
          : changePage(shelf, said.id, random, (doc) => pageDays(doc).push([day]));
      }),
    draftReply: (page) =>
      inTurn(async () => {
        const begun = unsent("reply", page);
        if (begun !== undefined) return accept(begun.id);
        const found = reach.shared(page, "partner", ["letter"]);
        if (!found.ok) return found;
        const { letter } = found.value;
        const pause = letter?.about === "impact" ? letter.pauseHours * hour : 0;
        return begin({ kind: "reply", of: page, pausedUntil: clock.now() + pause });
      }),
    draftHeard: (page) =>
      inTurn(async () => {
        const begun = unsent("heard", page);
        if (begun !== undefined) return accept(begun.id);
        const found = reach.shared(page, "partner", heardKinds);
        return found.ok ? begin({ kind: "heard", of: page }) : found;
      }),
    nod: (page, fits) =>
      inTurn(async () => {
        const heard = reach.shared(page, "partner", ["heard"]);
        if (!heard.ok) return heard;
        const about = heard.value.of === undefined ? undefined : reach.card(heard.value.of);
        if (about?.place !== "shared" || about.author !== "me") return refuse("NOT_YOURS");
        const shelf = shared();
        if (shelf === undefined) return refuse("NO_PAGE");
        const nodded = mine("nod", page);
        if (nodded?.fits === fits) return accept(undefined);
        const start: PageStart = { kind: "nod", of: page, fits };
        return nodded === undefined
          ? beginWhole(shelf, start, random)
          : changePage(shelf, nodded.id, random, (doc) => pageMeta(doc).set("fits", fits));
      }),
  };
};
