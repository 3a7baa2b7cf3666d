import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { PracticeStart } from "../../shared/page/pageDoc.ts";
import { nextOfWhy, readWhys, type Why } from "../../shared/page/whys.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import { cardOf, change, codeOf, readPage, send } from "./actsKit.ts";
import { idOf, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

type Desk = { readonly journal: () => Journal };

const say = ({ journal }: Desk, start: PracticeStart, words: string): Promise<PageId> =>
  send(journal(), journal().beginPractice(start), words);

const whysOf = ({ journal }: Desk): readonly Why[] => readWhys(journal().cards.read());

/** The ids of everything that stands on the pages. */
const laid = (desk: Desk) =>
  whysOf(desk).map(({ card, rounds }) => [
    card.id,
    ...rounds.flatMap(({ reasons, responses }) => [reasons.id, ...responses.map(({ id }) => id)]),
  ]);

const asked = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, settle } = partners;
  const why = await say(anna, { kind: "why" }, "Why did you not tell me in spring?");
  await settle();
  return { ...partners, why };
};

const reasoned = async (seed: number) => {
  const partners = await asked(seed);
  const { anna, sam, settle, why } = partners;
  const reasons = await say(sam, { kind: "whyReasons", of: why }, "I was afraid of the talk.");
  await settle();
  must(await anna.journal().openClosed(reasons));
  return { ...partners, reasons };
};

describe("a why page", () => {
  test("goes from one to the other in rounds, each under the one before, the same on both computers", async () => {
    const { anna, sam, settle, why, reasons } = await reasoned(901);
    const into = await say(anna, { kind: "whyResponse", of: reasons }, "Afraid of what?");
    await settle();
    must(await sam.journal().openClosed(into));
    const more = await say(sam, { kind: "whyReasons", of: why }, "Of your face.");
    await settle();
    must(await anna.journal().openClosed(more));
    const late = await say(anna, { kind: "whyResponse", of: more }, "I see.");
    await settle();
    for (const desk of [anna, sam]) expect(laid(desk)).toEqual([[why, reasons, into, more, late]]);
  });

  test("is written into by whoever asked only after the other's reasons have come and were opened", async () => {
    const { anna, sam, settle, why } = await asked(902);
    const early: readonly PracticeStart[] = [
      { kind: "whyResponse", of: why },
      { kind: "whyResponse" },
      { kind: "whyResponse", of: idOf(0x31) },
    ];
    for (const start of early)
      expect(await codeOf(anna.journal().beginPractice(start))).toBe("NO_PAGE");
    expect(nextOfWhy(whysOf(anna)[0] as Why)).toBeUndefined();
    const reasons = await say(sam, { kind: "whyReasons", of: why }, "I was afraid.");
    await settle();
    expect(nextOfWhy(whysOf(anna)[0] as Why)).toBeUndefined();
    const start: PracticeStart = { kind: "whyResponse", of: reasons };
    expect(await codeOf(anna.journal().beginPractice(start))).toBe("NO_PAGE");
    must(await anna.journal().openClosed(reasons));
    expect(nextOfWhy(whysOf(anna)[0] as Why)).toEqual(start);
    expect(await codeOf(anna.journal().beginPractice(start))).toBe("ok");
  });

  test("gets its reasons from whoever did not ask, and from nobody else", async () => {
    const { anna, sam, why, reasons } = await reasoned(903);
    const own = anna.journal().beginPractice({ kind: "whyReasons", of: why });
    expect(await codeOf(own)).toBe("NOT_YOURS");
    const into = sam.journal().beginPractice({ kind: "whyResponse", of: reasons });
    expect(await codeOf(into)).toBe("NOT_YOURS");
    expect(nextOfWhy(whysOf(sam)[0] as Why)).toEqual({ kind: "whyReasons", of: why });
  });

  test("waits closed with what the other wrote, of which not a word is on the card", async () => {
    const { anna, sam, settle, why } = await asked(904);
    const reasons = await say(sam, { kind: "whyReasons", of: why }, "I was afraid of the talk.");
    await settle();
    expect(cardOf(anna.journal(), reasons)).toMatchObject({
      opened: false,
      title: "",
      excerpt: "",
      of: why,
    });
    must(await anna.journal().openClosed(reasons));
    expect(cardOf(anna.journal(), reasons).excerpt).toContain("afraid");
    const into = await say(anna, { kind: "whyResponse", of: reasons }, "Afraid of what?");
    await settle();
    expect(cardOf(sam.journal(), into)).toMatchObject({ opened: false, excerpt: "" });
  });

  test("shows a change as one, with the words before readable to both", async () => {
    const { anna, sam, settle, reasons } = await reasoned(905);
    await change(sam.journal(), reasons, "I was afraid of losing you.");
    await settle();
    expect(cardOf(anna.journal(), reasons).changedAt).toBeDefined();
    expect(await readPage(anna.journal(), reasons)).toContain("losing");
    const history = must(await anna.journal().openHistory(reasons));
    expect(history.versions.length).toBeGreaterThan(1);
    expect(laid(anna)).toEqual(laid(sam));
  });

  test("that was taken back is written to no more, and what the other wrote there stays", async () => {
    const { anna, sam, settle, why, reasons } = await reasoned(906);
    const begun = must(await sam.journal().beginPractice({ kind: "whyReasons", of: why }));
    must(await anna.journal().withdraw(why));
    await settle();
    expect(await codeOf(sam.journal().beginPractice({ kind: "whyReasons", of: why }))).toBe(
      "WITHDRAWN",
    );
    expect(await codeOf(sam.journal().share(begun))).toBe("WITHDRAWN");
    expect(laid(sam)).toEqual([[why, reasons]]);
    expect(nextOfWhy(whysOf(sam)[0] as Why)).toBeUndefined();
  });

  test("crosses on the way: both open one while apart, and both stand", async () => {
    const { anna, sam, link, settle } = await createTwoPartners({ seed: 907 });
    link.cut();
    await say(anna, { kind: "why" }, "Why the lie?");
    await say(sam, { kind: "why" }, "Why did you read my letters?");
    link.heal();
    await settle(10);
    expect(laid(anna)).toHaveLength(2);
    expect(laid(anna)).toEqual(laid(sam));
  });
});

test("a partner with a changed app gives no reasons for the other, and writes into nothing before or beside them", async () => {
  const partner = await createHostilePartner({ seed: 908 });
  const anna: Desk = partner;
  const mine = await say(anna, { kind: "why" }, "Why did you not tell me?");
  await partner.settle();
  const lies = [
    // In the place of whoever asked: into their own page, into nothing, into what is no why at all.
    writePage({ kind: "whyResponse", of: mine }, "", "You have said it yourself."),
    writePage({ kind: "whyResponse", of: idOf(0x44) }, "", "Into nothing."),
    writePage({ kind: "whyResponse" }, "", "Of nothing."),
    writePage({ kind: "whyReasons", of: idOf(0x45) }, "", "Of a page that is nowhere."),
    writePage({ kind: "whyReasons" }, "", "Of nothing."),
  ];
  for (const lie of lies) partner.send({ kind: "snapshot", body: stateOf(lie) });
  await partner.settle();
  expect(laid(anna)).toEqual([[mine]]);
  const came = anna
    .journal()
    .cards.read()
    .filter(({ author }) => author === "partner");
  expect(came).toHaveLength(lies.length);
  // With the same hand, what does belong there stands there.
  partner.send({
    kind: "snapshot",
    body: stateOf(writePage({ kind: "whyReasons", of: mine }, "", "I was afraid.")),
  });
  await partner.settle();
  expect(laid(anna)[0]).toHaveLength(2);

  // Theirs, and reasons of their own for it: those are mine to give.
  const theirs = writePage({ kind: "why" }, "Why did you look?", "Tell me.");
  partner.send({ kind: "snapshot", body: stateOf(theirs) });
  await partner.settle();
  const page = whysOf(anna).find(({ card }) => card.author === "partner")?.card.id;
  if (page === undefined) throw new Error("it did not come");
  const own = writePage({ kind: "whyReasons", of: page }, "", "You looked because you are cruel.");
  partner.send({ kind: "snapshot", body: stateOf(own) });
  await partner.settle();
  expect(whysOf(anna).find(({ card }) => card.id === page)?.rounds).toEqual([]);
});
