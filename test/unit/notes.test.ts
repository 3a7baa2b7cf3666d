import { beforeAll, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { helpedBefore } from "../../shared/page/helped.ts";
import { pageMeta, type PracticeStart } from "../../shared/page/pageDoc.ts";
import { saidOf } from "../../shared/page/said.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { cardOf, codeOf, readPage, rewrite } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

type Desk = { readonly journal: () => Journal };

const write = async ({ journal }: Desk, start: PracticeStart, words: string): Promise<PageId> => {
  const draft = must(await journal().beginPractice(start));
  await writeDraft(journal(), draft, words);
  return draft;
};

const notesOf = ({ journal }: Desk): readonly Card[] =>
  journal()
    .cards.read()
    .filter(({ kind }) => kind === "whenThen" || kind === "setback" || kind === "builds");

const monday = "2026-11-16" as Day;

test("a plan, a hard day and a need that were not shared never reach the other, whatever else goes out", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 921 });
  await write(anna, { kind: "whenThen" }, "I will call.");
  await write(anna, { kind: "setback", day: monday, helped: "A walk" }, "It came back.");
  await write(anna, { kind: "builds" }, "More mornings.");
  const shared = await write(anna, { kind: "builds" }, "More evenings.");
  must(await anna.journal().share(shared));
  await settle();
  expect(notesOf(sam)).toMatchObject([{ kind: "builds", excerpt: "More evenings." }]);
  expect(notesOf(anna).filter(({ place }) => place === "draft")).toHaveLength(3);
});

test("a shared plan is changed in both its halves in the open, and goes with both when it is withdrawn", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 922 });
  const title = async (page: PageId, text: string) => {
    const open = must(await sam.journal().openPage(page));
    open.setTitle(text);
    must(await open.flush());
    await open.close();
  };
  const draft = await write(sam, { kind: "whenThen" }, "I will tell you on Sunday.");
  await title(draft, "a message comes");
  const plan = must(await sam.journal().share(draft));
  await settle();
  expect(cardOf(anna.journal(), plan)).toMatchObject({ title: "a message comes" });

  const copy = must(await sam.journal().draftChange(plan));
  await title(copy, "she writes");
  await rewrite(sam.journal(), copy, "I will tell you the same day.");
  must(await sam.journal().share(copy));
  await settle();
  const changed = cardOf(anna.journal(), plan);
  expect(changed.title).toBe("she writes");
  expect(changed.changedAt).toBeDefined();
  expect(await readPage(anna.journal(), plan)).toContain("the same day");
  const history = must(await anna.journal().openHistory(plan));
  expect(history.versions.map((version) => version.title)).toContain("a message comes");

  must(await sam.journal().withdraw(plan));
  await settle();
  for (const desk of [anna, sam])
    expect(cardOf(desk.journal(), plan)).toMatchObject({ title: "", excerpt: "" });
});

test("nobody changes, withdraws or shares the other's note", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 923 });
  const note = must(await anna.journal().share(await write(anna, { kind: "setback" }, "Hard.")));
  await settle();
  expect(await codeOf(sam.journal().draftChange(note))).toBe("NOT_YOURS");
  expect(await codeOf(sam.journal().withdraw(note))).toBe("NOT_YOURS");
  expect(await codeOf(sam.journal().share(note))).toBe("NOT_YOURS");
});

test("what helped before is one's own, newest first and each once; a withdrawn day offers nothing", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 924 });
  const day = async (desk: Desk, helped: string): Promise<PageId> => {
    clock.advance(60 * 60_000);
    return write(desk, { kind: "setback", day: monday, helped }, "It came back.");
  };
  await day(anna, "A walk");
  const shared = must(await anna.journal().share(await day(anna, "Calling Ines")));
  await day(anna, "A walk");
  must(await sam.journal().share(await day(sam, "Running")));
  await settle();
  const now = await day(anna, "This very line");
  const offered = () => helpedBefore(anna.journal().cards.read(), cardOf(anna.journal(), now));
  expect(offered()).toEqual(["A walk", "Calling Ines"]);
  must(await anna.journal().withdraw(shared));
  await settle();
  expect(offered()).toEqual(["A walk"]);
});

test("a day and what helped that a changed app writes as anything else are not there, and the words are", async () => {
  const partner = await createHostilePartner({ seed: 925 });
  const odd = writePage({ kind: "setback" }, "", "It came back.");
  pageMeta(odd).set("day", "2026-13-45");
  pageMeta(odd).set("helped", { toString: "<b>" });
  const long = writePage({ kind: "setback" }, "", "Again.");
  pageMeta(long).set("helped", `a\n\u202e${"b".repeat(5000)}`);
  for (const page of [odd, long]) partner.send({ kind: "snapshot", body: stateOf(page) });
  await partner.settle();
  const came = notesOf(partner).map((card) => [card.excerpt, saidOf("setback", card.said)]);
  expect(came).toContainEqual(["It came back.", { kind: "setback" }]);
  const helped = notesOf(partner)
    .map(({ said }) => saidOf("setback", said)?.helped)
    .find((words) => words !== undefined);
  expect(helped).toMatch(/^a b{1,298}$/);
  const mine = cardOf(partner.journal(), await write(partner, { kind: "setback" }, "Mine."));
  expect(helpedBefore(partner.journal().cards.read(), mine)).toEqual([]);
});
