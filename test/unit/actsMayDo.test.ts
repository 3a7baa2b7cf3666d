import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { type Day, closedKinds, pageKinds, type PageKind } from "../../shared/page/card.ts";
import { isPractice } from "../../shared/page/said.ts";
import { createTwoPartners, must, sharedCards, type Desk } from "../support/twoPartners.ts";
import { cardOf, codeOf, send } from "./actsKit.ts";

beforeAll(loadSodium);

/** One act on one page, by Sam. */
const acts = {
  describeQuestion: (journal, page) => journal.describeQuestion(page, { need: "why" }),
  draftAnswer: (journal, page) => journal.draftAnswer(page),
  draftAddition: (journal, page) => journal.draftAddition(page),
  setPause: (journal, page) => journal.setPause(page, 24),
  draftReply: (journal, page) => journal.draftReply(page),
  draftHeard: (journal, page) => journal.draftHeard(page),
  nod: (journal, page) => journal.nod(page, "yes"),
  sayDay: (journal, page) => journal.sayDay(page, "2026-11-26" as Day),
  rest: (journal, page) => journal.rest(page, undefined),
  draftChange: (journal, page) => journal.draftChange(page),
  withdraw: (journal, page) => journal.withdraw(page),
  discardDraft: (journal, page) => journal.discardDraft(page),
  share: (journal, page) => journal.share(page),
  askAgain: (journal, page) => journal.askAgain(page),
  openClosed: (journal, page) => journal.openClosed(page),
  putOff: (journal, page) => journal.putOff(page, "today"),
  draftAgreement: (journal, page) => journal.draftAgreement(page),
  setReview: (journal, page) => journal.setReview(page, "2026-11-26" as Day),
  sayYes: (journal, page) => journal.sayYes(page),
  endAgreement: (journal, page) => journal.endAgreement(page),
  setPromiseDay: (journal, page) => journal.setPromiseDay(page, undefined),
  draftOutcome: (journal, page) => journal.draftOutcome(page),
  setWent: (journal, page) => journal.setWent(page, "missed"),
} satisfies Record<string, (journal: Journal, page: PageId) => Promise<{ readonly ok: boolean }>>;

type Act = keyof typeof acts;
const names = Object.keys(acts) as Act[];

type Codes = Partial<Record<Act, string>>;

const changeable: readonly PageKind[] = ["question", "answer", "told", "letter", "reply", "heard"];
const heardOf: readonly PageKind[] = [
  "question",
  "answer",
  "entry",
  "letter",
  "told",
  "disclosure",
  "addition",
  "reply",
];

const refusedOn = (draftCode: string): Codes => ({
  describeQuestion: draftCode,
  setPause: draftCode,
  rest: draftCode,
  discardDraft: draftCode,
  share: draftCode,
  setReview: draftCode,
  setPromiseDay: draftCode,
  setWent: draftCode,
});

/** Said by being there: another is said instead. */
const saidForGood: readonly PageKind[] = ["nod", "yes", "end"];
const always = (code: string): Codes => Object.fromEntries(names.map((name) => [name, code]));

/** A draft of mine that is empty. */
const ofMyDraft = (kind: PageKind): Codes => ({
  ...always("NO_PAGE"),
  describeQuestion: kind === "question" ? "ok" : "NOT_YOURS",
  setPause: kind === "letter" ? "ok" : "NOT_YOURS",
  setReview: kind === "agreement" ? "ok" : "NOT_YOURS",
  setPromiseDay: kind === "promise" ? "ok" : "NOT_YOURS",
  setWent: "NOT_YOURS",
  rest: "ok",
  discardDraft: "ok",
  share: "EMPTY",
});

const ofMine = (kind: PageKind): Codes => ({
  ...always("NO_PAGE"),
  ...refusedOn("NOT_YOURS"),
  draftAnswer: kind === "question" ? "NOT_YOURS" : "NO_PAGE",
  sayDay: kind === "question" ? "NOT_YOURS" : "NO_PAGE",
  draftReply: kind === "letter" ? "NOT_YOURS" : "NO_PAGE",
  draftHeard: heardOf.includes(kind) ? "NOT_YOURS" : "NO_PAGE",
  nod: kind === "heard" ? "NOT_YOURS" : "NO_PAGE",
  draftAddition: kind === "disclosure" ? "ok" : "NO_PAGE",
  draftChange: changeable.includes(kind) ? "ok" : "NOT_YOURS",
  withdraw: saidForGood.includes(kind) ? "NOT_YOURS" : "ok",
  askAgain: kind === "question" ? "ok" : "NO_PAGE",
  draftAgreement: kind === "agreement" ? "ok" : "NO_PAGE",
  sayYes: kind === "agreement" ? "NOT_YOURS" : "NO_PAGE",
  endAgreement: kind === "agreement" ? "ok" : "NO_PAGE",
  draftOutcome: kind === "promise" ? "ok" : "NO_PAGE",
});

const ofPartner = (kind: PageKind, opened: boolean): Codes => {
  const open = opened || !closedKinds.includes(kind);
  const may = open ? "ok" : "NO_PAGE";
  return {
    ...always("NO_PAGE"),
    ...refusedOn("NOT_YOURS"),
    draftAnswer: kind === "question" ? "ok" : "NO_PAGE",
    sayDay: kind === "question" ? "ok" : "NO_PAGE",
    draftReply: kind === "letter" ? may : "NO_PAGE",
    draftHeard: heardOf.includes(kind) ? may : "NO_PAGE",
    nod: kind === "heard" ? "ok" : "NO_PAGE",
    draftAddition: kind === "disclosure" ? "NOT_YOURS" : "NO_PAGE",
    draftChange: changeable.includes(kind) ? "NOT_YOURS" : "NO_PAGE",
    withdraw: saidForGood.includes(kind) ? "NO_PAGE" : "NOT_YOURS",
    askAgain: kind === "question" ? "NOT_YOURS" : "NO_PAGE",
    draftAgreement: kind === "agreement" ? "ok" : "NO_PAGE",
    // It has ended.
    sayYes: kind === "agreement" ? "NO_LONGER" : "NO_PAGE",
    endAgreement: kind === "agreement" ? "ok" : "NO_PAGE",
    draftOutcome: kind === "promise" ? "NOT_YOURS" : "NO_PAGE",
    openClosed: "ok",
    putOff: open ? "NO_PAGE" : "ok",
  };
};

/** Where it would be allowed, that it is withdrawn is said instead. */
const withdrawn = (codes: Codes): Codes => ({
  ...(Object.fromEntries(
    Object.entries(codes).map(([act, code]) => [
      act,
      code === "ok" || code === "NO_LONGER" ? "WITHDRAWN" : code,
    ]),
  ) as Codes),
});

/** Both have sent a page of every kind to the other; what needs the partner's page stands on theirs. */
const write = async (me: Desk, partner: Desk, settle: () => Promise<void>) => {
  const journal = me.journal();
  const theirs = (kind: PageKind): PageId => {
    const found = sharedCards(journal).find(
      (card) => card.kind === kind && card.author === "partner",
    );
    if (found === undefined) throw new Error(`no ${kind}`);
    return found.id;
  };
  const pages = new Map<PageKind, PageId>();
  const put = async (kind: PageKind, begun: Parameters<typeof send>[1]) => {
    pages.set(kind, await send(journal, begun, `words of ${kind}`));
  };
  const last = (kind: PageKind): PageId => {
    const found = sharedCards(journal).find((card) => card.kind === kind && card.author === "me");
    if (found === undefined) throw new Error(`no ${kind}`);
    return found.id;
  };
  await put("entry", journal.entries.draftEntry());
  await put("question", journal.draftQuestion());
  await put("told", journal.draftTold());
  await put("disclosure", journal.draftDisclosure());
  await put("letter", journal.draftLetter("impact"));
  await put("addition", journal.draftAddition(pages.get("disclosure") ?? last("disclosure")));
  await put("agreement", journal.draftAgreement());
  await put("promise", journal.draftPromise());
  await put("outcome", journal.draftOutcome(last("promise")));
  return { pages, put, theirs, last, journal, partner, settle };
};

const furnished = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, sam, settle } = partners;
  const both = [await write(anna, sam, settle), await write(sam, anna, settle)] as const;
  await settle();
  for (const { journal, put, theirs, pages, last } of both) {
    await put("answer", journal.draftAnswer(theirs("question")));
    await put("heard", journal.draftHeard(theirs("question")));
    must(await journal.sayDay(theirs("question"), "2026-11-25" as Day));
    pages.set("byDay", last("byDay"));
    must(await journal.sayYes(theirs("agreement")));
    must(await journal.endAgreement(theirs("agreement")));
    for (const kind of ["yes", "end"] as const) pages.set(kind, last(kind));
  }
  await settle();
  // A reply to a second letter, so that the first one is still closed.
  for (const { journal } of both) await send(journal, journal.draftLetter("impact"), "another");
  await settle();
  for (const { journal, put, theirs, pages, last } of both) {
    const letter = theirs("letter");
    must(await journal.openClosed(letter));
    await put("reply", journal.draftReply(letter));
    must(await journal.nod(theirs("heard"), "notQuite"));
    pages.set("nod", last("nod"));
  }
  await settle();
  return { ...partners, annas: both[0].pages, sams: both[1].pages };
};

const codesOf = async (page: () => Promise<{ desk: Desk; page: PageId }>): Promise<Codes> => {
  const codes: Codes = {};
  for (const name of names) {
    const { desk, page: id } = await page();
    codes[name] = await codeOf(acts[name](desk.journal(), id));
    // Whatever it began is put away again: each act meets the page as the first one did.
    for (const { id: draft, place } of desk.journal().cards.read())
      if (place === "draft" && draft !== id) await desk.journal().discardDraft(draft);
  }
  return codes;
};

/** Undone by nothing: these are tried on a page of their own, last. */
const final: readonly Act[] = ["withdraw", "openClosed"];
const inOrder = (one: Act, other: Act): number =>
  Number(final.includes(one)) - Number(final.includes(other));
names.sort(inOrder);

describe("who may do what", () => {
  test("with a draft of one's own", async () => {
    const { sam } = await createTwoPartners({ seed: 520 });
    const { draftEntry } = sam.journal().entries;
    const { draftQuestion, draftTold, draftDisclosure, draftLetter } = sam.journal();
    const { draftAgreement, draftPromise } = sam.journal();
    const begins = {
      entry: draftEntry,
      question: draftQuestion,
      told: draftTold,
      disclosure: draftDisclosure,
      letter: () => draftLetter("impact"),
      agreement: () => draftAgreement(),
      promise: draftPromise,
    };
    for (const [kind, begin] of Object.entries(begins))
      expect({
        [kind]: await codesOf(async () => ({ desk: sam, page: must(await begin()) })),
      }).toEqual({ [kind]: ofMyDraft(kind as PageKind) });
  });

  test("with what one has sent, before and after it is withdrawn", async () => {
    const { sam, sams } = await furnished(521);
    // Practices have a table of their own, practisingMayDo.test.ts.
    const kinds = pageKinds.filter((kind) => !isPractice(kind));
    expect([...sams.keys()].toSorted()).toEqual(kinds.toSorted());
    for (const [kind, page] of sams) {
      const codes = await codesOf(async () => ({ desk: sam, page }));
      expect({ [kind]: codes }).toEqual({ [kind]: ofMine(kind) });
      if (saidForGood.includes(kind)) continue;
      expect(cardOf(sam.journal(), page).withdrawnAt).toBeDefined();
      const again = await codesOf(async () => ({ desk: sam, page }));
      expect({ [kind]: again }).toEqual({
        [kind]: { ...withdrawn(ofMine(kind)), withdraw: "ok" },
      });
    }
  });

  test("with what the partner has sent: closed, opened, and withdrawn", async () => {
    const { anna, sam, annas, settle } = await furnished(522);
    for (const [kind, page] of annas) {
      expect(cardOf(sam.journal(), page).opened).toBe(!closedKinds.includes(kind));
      const first = await codesOf(async () => ({ desk: sam, page }));
      expect({ [kind]: first }).toEqual({ [kind]: ofPartner(kind, false) });
      const opened = await codesOf(async () => ({ desk: sam, page }));
      expect({ [kind]: opened }).toEqual({ [kind]: ofPartner(kind, true) });
      if (saidForGood.includes(kind)) continue;
      must(await anna.journal().withdraw(page));
      await settle();
      const after = await codesOf(async () => ({ desk: sam, page }));
      expect({ [kind]: after }).toEqual({
        [kind]: { ...withdrawn(ofPartner(kind, true)), putOff: "WITHDRAWN" },
      });
    }
  });

  test("with a page that is not there", async () => {
    const { sam } = await createTwoPartners({ seed: 523 });
    const page = "0123456789abcdef0123456789abcdef" as PageId;
    expect(await codesOf(async () => ({ desk: sam, page }))).toEqual(always("NO_PAGE"));
    expect(await codeOf(sam.journal().openHistory(page))).toBe("NO_PAGE");
  });
});

test("the earlier words of a page are read by its writer, and by the partner once it is open to them", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 524 });
  const told = await send(anna.journal(), anna.journal().draftTold(), "She wrote to me");
  await settle();
  expect(await codeOf(sam.journal().openHistory(told))).toBe("NO_PAGE");
  must(await sam.journal().openClosed(told));
  const draft = must(await anna.journal().draftTold());
  expect(await codeOf(anna.journal().openHistory(draft))).toBe("NO_PAGE");
  must(await anna.journal().withdraw(told));
  await settle();
  expect(await codeOf(sam.journal().openHistory(told))).toBe("WITHDRAWN");
  expect(await codeOf(anna.journal().openHistory(told))).toBe("WITHDRAWN");
});
