import { beforeAll, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { askedOfMine, mayBring, readBringAsks } from "../../shared/page/bringing.ts";
import { pageKinds } from "../../shared/page/card.ts";
import { practices } from "../../shared/page/practices.ts";
import { pillars, practiceKinds } from "../../shared/page/said.ts";
import { readTimeline } from "../../shared/page/timeline.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, shareEntry, writeDraft } from "../support/twoPartners.ts";
import { makeCard } from "./arrivalsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";
import { addLine } from "./visionKit.ts";

beforeAll(loadSodium);

/** What a session could take along, what the timeline shows through anything, and what a search of entries finds. */
const shown = async (journal: Journal, words: string) => {
  const cards = journal.cards.read();
  const through = [undefined, ...pillars].flatMap((pillar) => readTimeline(cards, 1e15, pillar));
  return {
    brought: cards.filter(mayBring(cards, true)).map(({ id }) => id),
    marked: JSON.stringify(through),
    found: (await journal.entries.find(words)).map(({ page }) => page),
  };
};

const secret = "limetrees";

test("what is kept in For me comes out neither in a session, nor on the timeline, nor where entries are looked for", async () => {
  const { anna } = await createTwoPartners({ seed: 4401 });
  const journal = anna.journal();
  const entry = await shareEntry(journal, `An entry of ${secret}`);
  must(await journal.beginPractice({ kind: "helps", lines: [secret] }));
  for (const kind of ["cue", "supporter"] as const) {
    const page = must(await journal.beginPractice({ kind }));
    const opened = must(await journal.openPage(page));
    opened.setTitle(`The smell of ${secret}`);
    must(await opened.flush());
    await opened.close();
    await writeDraft(journal, page, `Under the ${secret}`);
  }
  const { brought, marked, found } = await shown(journal, secret);
  expect(brought).toEqual([entry]);
  expect(found).toEqual([entry]);
  expect(marked).not.toContain(secret);
});

test("pace cards are on no paper and no timeline, on neither side, laid, answered or shown", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 4402 });
  must(await anna.journal().layPace(["hug", "closer"]));
  const laid = anna.journal();
  expect((await shown(laid, "pace")).brought).toEqual([]);
  await settle();
  must(await sam.journal().layPace(["hug"]));
  await settle();
  for (const { journal } of [anna, sam]) {
    expect(journal().pace.read().last?.both).toEqual(["hug"]);
    const { brought, marked, found } = await shown(journal(), "hug");
    expect([brought, found]).toEqual([[], []]);
    expect(marked).toBe("[]");
  }
});

test("a page of any kind that no button sends, or of pace cards, is not brought though it has words and a yes", () => {
  const staying = practiceKinds.filter((kind) =>
    ["alone", "ownWay"].includes(practices[kind].goes),
  );
  expect(staying.length).toBeGreaterThan(5);
  const cards = pageKinds
    .filter((kind) => staying.some((one) => one === kind))
    .flatMap((kind, index) => [
      makeCard(10 + index, { kind, author: "me", place: "draft", title: "A hug" }),
      makeCard(50 + index, { kind, title: "A hug" }),
    ]);
  const bring = makeCard(1, {
    kind: "bring",
    author: "me",
    said: { kind: "bring", pages: cards.map(({ id }) => id) },
  });
  const all = [bring, makeCard(2, { kind: "yes", of: bring.id }), ...cards];
  expect(all.filter(mayBring(all, true))).toEqual([]);
});

test("pages that a changed app calls pace cards, or For me, and gives words, are shown nowhere here", async () => {
  const partner = await createHostilePartner({ seed: 4403 });
  for (const kind of ["pace", "paceAnswer", "paceShown", "cue", "supporter", "helps"] as const)
    partner.send({ kind: "snapshot", body: stateOf(writePage({ kind }, secret, secret)) });
  await partner.settle();
  const { brought, marked, found } = await shown(partner.journal(), secret);
  expect([brought, found]).toEqual([[], []]);
  expect(marked).not.toContain(secret);
});

const vision = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, sam, settle } = partners;
  const sams = must(await sam.journal().vision.open());
  addLine(sams, `A house under ${secret}.`);
  await settle(12);
  const annas = must(await anna.journal().vision.open());
  addLine(annas, "With a stove.");
  const version = must(await annas.propose());
  await settle(12);
  return { ...partners, version };
};

const canBring = async ({ journal }: { readonly journal: () => Journal }, page: PageId) =>
  (await shown(journal(), secret)).brought.includes(page);

test("words of the vision are of both: whoever proposed them brings them no sooner than the other says yes to that", async () => {
  const { anna, sam, settle, version } = await vision(4404);
  must(await sam.journal().agreeTo(version));
  await settle();
  // A yes to the words is none to their going to somebody else.
  expect(await canBring(anna, version)).toBe(false);
  expect(await canBring(sam, version)).toBe(false);
  const draft = must(await anna.journal().beginPractice({ kind: "bring", pages: [version] }));
  const ask = must(await anna.journal().share(draft));
  await settle();
  const [seen] = readBringAsks(sam.journal().cards.read());
  if (seen === undefined) throw new Error("nothing was asked");
  expect(askedOfMine(seen, sam.journal().cards.read())).toMatchObject([{ id: version }]);
  expect(await canBring(anna, version)).toBe(false);
  must(await sam.journal().agreeTo(ask));
  await settle();
  expect(await canBring(anna, version)).toBe(true);
  expect(await canBring(sam, version)).toBe(false);
  must(await sam.journal().endIt(ask));
  await settle();
  expect(await canBring(anna, version)).toBe(false);
});

test("the vision stands neither on the timeline nor among entries that are looked for", async () => {
  const { anna, sam } = await vision(4405);
  for (const { journal } of [anna, sam]) {
    const { marked, found } = await shown(journal(), secret);
    expect(found).toEqual([]);
    expect(marked).not.toContain(secret);
  }
});
