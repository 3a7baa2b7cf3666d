import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Day } from "../../shared/page/card.ts";
import { readContacts } from "../../shared/page/contacts.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { change, codeOf, readPage, send } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

type Desk = { readonly journal: () => Journal };
const named = (text: string): Day => text as Day;

const notesOf = ({ journal }: Desk) =>
  readContacts(journal().cards.read()).flatMap(({ notes }) =>
    notes.map(({ card, day }) => [card.kind, day, card.excerpt]),
  );

const declared = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { sam, settle } = partners;
  const page = await send(sam.journal(), sam.journal().beginPractice({ kind: "contact" }), "Over.");
  await settle();
  const note = async (kind: "contactStep" | "contactAgain", day: string, words: string) => {
    const draft = must(await sam.journal().beginPractice({ kind, of: page, day: named(day) }));
    await writeDraft(sam.journal(), draft, words);
    return draft;
  };
  return { ...partners, page, note };
};

test("steps stand in the order of their days on both sides, however they came; a draft is its writer's alone", async () => {
  const { anna, sam, settle, note } = await declared(1201);
  const steps = [
    ["contactStep", "2026-09-20", "I changed my number."],
    ["contactAgain", "2026-09-22", "A letter came. I gave it to you."],
    ["contactStep", "2026-09-18", "I wrote the last message."],
  ] as const;
  for (const [kind, day, words] of steps)
    must(await sam.journal().share(await note(kind, day, words)));
  await note("contactStep", "2026-09-23", "Only here.");
  await settle();
  const shared = [steps[2], steps[0], steps[1]];
  expect(notesOf(anna)).toEqual(shared);
  expect(notesOf(sam)).toEqual([...shared, ["contactStep", "2026-09-23", "Only here."]]);
});

test("only its writer adds to it: not the other in the app, and not with a changed one", async () => {
  const { anna, page } = await declared(1202);
  const start = { kind: "contactAgain", of: page, day: named("2026-09-22") } as const;
  expect(await codeOf(anna.journal().beginPractice(start))).toBe("NOT_YOURS");

  const partner = await createHostilePartner({ seed: 1203 });
  const own = (kind: "contact"): Promise<PageId> =>
    send(partner.journal(), partner.journal().beginPractice({ kind }), "It is over.");
  const mine = await own("contact");
  const lie = writePage({ ...start, of: mine }, "", "You wrote again.");
  partner.send({ kind: "snapshot", body: stateOf(lie) });
  await partner.settle();
  expect(notesOf(partner)).toEqual([]);
});

test("words of it can be changed in the open, and withdrawn with a trace", async () => {
  const { anna, sam, settle, page, note } = await declared(1204);
  const step = must(await sam.journal().share(await note("contactStep", "2026-09-20", "Blocked.")));
  await settle();
  await change(sam.journal(), step, "Blocked, and the number is gone.");
  await settle();
  expect(await readPage(anna.journal(), step)).toContain("the number is gone");
  const [there] = readContacts(anna.journal().cards.read());
  expect(there?.notes[0]?.card.changedAt).toBeDefined();
  must(await sam.journal().withdraw(step));
  must(await sam.journal().withdraw(page));
  await settle();
  const [gone] = readContacts(anna.journal().cards.read());
  expect(gone?.card.withdrawnAt).toBeDefined();
  expect(gone?.notes[0]?.card).toMatchObject({ excerpt: "", said: undefined });
});
