import type { Page } from "playwright-core";

/** The files that hold a person's keys, as the browser keeps them: to look at and to damage. */
export type SafeName = "vault" | "keyring" | "room-vault";

export const readSafe = async (page: Page, name: SafeName): Promise<readonly number[]> =>
  page.evaluate(async (file) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("twofold-safe");
      opening.addEventListener("success", () => resolve(opening.result));
    });
    const bytes = await new Promise<Uint8Array>((resolve) => {
      const asking = database.transaction("files").objectStore("files").get(file);
      asking.addEventListener("success", () => resolve(asking.result as Uint8Array));
    });
    database.close();
    return [...bytes];
  }, name);

export const writeSafe = async (
  page: Page,
  name: SafeName,
  bytes: readonly number[],
): Promise<void> =>
  page.evaluate(
    async ({ file, content }) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open("twofold-safe");
        opening.addEventListener("success", () => resolve(opening.result));
      });
      const transaction = database.transaction("files", "readwrite");
      transaction.objectStore("files").put(new Uint8Array(content), file);
      await new Promise((done) => transaction.addEventListener("complete", done));
      database.close();
    },
    { file: name, content: bytes },
  );
