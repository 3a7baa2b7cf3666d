import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, type ModulePage, serveModule } from "../support/chromium.ts";
import type { RoomOnDiskPage } from "./roomOnDiskPage.ts";

declare const roomOnDisk: RoomOnDiskPage;

let browser: Browser;
let served: ModulePage;

beforeAll(async () => {
  browser = await launchChromium();
  served = await serveModule(join(import.meta.dirname, "roomOnDiskPage.ts"));
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

type Shape = Readonly<
  Record<string, { readonly count: number; readonly forms: readonly string[] }>
>;

/** Every database, its stores, how many records each has, and of what forms they are. Runs in the page. */
const readShape = async (): Promise<Shape> => {
  const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, fail) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => fail(request.error ?? new Error("not read")));
    });
  const formOf = (key: IDBValidKey, value: unknown): string =>
    `${typeof key} ${typeof key === "string" ? key.length : ""} → ${value instanceof Uint8Array ? value.length : typeof value}`;
  const found: Record<string, { count: number; forms: string[] }> = {};
  for (const { name = "" } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const objects = db.transaction(store, "readonly").objectStore(store);
      const [keys, values] = await Promise.all([
        done(objects.getAllKeys()),
        done(objects.getAll() as IDBRequest<unknown[]>),
      ]);
      const forms = keys.map((key, index) => formOf(key, values[index]));
      found[`${name} / ${store}`] = { count: keys.length, forms: [...new Set(forms)].sort() };
    }
    db.close();
  }
  return found;
};

const namesOfDatabases = async () => (await indexedDB.databases()).map(({ name }) => name);

const openTab = async (context?: BrowserContext): Promise<Page> => {
  const tab = await (context ?? (await browser.newContext())).newPage();
  await tab.goto(served.origin);
  await tab.waitForFunction(() => "roomOnDisk" in globalThis);
  return tab;
};

/** What the shared side holds differs from run to run in sizes; the room must not. */
const roomOf = (shape: Shape) =>
  Object.fromEntries(Object.entries(shape).filter(([where]) => where.includes(".room.")));

test("a browser's databases are the same, whether thirty entries and a photo were put in the room or it was never opened, and after a kill", async () => {
  const [used, unused] = [await openTab(), await openTab()];
  for (const tab of [used, unused]) await tab.evaluate(() => roomOnDisk.make("twofold"));
  await used.evaluate(() => roomOnDisk.useRoom("twofold", 30));
  // The shared side looks through its own photos a second after each unlocking.
  for (const tab of [used, unused]) {
    await expect.poll(() => tab.evaluate(namesOfDatabases)).toContain("twofold.kept.chunks");
    await tab.evaluate(() => roomOnDisk.lock("twofold"));
  }
  const [one, other] = [await used.evaluate(readShape), await unused.evaluate(readShape)];
  expect(Object.keys(one).toSorted()).toEqual(Object.keys(other).toSorted());
  expect(roomOf(one)).toEqual(roomOf(other));
  expect(roomOf(one)).toEqual({
    "twofold.room.drawers / drawers": { count: 2_048, forms: ["string 128 → 8192"] },
  });
  for (const where of Object.keys(one)) expect(one[where]?.count).toBe(other[where]?.count);

  await used.evaluate(() => roomOnDisk.unlock("twofold"));
  expect(await used.evaluate(() => roomOnDisk.readRoom("twofold"))).toBe(30);
  await used.evaluate(() => roomOnDisk.write("twofold", "and one more"));
  const context = used.context();
  await used.close();
  const after = await openTab(context);
  expect(roomOf(await after.evaluate(readShape))).toEqual(roomOf(other));
  for (const tab of [after, unused]) await tab.context().close();
}, 180_000);
