import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { PageKind } from "../../shared/page/card.ts";
import { pageMeta, type PracticeStart } from "../../shared/page/pageDoc.ts";
import { practices } from "../../shared/page/practices.ts";
import { practiceKinds, type PracticeKind, saidNames } from "../../shared/page/said.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, type Desk, must, writeDraft } from "../support/twoPartners.ts";
import { cardOf, codeOf } from "./actsKit.ts";
import { changeOf, idOf, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

/** Something that fits, under every name that any kind has. */
const fits: Readonly<Record<string, unknown>> = {
  day: "2026-11-26",
  untilDay: "2026-11-26",
  feelings: ["tired"],
  line: "Back at half past eight.",
  thanks: "For the tea.",
  helped: "A walk.",
  until: 1_790_000_600_000,
  at: 1_790_000_600_000,
  minutes: 30,
  rhythm: "weekly",
  topics: ["a".repeat(32)],
  pages: ["a".repeat(32)],
};

const valueOf = (kind: PracticeKind, name: string): unknown =>
  name === "need" ? (kind === "hand" ? "space" : "An evening without talk.") : fits[name];

const startOf = (kind: PracticeKind, of?: PageId): PracticeStart =>
  ({
    kind,
    ...(of === undefined ? {} : { of }),
    ...Object.fromEntries(saidNames(kind).map((name) => [name, valueOf(kind, name)])),
  }) as PracticeStart;

const isPracticeKind = (kind: PageKind): kind is PracticeKind => kind in practices;

/** A page of this kind that `writer` has shared, and all that it belongs to, by whomever that is. */
const shareOne = async (
  kind: PracticeKind,
  writer: Desk,
  other: Desk,
  settle: () => Promise<void>,
): Promise<PageId> => {
  const { of } = practices[kind];
  const [parent] = of?.kinds ?? [];
  const above =
    parent === undefined || !isPracticeKind(parent)
      ? undefined
      : await shareOne(
          parent,
          ...(of?.author === "partner" ? ([other, writer] as const) : ([writer, other] as const)),
          settle,
        );
  if (above !== undefined && !cardOf(writer.journal(), above).opened)
    must(await writer.journal().openClosed(above));
  const page = await send(writer.journal(), kind, above);
  await settle();
  return page;
};

const send = async (journal: Journal, kind: PracticeKind, of?: PageId): Promise<PageId> => {
  if (practices[kind].goes === "atOnce") return must(await journal.sayPractice(startOf(kind, of)));
  const draft = must(await journal.beginPractice(startOf(kind, of)));
  await writeDraft(journal, draft, `words of ${kind}`);
  return must(await journal.share(draft));
};

const sent = practiceKinds.filter((kind) => ["draft", "atOnce"].includes(practices[kind].goes));
const ownWay = practiceKinds.filter((kind) => practices[kind].goes === "ownWay");
const alone = practiceKinds.filter((kind) => practices[kind].goes === "alone");

describe("who may do what with a practice", () => {
  test.each(sent)(
    "%s reaches the other with all that it says, and no other way than its own",
    async (kind) => {
      const { anna, sam, settle } = await createTwoPartners({ seed: 900 });
      const page = await shareOne(kind, sam, anna, settle);
      const card = cardOf(anna.journal(), page);
      expect(card).toMatchObject({ kind, author: "partner" });
      if (!card.opened) must(await anna.journal().openClosed(page));
      const { of, ...said } = startOf(kind);
      expect(cardOf(anna.journal(), page).said).toEqual(said);
      expect(of).toBeUndefined();

      const { goes, needsYes, changeable } = practices[kind];
      const journal = sam.journal();
      const wrongWay =
        goes === "atOnce"
          ? journal.beginPractice(startOf(kind))
          : journal.sayPractice(startOf(kind));
      expect(await codeOf(wrongWay)).toBe("NOT_YOURS");
      expect(await codeOf(journal.agreeTo(page))).toBe(needsYes ? "NOT_YOURS" : "NO_PAGE");
      const change = await codeOf(journal.draftChange(page));
      expect(change).toBe(changeable ? "ok" : "NOT_YOURS");
      expect(await codeOf(anna.journal().withdraw(page))).toBe("NOT_YOURS");
      expect(await codeOf(journal.withdraw(page))).toBe("ok");
      await settle();
      expect(cardOf(anna.journal(), page)).toMatchObject({
        said: undefined,
        excerpt: "",
        title: "",
      });
      expect(await codeOf(anna.journal().agreeTo(page))).toBe(needsYes ? "WITHDRAWN" : "NO_PAGE");
    },
  );

  test.each(sent.filter((kind) => practices[kind].needsYes))(
    "%s: the other's yes and an end by either, each once",
    async (kind) => {
      const { anna, sam, settle } = await createTwoPartners({ seed: 901 });
      const page = await shareOne(kind, sam, anna, settle);
      must(await anna.journal().agreeTo(page));
      must(await anna.journal().agreeTo(page));
      await settle();
      const said = () =>
        sam
          .journal()
          .cards.read()
          .filter(({ of }) => of === page)
          .map((card) => card.kind);
      expect(said()).toEqual(["yes"]);
      must(await sam.journal().endIt(page));
      must(await sam.journal().endIt(page));
      await settle();
      must(await anna.journal().endIt(page));
      expect(said().toSorted()).toEqual(["end", "yes"]);
      expect(await codeOf(anna.journal().agreeTo(page))).toBe("NO_LONGER");
    },
  );

  test.each(alone)(
    "%s stays with its writer: nothing sends it, and nothing of it travels",
    async (kind) => {
      const { anna, sam, settle } = await createTwoPartners({ seed: 902 });
      await settle();
      const before = anna.journal().cards.read().length;
      const page = must(await sam.journal().beginPractice(startOf(kind)));
      await writeDraft(sam.journal(), page, "for me alone");
      expect(await codeOf(sam.journal().share(page))).toBe("NOT_YOURS");
      expect(await codeOf(sam.journal().sayPractice(startOf(kind)))).toBe("NOT_YOURS");
      await settle();
      expect(anna.journal().cards.read()).toHaveLength(before);
      expect(cardOf(sam.journal(), page)).toMatchObject({
        place: "draft",
        excerpt: "for me alone",
      });
    },
  );

  test.each(ownWay)(
    "%s is neither begun nor said nor written on by itself, and nothing of that travels",
    async (kind) => {
      const { anna, sam, settle } = await createTwoPartners({ seed: 908 });
      await settle();
      const before = [anna, sam].map((desk) => desk.journal().cards.read().length);
      expect(await codeOf(sam.journal().beginPractice(startOf(kind)))).toBe("NOT_YOURS");
      expect(await codeOf(sam.journal().sayPractice(startOf(kind)))).toBe("NOT_YOURS");
      await settle();
      expect([anna, sam].map((desk) => desk.journal().cards.read().length)).toEqual(before);
    },
  );

  test("a key of cards that lie there is neither sent nor changed, by whichever act", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 909 });
    must(await sam.journal().layPace(["talk", "hug"]));
    const key = sam
      .journal()
      .cards.read()
      .find(({ kind }) => kind === "paceKey");
    if (key === undefined) throw new Error("no key");
    const { cards } = sam.journal();
    expect(await codeOf(sam.journal().share(key.id))).toBe("NOT_YOURS");
    const other = sam.journal().describePractice(key.id, { kind: "paceKey", cards: "other" });
    expect(await codeOf(other)).toBe("NOT_YOURS");
    expect(cards.read().find(({ id }) => id === key.id)).toEqual(key);
    await settle();
    expect(
      anna
        .journal()
        .cards.read()
        .map(({ kind }) => kind),
    ).not.toContain("paceKey");
  });

  test.each(sent.filter((kind) => practices[kind].of !== undefined))(
    "%s belongs to a page that is there, of the one of the two that it is for",
    async (kind) => {
      const { anna, sam, settle } = await createTwoPartners({ seed: 903 });
      const { of, goes } = practices[kind];
      const [parent] = of?.kinds ?? [];
      if (parent === undefined || !isPracticeKind(parent)) throw new Error("no parent");
      const begin = (page?: PageId) =>
        codeOf(
          goes === "atOnce"
            ? sam.journal().sayPractice(startOf(kind, page))
            : sam.journal().beginPractice(startOf(kind, page)),
        );
      expect(await begin()).toBe("NO_PAGE");
      expect(await begin("b".repeat(32) as PageId)).toBe("NO_PAGE");
      const mine = await shareOne(parent, sam, anna, settle);
      const theirs = await shareOne(parent, anna, sam, settle);
      const closed = !cardOf(sam.journal(), theirs).opened;
      const unopened = await begin(theirs);
      expect(unopened === "ok").toBe(!closed && of?.author !== "me");
      if (closed) must(await sam.journal().openClosed(theirs));
      expect(await begin(mine)).toBe(of?.author === "partner" ? "NOT_YOURS" : "ok");
      expect(await begin(theirs)).toBe(of?.author === "me" ? "NOT_YOURS" : "ok");
    },
  );

  test("one that belongs to nothing takes nothing to belong to", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 904 });
    const page = await shareOne("thanks", anna, sam, settle);
    const thanks: PracticeStart = { kind: "thanks", line: "For the tea.", of: page };
    expect(await codeOf(sam.journal().sayPractice(thanks))).toBe("NO_PAGE");
  });

  test("what was said is said anew in a draft, name by name, and what does not fit is left out", async () => {
    const { sam } = await createTwoPartners({ seed: 905 });
    const journal = sam.journal();
    const draft = must(await journal.beginPractice({ kind: "checkin", need: "quiet" }));
    const tell = async (said: object) =>
      must(await journal.describePractice(draft, { kind: "checkin", ...said }));
    await tell({ thanks: "  for\nthe tea  ", feelings: ["tired", "Tired", ""] });
    await tell({ need: undefined, day: "2026-02-31", until: 12 });
    expect(cardOf(journal, draft).said).toEqual({
      kind: "checkin",
      thanks: "for the tea",
      feelings: ["tired"],
    });
    expect(await codeOf(journal.describePractice(draft, { kind: "memory" }))).toBe("NOT_YOURS");
    const shared = must(await journal.share(draft));
    expect(await codeOf(journal.describePractice(shared, { kind: "checkin" }))).toBe("NOT_YOURS");
  });

  test("the one that was begun without a word is gone on with, and one that says something is not", async () => {
    const { sam } = await createTwoPartners({ seed: 906 });
    const begin = async () => must(await sam.journal().beginPractice({ kind: "setback" }));
    const first = await begin();
    expect(await begin()).toBe(first);
    must(await sam.journal().describePractice(first, { kind: "setback", helped: "A walk." }));
    expect(await begin()).not.toBe(first);
  });

  test.each(sent.filter((kind) => saidNames(kind).length > 0))(
    "%s: a changed app that says something else afterwards is refused, and what was said stands",
    async (kind) => {
      const partner = await createHostilePartner({ seed: 907 });
      const { of: _, ...start } = startOf(kind);
      const doc = writePage(start, "", "words");
      const page = idOf(9);
      partner.send({ kind: "snapshot", page, body: stateOf(doc) });
      await partner.settle();
      const [name = ""] = saidNames(kind);
      const other = changeOf(doc, () => pageMeta(doc).set(name, "2027-01-01"));
      partner.send({ kind: "update", page, body: other });
      await partner.settle();
      const found = partner
        .journal()
        .cards.read()
        .find((card) => card.kind === kind);
      expect(
        partner
          .journal()
          .troubles.read()
          .map(({ code }) => code),
      ).toContain("PAGE_REMADE");
      expect(found?.said ?? start).toEqual(start);
    },
  );
});
