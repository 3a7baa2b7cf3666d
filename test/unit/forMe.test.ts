import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { readForMe } from "../../shared/page/forMe.ts";
import type { PracticeStart } from "../../shared/page/pageDoc.ts";
import { practices } from "../../shared/page/practices.ts";
import { practiceKinds } from "../../shared/page/said.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  sharedCards,
  writeDraft,
} from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { takeFile, writeFile } from "./capsuleKit.ts";
import { holds, stateOf, writePage } from "./pageKit.ts";
import { carriedKeys } from "./practicesKit.ts";

beforeAll(loadSodium);

type Desk = { readonly journal: () => Journal };

const forMe = ({ journal }: Desk) => readForMe(journal().cards.read());
const secret = "the smell of that hotel";

const kept = async (desk: Desk): Promise<readonly PageId[]> => {
  const journal = desk.journal();
  const helps = must(await journal.beginPractice({ kind: "helps", lines: [secret, "The garden"] }));
  const cue = must(await journal.beginPractice({ kind: "cue" }));
  const page = must(await journal.openPage(cue));
  page.setTitle(secret);
  must(await page.flush());
  await page.close();
  await writeDraft(journal, cue, secret);
  const person = must(
    await journal.beginPractice({ kind: "supporter", reach: secret, line: "At any hour" }),
  );
  return [helps, cue, person];
};

test("what helps me, my cues and my people are read back as they were written, also after a start", async () => {
  const { anna } = await createTwoPartners({ seed: 931 });
  await kept(anna);
  await anna.lock();
  await anna.open();
  const { lines, cues, people } = forMe(anna);
  expect(lines).toEqual([secret, "The garden"]);
  expect(cues).toMatchObject([{ title: secret, excerpt: secret }]);
  expect(people).toMatchObject([{ reach: secret, line: "At any hour" }]);
});

test("just these kinds have no way to the partner", () => {
  const alone = practiceKinds.filter((kind) => practices[kind].goes === "alone");
  expect(alone.toSorted()).toEqual(["cue", "helps", "supporter"]);
});

describe("what is for me alone", () => {
  /** Whatever a screen, or a changed one, could press with one of these pages. */
  const presses: Readonly<
    Record<string, (journal: Journal, page: PageId) => Promise<{ readonly ok: boolean }>>
  > = {
    share: (journal, page) => journal.share(page),
    draftChange: (journal, page) => journal.draftChange(page),
    draftAnswer: (journal, page) => journal.draftAnswer(page),
    draftReply: (journal, page) => journal.draftReply(page),
    draftHeard: (journal, page) => journal.draftHeard(page),
    draftAddition: (journal, page) => journal.draftAddition(page),
    draftOutcome: (journal, page) => journal.draftOutcome(page),
    draftAgreement: (journal, page) => journal.draftAgreement(page),
    nod: (journal, page) => journal.nod(page, "yes"),
    askAgain: (journal, page) => journal.askAgain(page),
    withdraw: (journal, page) => journal.withdraw(page),
    agreeTo: (journal, page) => journal.agreeTo(page),
    endIt: (journal, page) => journal.endIt(page),
    sayYes: (journal, page) => journal.sayYes(page),
    endAgreement: (journal, page) => journal.endAgreement(page),
    sayBack: (journal, of) => journal.sayPractice({ kind: "handBack", of, line: "x" }),
    saidAsHand: (journal, page) => journal.describePractice(page, { kind: "hand", line: "x" }),
  };

  test("is refused by every act that sends, and nothing of it is ever written to travel", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 932 });
    await settle(20);
    const before = [await carriedKeys(anna), await carriedKeys(sam)];
    const pages = await kept(anna);
    for (const page of pages)
      for (const [name, press] of Object.entries(presses))
        expect({ [name]: (await press(anna.journal(), page)).ok }).toEqual({ [name]: false });
    for (const kind of ["cue", "helps", "supporter"] as const)
      expect(await codeOf(anna.journal().sayPractice({ kind }))).toBe("NOT_YOURS");
    await settle(20);
    expect([await carriedKeys(anna), await carriedKeys(sam)]).toEqual(before);
    expect(forMe(anna).lines).toEqual([secret, "The garden"]);
  });

  test("is in no file for the partner, and what does go with it comes alone", async () => {
    const { anna, sam, link } = await createTwoPartners({ seed: 933 });
    link.cut();
    await kept(anna);
    await shareEntry(anna.journal(), "Good morning");
    const file = await writeFile(anna.journal(), "all");
    expect(holds(file, secret)).toBe(false);
    must(await takeFile(sam.journal(), file));
    expect(sharedCards(sam.journal())).toMatchObject([{ kind: "entry", excerpt: "Good morning" }]);
    expect(forMe(sam)).toMatchObject({ lines: [], cues: [], people: [] });
  });

  test("stands among nobody's entries: they are not offered for saving, sharing or copying", async () => {
    const { anna } = await createTwoPartners({ seed: 934 });
    const pages = await kept(anna);
    const entries = anna.journal().entries.cards.read();
    expect(entries.filter(({ id }) => pages.includes(id))).toEqual([]);
  });
});

test("nobody can put a line, a cue or somebody to call among mine: pages of the partner's are never read as such", async () => {
  const partner = await createHostilePartner({ seed: 935 });
  const starts: readonly PracticeStart[] = [
    { kind: "helps", lines: ["Call me first"] },
    { kind: "cue" },
    { kind: "supporter", reach: "555 0100", line: "Any hour" },
  ];
  for (const start of starts)
    partner.send({ kind: "snapshot", body: stateOf(writePage(start, "Your friend", "Call me")) });
  await partner.settle();
  expect(sharedCards(partner.journal())).toHaveLength(3);
  expect(forMe(partner)).toEqual({ helps: undefined, lines: [], cues: [], people: [] });
});
