import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { readVisions } from "../../shared/page/visions.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import { cardOf, codeOf, readPage } from "./actsKit.ts";
import { addLines, changeOf, stateOf, writePage } from "./pageKit.ts";
import { addLine, bodyOf, wordsOn } from "./visionKit.ts";

beforeAll(loadSodium);

const visionsOf = (journal: Journal) => readVisions(journal.cards.read());

/** Anna's clock is a day ahead; she has proposed one line, and Sam has it. */
const proposed = async (seed: number) => {
  const partners = await createTwoPartners({ seed, annaAhead: 86_400_000 });
  const page = must(await partners.anna.journal().vision.open());
  addLine(page, "We live by the sea.");
  const version = must(await page.propose());
  await partners.settle(12);
  return { ...partners, page, version };
};

test("a version takes two yeses, to the words as they stood; the page itself goes on", async () => {
  const { anna, sam, page, version, settle } = await proposed(4301);
  expect(await codeOf(anna.journal().agreeTo(version))).toBe("NOT_YOURS");
  addLine(page, "And by the mountains.");
  await settle(12);
  must(await sam.journal().agreeTo(version));
  await settle();
  for (const { journal } of [anna, sam]) {
    expect(visionsOf(journal()).agreed?.card.id).toBe(version);
    expect(await readPage(journal(), version)).toContain(">We live by the sea.<");
  }
  expect(wordsOn(page)).toBe("We live by the sea. And by the mountains.");
});

test("an end holds where it crosses with the yes, and either may say it", async () => {
  const { anna, sam, version, settle, link } = await proposed(4302);
  link.cut();
  must(await sam.journal().agreeTo(version));
  must(await anna.journal().endIt(version));
  link.heal();
  await settle(10);
  for (const { journal } of [anna, sam]) {
    expect(visionsOf(journal()).agreed).toBeUndefined();
    expect(visionsOf(journal()).past[0]?.standing).toMatchObject({ state: "ended" });
  }
});

test("what was to stand in the other's place does, whatever the two clocks say", async () => {
  const { anna, sam, version, settle } = await proposed(4303);
  must(await sam.journal().agreeTo(version));
  await settle();
  const sams = must(await sam.journal().vision.open());
  addLine(sams, "With a dog.");
  // By Sam's clock it is a day before the first one.
  const later = must(await sams.propose());
  await settle(12);
  must(await anna.journal().agreeTo(later));
  await settle();
  for (const { journal } of [anna, sam]) {
    const { agreed, past } = visionsOf(journal());
    expect(agreed?.card.id).toBe(later);
    expect(past).toMatchObject([{ card: { id: version }, standing: { state: "replaced" } }]);
  }
});

test("words that nobody wrote cannot be proposed", async () => {
  const { anna } = await createTwoPartners({ seed: 4304 });
  const page = must(await anna.journal().vision.open());
  expect(await codeOf(page.propose())).toBe("EMPTY");
  expect(bodyOf(page).length).toBe(0);
});

test("a changed app gets no yes for other words than those that were shown, and cannot put them under a yes", async () => {
  const partner = await createHostilePartner({ seed: 4305 });
  const page = partner.newPage();
  const doc = writePage({ kind: "visionVersion" }, "", "We live by the sea.");
  partner.send({ kind: "snapshot", page, body: stateOf(doc) });
  await partner.settle();
  must(await partner.journal().agreeTo(page));
  expect(visionsOf(partner.journal()).agreed?.card.id).toBe(page);
  const { writtenAt } = cardOf(partner.journal(), page);
  const body = changeOf(doc, () => addLines(doc, "And you give up your room."));
  partner.send({ page, body, time: writtenAt });
  await partner.settle();
  const { agreed, past } = visionsOf(partner.journal());
  expect(agreed).toBeUndefined();
  expect(past[0]?.standing.state).toBe("changed");
  expect(await codeOf(partner.journal().agreeTo(page))).toBe("NO_LONGER");
});
