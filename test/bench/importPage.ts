import { ZipWriter, TextReader, Uint8ArrayReader, BlobWriter } from "@zip.js/zip.js";
import { openStores } from "../../renderer/storage/stores.ts";
import { fileSource } from "../../renderer/moving/chosenFiles.ts";
import { openArchive } from "../../shared/archive/archive.ts";
import { createNotes } from "../../shared/archive/leftOut.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { takeIn } from "../../shared/journal/book/takingIn.ts";
import { openKeptShelf } from "../../shared/page/keptShelf.ts";

const words =
  "We walked along the canal and I *did not* say what I **wanted** to say\\. It rained a little\\.\n\n- the lock\n- the heron\n\n";

/** As Day One exports it: about 1,200 letters an entry. */
const makeArchive = async (entries: number, pictures: number): Promise<File> => {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, level: 1 });
  const all = Array.from({ length: entries }, (_, index) => ({
    uuid: `ENTRY${index}`,
    creationDate: new Date(Date.UTC(2012, 0, 1) + index * 86_400_000).toISOString(),
    timeZone: "Europe/Brussels",
    tags: ["walk", `year ${index % 12}`],
    text: `# Day ${index}\n\n${words.repeat(9)}${index < pictures ? `![](dayone-moment://P${index})` : ""}`,
    photos: index < pictures ? [{ identifier: `P${index}`, md5: `m${index}`, type: "jpeg" }] : [],
    location: { latitude: 1, longitude: 2 },
  }));
  await writer.add("Journal.json", new TextReader(JSON.stringify({ metadata: {}, entries: all })));
  for (let index = 0; index < pictures; index++)
    await writer.add(`photos/m${index}.jpeg`, new Uint8ArrayReader(systemRandom(400_000)), {
      level: 0,
    });
  return new File([await writer.close()], "Export.zip");
};

/** Milliseconds of each part; `longest`: how long the screen had to wait at most. */
const run = async (entries: number, pictures: number) => {
  await loadSodium();
  const file = await makeArchive(entries, pictures);
  const { kept } = openStores({
    prefix: `bench ${entries} ${pictures}`,
    carried: "none",
    report: () => {},
  });
  const shelf = await openKeptShelf({
    rootKey: new Uint8Array(32).fill(7),
    stores: kept,
    clock: systemClock,
    random: systemRandom,
    onTrouble: () => {},
  });
  if (!shelf.ok) throw new Error(shelf.code);
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  let told = 0;
  const work = { progress: () => void told++, cancelled: () => false };
  const begun = performance.now();
  const chosen = { path: file.name, modifiedAt: undefined, source: fileSource(file) };
  const archive = await openArchive([chosen], systemClock, work);
  if (!archive.ok) throw new Error(archive.code);
  const looked = performance.now();
  const notes = createNotes(archive.value.before);
  const prepare = async (bytes: Uint8Array) =>
    ({ bytes, width: 4, height: 3, type: "image/jpeg" }) as const;
  const take = () =>
    takeIn(
      { shelf: shelf.value, isShared: () => false, clock: systemClock, random: systemRandom },
      archive.value.entries({ prepare, notes }),
      work,
    );
  const taken = await take();
  const brought = performance.now();
  const again = await take();
  const passed = performance.now();
  clearInterval(beat);
  if (!taken.ok || !again.ok) throw new Error("not taken");
  await shelf.value.close();
  return {
    pages: taken.value.pages.length,
    known: again.value.known,
    told,
    looked: Math.round(looked - begun),
    brought: Math.round(brought - looked),
    again: Math.round(passed - brought),
    longest: Math.round(longest),
  };
};

export type ImportBench = { readonly run: typeof run };
Object.assign(globalThis, { importBench: { run } });
