import { beforeAll, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Day, Went } from "../../shared/page/card.ts";
import { readPromises, type SmallPromise } from "../../shared/page/promises.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { codeOf, send } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

type Desk = { readonly journal: () => Journal };

const promisesOf = ({ journal }: Desk): readonly SmallPromise[] =>
  readPromises(journal().cards.read());

const went = (desk: Desk): readonly Went[] =>
  promisesOf(desk).flatMap(({ outcomes }) => outcomes.map((outcome) => outcome.went));

const sayHow = async ({ journal }: Desk, promise: PageId, how: Went, words: string) => {
  const draft = must(await journal().draftOutcome(promise));
  must(await journal().setWent(draft, how));
  await writeDraft(journal(), draft, words);
  return must(await journal().share(draft));
};

const promised = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { sam, settle } = partners;
  const page = await send(sam.journal(), sam.journal().draftPromise(), "I call when I leave.");
  await settle();
  return { ...partners, page };
};

test("a promise and how it went reach the other in its writer's words, and later words leave the earlier ones", async () => {
  const { anna, sam, settle, page } = await promised(801);
  expect(promisesOf(anna)).toMatchObject([{ card: { id: page, author: "partner" }, outcomes: [] }]);
  await sayHow(sam, page, "missed", "I forgot.");
  await settle();
  await sayHow(sam, page, "changed", "I wrote instead.");
  await settle();
  for (const desk of [anna, sam]) expect(went(desk)).toEqual(["missed", "changed"]);
  const words = promisesOf(anna)[0]?.outcomes.map(({ card }) => card.excerpt);
  expect(words).toEqual(["I forgot.", "I wrote instead."]);
});

test("nobody but its writer says how a promise went: not in the app, and not with a changed one", async () => {
  const { anna, page } = await promised(802);
  expect(await codeOf(anna.journal().draftOutcome(page))).toBe("NOT_YOURS");

  const partner = await createHostilePartner({ seed: 803 });
  const mine = await send(partner.journal(), partner.journal().draftPromise(), "I call.");
  await partner.settle();
  const lie = writePage({ kind: "outcome", of: mine, went: "missed" }, "", "You did not call.");
  partner.send({ kind: "snapshot", body: stateOf(lie) });
  await partner.settle();
  expect(promisesOf(partner)).toMatchObject([{ card: { id: mine }, outcomes: [] }]);
});

test("how it went needs words: kept, changed or missed alone says nothing", async () => {
  const { sam, page } = await promised(804);
  const draft = must(await sam.journal().draftOutcome(page));
  expect(must(await sam.journal().draftOutcome(page))).toBe(draft);
  must(await sam.journal().setWent(draft, "kept"));
  expect(await codeOf(sam.journal().share(draft))).toBe("EMPTY");
});

test("a day can be named and unnamed before it is shared, and nothing follows from its passing", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 805 });
  const draft = must(await sam.journal().draftPromise());
  expect(must(await sam.journal().draftPromise())).toBe(draft);
  await writeDraft(sam.journal(), draft, "I book the appointment.");
  const day = "2026-10-02" as Day;
  must(await sam.journal().setPromiseDay(draft, day));
  must(await sam.journal().setPromiseDay(draft, undefined));
  must(await sam.journal().setPromiseDay(draft, day));
  must(await sam.journal().share(draft));
  await settle();
  const before = promisesOf(anna);
  expect(before).toMatchObject([{ card: { promise: { by: day } }, outcomes: [] }]);
  clock.advance(90 * 24 * 60 * 60 * 1000);
  await settle();
  expect(promisesOf(anna)).toEqual(before);
});

test("words about how it went can be taken back by their writer, and the promise with them", async () => {
  const { anna, sam, settle, page } = await promised(806);
  const outcome = await sayHow(sam, page, "kept", "I called.");
  must(await sam.journal().withdraw(outcome));
  await settle();
  expect(went(anna)).toEqual([]);
  must(await sam.journal().withdraw(page));
  await settle();
  expect(promisesOf(anna)[0]?.card.withdrawnAt).toBeDefined();
});
