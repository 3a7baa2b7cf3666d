import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must, typeWords } from "../support/twoPartners.ts";
import { makeBackup, patient, sourceOf } from "./backupKit.ts";
import {
  asOfBefore,
  createHouse,
  createIn,
  type House,
  passphrase,
  snapshotOf,
  unlockIn,
} from "./doorKit.ts";

beforeAll(loadSodium);

const roomPassphrase = "a room of my own here";
const words = "nobody else's words";

const someTurns = async (count = 300): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((soon) => setImmediate(soon));
};

const writeInRoom = async ({ room }: Journal): Promise<void> => {
  const page = must(await room.entries.openPage(must(await room.entries.draftEntry())));
  typeWords(page, words);
  must(await page.flush());
  await page.close();
};

/** The write or removal that comes after so many, of a file or in the keychain, waits for `release`. */
const holdAt = (house: House, step: number) => {
  let left = step;
  let release = (): void => {};
  const until = new Promise<void>((go) => (release = go));
  const reached = new Promise<void>((reach) => {
    house.gate.beforeFile = async () => {
      if (left-- !== 0) return;
      reach();
      await until;
    };
  });
  return { release, reached };
};

/** A journal that was locked and is open again, of today or as an earlier Twofold had made it. */
const openHouse = async (day: "now" | "before"): Promise<{ house: House; journal: Journal }> => {
  const house = createHouse(7);
  await (await createIn(house)).journal.lock();
  if (day === "before") await asOfBefore(house, seededRandom(8));
  return { house, journal: await unlockIn(house) };
};

const opensAfterRestart = async (house: House, secret = roomPassphrase): Promise<Journal> => {
  const again = await unlockIn(house);
  expect(again.room.state.read()).toEqual({ state: "closed", made: true });
  must(await again.room.unlock(secret));
  return again;
};

describe("a room that is made while this computer's key is renewed", () => {
  // The new secret, the vault, my room's vault, the old secret: held where each is written.
  test.each([0, 1, 2, 3])(
    "before step %i keeps its words, and the old secret as long as it needs it",
    async (step) => {
      const { house, journal } = await openHouse("now");
      const held = holdAt(house, step);
      const renewing = journal.computerKey.renew(passphrase, undefined);
      await held.reached;
      const making = journal.room.setUp(roomPassphrase);
      await someTurns();
      held.release();
      must(await making);
      await writeInRoom(journal);
      const renewed = await renewing;
      // Nobody gave its passphrase: where it could not be sealed anew, that is said, and nothing is forgotten.
      expect(renewed.ok ? renewed.value : renewed.code).toBe(
        step < 2 ? "ROOM_WRONG_SECRET" : "deleted",
      );
      expect(house.keychain.earlier).toHaveLength(step < 2 ? 1 : 0);
      await journal.room.lock();
      must(await journal.room.unlock(roomPassphrase));
      await journal.lock();
      const again = await opensAfterRestart(house);
      expect(again.room.entries.cards.read()).toMatchObject([{ excerpt: words }]);
      expect(await again.computerKey.renew(passphrase, roomPassphrase)).toEqual({
        ok: true,
        value: "deleted",
      });
      await again.lock();
      expect(house.keychain.earlier).toEqual([]);
      await (await opensAfterRestart(house)).lock();
    },
  );

  test("is waited for where its vault is being written already", async () => {
    const { house, journal } = await openHouse("now");
    const held = holdAt(house, 0);
    const making = journal.room.setUp(roomPassphrase);
    await held.reached;
    const renewing = journal.computerKey.renew(passphrase, undefined);
    await someTurns();
    held.release();
    must(await making);
    expect(await renewing).toMatchObject({ ok: false, code: "ROOM_WRONG_SECRET" });
    expect(house.keychain.earlier).toEqual([]);
    await journal.lock();
    await (await opensAfterRestart(house)).lock();
  });

  test("or gets another passphrase meanwhile opens with that one, whenever its vault is written", async () => {
    for (const renewalFirst of [true, false]) {
      const { house, journal } = await openHouse("now");
      must(await journal.room.setUp(roomPassphrase));
      const held = holdAt(house, 0);
      const renew = () => journal.computerKey.renew(passphrase, roomPassphrase);
      const change = () => journal.room.changePassphrase(roomPassphrase, "another one of mine");
      const first = renewalFirst ? renew() : change();
      await held.reached;
      const second = renewalFirst ? change() : renew();
      await someTurns();
      held.release();
      await Promise.all([first, second]);
      await journal.lock();
      await (await opensAfterRestart(house, "another one of mine")).lock();
    }
  });
});

test("of two who set up the room at once, one has made it, and the other is told so", async () => {
  const { house, journal } = await openHouse("now");
  const both = await Promise.all([
    journal.room.setUp(roomPassphrase),
    journal.room.setUp("another one of mine"),
  ]);
  expect(both).toMatchObject([{ ok: true }, { ok: false, code: "ROOM_EXISTS" }]);
  await journal.lock();
  await (await opensAfterRestart(house)).lock();
});

describe("locking", () => {
  test("never waits for a keychain that asks somebody", async () => {
    const { house, journal } = await openHouse("now");
    const held = holdAt(house, 0);
    const renewing = journal.computerKey.renew(passphrase, undefined);
    await held.reached;
    await journal.lock();
    const before = snapshotOf(house);
    held.release();
    expect(await renewing).toMatchObject({ ok: false });
    expect(snapshotOf(house)).toEqual(before);
    await (await unlockIn(house)).lock();
  });

  test("lets no vault of my room be written behind it", async () => {
    const { house, journal } = await openHouse("now");
    must(await journal.room.setUp(roomPassphrase));
    let release = (): void => {};
    const until = new Promise<void>((go) => (release = go));
    house.gate.beforeDerive = () => until;
    const changing = journal.room.changePassphrase(roomPassphrase, "another one of mine");
    const renewing = journal.computerKey.renew(passphrase, roomPassphrase);
    await journal.lock();
    const [before, { secret }] = [snapshotOf(house), house.keychain];
    release();
    for (const late of [
      await changing,
      await renewing,
      await journal.room.setUp("and one more of mine"),
      await journal.room.unlock(roomPassphrase),
    ])
      expect(late).toMatchObject({ ok: false });
    expect(snapshotOf(house)).toEqual(before);
    expect(house.keychain).toMatchObject({ secret, earlier: [] });
    await (await opensAfterRestart(house)).lock();
  });
});

/** Nothing goes on after the write, of whatever sort, that comes after so many. True where it came to that. */
const runUntilKill = async (
  house: House,
  step: number,
  work: () => Promise<unknown>,
): Promise<boolean> => {
  let dead = false;
  const killed = new Promise<void>((die) => {
    house.disk.beforeWrite(step, () => {
      dead = true;
      house.disk.kill();
      die();
    });
  });
  house.gate.beforeFile = async () => {
    house.disk.countWrite();
    if (dead) await new Promise(() => {});
  };
  await Promise.race([work(), killed]);
  house.disk.beforeWrite(Infinity, () => {});
  house.gate.beforeFile = async () => {};
  house.disk.kill();
  return dead;
};

/** Every write there is, and the run that none of them stopped. */
const atEveryWrite = async (
  start: () => Promise<{ house: House; work: () => Promise<unknown> }>,
  look: (house: House) => Promise<boolean>,
): Promise<readonly boolean[]> => {
  const made: boolean[] = [];
  for (let step = 0; ; step++) {
    const { house, work } = await start();
    const dead = await runUntilKill(house, step, work);
    made.push(await look(house));
    if (!dead) return made;
  }
};

/** Whatever a kill has left: a room that opens before and after a renewal, or none, and then one can be made. */
const lookAfterKill = async (house: House): Promise<boolean> => {
  const journal = await unlockIn(house);
  const { made } = journal.room.state.read();
  const without = await journal.computerKey.renew(passphrase, undefined);
  expect(without).toMatchObject(
    made ? { ok: false, code: "ROOM_WRONG_SECRET" } : { ok: true, value: "deleted" },
  );
  if (made) {
    expect(await journal.room.setUp("another one of mine")).toMatchObject({ code: "ROOM_EXISTS" });
    must(await journal.computerKey.renew(passphrase, roomPassphrase));
  } else {
    expect(await journal.room.unlock(roomPassphrase)).toMatchObject({ code: "WRONG_SECRET" });
    must(await journal.room.setUp(roomPassphrase));
  }
  expect(house.keychain.earlier).toEqual([]);
  await journal.lock();
  await (await opensAfterRestart(house)).lock();
  return made;
};

describe("killed at any write", () => {
  test.each(["now", "before"] as const)(
    "of a setting up, in a journal of %s, there is a room that opens, or none",
    async (day) => {
      const made = await atEveryWrite(async () => {
        const { house, journal } = await openHouse(day);
        return { house, work: () => journal.room.setUp(roomPassphrase) };
      }, lookAfterKill);
      expect(made[0]).toBe(false);
      expect(made.at(-1)).toBe(true);
    },
  );

  test.each(["now", "before"] as const)(
    "of a room that comes back, in a journal of %s, it is there whole, or there is none",
    async (day) => {
      const source = await openHouse("now");
      must(await source.journal.room.setUp(roomPassphrase));
      await writeInRoom(source.journal);
      const bytes = await makeBackup(source.journal.room, roomPassphrase);
      const made = await atEveryWrite(
        async () => {
          const { house, journal } = await openHouse(day);
          const work = () => journal.room.restore(sourceOf(bytes), roomPassphrase, patient);
          return { house, work };
        },
        async (house) => {
          const there = await lookAfterKill(house);
          const again = await opensAfterRestart(house);
          const excerpts = again.room.entries.cards.read().map(({ excerpt }) => excerpt);
          expect(excerpts).toEqual(there ? [words] : []);
          await again.lock();
          return there;
        },
      );
      expect(made[0]).toBe(false);
      expect(made.at(-1)).toBe(true);
    },
  );

  test.each(["now", "before"] as const)(
    "of a renewal, with a room or without, in a journal of %s, both sides are as they were",
    async (day) => {
      for (const room of [roomPassphrase, undefined]) {
        const made = await atEveryWrite(async () => {
          const { house, journal } = await openHouse(day);
          if (room !== undefined) must(await journal.room.setUp(room));
          return { house, work: () => journal.computerKey.renew(passphrase, room) };
        }, lookAfterKill);
        expect(new Set(made)).toEqual(new Set([room !== undefined]));
        expect(made).toHaveLength(5);
      }
    },
  );
});

test("making the room, and renewing the key, change the same files whether there is a room or not", async () => {
  const changedBy = async (house: House, work: () => Promise<unknown>) => {
    const before = new Map(snapshotOf(house));
    await work();
    const after = snapshotOf(house);
    for (const [name, hex] of after) expect(hex).toHaveLength(before.get(name)?.length ?? 0);
    return after.filter(([name, hex]) => before.get(name) !== hex).map(([name]) => name);
  };
  const [used, unused] = [await openHouse("now"), await openHouse("now")];
  expect(
    await changedBy(used.house, async () => must(await used.journal.room.setUp(roomPassphrase))),
  ).toEqual(["room-vault"]);
  for (const [{ house, journal }, room] of [
    [used, roomPassphrase],
    [unused, undefined],
  ] as const) {
    const renew = async () => must(await journal.computerKey.renew(passphrase, room));
    expect(await changedBy(house, renew)).toEqual(["room-vault", "vault"]);
  }
});
