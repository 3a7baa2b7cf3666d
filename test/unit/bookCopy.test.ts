import { beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { mostTags } from "../../shared/page/card.ts";
import { longestTag } from "../../shared/page/tags.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  typeWords,
  writeDraft,
} from "../support/twoPartners.ts";
import { codeOf, readPage } from "./actsKit.ts";

beforeAll(loadSodium);

const begin = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  const journal = partners.anna.journal();
  must(await journal.room.setUp("only mine"));
  return { ...partners, journal, room: journal.room };
};

describe("a copy between my room and the shared side", () => {
  test("out of my room is a private draft with its words, title and date; its tags and feelings stay in the room with the page", async () => {
    const { journal, room, sam, settle } = await begin(860);
    const page = must(
      await room.entries.draftEntry({
        aboutAt: 1_600_000_000_000,
        tags: ["Sea"],
        feelings: ["sad"],
      }),
    );
    const open = must(await room.entries.openPage(page));
    open.setTitle("Only for me");
    typeWords(open, "words that are not yet sealed");
    const draft = must(await room.copyOut(page));
    expect(draft).not.toBe(page);
    const [card] = journal.cards.read();
    expect(card).toMatchObject({
      id: draft,
      place: "draft",
      title: "Only for me",
      excerpt: "words that are not yet sealed",
      aboutAt: 1_600_000_000_000,
      tags: [],
      feelings: [],
    });
    expect(room.entries.cards.read()[0]).toMatchObject({ tags: ["Sea"], feelings: ["sad"] });
    expect(room.entries.cards.read().map(({ id }) => id)).toEqual([page]);
    await settle(4);
    expect(sam.journal().cards.read()).toEqual([]);
    // It goes its own way.
    await writeDraft(journal, draft, "and only here");
    expect(room.entries.cards.read()[0]?.excerpt).not.toContain("only here");
    const shared = must(await journal.share(draft));
    await settle(4);
    expect(await readPage(sam.journal(), shared)).toContain("words that are not yet sealed");
  });

  test("holds nothing of where it comes from: no id, no earlier words, no hand", async () => {
    const { journal, room, clock } = await begin(861);
    const page = must(await room.entries.draftEntry());
    const open = must(await room.entries.openPage(page));
    const body = open.body as unknown as Y.XmlFragment;
    typeWords(open, "what I took back");
    must(await open.flush());
    body.delete(0, body.length);
    typeWords(open, "what stands");
    must(await open.flush());
    clock.advance(3_600_000);
    const draft = must(await room.copyOut(page));
    const copy = must(await journal.openPage(draft));
    const doc = (copy.body as unknown as Y.XmlFragment).doc;
    const state = Y.encodeStateAsUpdate(doc ?? new Y.Doc());
    const text = new TextDecoder("latin1").decode(state);
    expect(text).toContain("what stands");
    expect(text).not.toContain("took back");
    expect(text).not.toContain(page);
    const hands = new Set(body.doc?.store.clients.keys());
    expect([...(doc?.store.clients.keys() ?? [])].filter((hand) => hands.has(hand))).toEqual([]);
    const history = must(await journal.entries.openHistory(draft));
    expect(history.versions).toHaveLength(1);
  });

  test("into my room: of a draft and of what I shared, and the original stays where it is", async () => {
    const { journal, room, sam, settle } = await begin(862);
    const draft = must(await journal.entries.draftEntry());
    const open = must(await journal.openPage(draft));
    open.describe({ tags: ["sea"], feelings: ["sad"] });
    must(await open.flush());
    await open.close();
    await writeDraft(journal, draft, "a draft of mine");
    const shared = await shareEntry(journal, "shared by me");
    must(await room.copyIn(draft));
    must(await room.copyIn(shared));
    expect(
      room.entries.cards
        .read()
        .map(({ excerpt }) => excerpt)
        .toSorted(),
    ).toEqual(["a draft of mine", "shared by me"]);
    expect(
      room.entries.cards.read().flatMap(({ tags, feelings }) => [...tags, ...feelings]),
    ).toEqual(["sea", "sad"]);
    expect(journal.cards.read()).toHaveLength(2);
    await settle(4);
    const theirs = await shareEntry(sam.journal(), "Sam's words");
    const question = must(await journal.draftQuestion());
    await settle(4);
    expect(await codeOf(room.copyIn(theirs))).toBe("NOT_YOURS");
    expect(await codeOf(room.copyIn(question))).toBe("NOT_YOURS");
    must(await journal.withdraw(shared));
    expect(await codeOf(room.copyIn(shared))).toBe("WITHDRAWN");
    await room.lock();
    expect(await codeOf(room.copyIn(draft))).toBe("ROOM_LOCKED");
    expect(await codeOf(room.copyOut(draft))).toBe("ROOM_LOCKED");
  });

  test("takes its photos along, sealed anew", async () => {
    const { journal, room } = await begin(863);
    const page = must(await room.entries.draftEntry());
    const open = must(await room.entries.openPage(page));
    const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
    const photo = must(
      await open.photos.add({ bytes, width: 30, height: 20, type: "image/png", words: "the sea" }),
    );
    const element = new Y.XmlElement("photo");
    const { photoAttributes } = await import("../../shared/page/photo.ts");
    for (const [name, value] of Object.entries(photoAttributes(photo)))
      element.setAttribute(name, value);
    (open.body as unknown as Y.XmlFragment).push([element]);
    must(await open.flush());
    await open.close();
    const draft = must(await room.copyOut(page));
    const read = must(await journal.entries.read(draft));
    const copied = read.pieces.flatMap((piece) => (piece.kind === "photo" ? [piece.photo] : []))[0];
    if (copied === undefined) throw new Error("the photo was left behind");
    expect(copied.key).not.toBe(photo.key);
    expect(copied.chunks.some((chunk) => photo.chunks.includes(chunk))).toBe(false);
    expect(copied).toMatchObject({ width: 30, height: 20, words: "the sea" });
    expect(must(await read.photos.read(copied))).toEqual(bytes);
  });

  test("that the disk refuses is not there, not even in part", async () => {
    const { anna, journal, room } = await begin(864);
    const page = must(await room.entries.draftEntry());
    await writeDraft({ ...journal, openPage: room.entries.openPage as never }, page, "in here");
    anna.disk.failNext("put", "DISK_FULL");
    expect(await codeOf(room.copyOut(page))).toBe("DISK_FULL");
    expect(journal.cards.read()).toEqual([]);
  });
});

describe("what an entry says of itself", () => {
  test("is begun with it, cleaned: tags once each, one line, no longer and no more than they may be", async () => {
    const { journal } = await begin(865);
    must(
      await journal.entries.draftEntry({
        aboutAt: 1_650_000_000_000.4,
        tags: [
          "  the\nsea ",
          "The Sea",
          "",
          "x".repeat(500),
          ...Array.from({ length: 90 }, String),
        ],
        feelings: ["calm", "Calm"],
      }),
    );
    const [card] = journal.entries.cards.read();
    expect(card?.aboutAt).toBe(1_650_000_000_000);
    expect(card?.tags.slice(0, 2)).toEqual(["the sea", "x".repeat(longestTag)]);
    expect(card?.tags.length).toBeLessThanOrEqual(mostTags);
    expect(card?.feelings).toEqual(["calm"]);
  });

  test("changes in an open page; what is left out stays, undefined takes it away, nonsense is passed over", async () => {
    const { journal } = await begin(866);
    const page = must(
      await journal.entries.draftEntry({ aboutAt: 1_650_000_000_000, tags: ["a"] }),
    );
    const open = must(await journal.openPage(page));
    const card = () => journal.entries.cards.read()[0];
    open.describe({ feelings: ["tired", "tired"] });
    must(await open.flush());
    expect(card()).toMatchObject({ aboutAt: 1_650_000_000_000, tags: ["a"], feelings: ["tired"] });
    open.describe({ aboutAt: Number.NaN });
    open.describe({ aboutAt: Date.UTC(1700, 0, 1) });
    must(await open.flush());
    expect(card()?.aboutAt).toBe(1_650_000_000_000);
    open.describe({ aboutAt: undefined, tags: [] });
    must(await open.flush());
    expect(card()?.aboutAt).toBe(card()?.writtenAt);
    expect(card()).toMatchObject({ tags: [], feelings: ["tired"] });
  });

  test("is for entries: a question takes no tags", async () => {
    const { journal } = await begin(867);
    const question = must(await journal.draftQuestion());
    const open = must(await journal.openPage(question));
    open.describe({ tags: ["never"] });
    must(await open.flush());
    await open.close();
    const again = must(await journal.openPage(question));
    const doc = (again.body as unknown as Y.XmlFragment).doc;
    expect(doc?.getMap("meta").has("tags")).toBe(false);
  });
});
