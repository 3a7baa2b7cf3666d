import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { authKey } from "../../shared/envelope/tags.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { must, shareEntry, sharedCards, typeWords, writeDraft } from "../support/twoPartners.ts";
import { memoryFile, patient } from "./backupKit.ts";
import { markOf, picture, readAll, sharePhotos } from "./photoKit.ts";
import {
  cardsBy,
  dayMs,
  end,
  envelopesOf,
  holds,
  keyringOf,
  quietly,
  readable,
  writtenTogether,
} from "./endingKit.ts";

beforeAll(loadSodium);

const stateOf = (desk: Parameters<typeof readable>[0]) => desk.journal().ending.state.read();

describe("ending the journal, alone and offline", () => {
  test("is done at once, without the other, and outlives a restart", async () => {
    const partners = await writtenTogether(301);
    const { anna, link } = partners;
    link.cut();
    await end(partners, anna, quietly);
    expect(stateOf(anna)).toMatchObject({ state: "ended", partner: "Sam" });
    expect(anna.journal().partner.read()).toBeUndefined();
    expect(anna.journal().sync.read()).toEqual({ state: "ended" });
    await anna.lock();
    await anna.open();
    expect(stateOf(anna)).toMatchObject({ state: "ended", partner: "Sam" });
    expect(anna.journal().sync.read()).toEqual({ state: "ended" });
  });

  test("leaves no root key, no certificate of the other and no key for tags in the keyring", async () => {
    const partners = await writtenTogether(302);
    const { anna, couple } = partners;
    const before = keyringOf(anna);
    const { certificate } = couple.partner;
    await end(partners, anna, quietly);
    const bytes = anna.keyring();
    const after = keyringOf(anna);
    expect(after.couple).toBeUndefined();
    for (const secret of [
      couple.crk,
      certificate.bytes,
      certificate.x25519,
      ...Object.values(before.keys),
    ])
      expect(holds(bytes, secret)).toBe(false);
    // With the keys that are left, no tag of the two can be made or checked.
    const me = makeCertificate(before.keys).device;
    const pair = { author: me, recipient: certificate.device };
    const was = must(authKey(pair, before.keys.x25519, certificate.x25519));
    const is = must(authKey(pair, after.keys.x25519, certificate.x25519));
    expect(holds(was, is)).toBe(false);
  });

  test("keeps every word of one's own readable, and the other's until they go", async () => {
    const partners = await writtenTogether(303);
    const { anna } = partners;
    const before = await readable(anna);
    await end(partners, anna, quietly);
    expect(await readable(anna)).toBe(before);
    await anna.lock();
    await anna.open();
    expect(await readable(anna)).toBe(before);
    expect(before).toContain("amber words");
    expect(before).toContain("cobalt question");
  });

  test("starts no carrier any more, not when the network returns either", async () => {
    const partners = await writtenTogether(304);
    const { anna, sam, settle } = partners;
    await end(partners, anna, quietly);
    anna.comeOnline();
    await shareEntry(sam.journal(), "written into the silence");
    await settle(40);
    expect(await readable(anna)).not.toContain("silence");
    await anna.lock();
    await anna.open();
    await settle(40);
    expect(await readable(anna)).not.toContain("silence");
    expect(sam.journal().sync.read().state).toBe("waiting");
  });

  test("without telling, nothing arrives any more: not even what waited to go", async () => {
    const partners = await writtenTogether(305);
    const { anna, sam, settle } = partners;
    must(await anna.journal().changeSettings({ sendsAtOnce: false }));
    await settle();
    await shareEntry(anna.journal(), "held back for some seconds");
    const keys = await envelopesOf(sam.disk.start().carried, partners.couple);
    await end({ settle }, anna, quietly);
    await settle(60);
    expect(await envelopesOf(sam.disk.start().carried, partners.couple)).toEqual(keys);
    expect(stateOf(sam)).toEqual({ state: "together", partnerEnded: undefined });
    expect(await readable(anna)).toContain("held back");
  });

  test("forgets where the two met and by what they carried", async () => {
    const partners = await writtenTogether(306);
    const { anna } = partners;
    must(
      await anna.journal().changeSettings({
        meetingPoints: ["wss://meet.example.org"],
        mailboxes: ["wss://post.example.org"],
        sharedFolder: true,
        hints: false,
      }),
    );
    await end(partners, anna, quietly);
    expect(anna.journal().settings.read()).toMatchObject({
      meetingPoints: [],
      mailboxes: [],
      sharedFolder: false,
      hints: false,
    });
    expect(JSON.stringify(keyringOf(anna).settings)).not.toContain("example.org");
  });

  test("nothing is shared or changed any more, and a draft is written on", async () => {
    const partners = await writtenTogether(307);
    const { anna } = partners;
    const draft = must(await anna.journal().entries.draftEntry());
    await writeDraft(anna.journal(), draft, "for myself");
    await end(partners, anna, quietly);
    const journal = anna.journal();
    const [mine] = sharedCards(journal).filter(
      ({ author, kind }) => author === "me" && kind === "entry",
    );
    if (mine === undefined) throw new Error("no entry");
    expect(await journal.share(draft)).toMatchObject({ code: "JOURNAL_ENDED" });
    expect(await journal.withdraw(mine.id)).toMatchObject({ code: "JOURNAL_ENDED" });
    expect(must(await journal.openPage(mine.id)).editable).toBe(false);
    const page = must(await journal.openPage(draft));
    expect(page.editable).toBe(true);
    typeWords(page, "and on");
    must(await page.flush());
    await page.close();
    expect(await readable(anna)).toContain("and on");
  });

  test("a keyring that the disk refuses leaves everything as it was, and it still travels", async () => {
    const partners = await writtenTogether(309);
    const { anna, sam, settle } = partners;
    anna.refuseKeyring(1);
    expect(await anna.journal().ending.end(quietly)).toMatchObject({ code: "DISK_FULL" });
    expect(stateOf(anna)).toEqual({ state: "together", partnerEnded: undefined });
    await shareEntry(anna.journal(), "still together");
    await settle(10);
    expect(await readable(sam)).toContain("still together");
    await anna.lock();
    await anna.open();
    expect(stateOf(anna)).toMatchObject({ state: "together" });
  });
});

describe("the other’s words", () => {
  test("go after thirty days: their key, their envelopes and what was made of them", async () => {
    const partners = await writtenTogether(311);
    const { anna, clock, settle, couple } = partners;
    await end(partners, anna, quietly);
    const key = couple.notebooks.theirs.key;
    expect(holds(anna.keyring(), key)).toBe(true);
    clock.advance(29 * dayMs);
    await settle();
    expect(await readable(anna)).toContain("cobalt");
    clock.advance(dayMs + 60 * 60 * 1000);
    await settle();
    expect(await readable(anna)).toContain("cobalt");
    clock.advance(dayMs + 60 * 60 * 1000);
    await settle();
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "gone" } });
    expect(holds(anna.keyring(), key)).toBe(false);
    const { carried } = anna.disk.start();
    expect(await envelopesOf(carried, couple)).toMatchObject({ theirs: 0, nobodys: 0 });
    expect(must(await carried.cache.readAll("pages")).size).toBe(2);
    expect(await readable(anna)).not.toContain("cobalt");
    expect(cardsBy(anna, "partner")).toEqual([]);
  });

  test("one’s own stay readable, findable and savable after that, also where the cache is made anew", async () => {
    const partners = await writtenTogether(312);
    const { anna } = partners;
    await end(partners, anna, { tell: false, theirWords: "now" });
    for (const damaged of [false, true]) {
      await anna.lock();
      if (damaged) must(await anna.disk.start().carried.cache.clear());
      await anna.open();
      const words = await readable(anna);
      expect(words).toContain("amber words");
      expect(words).toContain("amber answer");
      expect(words).not.toContain("cobalt");
      const found = await anna.journal().find("amber");
      expect(found.size).toBe(2);
      const [entry] = await anna.journal().entries.find("amber");
      if (entry === undefined) throw new Error("not found");
      expect(must(await anna.journal().entries.read(entry.page)).pieces.length).toBeGreaterThan(0);
    }
  });

  test("take their photos with them, and one’s own photos stay", async () => {
    const partners = await writtenTogether(316);
    const { anna, sam, settle } = partners;
    const mine = await sharePhotos(anna.journal(), "amber lake", [picture(70_000, 1)]);
    const theirs = await sharePhotos(sam.journal(), "cobalt lake", [picture(90_000, 2)]);
    await settle(10);
    const here = async () => must(await anna.disk.start().carried.chunks.names());
    const [own, others] = [mine, theirs].map(({ refs }) => refs.flatMap(({ chunks }) => chunks));
    expect([...(await here())].toSorted()).toEqual([...(own ?? []), ...(others ?? [])].toSorted());
    await end(partners, anna, { tell: false, theirWords: "now" });
    await settle(3);
    expect([...(await here())].toSorted()).toEqual([...(own ?? [])].toSorted());
    expect(await readAll(anna.journal(), mine.page, mine.refs)).toEqual([
      markOf(picture(70_000, 1).bytes),
    ]);
  });

  test("can go at once, earlier than was said, or stay", async () => {
    const partners = await writtenTogether(313);
    const { anna, clock, settle, couple } = partners;
    await end(partners, anna, { tell: false, theirWords: "keep" });
    clock.advance(400 * dayMs);
    await settle();
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "kept" } });
    expect(await readable(anna)).toContain("cobalt");
    must(await anna.journal().ending.decide("later"));
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "until" } });
    must(await anna.journal().ending.decide("now"));
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "gone" } });
    expect(await envelopesOf(anna.disk.start().carried, couple)).toMatchObject({ theirs: 0 });
    expect(await anna.journal().ending.decide("keep")).toMatchObject({ ok: false });
  });

  test("a clock that is set back neither keeps them for ever nor, set right, takes them early", async () => {
    const partners = await writtenTogether(314);
    const { anna, clock, settle } = partners;
    await end(partners, anna, quietly);
    clock.advance(10 * dayMs);
    await settle();
    await anna.lock();
    clock.advance(-365 * dayMs);
    await anna.open();
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "until" } });
    await anna.lock();
    clock.advance(365 * dayMs);
    await anna.open();
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "until" } });
    await anna.lock();
    clock.advance(-365 * dayMs);
    for (let days = 0; days < 21; days += 1) {
      await anna.open();
      clock.advance(dayMs);
      await settle(1);
      await anna.lock();
    }
    await anna.open();
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "gone" } });
  });

  test("stay what they were where the cache is lost before they go, and are all there are", async () => {
    const partners = await writtenTogether(315);
    const { anna } = partners;
    const before = (await readable(anna)).split("\n").toSorted();
    await end(partners, anna, quietly);
    await anna.lock();
    must(await anna.disk.start().carried.cache.clear());
    await anna.open();
    expect((await readable(anna)).split("\n").toSorted()).toEqual(before);
  });
});

describe("telling the other", () => {
  test("is one last message, and the other’s words stay as they are", async () => {
    const partners = await writtenTogether(321);
    const { anna, sam, settle } = partners;
    const before = await readable(sam);
    await end(partners, anna, { tell: true, theirWords: "later" });
    await settle();
    const state = stateOf(sam);
    expect(state).toMatchObject({ state: "together", partnerEnded: { day: expect.any(Number) } });
    await sam.lock();
    await sam.open();
    expect(stateOf(sam)).toEqual(state);
    expect(await readable(sam)).toBe(before);
    await shareEntry(sam.journal(), "mine to write on");
    expect(await readable(sam)).toContain("mine to write on");
    // And then ends on that side too, by the other’s own choice.
    await end(partners, sam, quietly);
    expect(stateOf(sam)).toMatchObject({ state: "ended", partner: "Anna" });
  });

  test("goes as a file too, offline, with what had not reached the other; the other takes it in", async () => {
    const partners = await writtenTogether(325);
    const { anna, sam, link } = partners;
    link.cut();
    await shareEntry(anna.journal(), "umber words, at the last moment");
    const file = memoryFile();
    await end(partners, anna, { tell: true, theirWords: "keep", file });
    expect(stateOf(anna)).toMatchObject({ state: "ended" });
    must(await sam.journal().capsules.take(file.source(), patient));
    await partners.settle();
    expect(stateOf(sam)).toMatchObject({ partnerEnded: { day: expect.any(Number) } });
    expect(await readable(sam)).toContain("umber words");
    expect(await anna.journal().capsules.take(file.source(), patient)).toMatchObject({ ok: false });
  });

  test("whose file cannot be made ends the journal all the same, and no half of a file stands anywhere", async () => {
    const partners = await writtenTogether(326);
    const { anna, link } = partners;
    link.cut();
    const file = memoryFile();
    file.refuseAfter(0, "DISK_FULL");
    await end(partners, anna, { tell: true, theirWords: "keep", file });
    expect(stateOf(anna)).toMatchObject({ state: "ended", theirs: { at: "kept" } });
    expect(file.bytes()).toBeUndefined();
    expect(file.aborted()).toBe(true);
  });

  test("takes no longer than some seconds where nobody is there", async () => {
    const partners = await writtenTogether(322);
    const { anna, sam, link, clock } = partners;
    link.cut();
    const began = clock.now();
    await end(partners, anna, { tell: true, theirWords: "later" });
    expect(stateOf(anna)).toMatchObject({ state: "ended" });
    expect(clock.now() - began).toBeLessThan(13_000);
    expect(stateOf(sam)).toEqual({ state: "together", partnerEnded: undefined });
  });

  test("at the same time as the other ends both, and neither waits for the other", async () => {
    const partners = await writtenTogether(323);
    const { anna, sam, settle } = partners;
    const choice = { tell: true, theirWords: "later" } as const;
    const both = [anna.journal().ending.end(choice), sam.journal().ending.end(choice)];
    await settle(20);
    for (const one of both) must(await one);
    for (const desk of [anna, sam]) {
      expect(stateOf(desk)).toMatchObject({ state: "ended" });
      expect(await readable(desk)).toContain("amber");
      expect(await readable(desk)).toContain("cobalt");
    }
  });

  test("what is no last message says nothing: words that are withdrawn end nothing", async () => {
    const partners = await writtenTogether(324);
    const { anna, sam, settle } = partners;
    const [mine] = sharedCards(anna.journal()).filter(
      ({ author, kind }) => author === "me" && kind === "entry",
    );
    if (mine === undefined) throw new Error("no entry");
    must(await anna.journal().withdraw(mine.id));
    await settle();
    expect(stateOf(sam)).toEqual({ state: "together", partnerEnded: undefined });
  });
});
