import { openStores } from "../../renderer/storage/stores.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Bridge, SafeFileName } from "../../shared/bridge/bridge.ts";
import { utf8, concatBytes } from "../../shared/base/bytes.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createDoor } from "../../shared/journal/door.ts";
import { indexHere } from "../../shared/journal/find/entryIndex.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { must, typeWords } from "../support/twoPartners.ts";

const passphrase = "four calm words here";
const roomSecret = "only for my room";

/** A profile in this browser's own IndexedDB, behind a real door; Argon2id and the files are stand-ins. */
const openProfile = (prefix: string) => {
  const files = new Map<SafeFileName, Uint8Array>();
  const bridge = {
    safe: {
      read: async (name) => accept(files.get(name)),
      write: async (name, bytes) => {
        files.set(name, bytes.slice());
        return accept(undefined);
      },
      remove: async (name) => {
        files.delete(name);
        return accept(undefined);
      },
    },
    deviceSecret: {
      obtain: async () => accept({ secret: new Uint8Array(32), kept: "nowhere" }),
      renew: async () => refuse("KEYCHAIN_REFUSED"),
      forgetEarlier: async () => accept(undefined),
    },
  } satisfies Pick<Bridge, "safe" | "deviceSecret">;
  let tried = { wrong: 0, at: 0 };
  return createDoor({
    bridge: bridge as unknown as Bridge,
    openStores: (carried) => openStores({ prefix, carried, report: () => {} }),
    network: {
      carriers: async () => [],
      meet: () => () => ({ close: () => {} }),
      addresses: async () => [],
      publicAddresses: async () => [],
      tryServer: async () => "silent",
      onReturn: () => () => {},
    },
    derive: async (job) =>
      hash("test derive", concatBytes(utf8(job.passphrase.normalize("NFKC")), job.salt)),
    tries: { read: () => tried, write: (next) => void (tried = next) },
    openIndex: indexHere,
    clock: systemClock,
    random: systemRandom,
  });
};

const write = async (journal: Journal, words: string): Promise<void> => {
  const { entries } = journal.room;
  const page = must(await entries.openPage(must(await entries.draftEntry())));
  typeWords(page, words);
  must(await page.flush());
  await page.close();
};

const profiles = new Map<string, { door: ReturnType<typeof openProfile>; journal: Journal }>();

const profileAt = (prefix: string) => {
  const profile = profiles.get(prefix);
  if (profile === undefined) throw new Error("not made");
  return profile;
};

const page = {
  make: async (prefix: string) => {
    await loadSodium();
    const door = openProfile(prefix);
    const { journal } = must(
      await door.create({ name: "Anna", role: "neither", passphrase }, () => {}),
    );
    profiles.set(prefix, { door, journal });
  },
  /** Entries and a photo, and locks the room. */
  useRoom: async (prefix: string, entries: number) => {
    const profile = profileAt(prefix);
    must(await profile.journal.room.setUp(roomSecret));
    for (let count = 0; count < entries; count++)
      await write(
        profile.journal,
        `Something that nobody else has to read, number ${count}. `.repeat(9),
      );
    const { entries: book } = profile.journal.room;
    const [first] = book.cards.read();
    if (first === undefined) throw new Error("no entry");
    const picture = crypto.getRandomValues(new Uint8Array(60_000));
    const read = must(await book.read(first.id));
    await read.photos.add({ bytes: picture, width: 640, height: 480, type: "image/jpeg" });
    await profile.journal.room.lock();
  },
  lock: async (prefix: string) => {
    await profiles.get(prefix)?.journal.lock();
  },
  unlock: async (prefix: string) => {
    const profile = profileAt(prefix);
    profile.journal = must(await profile.door.unlock(passphrase));
  },
  readRoom: async (prefix: string) => {
    const { journal } = profileAt(prefix);
    must(await journal.room.unlock(roomSecret));
    return journal.room.entries.cards.read().length;
  },
  write: (prefix: string, words: string) => write(profileAt(prefix).journal, words),
};

export type RoomOnDiskPage = typeof page;

Object.assign(globalThis, { roomOnDisk: page });
