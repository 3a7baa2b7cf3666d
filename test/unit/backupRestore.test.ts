import { beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { concatBytes } from "../../shared/base/bytes.ts";
import { refuse } from "../../shared/base/result.ts";
import { sealedPieceLength } from "../../shared/backup/head.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { newId, type NotebookId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { photosIn } from "../../shared/page/photosIn.ts";
import { photoAttributes } from "../../shared/page/photo.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import type { Before } from "../../shared/people/space.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must, shareEntry, writeDraft } from "../support/twoPartners.ts";
import {
  cancelAfter,
  contentOf,
  keyringFileOf,
  killAt,
  makeBackup,
  pairIn,
  patient,
  sourceOf,
} from "./backupKit.ts";
import {
  createHouse,
  createIn,
  first,
  passphrase,
  snapshotOf,
  unlockIn,
  type House,
} from "./doorKit.ts";

beforeAll(loadSodium);

let bytes = new Uint8Array();
/** Of more than one piece. */
const photo = new Uint8Array(150_000).map((_, at) => at % 251);
let words: readonly string[] = [];
let origin: House;

/** Anna has a partner, an entry that she shared, a draft, and a photo. */
beforeAll(async () => {
  await loadSodium();
  origin = createHouse(1);
  const created = await createIn(origin);
  words = created.recoveryWords;
  await created.journal.lock();
  await pairIn(origin);
  const journal = await unlockIn(origin);
  await shareEntry(journal, "what Sam has read");
  await writeDraft(journal, must(await journal.entries.draftEntry()), "what nobody has read");
  const withPhoto = must(await journal.openPage(must(await journal.entries.draftEntry())));
  const picture = { bytes: photo, width: 40, height: 30, type: "image/png" } as const;
  const ref = must(await withPhoto.photos.add(picture));
  const image = new Y.XmlElement("photo");
  for (const [name, value] of Object.entries(photoAttributes(ref))) image.setAttribute(name, value);
  (withPhoto.body as unknown as Y.XmlFragment).push([image]);
  must(await withPhoto.flush());
  await withPhoto.close();
  bytes = new Uint8Array(await makeBackup(journal));
  await journal.lock();
});

const restoreIn = (house: House, file = bytes, secret = passphrase) =>
  house.door().restore(sourceOf(file), { passphrase: secret }, patient);

const changed = (at: number, change: (byte: number) => number, from = bytes) => {
  const copy = from.slice();
  copy[at] = change(copy[at] ?? 0);
  return copy;
};

/** As someone would who knows the format: with the check of the head made anew. */
const withCheck = (file: Uint8Array): Uint8Array => {
  const end = headLength - 16;
  const check = hash("TF/1 backup head", file.subarray(0, end)).slice(0, 16);
  return concatBytes(file.subarray(0, end), check, file.subarray(headLength));
};
const headLength = 12 + 243 + 32 + 32 + 24 + 16;

describe("a restored journal", () => {
  test("has everything that lay in the stores, photos too, byte for byte", async () => {
    const house = createHouse(2);
    await must(await restoreIn(house)).lock();
    expect(await contentOf(house.disk.start())).toEqual(await contentOf(origin.disk.start()));
  });

  test("shows the photo that was on a draft", async () => {
    const journal = must(await restoreIn(createHouse(2)));
    const card = journal.cards.read().find(({ hasPhotos }) => hasPhotos);
    if (card === undefined) throw new Error("no card with a photo");
    const page = must(await journal.openPage(card.id));
    const [ref] = photosIn(page.body as unknown as Y.XmlFragment);
    if (ref === undefined) throw new Error("no photo");
    expect(must(await page.photos.read(ref))).toEqual(photo);
  });

  test("has no room and no schedule of the other computer", async () => {
    const house = createHouse(2);
    const journal = must(await restoreIn(house));
    expect(journal.room.state.read()).toEqual({ state: "closed", made: false });
    expect(journal.backups.state.read()).toEqual({
      ready: false,
      every: "never",
      madeAt: undefined,
    });
    expect([...house.files.keys()].toSorted()).toEqual(["keyring", "room-vault", "vault"]);
    must(await journal.room.setUp("a passphrase of my own"));
  });

  test("contacts no host and opens no door because the file says so", async () => {
    const one = createHouse(3);
    const { journal: theirs } = await createIn(one);
    must(
      await theirs.changeSettings({
        meetingPoints: ["wss://elsewhere.example"],
        mailboxes: ["wss://elsewhere.example"],
        iceServers: [{ url: "turn:elsewhere.example" }],
        openToNetwork: true,
        lockAfterMinutes: 7,
      }),
    );
    const file = new Uint8Array(await makeBackup(theirs));
    await theirs.lock();
    const journal = must(await restoreIn(createHouse(2), file));
    expect(journal.settings.read()).toMatchObject({
      meetingPoints: [],
      mailboxes: [],
      iceServers: [],
      openToNetwork: false,
      lockAfterMinutes: 7,
    });
  });

  test("opens with the words on paper, as before", async () => {
    const house = createHouse(2);
    await must(await restoreIn(house)).lock();
    expect(await house.door().unlockWithWords(words, "another calm passphrase")).toMatchObject({
      ok: true,
    });
  });

  test("uses this computer's own keychain from now on", async () => {
    const house = createHouse(2);
    await must(await restoreIn(house)).lock();
    house.keychain.secret = new Uint8Array(32);
    expect(await house.door().unlock(passphrase)).toMatchObject({ code: "WRONG_SECRET" });
  });

  test("never writes in a chain that the partner knows: sharing is refused, drafts are not", async () => {
    const house = createHouse(2);
    const journal = must(await restoreIn(house));
    expect(journal.sync.read()).toEqual({ state: "paused" });
    expect(journal.partner.read()).toEqual({ name: "Sam" });
    const carried = async () => ((await contentOf(house.disk.start())) as unknown[])[1];
    const before = await carried();
    const shared = journal.cards.read().find(({ place }) => place === "shared");
    if (shared === undefined) throw new Error("nothing shared");
    const draft = must(await journal.entries.draftEntry());
    await writeDraft(journal, draft, "written after it came back");
    const paused = { ok: false, code: "SHARING_PAUSED" };
    expect(await journal.share(draft)).toEqual(paused);
    expect(await journal.withdraw(shared.id)).toEqual(paused);
    expect(await journal.askAgain(shared.id)).toEqual(paused);
    const page = must(await journal.openPage(shared.id));
    expect(page.editable).toBe(false);
    page.setTitle("not even from an editor");
    await page.flush();
    await page.close();
    house.clock.advance(60_000);
    await journal.lock();
    expect(await carried()).toEqual(before);
    const again = await unlockIn(house);
    expect(again.sync.read()).toEqual({ state: "paused" });
    expect(again.cards.read().map(({ excerpt }) => excerpt)).toEqual(
      expect.arrayContaining(["written after it came back", "what nobody has read"]),
    );
    expect(await contentOf(origin.disk.start())).not.toEqual([]);
  });

  test("may meet its partner again, as soon as there is a way to", async () => {
    const journal = must(await restoreIn(createHouse(2)));
    expect(await journal.pairing.invite("here")).toMatchObject({ code: "NO_RENDEZVOUS" });
  });

  test("of two who have met again since has the keys of every time, and of computers that are gone", async () => {
    const random = seededRandom(5);
    const gone = makePersonKeys(random);
    const { device, x25519 } = makeCertificate(gone);
    const key = () => carriedNotebookKey(random(32));
    const notebook = newId<NotebookId>(random);
    const before: Before = {
      keys: [1, 2].map(() => ({ mine: key(), theirs: key(), ours: key() })),
      devices: [
        { ...{ owner: "me", device, x25519 }, secret: gone.x25519, cuts: new Map([[notebook, 7]]) },
      ],
      vouched: [{ device, notebook, seq: 7 }],
      unmet: false,
    };
    const one = createHouse(6);
    await (await createIn(one)).journal.lock();
    await pairIn(one, passphrase, before);
    const journal = await unlockIn(one);
    const file = new Uint8Array(await makeBackup(journal));
    await journal.lock();
    const other = createHouse(7);
    const restored = must(await restoreIn(other, file));
    expect(restored.sync.read()).toEqual({ state: "paused" });
    await restored.lock();
    const { content } = await keyringFileOf(other);
    expect(content.couple).toEqual((await keyringFileOf(one)).content.couple);
    expect(content.couple?.before).toEqual(before);
  });
});

describe("refused, and nothing changed", () => {
  const refused = async (house: House, file: Uint8Array, code: string, secret = passphrase) => {
    const before = snapshotOf(house);
    const stores = JSON.stringify(await contentOf(house.disk.start()));
    expect(await restoreIn(house, file as typeof bytes, secret)).toMatchObject({ ok: false, code });
    expect(snapshotOf(house)).toEqual(before);
    expect(JSON.stringify(await contentOf(house.disk.start()))).toBe(stores);
  };

  test.each<readonly [string, string, () => Uint8Array]>([
    ["an empty file", "NOT_A_BACKUP", () => new Uint8Array()],
    ["some other file", "NOT_A_BACKUP", () => new TextEncoder().encode("%PDF-1.7 ".repeat(99))],
    ["a later Twofold's", "NEWER_BACKUP", () => changed(4, () => 2)],
    ["a version that never was", "BACKUP_ALTERED", () => changed(4, () => 0)],
    ["a huge length in its head", "BACKUP_ALTERED", () => changed(8, () => 0xff)],
    ["only its head", "CUT_SHORT", () => bytes.slice(0, headLength)],
    ["half of its head", "CUT_SHORT", () => bytes.slice(0, 100)],
    ["one byte less", "CUT_SHORT", () => bytes.slice(0, -1)],
    ["one byte more", "CUT_SHORT", () => concatBytes(bytes, Uint8Array.of(0))],
    ["a piece less", "CUT_SHORT", () => bytes.slice(0, -sealedPieceLength)],
    [
      "its last piece twice",
      "BACKUP_ALTERED",
      () => concatBytes(bytes, bytes.slice(-sealedPieceLength)),
    ],
    [
      "two of its pieces in each other's place",
      "BACKUP_ALTERED",
      () => {
        const piece = (n: number) =>
          bytes.slice(headLength + n * sealedPieceLength, headLength + (n + 1) * sealedPieceLength);
        return concatBytes(bytes.slice(0, headLength), piece(1), piece(0), piece(2), piece(3));
      },
    ],
    ["a room's", "WRONG_KIND", () => withCheck(changed(5, () => 2))],
    ["a kind that does not exist", "BACKUP_ALTERED", () => withCheck(changed(5, () => 9))],
    [
      "another recovery slot put in",
      "BACKUP_ALTERED",
      () => withCheck(changed(12 + 200, (byte) => byte ^ 1)),
    ],
    ["another salt put in", "BACKUP_ALTERED", () => withCheck(changed(270, (byte) => byte ^ 1))],
  ])("%s: %s", async (_what, code, file) => {
    const house = createHouse(3);
    await refused(house, file(), code);
    expect(must(await restoreIn(house)).cards.read()).toHaveLength(3);
  });

  test.each([
    ["weaker", "KDF_TOO_WEAK", (file: Uint8Array) => file.fill(0, 12 + 8, 12 + 12)],
    ["100 GiB", "KDF_TOO_STRONG", (file: Uint8Array) => file.fill(0xff, 12 + 12, 12 + 16)],
  ])("a head that asks for %s is refused before anything is derived", async (_what, code, edit) => {
    const house = createHouse(3);
    await refused(house, withCheck(edit(bytes.slice())), code);
    expect(house.derived).toEqual([]);
  });

  test("never reads more of the head than it has, whatever it says of itself", async () => {
    const file = sourceOf(changed(8, () => 0x7f));
    const asked: number[] = [];
    const source = {
      ...file,
      read: (from: number, length: number) => {
        asked.push(length);
        return file.read(from, length);
      },
    };
    await createHouse(3).door().restore(source, { passphrase }, patient);
    expect(Math.max(...asked)).toBeLessThan(1024);
  });

  test("a wrong passphrase is counted, then waits", async () => {
    const house = createHouse(3);
    for (let count = 0; count < 4; count++)
      await refused(house, bytes, "WRONG_SECRET", "not the passphrase");
    const derived = house.derived.length;
    await refused(house, bytes, "WAIT");
    expect(house.derived.length).toBe(derived);
    house.clock.advance(2_000);
    expect(await restoreIn(house)).toMatchObject({ ok: true });
  });

  test("words that are none, or of another journal, and a short new passphrase", async () => {
    const house = createHouse(3);
    const open = (with_: readonly string[], newPassphrase = "a calm new passphrase") =>
      house.door().restore(sourceOf(bytes), { words: with_, newPassphrase }, patient);
    const others = (await createIn(createHouse(4))).recoveryWords;
    expect(await open(others)).toMatchObject({ code: "WRONG_SECRET" });
    expect(await open(words.slice(1))).toMatchObject({ code: "BAD_WORDS" });
    expect(await open(words, "short")).toMatchObject({ code: "PASSPHRASE_SHORT" });
    expect(house.files.size).toBe(0);
  });

  test("where a journal is already: nothing of it is written over", async () => {
    const house = createHouse(3);
    const { journal } = await createIn(house);
    await writeDraft(journal, must(await journal.entries.draftEntry()), "mine");
    await journal.lock();
    await refused(house, bytes, "EXISTS");
    expect((await unlockIn(house)).cards.read()).toMatchObject([{ excerpt: "mine" }]);
  });

  test("where a vault was lost: what is sealed there may still be wanted", async () => {
    const house = createHouse(3);
    await (await createIn(house)).journal.lock();
    house.files.delete("vault");
    await refused(house, bytes, "EXISTS");
  });

  test.each([0, 1, 2, 3, 5, 6, 7, 8])("cancelled after %i looks", async (times) => {
    const house = createHouse(3);
    const restored = await house
      .door()
      .restore(sourceOf(bytes), { passphrase }, cancelAfter(times));
    expect(restored).toMatchObject({ code: "CANCELLED" });
    expect(house.files.size).toBe(0);
    expect(JSON.stringify(await contentOf(house.disk.start()))).toBe("[[],[]]");
    expect(await house.door().look()).toEqual({ state: "new" });
  });

  test("a file that is gone in the middle of it", async () => {
    const house = createHouse(3);
    const file = sourceOf(bytes);
    let reads = 0;
    const source = {
      ...file,
      read: async (from: number, length: number) =>
        reads++ > 6 ? refuse("FILE_GONE" as const) : file.read(from, length),
    };
    expect(await house.door().restore(source, { passphrase }, patient)).toMatchObject({
      code: "FILE_GONE",
    });
    expect(house.files.size).toBe(0);
    expect(await house.door().look()).toEqual({ state: "new" });
  });
});

/** After a kill at the n-th write: nothing is here, and one can begin anew or restore once more. */
const beginsAgain = async (house: House, n: number): Promise<void> => {
  const anew = n % 2 === 0;
  const journal = anew
    ? must(await house.door().create(first, () => {})).journal
    : must(await restoreIn(house));
  expect(journal.troubles.read(), `after ${n}`).toEqual([]);
  expect(journal.cards.read()).toHaveLength(anew ? 0 : 3);
  await journal.lock();
  expect(house.files.has("restoring")).toBe(false);
  expect((await unlockIn(house)).cards.read()).toHaveLength(anew ? 0 : 3);
};

/** After a kill when the vault was there already: all of it is. */
const isWholeJournal = async (house: House): Promise<void> => {
  const journal = await unlockIn(house);
  expect(journal.cards.read()).toHaveLength(3);
  await journal.lock();
  expect(await contentOf(house.disk.start())).toEqual(await contentOf(origin.disk.start()));
  expect(house.files.has("restoring")).toBe(false);
};

describe("killed or refused at any write", () => {
  test("leaves an empty place in which one can begin anew or restore, or a whole journal", async () => {
    let outcomes = "";
    for (let n = 1; ; n++) {
      const house = createHouse(5);
      const killing = killAt(house, n);
      const end = await Promise.race([restoreIn(house), killing.died]);
      killing.revive();
      if (end !== "died") break;
      const { state } = await house.door().look();
      outcomes += state === "new" ? "n" : "l";
      await (state === "new" ? beginsAgain(house, n) : isWholeJournal(house));
    }
    expect(outcomes).toMatch(/^n{6,}l{1,}$/);
  }, 120_000);

  test.each([0, 1, 2, 3])("a disk that refuses file %i leaves nothing", async (count) => {
    const house = createHouse(6);
    house.failWrite(count, "DISK_FULL");
    expect(await restoreIn(house)).toMatchObject({ ok: false, code: "DISK_FAILED" });
    expect(house.files.size).toBe(0);
    expect(JSON.stringify(await contentOf(house.disk.start()))).toBe("[[],[]]");
    expect(await restoreIn(house)).toMatchObject({ ok: true });
  });

  test.each(["put", "open", "remove", "write"] as const)(
    "stores that refuse to %s leave a place to begin in",
    async (operation) => {
      const house = createHouse(6);
      house.disk.failNext(operation, "DISK_FULL", 2);
      const restored = await restoreIn(house);
      house.disk.makeRoom();
      if (restored.ok) return restored.value.lock();
      expect(await house.door().look()).toEqual({ state: "new" });
      expect(must(await restoreIn(house)).cards.read()).toHaveLength(3);
    },
  );
});
