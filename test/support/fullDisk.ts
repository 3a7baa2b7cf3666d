import type { CDPSession, Page } from "playwright-core";
import type { Person } from "./person.ts";

/** A disk that can become full, as a browser sees it: so much for everything that one origin keeps. */
export type SmallDisk = {
  /** Something else takes all that is left. */
  readonly fill: () => Promise<void>;
  /** There is room again. */
  readonly free: () => Promise<void>;
};

/**
 * Before the person's first word is stored: Chromium remembers for half a minute how much room it saw.
 * @param bytes must be enough for all that the person keeps
 */
export const giveSmallDisk = async (person: Person, bytes: number): Promise<SmallDisk> => {
  const { page, context, origin } = person;
  const session = await context.newCDPSession(page);
  await limit(session, origin, bytes);
  return {
    fill: async () => {
      const { full } = await fillUp(page);
      if (!full) throw new Error("the disk would not become full");
    },
    free: () => limit(session, origin, undefined),
  };
};

const limit = async (
  session: CDPSession,
  origin: string,
  quotaSize: number | undefined,
): Promise<void> => {
  const words = quotaSize === undefined ? { origin } : { origin, quotaSize };
  await session.send("Storage.overrideQuotaForOrigin", words);
};

const fillUp = (page: Page): Promise<{ readonly full: boolean }> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, fail) => {
      const opening = indexedDB.open("somebody-elses", 1);
      opening.addEventListener("upgradeneeded", () =>
        opening.result.createObjectStore("all", { autoIncrement: true }),
      );
      opening.addEventListener("success", () => resolve(opening.result));
      opening.addEventListener("error", () => fail(opening.error ?? new Error("not opened")));
    });
    const put = (size: number): Promise<boolean> =>
      new Promise((resolve) => {
        const transaction = database.transaction("all", "readwrite");
        transaction.objectStore("all").add(crypto.getRandomValues(new Uint8Array(size)));
        transaction.addEventListener("complete", () => resolve(true));
        transaction.addEventListener("abort", () => resolve(false));
      });
    let size = 65_536;
    for (let tries = 0; tries < 5_000 && size >= 64; tries++) {
      if (!(await put(size))) size /= 2;
    }
    database.close();
    return { full: size < 64 };
  });
