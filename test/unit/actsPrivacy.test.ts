import { beforeAll, describe, expect, test } from "vitest";
import { readSaid } from "../../renderer/questions/saidDay.ts";
import { findThread } from "../../renderer/questions/threads.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Day } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  writeDraft,
  type Desk,
  type TwoPartners,
} from "../support/twoPartners.ts";
import { cardOf, change, codeOf, drafts, readPage, rewrite, send } from "./actsKit.ts";

beforeAll(loadSodium);

const hour = 60 * 60 * 1000;

const is = <Value>(found: Value, wanted: Value): void => expect(found).toBe(wanted);

const asked = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const { anna, settle } = partners;
  const question = await send(anna.journal(), anna.journal().draftQuestion(), "Where were you?");
  await settle();
  return { ...partners, question };
};

describe("nothing of what is done in private reaches the other", () => {
  /** An answer that was changed, a letter and a told page have come to Anna; she has opened the answer. */
  const furnished = async (seed: number) => {
    const partners = await asked(seed);
    const { anna, sam, settle, question } = partners;
    const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
    const letter = await send(sam.journal(), sam.journal().draftLetter("impact"), "It hurt");
    const told = await send(sam.journal(), sam.journal().draftTold(), "She wrote to me");
    await change(sam.journal(), answer, "Not at work");
    await settle();
    must(await anna.journal().openClosed(answer));
    must(await anna.journal().openClosed(letter));
    await settle(20);
    return { ...partners, answer, letter, told };
  };
  type Furnished = Awaited<ReturnType<typeof furnished>>;

  const acts = {
    "opening what is closed": async ({ told }, journal) => {
      must(await journal.openClosed(told));
      must(await journal.openPage(told));
    },
    "putting off": async ({ told }, journal) => {
      must(await journal.putOff(told, "today"));
      must(await journal.putOff(told, "session"));
      must(await journal.putOff(told, undefined));
    },
    "saying enough": async (_, journal) => {
      must(await journal.setEnough(true));
      must(await journal.setEnough(false));
    },
    "choosing how much comes": async (_, journal) => {
      must(await journal.changeSettings({ quietHours: { from: 0, to: 1439 } }));
      must(await journal.changeSettings({ questionsAtOnce: 1, hints: false }));
      must(await journal.changeSettings({ tellTimes: { from: 0, to: 60, weekdays: [0] } }));
      must(await journal.letIn());
    },
    "looking for words": async (_, journal) => {
      is((await journal.find("work")).size, 1);
    },
    "reading earlier words": async ({ answer }, journal) => {
      const history = must(await journal.openHistory(answer));
      is(history.versions.length, 2);
      history.close();
    },
    "a reply that is begun, rests and is discarded": async ({ letter, clock }, journal) => {
      const reply = must(await journal.draftReply(letter));
      await writeDraft(journal, reply, "I read it");
      must(await journal.rest(reply, clock.now() + hour));
      is(await codeOf(journal.share(reply)), "RESTING");
      must(await journal.rest(reply, undefined));
      must(await journal.discardDraft(reply));
    },
    "what was heard, begun and discarded": async ({ answer }, journal) => {
      const heard = must(await journal.draftHeard(answer));
      await writeDraft(journal, heard, "You were not at work");
      must(await journal.discardDraft(heard));
    },
    "a change that is begun and discarded, or changes nothing": async ({ question }, journal) => {
      const copy = must(await journal.draftChange(question));
      await rewrite(journal, copy, "Where were you really?");
      must(await journal.discardDraft(copy));
      must(await journal.share(must(await journal.draftChange(question))));
    },
    "a letter with a pause, and a disclosure, that are not sent": async (_, journal) => {
      const letter = must(await journal.draftLetter("impact"));
      must(await journal.setPause(letter, 72));
      await writeDraft(journal, must(await journal.draftDisclosure()), "All of it");
    },
  } satisfies Record<string, (furnished: Furnished, journal: Journal) => Promise<void>>;

  test.each(Object.entries(acts))("%s", async (_name, act) => {
    const partners = await furnished(601);
    const { anna, sam, link, settle, question } = partners;
    let carried = 0;
    link.tamper((update) => {
      carried += update.length;
      return update;
    });
    const troubles = sam.journal().troubles.read();
    const sync = sam.journal().sync.read();
    await act(partners, anna.journal());
    await settle(30);
    // Neither a byte, nor a connection that begins anew: meeting again would carry something, too.
    expect(carried).toBe(0);
    expect(sam.journal().troubles.read()).toBe(troubles);
    expect(sam.journal().sync.read()).toEqual(sync);
    must(await anna.journal().askAgain(question));
    await settle();
    expect(carried).toBeGreaterThan(0);
  });

  test("an answer does not tell that it was begun before the other asked again", async () => {
    const { anna, sam, settle, question, clock } = await asked(602);
    await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
    const begun = must(await sam.journal().draftAnswer(question));
    await writeDraft(sam.journal(), begun, "Not only at work");
    clock.advance(hour);
    must(await anna.journal().askAgain(question));
    await settle();
    const answer = must(await sam.journal().share(begun));
    await settle();
    expect(cardOf(anna.journal(), answer).answer).toMatchObject({ round: 1 });
    must(await sam.journal().draftChange(answer));
    must(await anna.journal().askAgain(question));
    await settle();
    await change(sam.journal(), answer, "With her");
    await settle();
    for (const { journal } of [anna, sam])
      expect(cardOf(journal(), answer)).toMatchObject({ answer: { round: 1 } });
    expect(cardOf(sam.journal(), answer).excerpt).toBe("With her");
  });
});

describe("what is closed", () => {
  test("gives no word of itself to any screen, whatever asks for it", async () => {
    const { anna, sam, settle, question } = await asked(610);
    const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "Ghent");
    const disclosure = await send(sam.journal(), sam.journal().draftDisclosure(), "Ghent");
    const addition = await send(sam.journal(), sam.journal().draftAddition(disclosure), "Ghent");
    const letter = await send(sam.journal(), sam.journal().draftLetter("impact"), "Ghent");
    const told = await send(sam.journal(), sam.journal().draftTold(), "Ghent");
    await settle();
    const journal = anna.journal();
    for (const page of [answer, disclosure, addition, letter, told]) {
      expect(await codeOf(journal.openPage(page))).toBe("NO_PAGE");
      expect(await codeOf(journal.openHistory(page))).toBe("NO_PAGE");
      expect(await codeOf(journal.draftHeard(page))).toBe("NO_PAGE");
    }
    expect((await journal.find("Ghent")).size).toBe(0);
    expect(JSON.stringify(journal.cards.read())).not.toContain("Ghent");
    // Opening a disclosure opens nothing beside it.
    must(await journal.openClosed(disclosure));
    expect(await readPage(journal, disclosure)).toContain("Ghent");
    expect(await codeOf(journal.openPage(addition))).toBe("NO_PAGE");
    expect([...(await journal.find("Ghent"))]).toEqual([disclosure]);
  });
});

describe("nothing is sent by itself", () => {
  /** The disk refuses the very first write of sending: nothing has gone yet. */
  const refused = async (seed: number) => {
    const partners = await createTwoPartners({ seed });
    const { anna } = partners;
    const draft = must(await anna.journal().draftQuestion());
    await writeDraft(anna.journal(), draft, "furious");
    anna.disk.failNext("put", "DISK_FULL", 1);
    expect(await codeOf(anna.journal().share(draft))).toBe("DISK_FULL");
    return { ...partners, draft };
  };
  const nothingSent = ({ sam }: TwoPartners): void =>
    expect(sharedCards(sam.journal())).toEqual([]);

  test("a draft that a full disk kept from going, and that its writer lets rest then, rests", async () => {
    const partners = await refused(620);
    const { anna, settle, clock, draft } = partners;
    must(await anna.journal().rest(draft, clock.now() + hour));
    await settle(30);
    nothingSent(partners);
    expect(await codeOf(anna.journal().share(draft))).toBe("RESTING");
    await anna.lock();
    await anna.open();
    // Nor when the rest is over, nor when it is taken up again.
    clock.advance(hour);
    await settle(30);
    nothingSent(partners);
    await rewrite(anna.journal(), draft, "less so");
    must(await anna.journal().rest(draft, undefined));
    await anna.lock();
    await anna.open();
    await settle(30);
    nothingSent(partners);
    const question = must(await anna.journal().share(draft));
    await settle();
    expect(await readPage(partners.sam.journal(), question)).toContain("less so");
    expect(drafts(anna.journal())).toEqual([]);
  });

  test("a draft that a full disk kept from going, and that its writer discards then, is gone", async () => {
    const partners = await refused(621);
    const { anna, settle, draft } = partners;
    must(await anna.journal().discardDraft(draft));
    await settle(30);
    nothingSent(partners);
    expect(drafts(anna.journal())).toEqual([]);
  });

  test("but what was sent after its rest, and cut short by a full disk, goes on to its end", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 623 });
    const draft = must(await anna.journal().draftQuestion());
    await writeDraft(anna.journal(), draft, "calm");
    must(await anna.journal().rest(draft, clock.now() + hour));
    clock.advance(hour);
    anna.disk.failNext("put", "DISK_FULL", 1);
    expect(await codeOf(anna.journal().share(draft))).toBe("DISK_FULL");
    must(await anna.journal().entries.draftEntry());
    await settle(30);
    expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "calm" }]);
  });

  test("when a rest or a pause is over, the draft waits for its writer", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 622 });
    const draft = must(await anna.journal().draftLetter("impact"));
    await writeDraft(anna.journal(), draft, "It hurt");
    must(await anna.journal().setPause(draft, 1));
    const letter = must(await anna.journal().share(draft));
    await settle();
    must(await sam.journal().openClosed(letter));
    const reply = must(await sam.journal().draftReply(letter));
    await writeDraft(sam.journal(), reply, "I read it");
    must(await sam.journal().rest(reply, clock.now() + 2 * hour));
    clock.advance(3 * hour);
    await settle(60);
    await sam.lock();
    await sam.open();
    await settle(60);
    expect(sharedCards(anna.journal())).toHaveLength(1);
    must(await sam.journal().share(reply));
  });
});

describe("what the partner has taken back", () => {
  test("is not replied to and not reflected; what was begun stays to read, until it is discarded", async () => {
    const { anna, sam, settle, question } = await asked(630);
    const letter = await send(anna.journal(), anna.journal().draftLetter("impact"), "It hurt");
    await settle();
    must(await sam.journal().openClosed(letter));
    const begun = [
      must(await sam.journal().draftReply(letter)),
      must(await sam.journal().draftHeard(question)),
    ];
    for (const draft of begun) await writeDraft(sam.journal(), draft, "my words");
    must(await anna.journal().withdraw(question));
    must(await anna.journal().withdraw(letter));
    await settle();
    for (const draft of begun) {
      expect(await codeOf(sam.journal().share(draft))).toBe("WITHDRAWN");
      expect(await readPage(sam.journal(), draft)).toContain("my words");
      must(await sam.journal().discardDraft(draft));
    }
  });

  test("what was sent about it can still be changed and withdrawn by its writer", async () => {
    const { anna, sam, settle, question } = await asked(631);
    const answer = await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
    must(await anna.journal().withdraw(question));
    await settle();
    await change(sam.journal(), answer, "Not at work");
    await settle();
    must(await anna.journal().openClosed(answer));
    expect(await readPage(anna.journal(), answer)).toContain("Not at work");
    must(await sam.journal().withdraw(answer));
  });
});

describe("a day that was named", () => {
  const soon = (days: number, now: number): Day => dayAt(now + days * 24 * hour);
  const standing = (desk: Desk, question: PageId) => {
    const thread = findThread(desk.journal().cards.read(), question);
    return thread === undefined ? undefined : readSaid(thread);
  };

  test("is for the asking that stood there: answered and asked again, there is none until one is named anew", async () => {
    const { anna, sam, settle, question, clock } = await asked(640);
    const day = soon(9, clock.now());
    must(await sam.journal().sayDay(question, day));
    clock.advance(hour);
    await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
    clock.advance(hour);
    must(await anna.journal().askAgain(question));
    await settle();
    for (const desk of [anna, sam]) expect(standing(desk, question)).toBeUndefined();
    // The very same day, named once more, is a new promise and shows no other before it.
    must(await sam.journal().sayDay(question, day));
    must(await sam.journal().sayDay(question, day));
    await settle();
    for (const desk of [anna, sam])
      expect(standing(desk, question)).toEqual({ day, before: undefined });
    must(await sam.journal().sayDay(question, soon(12, clock.now())));
    await settle();
    for (const desk of [anna, sam]) expect(standing(desk, question)).toMatchObject({ before: day });
  });

  test("for an earlier asking takes up no later one: what waits behind it goes on waiting", async () => {
    const { anna, sam, settle, question, clock } = await asked(641);
    must(await sam.journal().changeSettings({ questionsAtOnce: 1 }));
    must(await sam.journal().sayDay(question, soon(9, clock.now())));
    clock.advance(hour);
    await send(sam.journal(), sam.journal().draftAnswer(question), "At work");
    clock.advance(hour);
    await settle();
    must(await anna.journal().askAgain(question));
    await settle();
    const other = await send(anna.journal(), anna.journal().draftQuestion(), "And on Sunday?");
    await settle();
    const stands = () => sharedCards(sam.journal()).some(({ id }) => id === other);
    expect(stands()).toBe(false);
    must(await sam.journal().sayDay(question, soon(9, clock.now())));
    await settle();
    expect(stands()).toBe(true);
  });
});
