import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";

/** Something that a browser keeps, and where it lies. */
export type Stored = { readonly where: string; readonly bytes: Buffer };

/**
 * Everything that this page's origin keeps in its browser: databases, storages, cookies, caches, files.
 * @param without databases in whose names this stands are left out: my room's is as large as everything else
 */
export const readStorage = async (page: Page, without?: string): Promise<readonly Stored[]> => {
  const [kept, cookies] = await Promise.all([
    page.evaluate(readInPage, without),
    page.context().cookies(),
  ]);
  return [
    ...kept.map(([where, base64]) => ({ where, bytes: Buffer.from(base64, "base64") })),
    ...cookies.map((cookie) => ({ where: "cookie", bytes: Buffer.from(JSON.stringify(cookie)) })),
  ];
};

/** Runs in the page. Pairs of a place and what lies there, in base64. */
const readInPage = async (
  without: string | undefined,
): Promise<readonly (readonly [string, string])[]> => {
  const found: [string, string][] = [];
  const encode = (bytes: Uint8Array): string => {
    let text = "";
    for (let from = 0; from < bytes.length; from += 0x8000)
      text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
    return btoa(text);
  };
  const keepBytes = (where: string, bytes: Uint8Array): void => {
    found.push([where, encode(bytes)]);
  };
  /** Into every corner of a stored value. */
  const keep = async (where: string, value: unknown): Promise<void> => {
    if (value instanceof ArrayBuffer) keepBytes(where, new Uint8Array(value));
    else if (ArrayBuffer.isView(value))
      keepBytes(where, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else if (value instanceof Blob) keepBytes(where, new Uint8Array(await value.arrayBuffer()));
    else if (value instanceof Map || value instanceof Set)
      for (const each of value) await keep(where, each);
    else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        await keep(`${where} (a name)`, name);
        await keep(`${where}.${name.slice(0, 20)}`, inner);
      }
    else keepBytes(where, new TextEncoder().encode(String(value)));
  };
  const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, fail) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => fail(request.error ?? new Error("no reason given")));
    });
  const readDatabase = async (name: string): Promise<void> => {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const where = `IndexedDB ${name} / ${store}`;
      await keep(`${where} (a name)`, `${name} ${store}`);
      const objects = database.transaction(store, "readonly").objectStore(store);
      const [keys, values] = await Promise.all([
        done(objects.getAllKeys()),
        done(objects.getAll()),
      ]);
      for (const [index, key] of keys.entries()) {
        await keep(`${where} (a key)`, key);
        await keep(where, values[index]);
      }
    }
    database.close();
  };
  const readFolder = async (folder: FileSystemDirectoryHandle): Promise<void> => {
    const entries = folder as unknown as AsyncIterable<[string, FileSystemHandle]>;
    for await (const [name, handle] of entries) {
      await keep("private files (a name)", name);
      if (handle instanceof FileSystemFileHandle)
        await keep(`private file ${name}`, await handle.getFile());
      else await readFolder(handle as FileSystemDirectoryHandle);
    }
  };
  for (const { name = "" } of await indexedDB.databases())
    if (without === undefined || !name.includes(without)) await readDatabase(name);
  await keep("localStorage", { ...localStorage });
  await keep("sessionStorage", { ...sessionStorage });
  for (const name of await caches.keys()) {
    await keep("cache (a name)", name);
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      await keep(`cache ${name} (an address)`, request.url);
      await keep(`cache ${name}`, await (await cache.match(request))?.blob());
    }
  }
  await readFolder(await navigator.storage.getDirectory());
  await keep("history", history.state);
  await keep("address", location.href);
  await keep("window name", window.name);
  await keep("title", document.title);
  return found;
};
