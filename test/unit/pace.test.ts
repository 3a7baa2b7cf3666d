import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { PaceCard } from "../../shared/page/paceDeck.ts";
import { paceCards } from "../../shared/page/paceDeck.ts";
import { answerCards, layCards, readShown, showCards } from "../../shared/page/paceRound.ts";
import type { SaidBy } from "../../shared/page/said.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createTwoPartners, type Desk, must } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const day = 24 * 3_600_000;

const view = ({ journal }: Pick<Desk, "journal">) => journal().pace.read();
const kinds = ({ journal }: Pick<Desk, "journal">, author: "me" | "partner") =>
  journal()
    .cards.read()
    .filter((card) => card.kind.startsWith("pace") && card.author === author)
    .map(({ kind, withdrawnAt }) => (withdrawnAt === undefined ? kind : `${kind} gone`))
    .toSorted();
const lay = ({ journal }: Pick<Desk, "journal">, ...chosen: readonly PaceCard[]) =>
  journal().layPace(chosen);

describe("pace cards", () => {
  test("show both what both chose, and of the rest neither here nor there a word", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 4750 });
    must(await lay(sam, "hands", "hug", "closer"));
    await settle();
    expect(view(sam)).toMatchObject({ state: "mine", last: undefined, again: false });
    expect(view(anna)).toMatchObject({ state: "theirs", last: undefined, again: true });
    must(await lay(anna, "hug", "dance", "closer"));
    await settle();
    for (const desk of [anna, sam]) {
      expect(view(desk)).toMatchObject({ state: "none", again: false });
      expect(view(desk).last?.both).toEqual(["hug", "closer"]);
      expect(JSON.stringify(desk.journal().cards.read())).not.toMatch(/hands|dance/);
    }
  });

  test("the key to an answer is gone once it was used, and stays on the computer that made it until then", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 4751 });
    must(await lay(sam, "hug"));
    await settle();
    expect(kinds(sam, "me")).toEqual(["pace", "paceKey"]);
    expect(kinds(anna, "partner")).toEqual(["pace"]);
    must(await lay(anna, "hug"));
    await settle();
    expect(kinds(sam, "me")).toEqual(["pace", "paceShown"]);
    expect(kinds(anna, "me")).toEqual(["paceAnswer"]);
  });

  test("work between two who are never there at once, over locking and days", async () => {
    const { anna, sam, settle, link, clock } = await createTwoPartners({ seed: 4752 });
    must(await lay(sam, "kiss"));
    await settle();
    await sam.lock();
    clock.advance(3 * day);
    link.cut();
    must(await lay(anna, "kiss", "hold"));
    expect(view(anna).state).toBe("answered");
    await anna.lock();
    await anna.open();
    await sam.open();
    link.heal();
    await settle(10);
    expect(view(sam).last?.both).toEqual(["kiss"]);
    expect(view(anna).last?.both).toEqual(["kiss"]);
  });

  test("that crossed are one round in the end, and each is asked for theirs once more at most", async () => {
    const { anna, sam, settle, link } = await createTwoPartners({ seed: 4753 });
    link.cut();
    must(await lay(sam, "hug"));
    must(await lay(anna, "hug"));
    link.heal();
    await settle(10);
    expect([view(sam).state, view(anna).state].toSorted()).toEqual(["mine", "theirs"]);
    must(await lay(anna, "hug", "kiss"));
    await settle(10);
    expect(view(sam).last?.both).toEqual(["hug"]);
    expect(view(anna).last?.both).toEqual(["hug"]);
    // Hers was taken back before she answered his.
    expect(kinds(anna, "me")).toEqual(["pace gone", "paceAnswer"]);
    expect(await codeOf(lay(sam, ...paceCards))).toBe("NO_LONGER");
    expect(await codeOf(lay(anna, ...paceCards))).toBe("NO_LONGER");
  });

  test("are laid once a day, also by whoever takes them back in between, and what lay before goes", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4754 });
    must(await lay(sam, "hug"));
    await settle();
    must(await sam.journal().clearPace());
    await settle();
    expect(kinds(sam, "me")).toEqual(["pace gone"]);
    expect(view(anna).state).toBe("none");
    expect(await codeOf(lay(sam, "hug"))).toBe("NO_LONGER");
    clock.advance(day);
    must(await lay(sam, "hug"));
    await settle();
    must(await lay(anna, "hug"));
    await settle();
    clock.advance(day);
    await settle();
    must(await lay(anna, "dance"));
    await settle();
    expect(view(sam)).toMatchObject({ state: "theirs", last: { both: ["hug"] }, again: true });
    must(await lay(sam, "dance"));
    await settle();
    expect(view(anna).last?.both).toEqual(["dance"]);
    expect(kinds(sam, "me").filter((kind) => !kind.endsWith("gone"))).toEqual(["paceAnswer"]);
    expect(kinds(anna, "me").filter((kind) => !kind.endsWith("gone"))).toEqual([
      "pace",
      "paceShown",
    ]);
  });

  test.each(["anna", "sam"] as const)(
    "are put away by either, with what both chose: %s",
    async (who) => {
      const partners = await createTwoPartners({ seed: 4755 });
      const { anna, sam, settle } = partners;
      must(await lay(sam, "hug"));
      await settle();
      must(await lay(anna, "hug"));
      await settle();
      must(await partners[who].journal().clearPace());
      await settle();
      for (const desk of [anna, sam]) expect(view(desk).last).toBeUndefined();
    },
  );

  test.each(["anna", "sam"] as const)(
    "that were put away by either are not asked for again, and nothing of them stands: %s",
    async (who) => {
      const partners = await createTwoPartners({ seed: 4757 });
      const { anna, sam, settle, clock } = partners;
      must(await lay(sam, "hug"));
      await settle();
      must(await lay(anna, "hug"));
      await settle();
      must(await partners[who].journal().clearPace());
      await settle();
      clock.advance(day);
      await settle();
      for (const desk of [anna, sam]) {
        expect(view(desk)).toEqual({ state: "none", last: undefined, again: true });
        expect(kinds(desk, "me").filter((kind) => !kind.endsWith("gone"))).toEqual([]);
      }
    },
  );

  test("of a partner whose clock is a day ahead do not put away what is laid after them", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4758, annaAhead: day });
    must(await lay(anna, "hug"));
    await settle();
    must(await lay(sam, "hug"));
    await settle();
    clock.advance(day - 3_600_000);
    await settle();
    must(await lay(sam, "kiss"));
    await settle();
    expect(view(sam).state).toBe("mine");
    must(await lay(anna, "kiss"));
    await settle();
    for (const desk of [anna, sam]) expect(view(desk).last?.both).toEqual(["kiss"]);
  });

  test("go nowhere where nobody is, and are laid by no clock but one's own", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 4756, annaAhead: day });
    must(await lay(sam, "hug"));
    await settle();
    must(await lay(anna, "hug"));
    await settle();
    expect(view(sam).last?.both).toEqual(["hug"]);
    expect([view(sam).again, view(anna).again]).toEqual([false, false]);
  });
});

describe("a partner with a changed app", () => {
  const hostile = async (seed: number) => {
    const partner = await createHostilePartner({ seed });
    const random = seededRandom(seed);
    const say = async (
      start: { kind: "pace" | "paceAnswer" | "paceShown"; of?: PageId } & SaidBy<"pace">,
      page = partner.newPage(),
    ): Promise<PageId> => {
      partner.send({ kind: "snapshot", page, body: stateOf(writePage(start, "")) });
      await partner.settle();
      return page;
    };
    const mineOf = (kind: string) =>
      partner
        .journal()
        .cards.read()
        .filter((card) => card.kind === kind && card.author === "me");
    const cardsOf = (kind: "pace" | "paceAnswer" | "paceShown"): string => {
      const said = mineOf(kind)[0]?.said;
      return said !== undefined && "cards" in said && typeof said.cards === "string"
        ? said.cards
        : "";
    };
    return { ...partner, random, say, mineOf, cardsOf };
  };

  test("is shown one answer of two: with a second it would learn a second choice", async () => {
    const { journal, clock, random, say, mineOf, cardsOf } = await hostile(4760);
    must(await journal().layPace(["hug"]));
    const round = mineOf("pace")[0]?.id;
    if (round === undefined) throw new Error("not laid");
    const answer = (chosen: readonly PaceCard[]) =>
      must(answerCards(round, cardsOf("pace"), chosen, random));
    const first = answer([]);
    await say({ kind: "paceAnswer", of: round, cards: first });
    await say({ kind: "paceAnswer", of: round, cards: answer(paceCards) });
    expect(mineOf("paceShown")).toHaveLength(1);
    expect(
      readShown({ page: round, laid: cardsOf("pace"), answer: first }, cardsOf("paceShown")),
    ).toEqual({
      ok: true,
      value: [],
    });
    expect(mineOf("paceKey")).toEqual([]);
    clock.advance(day);
    expect(mineOf("paceShown")).toHaveLength(1);
  });

  test("that answers with garbage, or with what was laid, is shown nothing, and may still answer rightly", async () => {
    const { journal, random, say, mineOf, cardsOf } = await hostile(4761);
    must(await journal().layPace(["hug"]));
    const round = mineOf("pace")[0]?.id;
    if (round === undefined) throw new Error("not laid");
    const laid = cardsOf("pace");
    const right = must(answerCards(round, laid, ["hug"], random));
    for (const cards of ["x", "A".repeat(right.length), laid.slice(-right.length)])
      await say({ kind: "paceAnswer", of: round, cards });
    expect(mineOf("paceShown")).toEqual([]);
    expect(journal().pace.read().state).toBe("mine");
    await say({ kind: "paceAnswer", of: round, cards: right });
    expect(journal().pace.read().last?.both).toEqual(["hug"]);
  });

  test("is not answered where what it laid is no round", async () => {
    const { journal, random, say, mineOf } = await hostile(4762);
    const page = "0123456789abcdef0123456789abcdef" as PageId;
    const { message } = layCards(page, paceCards, random);
    await say({ kind: "pace", cards: `${message.slice(0, -4)}AAAA` });
    // Laid by somebody for another page.
    await say({ kind: "pace", cards: message });
    expect(journal().pace.read().state).toBe("none");
    must(await journal().layPace(["hug"]));
    expect(mineOf("paceAnswer")).toEqual([]);
  });

  test("cannot bring its round back to have it answered twice, nor have a second one answered on one day", async () => {
    const { journal, random, say, mineOf, newPage, clock, settle } = await hostile(4763);
    const [one, two] = [newPage(), newPage()];
    await say({ kind: "pace", cards: layCards(one, paceCards, random).message }, one);
    must(await journal().layPace(["hug"]));
    await say({ kind: "pace", cards: layCards(two, paceCards, random).message }, two);
    expect(journal().pace.read()).toMatchObject({ state: "theirs", again: false });
    expect(await codeOf(journal().layPace(["kiss"]))).toBe("NO_LONGER");
    expect(mineOf("paceAnswer")).toHaveLength(1);
    clock.advance(day);
    await settle();
    must(await journal().layPace(["kiss"]));
    expect(new Set(mineOf("paceAnswer").map(({ of }) => of))).toEqual(new Set([one, two]));
  });

  test("that shows what is not so, or nothing at all, is not believed", async () => {
    const { journal, random, say, mineOf, cardsOf, newPage } = await hostile(4764);
    const page = newPage();
    const { message: laid, key } = layCards(page, paceCards, random);
    await say({ kind: "pace", cards: laid }, page);
    must(await journal().layPace(["hug"]));
    const answered = mineOf("paceAnswer")[0]?.id;
    if (answered === undefined) throw new Error("not answered");
    const shown = must(showCards({ page, laid, answer: cardsOf("paceAnswer") }, key, random));
    expect(journal().pace.read().state).toBe("answered");
    await say({
      kind: "paceShown",
      of: answered,
      cards: `AAAA${shown.slice(4)}`.replace(/^AAAA/, "AQEB"),
    });
    expect(journal().pace.read().last).toBeUndefined();
    await say({ kind: "paceShown", of: answered, cards: shown });
    expect(journal().pace.read().last?.both).toEqual(["hug"]);
  });

  test("cannot show in my name, or answer its own round as if it were I", async () => {
    const { journal, random, say, newPage } = await hostile(4765);
    const page = newPage();
    const { message: laid, key } = layCards(page, paceCards, random);
    await say({ kind: "pace", cards: laid }, page);
    const answer = must(answerCards(page, laid, paceCards, random));
    const answered = await say({ kind: "paceAnswer", of: page, cards: answer });
    const shown = must(showCards({ page, laid, answer }, key, random));
    await say({ kind: "paceShown", of: answered, cards: shown });
    expect(journal().pace.read()).toMatchObject({ state: "theirs", last: undefined });
  });
});
