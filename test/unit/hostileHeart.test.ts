import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Message } from "../../shared/envelope/message.ts";
import { encodeRedaction } from "../../shared/envelope/redaction.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import {
  pageAsks,
  pageDays,
  pageMeta,
  type PageDoc,
  type PageStart,
} from "../../shared/page/pageDoc.ts";
import { sayDates } from "../../renderer/ui/dates.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { must, sharedCards, shareEntry, wordsOf, writeDraft } from "../support/twoPartners.ts";
import { bulkyPage } from "./ledgerKit.ts";
import { addLines, changeOf, idOf, stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const minute = 60_000;

const cardOf = (partner: HostilePartner, page: PageId): Card | undefined =>
  partner
    .journal()
    .cards.read()
    .find(({ id }) => id === page);

const troubles = (partner: HostilePartner): readonly string[] =>
  partner
    .journal()
    .troubles.read()
    .map(({ code }) => code);

/** Sam's page, and what Sam then does to it. */
const samsPage = async (partner: HostilePartner, doc: PageDoc) => {
  const page = partner.newPage();
  const first = partner.write({ kind: "snapshot", page, body: stateOf(doc) });
  partner.wire.put([first.envelope]);
  await partner.settle();
  return {
    page,
    doc,
    first: first.message,
    change: async (how: () => void, time = partner.clock.now()): Promise<Message> => {
      const { message, envelope } = partner.write({ page, body: changeOf(doc, how), time });
      partner.wire.put([envelope]);
      await partner.settle();
      return message;
    },
  };
};

const rebuilt = async (partner: HostilePartner): Promise<void> => {
  await partner.lock();
  must(await partner.disk.start().carried.cache.clear());
  await partner.open();
  await partner.settle();
};

const annasQuestion = async (partner: HostilePartner, words = "Where were you?") => {
  const draft = must(await partner.journal().draftQuestion());
  await writeDraft(partner.journal(), draft, words);
  const page = must(await partner.journal().share(draft));
  await partner.settle();
  return page;
};

const answerTo = (question: PageId, ...lines: string[]): PageDoc =>
  writePage({ kind: "answer", question, round: 0, saw: 0 }, "A title", ...lines);

describe("a page of mine that the partner wrote on, too", () => {
  test("stays mine and stays withdrawn, also when all is read anew and what they sent lies before my trace", async () => {
    const partner = await createHostilePartner({ seed: 81 });
    const page = await shareEntry(partner.journal(), "mine");
    await partner.settle();
    partner.send({
      kind: "snapshot",
      page,
      body: stateOf(writePage({ kind: "entry" }, "", "squat")),
    });
    for (let bulk = 0; bulk < 21; bulk++)
      partner.send({ kind: "snapshot", body: bulkyPage(420_000, bulk) });
    await partner.settle(8);
    must(await partner.journal().withdraw(page));
    await partner.settle();
    expect(must(await partner.disk.start().carried.volumes.list()).length).toBeGreaterThan(1);
    const before = cardOf(partner, page);
    expect(before).toMatchObject({ author: "me", kind: "entry", excerpt: "" });
    expect(before?.withdrawnAt).toBeDefined();
    await rebuilt(partner);
    expect(cardOf(partner, page)).toEqual(before);
    const shown = sharedCards(partner.journal());
    expect(shown.some(({ excerpt }) => excerpt.includes("squat"))).toBe(false);
    expect(await partner.journal().openHistory(page)).toMatchObject({ code: "WITHDRAWN" });
  }, 60_000);

  test("is not withdrawn by a trace or by a redaction that names it", async () => {
    const partner = await createHostilePartner({ seed: 82 });
    const page = await shareEntry(partner.journal(), "mine stays");
    await partner.settle();
    const trace = writePage({ kind: "entry" }, "");
    pageMeta(trace).set("withdrawn", true);
    const junk = partner.write({ kind: "snapshot", page, body: stateOf(trace) });
    partner.wire.put([junk.envelope]);
    partner.send({ kind: "redaction", page, body: encodeRedaction([junk.message]) });
    await partner.settle();
    for (const again of [async () => {}, () => rebuilt(partner)]) {
      await again();
      expect(cardOf(partner, page)).toMatchObject({ author: "me", excerpt: "mine stays" });
      expect(cardOf(partner, page)?.withdrawnAt).toBeUndefined();
    }
  });
});

test("a partner writes pages in their own notebook alone, so that all that was changed is in the history", async () => {
  const partner = await createHostilePartner({ seed: 83 });
  const entry = await samsPage(partner, writePage({ kind: "entry" }, "", "I was home"));
  partner.send({
    notebook: "ours",
    page: entry.page,
    body: changeOf(entry.doc, () => addLines(entry.doc, "in the afternoon")),
  });
  partner.send({
    notebook: "ours",
    kind: "snapshot",
    body: stateOf(writePage({ kind: "entry" }, "", "beside")),
  });
  await partner.settle();
  expect(sharedCards(partner.journal()).map(({ excerpt }) => excerpt)).toEqual(["I was home"]);
  expect(troubles(partner)).toContain("NOT_YOUR_PAGE");
});

describe("what arrived as one page does not become another", () => {
  const kindsTried: readonly (readonly [string, (doc: PageDoc) => void])[] = [
    ["an entry", (doc) => pageMeta(doc).set("kind", "entry")],
    ["what I heard", (doc) => pageMeta(doc).set("kind", "heard")],
    ["of another question", (doc) => pageMeta(doc).set("question", idOf(9))],
    ["of another round", (doc) => pageMeta(doc).set("round", 7)],
    ["not whole, and so not there", (doc) => pageMeta(doc).set("whole", false)],
    ["not whole, by a deletion", (doc) => pageMeta(doc).delete("whole")],
  ];

  test.each(kindsTried)("a closed answer is not made %s", async (_what, remake) => {
    const partner = await createHostilePartner({ seed: 84 });
    const question = await annasQuestion(partner);
    const answer = await samsPage(partner, answerTo(question, "at the lake"));
    const before = cardOf(partner, answer.page);
    expect(before).toMatchObject({ kind: "answer", opened: false, title: "", excerpt: "" });
    await answer.change(() => remake(answer.doc));
    for (const again of [async () => {}, () => rebuilt(partner)]) {
      await again();
      expect(cardOf(partner, answer.page)).toEqual(before);
      expect(troubles(partner)).toContain("PAGE_REMADE");
    }
    expect([...(await partner.journal().find("lake"))]).toEqual([]);
  });

  test("nor does it show its words by way of a newer Twofold, there and back", async () => {
    const partner = await createHostilePartner({ seed: 85 });
    const question = await annasQuestion(partner);
    const answer = await samsPage(partner, answerTo(question, "at the lake"));
    await answer.change(() => pageMeta(answer.doc).set("v", 2));
    expect(cardOf(partner, answer.page)).toMatchObject({ kind: "newer", title: "", excerpt: "" });
    await answer.change(() => {
      pageMeta(answer.doc).set("v", 1);
      pageMeta(answer.doc).set("kind", "entry");
    });
    expect(cardOf(partner, answer.page)).toMatchObject({ kind: "newer", title: "", excerpt: "" });
  });

  test("nor does what came as newer turn into a question, past how many may come at once", async () => {
    const partner = await createHostilePartner({ seed: 86 });
    must(await partner.journal().changeSettings({ questionsAtOnce: 1 }));
    await samsPage(
      partner,
      writePage({ kind: "question", need: "why", depth: "facts" }, "", "one"),
    );
    const second = writePage({ kind: "question", need: "why", depth: "facts" }, "", "two");
    pageMeta(second).set("v", 2);
    const newer = await samsPage(partner, second);
    await newer.change(() => pageMeta(second).set("v", 1));
    const questions = sharedCards(partner.journal()).filter(({ kind }) => kind === "question");
    expect(questions.map(({ excerpt }) => excerpt)).toEqual(["one"]);
  });

  test("a day that was named stays named, and so does an asking again", async () => {
    const partner = await createHostilePartner({ seed: 87 });
    const question = await annasQuestion(partner);
    const start: PageStart = { kind: "byDay", of: question };
    const doc = writePage(start, "");
    pageDays(doc).push(["2026-11-26"]);
    const named = await samsPage(partner, doc);
    await named.change(() => pageDays(doc).push(["2026-11-28"]));
    await named.change(() => pageDays(doc).delete(0, 1));
    expect(cardOf(partner, named.page)?.days).toEqual(["2026-11-26", "2026-11-28"] as Day[]);

    const asked = writePage({ kind: "question", need: "why", depth: "facts" }, "", "why?");
    const page = await samsPage(partner, asked);
    await page.change(() => pageAsks(asked).push([5, 6]));
    await page.change(() => pageAsks(asked).delete(0, 1));
    expect(cardOf(partner, page.page)?.question?.askedAt.slice(1)).toEqual([5, 6]);
  });
});

describe("nothing of theirs goes without a trace", () => {
  test("a removal is a withdrawal: its day stands there, the words are gone", async () => {
    const partner = await createHostilePartner({ seed: 88 });
    const entry = await samsPage(partner, writePage({ kind: "entry" }, "A title", "I was home"));
    partner.send({ kind: "control", page: entry.page, body: Uint8Array.of(1) });
    await partner.settle();
    for (const again of [async () => {}, () => rebuilt(partner)]) {
      await again();
      const card = cardOf(partner, entry.page);
      expect(card).toMatchObject({ kind: "entry", title: "", excerpt: "" });
      expect(card?.withdrawnAt).toBeDefined();
    }
  });

  test("what was withdrawn does not come back by taking the mark away, nor with other words", async () => {
    const partner = await createHostilePartner({ seed: 89 });
    const doc = writePage({ kind: "entry" }, "A title", "I was home");
    const entry = await samsPage(partner, doc);
    await entry.change(() => pageMeta(doc).set("withdrawn", true));
    const gone = cardOf(partner, entry.page);
    expect(gone?.withdrawnAt).toBeDefined();
    await entry.change(() => pageMeta(doc).delete("withdrawn"));
    await entry.change(() => addLines(doc, "other words"));
    const { page } = entry;
    partner.send({ kind: "snapshot", page, body: stateOf(writePage({ kind: "told" }, "", "new")) });
    await partner.settle();
    expect(cardOf(partner, page)).toEqual(gone);
    await rebuilt(partner);
    expect(cardOf(partner, page)).toEqual(gone);
  });
});

describe("what a page of theirs may say of itself", () => {
  test("what is for drafts alone means nothing there: it rests for nobody, changes nothing and is not sent by me", async () => {
    const partner = await createHostilePartner({ seed: 90 });
    const mine = await shareEntry(partner.journal(), "mine stays");
    const doc = writePage({ kind: "entry" }, "", "theirs");
    const draftOnly = { sharing: true, changes: mine, restsUntil: 2 ** 52, pausedUntil: 2 ** 52 };
    for (const [name, value] of Object.entries(draftOnly)) pageMeta(doc).set(name, value);
    const theirs = await samsPage(partner, doc);
    await rebuilt(partner);
    expect(cardOf(partner, theirs.page)).toMatchObject({ author: "partner", draft: undefined });
    expect(cardOf(partner, mine)).toMatchObject({ author: "me", excerpt: "mine stays" });
    const annas = partner.heard().filter(({ header }) => header.kind !== "ack");
    expect(new Set(annas.map(({ payload }) => payload.page))).toEqual(new Set([mine]));
    expect(await partner.journal().share(theirs.page)).toMatchObject({ code: "NOT_YOURS" });
    expect(await partner.journal().withdraw(theirs.page)).toMatchObject({ code: "NOT_YOURS" });
  });

  test("a date beyond all calendars can still be said", async () => {
    const partner = await createHostilePartner({ seed: 91 });
    const doc = writePage({ kind: "question", need: "why", depth: "facts" }, "", "why?");
    pageAsks(doc).push([2 ** 53 - 1, 1]);
    const page = partner.newPage();
    partner.send({ kind: "snapshot", page, body: stateOf(doc), time: 2 ** 53 - 1 });
    partner.send({
      page,
      body: changeOf(doc, () => addLines(doc, "and when?")),
      time: 2 ** 53 - 1,
    });
    await partner.settle();
    const card = cardOf(partner, page);
    const dates = sayDates(partner.clock.now(), "en-GB");
    const said = [card?.writtenAt, card?.changedAt, ...(card?.question?.askedAt ?? [])];
    expect(said.length).toBe(4);
    for (const at of said) expect(() => dates.moment(at ?? 0)).not.toThrow();
    const history = must(await partner.journal().openHistory(page));
    for (const { writtenAt } of history.versions)
      expect(() => dates.moment(writtenAt)).not.toThrow();
  });

  test("pages that belong to each other in a ring, or to themselves, are shown once each, whatever may come at once", async () => {
    const partner = await createHostilePartner({ seed: 92 });
    must(
      await partner
        .journal()
        .changeSettings({ questionsAtOnce: 1, tellTimes: { from: 0, to: 1_439, weekdays: [0] } }),
    );
    const [one, two, alone] = [partner.newPage(), partner.newPage(), partner.newPage()];
    const heard = (of: PageId) => stateOf(writePage({ kind: "heard", of }, "", "heard"));
    partner.send(
      { kind: "snapshot", page: one, body: heard(two) },
      { kind: "snapshot", page: two, body: heard(one) },
      { kind: "snapshot", page: alone, body: stateOf(answerTo(alone, "of itself")) },
    );
    await partner.settle();
    const ids = sharedCards(partner.journal()).map(({ id }) => id);
    expect(ids.toSorted()).toEqual([one, two, alone].toSorted());
    for (const page of [one, two, alone])
      expect(await partner.journal().nod(page, "yes")).toMatchObject({ ok: false });
  });
});

describe("the history of a page of theirs", () => {
  const versions = async (partner: HostilePartner, page: PageId): Promise<readonly string[]> => {
    const history = must(await partner.journal().openHistory(page));
    return history.versions.map(({ body }) => (body as unknown as Y.XmlFragment).toString());
  };

  const replaced = (doc: PageDoc, words: string) => () => {
    doc.getXmlFragment("body").delete(0, doc.getXmlFragment("body").length);
    addLines(doc, words);
  };

  test("holds every answer that stood there, whatever time their clock claims it was", async () => {
    const partner = await createHostilePartner({ seed: 93 });
    const question = await annasQuestion(partner);
    const doc = answerTo(question, "Yes");
    const answer = await samsPage(partner, doc);
    must(await partner.journal().openClosed(answer.page));
    const claimed = partner.clock.now();
    partner.clock.advance(3 * 24 * 60 * minute);
    await answer.change(replaced(doc, "Perhaps"), claimed + 1);
    partner.clock.advance(3 * 24 * 60 * minute);
    await answer.change(replaced(doc, "No"), claimed + 2);
    const stood = await versions(partner, answer.page);
    expect(stood.length).toBe(3);
    for (const [index, words] of ["Yes", "Perhaps", "No"].entries())
      expect(stood[index]).toContain(words);
  });

  test("holds an answer that a later change claims to have been a piece of itself", async () => {
    const partner = await createHostilePartner({ seed: 94 });
    const question = await annasQuestion(partner);
    const doc = answerTo(question, "Yes");
    const answer = await samsPage(partner, doc);
    must(await partner.journal().openClosed(answer.page));
    doc.clientID = 4_711;
    await answer.change(replaced(doc, "Perhaps"));
    await answer.change(() => {
      replaced(doc, "No")();
      pageMeta(doc).set("edition", idOf(3));
    });
    expect((await versions(partner, answer.page)).length).toBe(3);
  });

  test("of very many changes gives the screen a turn again and again, and what is written meanwhile is saved", async () => {
    const partner = await createHostilePartner({ seed: 95 });
    const doc = writePage({ kind: "entry" }, "", "one");
    const entry = await samsPage(partner, doc);
    const notes = Array.from({ length: 400 }, (_, index) => ({
      page: entry.page,
      body: changeOf(doc, () => addLines(doc, `${index}`)),
      time: partner.clock.now() + index * 20 * minute,
    }));
    partner.send(...notes);
    await partner.settle(6);
    let opened: readonly string[] | undefined;
    const opening = versions(partner, entry.page).then((stood) => {
      opened = stood;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(opened).toBeUndefined();
    const mine = await shareEntry(partner.journal(), "meanwhile");
    expect(cardOf(partner, mine)?.excerpt).toBe("meanwhile");
    expect(opened).toBeUndefined();
    await partner.settle(30);
    await opening;
    expect(opened?.length).toBe(200);
  }, 60_000);

  test("that is being read while its words are withdrawn shows none of them", async () => {
    const partner = await createHostilePartner({ seed: 96 });
    const doc = writePage({ kind: "entry" }, "", "one");
    const entry = await samsPage(partner, doc);
    partner.send(
      ...Array.from({ length: 200 }, (_, index) => ({
        page: entry.page,
        body: changeOf(doc, () => addLines(doc, `${index}`)),
      })),
    );
    await partner.settle(6);
    const opening = partner.journal().openHistory(entry.page);
    const trace = writePage({ kind: "entry" }, "");
    pageMeta(trace).set("withdrawn", true);
    partner.send({ kind: "snapshot", page: entry.page, body: stateOf(trace) });
    await partner.settle(6);
    expect(await opening).toMatchObject({ ok: false, code: "WITHDRAWN" });
  }, 60_000);
});

test("a closed page cannot be read in its history, and opening it says so to nobody", async () => {
  const partner = await createHostilePartner({ seed: 97 });
  const question = await annasQuestion(partner);
  const answer = await samsPage(partner, answerTo(question, "at the lake"));
  expect(await partner.journal().openHistory(answer.page)).toMatchObject({ code: "NO_PAGE" });
  const before = partner.heard().length;
  must(await partner.journal().openClosed(answer.page));
  const read = must(await partner.journal().openPage(answer.page));
  expect(wordsOf(read)).toContain("at the lake");
  await partner.settle();
  expect(partner.heard().length).toBe(before);
});
