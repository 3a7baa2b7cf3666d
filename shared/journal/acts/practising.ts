import { accept, refuse, type Result } from "../../base/result.ts";
import { newId, type PageId } from "../../base/ids.ts";
import { consentTo, readSaidTo } from "../../page/consent.ts";
import { type Card, isNewDraft } from "../../page/card.ts";
import { type PracticeStart, pageMeta } from "../../page/pageDoc.ts";
import { practices } from "../../page/practices.ts";
import {
  cleanSaid,
  practiceKinds,
  type PracticeKind,
  saidNames,
  saysAnything,
} from "../../page/said.ts";
import type { Practising } from "../practising.ts";
import type { PageCode } from "../openPage.ts";
import { beginWhole, changePage } from "../pages/writing.ts";
import type { ActsTools } from "./actsTools.ts";

const consentKinds = practiceKinds.filter((kind) => practices[kind].needsYes);

const dayOf = (said: object | undefined): unknown =>
  said !== undefined && "day" in said ? said.day : undefined;

/** What the two do besides writing and asking: each kind goes as practices.ts says. */
export const createPractising = (tools: ActsTools): Practising => {
  const { reach, begin, inTurn, drafts, shared, sending, random } = tools;

  /** What it says it belongs to is there, and may have this of me. */
  const belongs = ({ kind, of }: PracticeStart): Result<void, PageCode> => {
    const rule = practices[kind].of;
    if (rule === undefined || of === undefined)
      return rule === undefined && of === undefined ? accept(undefined) : refuse("NO_PAGE");
    const author = rule.author === "either" ? (reach.card(of)?.author ?? "me") : rule.author;
    const found = reach.shared(of, author, rule.kinds);
    return found.ok ? accept(undefined) : found;
  };

  const clean = ({ kind, of, ...said }: PracticeStart): PracticeStart =>
    ({ kind, ...(of === undefined ? {} : { of }), ...cleanSaid(kind, said) }) as PracticeStart;

  const unsaid = (kind: PracticeKind, of: PageId | undefined): Card | undefined =>
    reach
      .cards()
      .find(
        (card) =>
          isNewDraft(card) &&
          card.kind === kind &&
          card.of === of &&
          card.title === "" &&
          card.excerpt === "" &&
          !card.hasPhotos &&
          !saysAnything(card.said),
      );

  /** Mine of this kind for this day. */
  const ofDay = (start: PracticeStart): readonly Card[] =>
    reach
      .cards()
      .filter(
        ({ kind, author, withdrawnAt, said }) =>
          kind === start.kind &&
          author === "me" &&
          withdrawnAt === undefined &&
          dayOf(said) === dayOf(start),
      );

  const ofMine = (kind: PracticeKind): readonly Card[] =>
    reach
      .cards()
      .filter(
        (card) =>
          card.kind === kind &&
          card.author === "me" &&
          card.place === "shared" &&
          card.withdrawnAt === undefined,
      );

  const consent = (page: PageId, author?: Card["author"]) => {
    const found = reach.shared(page, author ?? reach.card(page)?.author ?? "me", consentKinds);
    return found.ok ? accept(consentTo(found.value, readSaidTo(reach.cards())).state) : found;
  };

  const sayTo = async (kind: "yes" | "end", of: PageId): Promise<Result<void, PageCode>> => {
    const shelf = shared();
    return shelf === undefined ? refuse("NO_PAGE") : beginWhole(shelf, { kind, of }, random);
  };

  return {
    beginPractice: (start) =>
      inTurn(async () => {
        const { kind, of, ...said } = start;
        const { goes, oneADay } = practices[kind];
        if (goes !== "draft" && goes !== "alone") return refuse("NOT_YOURS");
        const may = belongs(start);
        if (!may.ok) return may;
        if (oneADay === true) {
          const [there] = ofDay(start);
          if (there !== undefined)
            return there.place === "draft" ? accept(there.id) : refuse("NO_LONGER");
        }
        const begun = unsaid(kind, of);
        return begun === undefined || Object.keys(said).length > 0
          ? begin(clean(start))
          : accept(begun.id);
      }),
    describePractice: async (page, { kind, ...said }) => {
      const draft = reach.openDraft(page);
      if (!draft.ok) return draft;
      if (draft.value.kind !== kind || practices[kind].goes === "ownWay")
        return refuse("NOT_YOURS");
      const fits: Readonly<Record<string, unknown>> = cleanSaid(kind, said);
      return changePage(drafts, page, random, (doc) => {
        for (const name of saidNames(kind).filter((one) => Object.hasOwn(said, one))) {
          const value = fits[name];
          if (value === undefined) pageMeta(doc).delete(name);
          else pageMeta(doc).set(name, value);
        }
      });
    },
    sayPractice: (start) =>
      inTurn(async () => {
        if (practices[start.kind].goes !== "atOnce") return refuse("NOT_YOURS");
        const shelf = shared();
        if (shelf === undefined) return refuse("NOT_PAIRED");
        const may = belongs(start);
        if (!may.ok) return may;
        const page = newId<PageId>(random);
        const earlier = practices[start.kind].newestOnly === true ? ofMine(start.kind) : [];
        const said = await beginWhole(shelf, clean(start), random, undefined, page);
        if (!said.ok) return said;
        // What the disk refuses of this goes on by itself.
        for (const { id } of earlier) await sending.withdraw(id);
        return accept(page);
      }),
    agreeTo: (page) =>
      inTurn(async () => {
        const state = consent(page, "partner");
        if (!state.ok) return state;
        if (state.value === "agreed") return accept(undefined);
        return state.value === "proposed" ? sayTo("yes", page) : refuse("NO_LONGER");
      }),
    endIt: (page) =>
      inTurn(async () => {
        const state = consent(page);
        if (!state.ok) return state;
        return state.value === "ended" || state.value === "declined"
          ? accept(undefined)
          : sayTo("end", page);
      }),
  };
};
