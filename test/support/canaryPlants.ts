import type { Page } from "playwright-core";

/** Where a canary is planted to see that the search finds it; the names that `readStorage` gives them. */
const database = "scratch-of-the-test";

/** Puts the words into every kind of place, and into one database in every dress. Gives where each must be found. */
export const plantEverywhere = async (page: Page, words: string): Promise<readonly string[]> => {
  const { hostname } = new URL(page.url());
  await page
    .context()
    .addCookies([
      { name: "scratch", value: encodeURIComponent(words), domain: hostname, path: "/" },
    ]);
  const kinds = await page.evaluate(plantInPage, { words, database });
  return [
    ...kinds.map((kind) => `IndexedDB ${database} / ${kind}`),
    `IndexedDB ${database} / key (a key)`,
    "localStorage.scratch",
    "sessionStorage.scratch",
    "cookie",
    "cache scratch",
    "private file scratch",
  ];
};

/** Takes all of it away again. */
export const takeUp = async (page: Page): Promise<void> => {
  await page.context().clearCookies({ name: "scratch" });
  await page.evaluate(async (name) => {
    localStorage.removeItem("scratch");
    sessionStorage.removeItem("scratch");
    await caches.delete("scratch");
    await (await navigator.storage.getDirectory()).removeEntry("scratch");
    await new Promise((gone) => {
      indexedDB.deleteDatabase(name).addEventListener("success", gone);
    });
  }, database);
};

/** Runs in the page. Gives the names of the stores, one a dress. */
const plantInPage = async ({
  words,
  database,
}: {
  readonly words: string;
  readonly database: string;
}): Promise<readonly string[]> => {
  const utf8 = new TextEncoder().encode(words);
  const utf16 = new Uint8Array([...words].flatMap((letter) => [letter.charCodeAt(0), 0]));
  const inBase64 = (bytes: Uint8Array, before: number): string =>
    btoa(`${"x".repeat(before)}${String.fromCharCode(...bytes)}yz`);
  const dresses: Record<string, unknown> = {
    text: words,
    bytes: utf8,
    "bytes in the middle of others": new Uint8Array([1, 2, ...utf8, 3]).subarray(1),
    buffer: utf8.slice().buffer,
    blob: new Blob([utf8]),
    UTF16: utf16,
    "base64, first place": inBase64(utf8, 0),
    "base64, second place": inBase64(utf8, 1),
    "base64, third place": inBase64(utf8, 2),
    "base64 of UTF-16": inBase64(utf16, 1),
    nested: { deep: [new Map([["x", { y: utf8 }]])] },
    set: new Set([words]),
    "a field's name": { [words]: 1 },
  };
  const opened = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(database, 1);
    opening.addEventListener("upgradeneeded", () => {
      for (const dress of [...Object.keys(dresses), "key"]) opening.result.createObjectStore(dress);
    });
    opening.addEventListener("success", () => resolve(opening.result));
  });
  const stores = [...opened.objectStoreNames];
  const transaction = opened.transaction(stores, "readwrite");
  for (const [dress, value] of Object.entries(dresses))
    transaction.objectStore(dress).put(value, 1);
  transaction.objectStore("key").put(1, words);
  await new Promise((done) => transaction.addEventListener("complete", done));
  opened.close();
  localStorage.setItem("scratch", words);
  sessionStorage.setItem("scratch", words);
  await (await caches.open("scratch")).put("/scratch", new Response(words));
  const folder = await navigator.storage.getDirectory();
  const file = await (await folder.getFileHandle("scratch", { create: true })).createWritable();
  await file.write(words);
  await file.close();
  return Object.keys(dresses);
};
