import { beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { openRoomStores } from "../../shared/journal/room/roomStores.ts";
import { trashKeeps } from "../../shared/page/card.ts";
import { photosIn } from "../../shared/page/photosIn.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createTwoPartners, must, typeWords, wordsOf, type Desk } from "../support/twoPartners.ts";
import { codeOf, drafts } from "./actsKit.ts";
import { markOf, picture, placePhoto } from "./photoKit.ts";

beforeAll(loadSodium);

const roomSecret = "only mine";

describe("a draft whose discarding a full disk refused", () => {
  const kinds = {
    entry: (journal: Journal) => journal.entries.draftEntry(),
    question: (journal: Journal) => journal.draftQuestion(),
    letter: (journal: Journal) => journal.draftLetter("responsibility"),
  } as const;

  test.each(Object.entries(kinds))(
    "is still there, and what is written on it afterwards is kept, killed or locked (%s)",
    async (_, begin) => {
      for (const end of ["lock", "kill"] as const) {
        const { anna, settle } = await createTwoPartners({ seed: 1_420 });
        const journal = anna.journal();
        const draft = must(await begin(journal));
        const open = must(await journal.openPage(draft));
        typeWords(open, "before");
        must(await open.flush());
        anna.disk.failNext("put", "DISK_FULL", 1);
        expect(await codeOf(journal.discardDraft(draft))).toBe("DISK_FULL");
        // In the editor that is on the screen, and in one that is opened anew.
        typeWords(open, "in the same editor");
        must(await open.flush());
        const again = must(await journal.openPage(draft));
        typeWords(again, "in another one");
        must(await again.flush());
        if (end === "kill") anna.kill();
        else await anna.lock();
        await anna.open();
        // Long after everything that tries again by itself has done so.
        await settle(90);
        expect(drafts(anna.journal()).map(({ id }) => id)).toEqual([draft]);
        const words = wordsOf(must(await anna.journal().openPage(draft)));
        for (const said of ["before", "in the same editor", "in another one"])
          expect(words).toContain(said);
      }
    },
  );

  test("with words that were not saved yet keeps those too, and goes when it is asked again", async () => {
    const { anna, settle } = await createTwoPartners({ seed: 1_421 });
    const journal = anna.journal();
    const draft = must(await journal.entries.draftEntry());
    const open = must(await journal.openPage(draft));
    typeWords(open, "not saved yet");
    anna.disk.failNext("put", "DISK_FULL", 2);
    expect(await codeOf(journal.discardDraft(draft))).toBe("DISK_FULL");
    typeWords(open, "written on");
    await settle(10);
    expect(open.saved.read()).toEqual({ state: "saved" });
    anna.kill();
    await anna.open();
    await settle(60);
    const words = wordsOf(must(await anna.journal().openPage(draft)));
    expect(words).toContain("not saved yet");
    expect(words).toContain("written on");
    must(await anna.journal().discardDraft(draft));
    await settle(60);
    await anna.lock();
    await anna.open();
    expect(drafts(anna.journal())).toEqual([]);
  });

  test("is gone with the first try where the disk has room, and its editor with it", async () => {
    const { anna, settle } = await createTwoPartners({ seed: 1_422 });
    const journal = anna.journal();
    const draft = must(await journal.entries.draftEntry());
    const open = must(await journal.openPage(draft));
    typeWords(open, "let go");
    must(await journal.discardDraft(draft));
    expect(drafts(journal)).toEqual([]);
    expect(await codeOf(open.photos.add(picture(10)))).toBe("NOT_YOURS");
    await settle(60);
    await anna.lock();
    await anna.open();
    expect(drafts(anna.journal())).toEqual([]);
  });
});

const seed = 1_430;

/** The names of all pieces of photos that are on the disk, in that place. */
const chunksOn = async (
  place: EntryBook["place"],
  { disk }: Desk,
  parts: Pick<Parameters<typeof openRoomStores>[0], "clock">,
): Promise<readonly string[]> => {
  if (place === "journal") return [...must(await disk.start().kept.chunks.names())].toSorted();
  const key = masterKey(new Uint8Array(32).fill((seed + 77) % 251));
  const room = must(
    await openRoomStores(
      { openStores: disk.start, random: systemRandom, onTrouble: () => {}, ...parts },
      key,
    ),
  );
  const names = [...must(await room.chunks.names())].toSorted();
  await room.leave();
  return names;
};

describe.each(["journal", "room"] as const)("an entry with a photo in the trash (%s)", (place) => {
  const bookOf = (journal: Journal) => (place === "room" ? journal.room.entries : journal.entries);
  const photos = [picture(130_000, 1), picture(70_000, 2)];

  const begin = async () => {
    const partners = await createTwoPartners({ seed });
    const { anna, clock, settle } = partners;
    if (place === "room") must(await anna.journal().room.setUp(roomSecret));
    const book = bookOf(anna.journal());
    const write = async (at: number) => {
      const page = must(await book.draftEntry());
      const open = must(await book.openPage(page));
      typeWords(open, `entry ${at}`);
      const photo = photos[at];
      const chunks = photo === undefined ? [] : (await placePhoto(open, photo)).chunks;
      must(await open.flush());
      await open.close();
      return { page, chunks };
    };
    const [{ page: stays, chunks }, { page: goes }] = [await write(0), await write(1)];
    return { anna, clock, settle, book, stays, goes, chunks };
  };
  const reopen = async ({ anna, settle }: Awaited<ReturnType<typeof begin>>) => {
    await anna.lock();
    await anna.open();
    if (place === "room") must(await anna.journal().room.unlock(roomSecret));
    await settle();
    return bookOf(anna.journal());
  };
  const photosOf = async (book: EntryBook, page: PageId): Promise<readonly string[]> => {
    const open = must(await book.openPage(page));
    const marks: string[] = [];
    for (const photo of photosIn(open.body as unknown as Y.XmlFragment)) {
      const read = await open.photos.read(photo);
      marks.push(read.ok ? markOf(read.value) : read.code);
    }
    await open.close();
    return marks;
  };
  const chunksAfterLocking = async ({
    anna,
    clock,
  }: Awaited<ReturnType<typeof begin>>): Promise<readonly string[]> => {
    await anna.lock();
    return chunksOn(place, anna, { clock });
  };

  test("has its photo when it is taken out again, after weeks and a restart", async () => {
    const scene = await begin();
    must(await scene.book.putInTrash(scene.goes));
    scene.clock.advance(trashKeeps - 86_400_000);
    await scene.settle();
    const again = await reopen(scene);
    expect(again.trash.read().map(({ id, hasPhotos }) => [id, hasPhotos])).toEqual([
      [scene.goes, true],
    ]);
    must(await again.takeFromTrash(scene.goes));
    await scene.settle();
    expect(again.cards.read().find(({ id }) => id === scene.goes)?.hasPhotos).toBe(true);
    expect(await photosOf(again, scene.goes)).toEqual([markOf(picture(70_000, 2).bytes)]);
    expect(await photosOf(again, scene.stays)).toEqual([markOf(picture(130_000, 1).bytes)]);
  });

  test.each(["by hand", "by itself after thirty days"])(
    "deleted for good %s takes its photo off the disk, and no other one",
    async (how) => {
      const scene = await begin();
      const { book, clock, settle, goes, stays, chunks } = scene;
      must(await book.putInTrash(goes));
      if (how === "by hand") must(await book.destroy(goes));
      else {
        clock.advance(trashKeeps);
        await settle(20);
        clock.advance(86_400_000);
      }
      await settle(20);
      // What was added and is named no more goes with the next look at the disk.
      clock.advance(3_600_000);
      await settle(20);
      expect(book.trash.read()).toEqual([]);
      expect(await photosOf(book, stays)).toEqual([markOf(picture(130_000, 1).bytes)]);
      expect(await chunksAfterLocking(scene)).toEqual(chunks.toSorted());
    },
  );
});
