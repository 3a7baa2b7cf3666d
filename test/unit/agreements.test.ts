import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { readAgreements, type Agreement } from "../../shared/page/agreements.ts";
import { type Day, longestAgreement } from "../../shared/page/card.ts";
import { dayAt, daysFrom } from "../../shared/page/day.ts";
import { pageMeta } from "../../shared/page/pageDoc.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { codeOf, readPage, send } from "./actsKit.ts";
import { addLines, changeOf, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const day = 24 * 60 * 60 * 1000;
const words = "We tell each other when plans change.";

type Desk = { readonly journal: () => Journal };

const agreementsOf = ({ journal }: Desk, now: number): readonly Agreement[] =>
  readAgreements(journal().cards.read(), now);

const stateFor = (desk: Desk, page: PageId, now: number): string | undefined =>
  agreementsOf(desk, now).find(({ card }) => card.id === page)?.standing.state;

const proposed = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, sam, settle, clock } = partners;
  const page = await send(anna.journal(), anna.journal().draftAgreement(), words);
  await settle();
  const states = (of: PageId = page) => [anna, sam].map((desk) => stateFor(desk, of, clock.now()));
  return { ...partners, page, states };
};

const agreed = async (seed: number) => {
  const partners = await proposed(seed);
  must(await partners.sam.journal().sayYes(partners.page));
  await partners.settle();
  return partners;
};

test("an agreement takes two yeses: whoever proposes has said one, and cannot say the other's", async () => {
  const { anna, sam, settle, page, states } = await proposed(701);
  expect(states()).toEqual(["proposed", "proposed"]);
  expect(await codeOf(anna.journal().sayYes(page))).toBe("NOT_YOURS");
  must(await sam.journal().sayYes(page));
  must(await sam.journal().sayYes(page));
  await settle();
  expect(states()).toEqual(["agreed", "agreed"]);
  expect(
    sam
      .journal()
      .cards.read()
      .filter(({ kind }) => kind === "yes"),
  ).toHaveLength(1);
});

describe("ending an agreement", () => {
  test.each(["anna", "sam"] as const)(
    "takes one act of either, works offline at once, and asks for nothing: %s",
    async (who) => {
      const partners = await agreed(702);
      const { link, settle, states, clock, page } = partners;
      link.cut();
      must(await partners[who].journal().endAgreement(page));
      expect(stateFor(partners[who], page, clock.now())).toBe("ended");
      must(await partners[who].journal().endAgreement(page));
      link.heal();
      await settle(10);
      expect(states()).toEqual(["ended", "ended"]);
      const ends = partners.anna
        .journal()
        .cards.read()
        .filter(({ kind }) => kind === "end");
      expect(ends).toMatchObject([{ title: "", excerpt: "" }]);
    },
  );

  test("holds where it crosses with the other's yes, whichever was first by the clock", async () => {
    for (const first of ["yes", "end"] as const) {
      const { anna, sam, link, settle, states, clock, page } = await proposed(703);
      link.cut();
      const acts = {
        yes: () => sam.journal().sayYes(page),
        end: () => anna.journal().endAgreement(page),
      };
      must(await acts[first]());
      clock.advance(3 * 60_000);
      must(await acts[first === "yes" ? "end" : "yes"]());
      expect(stateFor(sam, page, clock.now())).toBe("agreed");
      link.heal();
      await settle(10);
      expect(states()).toEqual(["ended", "ended"]);
      expect(await codeOf(sam.journal().sayYes(page))).toBe("NO_LONGER");
    }
  });

  test("before there was a yes declines it, and no yes brings it back", async () => {
    const { sam, anna, settle, states, page, clock } = await proposed(704);
    must(await sam.journal().endAgreement(page));
    await settle();
    expect(states()).toEqual(["declined", "declined"]);
    expect(await codeOf(sam.journal().sayYes(page))).toBe("NO_LONGER");
    const standing = agreementsOf(anna, clock.now())[0]?.standing;
    expect(standing).toMatchObject({ state: "declined", by: "partner" });
  });
});

describe("the day on which it ends by itself", () => {
  test("is thirty days on where nothing else was said; it holds through that day, and not beyond", async () => {
    const { clock, page, states } = await agreed(705);
    clock.advance(30 * day);
    expect(states()).toEqual(["agreed", "agreed"]);
    clock.advance(day);
    expect(states()).toEqual(["over", "over"]);
    expect(page).toBeDefined();
  });

  test("can be chosen, within ninety days; on two clocks that are a day apart it is the same day", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 706 });
    const draft = must(await anna.journal().draftAgreement());
    await writeDraft(anna.journal(), draft, words);
    const now = clock.now();
    must(await anna.journal().setReview(draft, daysFrom(now, 400)));
    const page = must(await anna.journal().share(draft));
    await settle();
    const furthest = daysFrom(now, longestAgreement);
    for (const desk of [anna, sam]) {
      expect(agreementsOf(desk, now)[0]?.reviewBy).toBe(furthest);
      expect(stateFor(desk, page, now + longestAgreement * day)).toBe("proposed");
      expect(stateFor(desk, page, now + (longestAgreement + 1) * day)).toBe("over");
    }
  });

  test("is never before today", async () => {
    const { anna, clock } = await createTwoPartners({ seed: 707 });
    const draft = must(await anna.journal().draftAgreement());
    must(await anna.journal().setReview(draft, "2026-01-01" as Day));
    const card = anna
      .journal()
      .cards.read()
      .find(({ id }) => id === draft);
    expect(card?.agreement?.reviewBy).toBe(dayAt(clock.now()));
  });
});

describe("revising", () => {
  test("begins with the words that stand; what stood holds until both have said yes to the new", async () => {
    const { anna, sam, settle, states, page } = await agreed(708);
    const draft = must(await sam.journal().draftAgreement(page));
    expect(must(await sam.journal().draftAgreement(page))).toBe(draft);
    expect(await readPage(sam.journal(), draft)).toContain(words);
    await writeDraft(sam.journal(), draft, "Also by text.");
    const next = must(await sam.journal().share(draft));
    await settle();
    expect(states()).toEqual(["agreed", "agreed"]);
    expect(states(next)).toEqual(["proposed", "proposed"]);
    must(await anna.journal().sayYes(next));
    await settle();
    expect(states()).toEqual(["replaced", "replaced"]);
    expect(states(next)).toEqual(["agreed", "agreed"]);
    expect(await readPage(anna.journal(), next)).toContain("Also by text.");
  });

  test("whatever becomes of the new one, what it replaced does not come back by itself", async () => {
    const { anna, sam, settle, states, page, clock } = await agreed(709);
    const next = await send(sam.journal(), sam.journal().draftAgreement(page), "Also by text.");
    await settle();
    must(await anna.journal().sayYes(next));
    must(await anna.journal().endAgreement(page));
    await settle();
    expect(states()).toEqual(["ended", "ended"]);
    expect(states(next)).toEqual(["agreed", "agreed"]);
    clock.advance(31 * day);
    expect(states(next)).toEqual(["over", "over"]);
  });
});

test("words that were taken back are nobody's agreement any more", async () => {
  const { anna, sam, settle, page, clock } = await agreed(710);
  must(await anna.journal().withdraw(page));
  await settle();
  for (const desk of [anna, sam]) expect(agreementsOf(desk, clock.now())).toEqual([]);
  expect(await codeOf(sam.journal().sayYes(page))).toBe("WITHDRAWN");
});

describe("a partner with a changed app", () => {
  const now = 1_790_000_000_000;

  const theirs = async (seed: number, reviewBy: Day) => {
    const partner = await createHostilePartner({ seed });
    const page = partner.newPage();
    const doc = writePage({ kind: "agreement", reviewBy }, "", words);
    partner.send({ kind: "snapshot", page, body: stateOf(doc) });
    await partner.settle();
    return { partner, page, doc };
  };
  const standing = (desk: Desk, page: PageId): string | undefined => stateFor(desk, page, now);

  test("cannot make it hold for longer than ninety days", async () => {
    const { partner } = await theirs(712, "2036-01-01" as Day);
    expect(agreementsOf(partner, now)[0]?.reviewBy).toBe(daysFrom(now, longestAgreement));
  });

  test("cannot put another day under a yes that was said", async () => {
    const soon = daysFrom(now, 10);
    const { partner, page, doc } = await theirs(713, soon);
    must(await partner.journal().sayYes(page));
    const body = changeOf(doc, () => pageMeta(doc).set("reviewBy", daysFrom(now, 80)));
    partner.send({ page, body });
    await partner.settle();
    expect(agreementsOf(partner, now)[0]?.reviewBy).toBe(soon);
    expect(standing(partner, page)).toBe("agreed");
  });

  test("cannot put other words under a yes that was said, not even as of the same moment", async () => {
    const { partner, page, doc } = await theirs(714, daysFrom(now, 10));
    must(await partner.journal().sayYes(page));
    const card = partner
      .journal()
      .cards.read()
      .find(({ id }) => id === page);
    const body = changeOf(doc, () => addLines(doc, "And you stay at home."));
    partner.send({ page, body, time: card?.writtenAt ?? 0 });
    await partner.settle();
    expect(standing(partner, page)).toBe("changed");
    expect(await codeOf(partner.journal().sayYes(page))).toBe("NO_LONGER");
  });

  test("cannot say the yes of whoever they propose it to", async () => {
    const { partner, page } = await theirs(715, daysFrom(now, 10));
    partner.send({ kind: "snapshot", body: stateOf(writePage({ kind: "yes", of: page }, "")) });
    await partner.settle();
    expect(standing(partner, page)).toBe("proposed");
  });

  test("cannot keep it standing once I have ended it, by saying yes again or proposing in its place", async () => {
    const { partner, page } = await theirs(716, daysFrom(now, 10));
    must(await partner.journal().sayYes(page));
    must(await partner.journal().endAgreement(page));
    const again = writePage(
      { kind: "agreement", reviewBy: daysFrom(now, 10), of: page },
      "",
      words,
    );
    partner.send({ kind: "snapshot", body: stateOf(writePage({ kind: "yes", of: page }, "")) });
    partner.send({ kind: "snapshot", body: stateOf(again) });
    await partner.settle();
    expect(standing(partner, page)).toBe("ended");
    const states = agreementsOf(partner, now).map((one) => one.standing.state);
    expect(states.toSorted()).toEqual(["ended", "proposed"]);
  });
});
