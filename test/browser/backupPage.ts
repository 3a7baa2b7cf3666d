import * as Y from "yjs";
import { createBrowserBackups } from "../../renderer/shell/browserBackups.ts";
import { browserPlaces } from "../../renderer/shell/backupPlaces.ts";
import { makeInto } from "../../renderer/backup/makeInto.ts";
import { fileSource } from "../../renderer/moving/chosenFiles.ts";
import { createSafeDatabase } from "../../renderer/shell/safeDatabase.ts";
import { openStores } from "../../renderer/storage/stores.ts";
import { fromBase64Url, toBase64Url } from "../../shared/base/bytes.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import { createDoor } from "../../shared/journal/door.ts";
import { indexHere } from "../../shared/journal/find/entryIndex.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { photoAttributes } from "../../shared/page/photo.ts";
import { photosIn } from "../../shared/page/photosIn.ts";
import { must, typeWords, writeDraft } from "../support/twoPartners.ts";
import { testDerive } from "../unit/doorKit.ts";

/** The real stores, door and shell parts; only Argon2id is stood in for. */

const passphrase = "four calm words here";
const patient = { progress: () => {}, cancelled: () => false };
const photo = new Uint8Array(180_000).map((_, at) => (at * 7) % 251);

const backups = createBrowserBackups(
  {
    ...browserPlaces(window),
    // The page's own storage stands for a folder on a disk.
    pickFolder: async () => {
      const storage = await navigator.storage.getDirectory();
      return storage.getDirectoryHandle("Stick", { create: true });
    },
  },
  systemClock,
);
const bridge = {
  safe: createSafeDatabase({ name: "twofold-safe", askToPersist: async () => true }),
  backups,
  deviceSecret: {
    obtain: async () => accept({ secret: new Uint8Array(32).fill(3), kept: "keychain" as const }),
    renew: async () => refuse("KEYCHAIN_REFUSED"),
    forgetEarlier: async () => accept(undefined),
  },
} satisfies Pick<Bridge, "safe" | "backups" | "deviceSecret">;

let tries = { wrong: 0, at: 0 };
const door = createDoor({
  bridge: bridge as unknown as Bridge,
  openIndex: indexHere,
  openStores: (carried) => openStores({ prefix: "twofold", carried, report: () => {} }),
  network: {
    carriers: async () => [],
    meet: () => () => ({ close: () => {} }),
    addresses: async () => [],
    publicAddresses: async () => [],
    tryServer: async () => "silent",
    onReturn: () => () => {},
  },
  derive: testDerive,
  tries: {
    read: () => tries,
    write: (next) => {
      tries = next;
    },
  },
  clock: systemClock,
  random: systemRandom,
});

let journal: Journal | undefined;
const opened = (): Journal => {
  if (journal === undefined) throw new Error("no journal is open");
  return journal;
};

const write = async (): Promise<readonly string[]> => {
  const first = { name: "Anna", role: "hurt", passphrase } as const;
  const created = must(await door.create(first, () => {}));
  journal = created.journal;
  const entry = must(await journal.entries.draftEntry());
  await writeDraft(journal, entry, "the first version");
  const page = must(await journal.entries.openPage(entry));
  typeWords(page, "and a second paragraph");
  const picture = { bytes: photo, width: 40, height: 30, type: "image/png" } as const;
  const ref = must(await page.photos.add(picture));
  const image = new Y.XmlElement("photo");
  for (const [name, value] of Object.entries(photoAttributes(ref))) image.setAttribute(name, value);
  (page.body as unknown as Y.XmlFragment).push([image]);
  must(await page.flush());
  await page.close();
  for (let count = 0; count < 30; count++)
    await writeDraft(journal, must(await journal.entries.draftEntry()), `entry ${count}`);
  return created.recoveryWords;
};

const backUp = async (): Promise<string> => {
  must(await opened().backups.setUp(passphrase));
  must(await backups.chooseFolder());
  return must(await makeInto(opened().backups, backups, "folder", patient));
};

const filesInFolder = async (): Promise<readonly File[]> => {
  const storage = await navigator.storage.getDirectory();
  const folder = await storage.getDirectoryHandle("Stick", { create: true });
  const files: File[] = [];
  for await (const handle of folder.values())
    if (handle instanceof FileSystemFileHandle) files.push(await handle.getFile());
  return files.toSorted((one, two) => one.name.localeCompare(two.name));
};

const tellFiles = async (): Promise<readonly string[]> =>
  (await filesInFolder()).map(({ name, size }) => `${name} ${size}`);

/** For the other browser. */
const carryOut = async (): Promise<string> => {
  const newest = (await filesInFolder()).at(-1);
  if (newest === undefined) throw new Error("no file");
  return toBase64Url(new Uint8Array(await newest.arrayBuffer()));
};

const restore = async (text: string, damageAt?: number): Promise<string> => {
  const bytes = must(fromBase64Url(text));
  if (damageAt !== undefined) bytes[damageAt] = (bytes[damageAt] ?? 0) ^ 1;
  const file = new File([bytes.slice()], "from the stick.twofold");
  const restored = await door.restore(fileSource(file), { passphrase }, patient);
  if (!restored.ok) return restored.code;
  journal = restored.value;
  return "ok";
};

const tell = async () => {
  const { entries } = opened();
  const cards = entries.cards.read();
  const withPhoto = cards.find(({ hasPhotos }) => hasPhotos);
  if (withPhoto === undefined) throw new Error("no card with a photo");
  const page = must(await entries.openPage(withPhoto.id));
  const [ref] = photosIn(page.body as unknown as Y.XmlFragment);
  const bytes = ref === undefined ? new Uint8Array() : must(await page.photos.read(ref));
  await page.close();
  const history = must(await entries.openHistory(withPhoto.id));
  const versions = history.versions.length;
  history.close();
  return {
    cards: cards.length,
    excerpt: withPhoto.excerpt,
    photo: bytes.length === photo.length && bytes.every((byte, at) => byte === photo[at]),
    versions,
  };
};

const lookAgain = async (): Promise<string> => {
  await journal?.lock();
  journal = undefined;
  const { state } = await door.look();
  if (state !== "locked") return state;
  const again = await door.unlock(passphrase);
  if (!again.ok) return again.code;
  journal = again.value;
  return "open";
};

const story = { write, backUp, tellFiles, carryOut, restore, tell, lookAgain };
export type BackupStory = typeof story;
Object.assign(globalThis, { story });
