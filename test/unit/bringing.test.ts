import { beforeAll, describe, expect, test } from "vitest";
import { saveEntries } from "../../shared/archive/saveEntries.ts";
import { markdownPages } from "../../shared/archive/savePages.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { askedOfMine, mayBring, readBringAsks } from "../../shared/page/bringing.ts";
import type { Card } from "../../shared/page/card.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, shareEntry } from "../support/twoPartners.ts";
import { at, makeCard } from "./arrivalsKit.ts";
import { codeOf } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const canBring = (journal: Journal, page: PageId): boolean => {
  const cards = journal.cards.read();
  return cards.filter(mayBring(cards, true)).some(({ id }) => id === page);
};

const asked = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, sam, settle } = partners;
  const theirs = await shareEntry(sam.journal(), "what I wrote in March");
  const other = await shareEntry(sam.journal(), "something else");
  await settle();
  const draft = must(await anna.journal().beginPractice({ kind: "bring", pages: [theirs] }));
  const ask = must(await anna.journal().share(draft));
  await settle();
  return { ...partners, theirs, other, ask };
};

test("the partner's page can be brought only while their yes stands, and only the one that was asked for", async () => {
  const { anna, sam, settle, theirs, other, ask } = await asked(921);
  expect(canBring(anna.journal(), theirs)).toBe(false);
  expect(await codeOf(anna.journal().agreeTo(ask))).toBe("NOT_YOURS");
  const [seen] = readBringAsks(sam.journal().cards.read());
  if (seen === undefined) throw new Error("nothing was asked");
  expect(askedOfMine(seen, sam.journal().cards.read())).toMatchObject([{ id: theirs }]);
  must(await sam.journal().agreeTo(ask));
  await settle();
  expect(canBring(anna.journal(), theirs)).toBe(true);
  expect(canBring(anna.journal(), other)).toBe(false);
  must(await sam.journal().endIt(ask));
  await settle();
  expect(canBring(anna.journal(), theirs)).toBe(false);
});

test("a no that crosses with nothing, a yes that crosses with taking it back: the end holds", async () => {
  const { anna, sam, settle, link, theirs, ask, clock } = await asked(922);
  link.cut();
  must(await anna.journal().endIt(ask));
  clock.advance(24 * 3_600_000);
  must(await sam.journal().agreeTo(ask));
  link.heal();
  await settle(10);
  expect(canBring(anna.journal(), theirs)).toBe(false);
  expect(readBringAsks(sam.journal().cards.read())[0]?.standing.state).toBe("ended");
});

test("a yes that was ended counts no more for somebody who is in quiet hours or has stepped away", async () => {
  const { anna, sam, settle, theirs, ask } = await asked(923);
  must(await sam.journal().agreeTo(ask));
  await settle();
  must(await anna.journal().changeSettings({ away: "open" }));
  must(await sam.journal().endIt(ask));
  await settle();
  expect(canBring(anna.journal(), theirs)).toBe(false);
});

describe("a partner with a changed app", () => {
  test("who asks for my pages and says my yes themselves has no yes of mine", async () => {
    const partner = await createHostilePartner({ seed: 924 });
    const mine = await shareEntry(partner.journal(), "my own words");
    await partner.settle();
    const ask = partner.newPage();
    const body = stateOf(writePage({ kind: "bring", pages: [mine] }, ""));
    partner.send({ kind: "snapshot", page: ask, body });
    partner.send({ kind: "snapshot", body: stateOf(writePage({ kind: "yes", of: ask }, "")) });
    await partner.settle();
    const asks = readBringAsks(partner.journal().cards.read());
    expect(asks.map(({ standing }) => standing.state)).toEqual(["proposed"]);
  });

  test("whose asking I agreed to has not opened their own pages to me with it", async () => {
    const partner = await createHostilePartner({ seed: 925 });
    const theirs = partner.newPage();
    const entry = stateOf(writePage({ kind: "entry" }, "", "their own words"));
    partner.send({ kind: "snapshot", page: theirs, body: entry });
    const ask = partner.newPage();
    const body = stateOf(writePage({ kind: "bring", pages: [theirs] }, ""));
    partner.send({ kind: "snapshot", page: ask, body });
    await partner.settle();
    must(await partner.journal().agreeTo(ask));
    expect(canBring(partner.journal(), theirs)).toBe(false);
  });
});

test("what is closed, withdrawn, of my room or in the trash is never brought, not even one's own with a yes", () => {
  const bring = makeCard(1, {
    kind: "bring",
    author: "me",
    said: { kind: "bring", pages: [2, 3].map((number) => makeCard(number).id) },
  });
  const yes = makeCard(9, { kind: "yes", of: bring.id });
  const never: readonly Card[] = [
    makeCard(2, { kind: "letter", opened: false }),
    makeCard(3, { withdrawnAt: at(9) }),
    makeCard(4, { author: "me", withdrawnAt: at(9) }),
    makeCard(5, { author: "me", place: "room" }),
    makeCard(6, { author: "me", place: "draft", trashedAt: at(9) }),
  ];
  const open = makeCard(2, { kind: "letter" });
  expect(never.filter(mayBring([bring, yes, ...never], true))).toEqual([]);
  expect([open].filter(mayBring([bring, yes, open], true))).toEqual([open]);
  // After the ending nobody could end that yes any more.
  expect([open].filter(mayBring([bring, yes, open], false))).toEqual([]);
});

test("the file says that it is unsigned, and a page whose yes ends while it is made is not in it", async () => {
  const cards = [makeCard(1, { author: "me", title: "# One" }), makeCard(2), makeCard(3)];
  const stands = new Set(cards.map(({ id }) => id));
  const bytes: Uint8Array[] = [];
  const texts = {
    ...{ language: "en", direction: "ltr" as const, title: "Pages", note: "Unsigned." },
    ...{ untitled: "Without a title", done: "Done", open: "Open", marks: () => ["Sam · today"] },
  };
  const words = (text: string) => ({ kind: "words", text, bold: false, italic: false }) as const;
  const saved = await saveEntries(
    {
      cards,
      may: ({ id }) => stands.has(id),
      read: async (id) => {
        stands.delete(makeCard(3).id);
        const card = cards.find((one) => one.id === id) ?? makeCard(0);
        const inside = [{ ...words(card.excerpt), address: undefined }];
        const photos = { read: async () => accept(new Uint8Array()) };
        return accept({ card, pieces: [{ kind: "paragraph", inside }], photos });
      },
      clock: { now: () => 0, after: () => () => {} },
      work: { cancelled: () => false, progress: () => {} },
    },
    {
      write: async (some) => {
        bytes.push(some);
        return accept(undefined);
      },
      finish: async () => accept(undefined),
      abort: async () => {},
    },
    markdownPages(texts),
  );
  expect(saved).toMatchObject({ value: { entries: 2 } });
  const text = Buffer.concat(bytes).toString("utf8");
  expect(text).toContain("# Pages\n\nUnsigned.\n");
  expect(text).toContain("words 1");
  expect(text).toContain("words 2");
  expect(text).not.toContain("words 3");
  expect(text).toContain("## \\# One");
});
