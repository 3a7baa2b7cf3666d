import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { decodeAck, encodeAck } from "../../shared/envelope/ack.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import { messageKinds } from "../../shared/envelope/message.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { pageKinds } from "../../shared/page/card.ts";
import { draftOnly } from "../../shared/page/pageDoc.ts";
import { projectRoot } from "../support/rulesCheck.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  writeDraft,
  type Desk,
  type TwoPartners,
} from "../support/twoPartners.ts";
import { knownFields } from "./knownFields.ts";

/**
 * PRODUCT, safety 2 and 4: no read receipts, no presence, no last-opened times and no scores, in the protocol or
 * on the screen. Whoever adds a field to one of these has to add it to knownFields.ts, and then its name is looked at.
 */

/** What would count somebody, or tell when they were there. Words of a name, as in `lastSeenAt`: last, seen, at. */
const forbiddenWords =
  /^(read|reads|reader|viewed|views|typing|online|offline|presence|active|activity|score|scores|scored|scoring|count|counts|counted|counter|streak|streaks|point|points|percent|percentage|ratio|rate|rank|ranking|late|lateness|overdue|delay|delays|missed|misses|awake|receipt|receipts|delivered|latency)$/;
const forbiddenNames =
  /^(seenAt|lastSeen|lastOpened|openedAt|openedOn|firstOpened|heardAt|closedAt|startedAt|answeredIn|waitedFor|putOffAt)/i;

const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .map((word) => word.toLowerCase());

const findReceipts = (names: readonly string[]): readonly string[] =>
  names.filter(
    (name) => forbiddenNames.test(name) || wordsOf(name).some((word) => forbiddenWords.test(word)),
  );

/** What the code reads from or writes into the map of a page's facts. */
const metaKeysIn = (code: string): readonly string[] =>
  [
    ...code.matchAll(
      /\b(?:meta|pageMeta\((?:[^()]|\([^()]*\))*\))\s*\.(?:get|set|has|delete)\(\s*"(\w+)"/g,
    ),
  ].flatMap(([, key]) => (key === undefined ? [] : [key]));

const sourcesUnder = (folder: string): readonly string[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(projectRoot, folder, name), "utf8"));

const metaKeys = [
  ...new Set(
    [...sourcesUnder("shared/page"), ...sourcesUnder("shared/journal")].flatMap(metaKeysIn),
  ),
];

describe("no field can hold a receipt, a presence or a score", () => {
  test.each(Object.entries(knownFields))("%s", (_what, names) => {
    expect(findReceipts(Object.keys(names))).toEqual([]);
  });

  test("nor can any key that the code puts into a page, nor a kind of page or message", () => {
    expect(metaKeys).toEqual(expect.arrayContaining(["title", "whole", "edition", "withdrawn"]));
    expect(findReceipts([...metaKeys, ...draftOnly])).toEqual([]);
    expect(findReceipts([...pageKinds, ...messageKinds])).toEqual([]);
  });

  test.each([
    "readAt",
    "hasRead",
    "lastSeen",
    "seenAt",
    "openedAt",
    "openedOn",
    "viewedBy",
    "isTyping",
    "online",
    "trustScore",
    "answerCount",
    "streak",
    "points",
    "percentKept",
    "daysLate",
    "missed_days",
  ])("one named %s is caught", (planted) => {
    expect(findReceipts([...Object.keys(knownFields.card), planted])).toEqual([planted]);
  });

  test("one that is put into a page in passing is caught", () => {
    const code = 'pageMeta(doc).set("openedAt", clock.now()); meta.get("title");';
    expect(findReceipts(metaKeysIn(code))).toEqual(["openedAt"]);
  });

  test("an ack has room for heads of chains and for nothing else", () => {
    const head: ChainHead = {
      notebook: "aa".repeat(16) as ChainHead["notebook"],
      device: "bb".repeat(16) as ChainHead["device"],
      seq: 3,
      id: "cc".repeat(32) as ChainHead["id"],
    };
    const body = encodeAck([head]);
    expect(decodeAck(body)).toEqual({ ok: true, value: [head] });
    for (const more of [1, 8, 71])
      expect(decodeAck(Uint8Array.from([...body, ...new Uint8Array(more)])).ok).toBe(false);
  });
});

describe("what a reader does stays with the reader", () => {
  beforeAll(loadSodium);

  const keysIn = async ({ volumes }: LedgerStores): Promise<readonly string[]> => {
    const keys: string[] = [];
    for (const number of must(await volumes.list()))
      keys.push(...must(await volumes.open(number)).keys());
    return keys;
  };
  const carriedBy = (desk: Desk) => keysIn(desk.disk.start().carried);

  /** Anna has asked; Sam has answered twice, told something and written a letter. All of it is acknowledged. */
  const arrived = async (seed: number): Promise<TwoPartners> => {
    const partners = await createTwoPartners({ seed });
    const { anna, sam, settle } = partners;
    const asked = must(await anna.journal().draftQuestion());
    await writeDraft(anna.journal(), asked, "Where were you?");
    const question = must(await anna.journal().share(asked));
    await settle();
    const journal = sam.journal();
    for (const draft of [
      must(await journal.draftAnswer(question)),
      must(await journal.draftTold()),
      must(await journal.draftLetter("responsibility")),
    ]) {
      await writeDraft(journal, draft, "my words");
      must(await journal.share(draft));
    }
    await settle();
    expect(anna.journal().sync.read().state).toBe("upToDate");
    return partners;
  };

  test("opening, putting off, enough for today, letting in and reading write nothing that travels", async () => {
    const { anna, sam, settle } = await arrived(71);
    const before = [await carriedBy(anna), await carriedBy(sam)];
    expect(before[0]?.length).toBeGreaterThan(3);
    const journal = anna.journal();
    const closed = sharedCards(journal).filter(({ opened }) => !opened);
    expect(closed.length).toBe(3);
    const [first, second, third] = closed;
    if (first === undefined || second === undefined || third === undefined) throw new Error("none");
    must(await journal.openClosed(first.id));
    must(await journal.putOff(second.id, "today"));
    must(await journal.putOff(third.id, "session"));
    must(await journal.putOff(third.id, undefined));
    must(await journal.setEnough(true));
    must(await journal.letIn());
    must(await journal.changeSettings({ quietHours: { from: 60, to: 120 }, questionsAtOnce: 1 }));
    const reading = must(await journal.openPage(first.id));
    await settle(30);
    await reading.close();
    must(await journal.openHistory(first.id)).close();
    await settle(30);
    expect([await carriedBy(anna), await carriedBy(sam)]).toEqual(before);
  });

  test("and is still there after a restart: it is kept here", async () => {
    const { anna } = await arrived(72);
    const kept = await keysIn(anna.disk.start().kept);
    const [first, second] = sharedCards(anna.journal()).filter(({ opened }) => !opened);
    if (first === undefined || second === undefined) throw new Error("nothing is closed");
    must(await anna.journal().openClosed(first.id));
    must(await anna.journal().putOff(second.id, "session"));
    expect((await keysIn(anna.disk.start().kept)).length).toBeGreaterThan(kept.length);
    await anna.lock();
    await anna.open();
    const cards = sharedCards(anna.journal());
    expect(cards.find(({ id }) => id === first.id)?.opened).toBe(true);
    expect(cards.find(({ id }) => id === second.id)?.putOff).toBe("session");
  });

  test("what does travel would be seen by this: asking again is one message more, and its ack", async () => {
    const { anna, sam, settle } = await arrived(73);
    const [before, samsBefore] = [await carriedBy(anna), await carriedBy(sam)];
    const question = sharedCards(anna.journal()).find(({ kind }) => kind === "question");
    if (question === undefined) throw new Error("no question");
    must(await anna.journal().askAgain(question.id));
    await settle(30);
    expect((await carriedBy(anna)).length).toBe(before.length + 2);
    expect((await carriedBy(sam)).length).toBe(samsBefore.length + 2);
  });
});
