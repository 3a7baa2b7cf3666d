import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { must, writeDraft } from "../support/twoPartners.ts";
import { createHouse, createIn, type House, passphrase, snapshotOf, unlockIn } from "./doorKit.ts";

beforeAll(loadSodium);

const titles = (journal: Journal) => journal.cards.read().map(({ excerpt }) => excerpt);

const writtenIn = async (journal: Journal, text: string): Promise<void> => {
  const draft = must(await journal.draftQuestion());
  await writeDraft(journal, draft, text);
  await journal.lock();
};

/** A journal that nobody can open any more, with a word in it. */
const forgotten = async (): Promise<{ house: House; words: readonly string[] }> => {
  const house = createHouse();
  const { journal, recoveryWords } = await createIn(house);
  await writtenIn(journal, "from before");
  return { house, words: recoveryWords };
};

describe("without passphrase and words", () => {
  test("one begins anew, and what was written lies aside as it was", async () => {
    const { house } = await forgotten();
    const before = new Map(house.files);
    const door = house.door();
    await door.look();
    must(await door.aside.putAside());
    expect(await door.look()).toEqual({ state: "new" });
    expect(door.aside.list()).toEqual([{ place: 0, at: house.clock.now() }]);
    const { journal } = must(
      await door.create({ name: "Anna", role: "hurt", passphrase: "another calm one" }, () => {}),
    );
    expect(titles(journal)).toEqual([]);
    await writtenIn(journal, "after it");

    const later = house.door();
    await later.look();
    must(await later.aside.goBack(0));
    for (const [name, bytes] of before) expect(house.files.get(name)).toEqual(bytes);
    expect(titles(await unlockIn(house))).toEqual(["from before"]);
  });

  test("words that turn up later open the one that was put aside, and one changes back and forth", async () => {
    const { house, words } = await forgotten();
    const door = house.door();
    must(await door.aside.putAside());
    const made = must(
      await door.create({ name: "Anna", role: "hurt", passphrase: "another calm one" }, () => {}),
    );
    await writtenIn(made.journal, "after it");
    must(await door.aside.goBack(0));
    const opened = must(await door.unlockWithWords(words, "yet another calm one"));
    expect(titles(opened)).toEqual(["from before"]);
    await opened.lock();
    const [other] = door.aside.list();
    must(await door.aside.goBack(other?.place ?? -1));
    expect(titles(must(await door.unlock("another calm one")))).toEqual(["after it"]);
  });

  test("a lost keychain does not stand in the way, and its return still opens the old one", async () => {
    const { house } = await forgotten();
    const lost = house.keychain.secret;
    house.keychain.answer = "KEYCHAIN_LOST";
    const door = house.door();
    must(await door.aside.putAside());
    must(
      await door.create({ name: "Anna", role: "hurt", passphrase: "another calm one" }, () => {}),
    );
    house.keychain.earlier = [lost];
    const later = house.door();
    must(await later.aside.goBack(0));
    expect(titles(await unlockIn(house))).toEqual(["from before"]);
  });

  test("renewing this computer’s key keeps the one that the journal put aside still needs", async () => {
    const { house } = await forgotten();
    const door = house.door();
    must(await door.aside.putAside());
    const fresh = { name: "Anna", role: "hurt", passphrase: "another calm one" } as const;
    const { journal } = must(await door.create(fresh, () => {}));
    expect(must(await journal.computerKey.renew("another calm one", undefined))).toBe("kept");
    await journal.lock();
    must(await house.door().aside.goBack(0));
    // The passphrase came back to her after all.
    expect(titles(await unlockIn(house))).toEqual(["from before"]);
  });

  test("nothing is put aside twice, and a place that is not there is not gone back to", async () => {
    const { house } = await forgotten();
    const door = house.door();
    must(await door.aside.putAside());
    must(await door.aside.putAside());
    expect(door.aside.list()).toHaveLength(1);
    const before = snapshotOf(house);
    expect(await door.aside.goBack(77)).toEqual({ ok: false, code: "NOT_THERE" });
    expect(snapshotOf(house)).toEqual(before);
  });
});

describe("killed or refused while it is put aside", () => {
  const stepsOf = async (): Promise<number> => {
    const { house } = await forgotten();
    let count = 0;
    house.gate.beforeFile = async () => void count++;
    must(await house.door().aside.putAside());
    return count;
  };

  /** Either the old journal opens here, or the place is new and the old one is gone back to. Never neither. */
  const oldOpens = async (house: House): Promise<boolean> => {
    const door = house.door();
    const { state } = await door.look();
    if (state === "new") must(await door.aside.goBack(0));
    const opened = await house.door().unlock(passphrase);
    if (!opened.ok) return false;
    const whole = titles(opened.value).join() === "from before";
    await opened.value.lock();
    return whole;
  };

  test("at any step, the next start has the one or the other", async () => {
    const steps = await stepsOf();
    expect(steps).toBeGreaterThan(5);
    for (let step = 0; step < steps; step++) {
      const { house } = await forgotten();
      let left = step;
      house.gate.beforeFile = () => (left-- === 0 ? new Promise(() => {}) : Promise.resolve());
      void house.door().aside.putAside();
      while (left >= 0) await new Promise((soon) => setImmediate(soon));
      house.gate.beforeFile = async () => {};
      expect(["new", "locked"], `step ${step}`).toContain((await house.door().look()).state);
      expect(await oldOpens(house), `step ${step}`).toBe(true);
    }
  });

  test("and the same on the way back", async () => {
    for (let step = 0; step < 9; step++) {
      const { house } = await forgotten();
      must(await house.door().aside.putAside());
      let left = step;
      house.gate.beforeFile = () => (left-- === 0 ? new Promise(() => {}) : Promise.resolve());
      void house.door().aside.goBack(0);
      for (let turn = 0; turn < 50 && left >= 0; turn++)
        await new Promise((soon) => setImmediate(soon));
      house.gate.beforeFile = async () => {};
      expect(await oldOpens(house), `step ${step}`).toBe(true);
    }
  });

  test("a full disk leaves the old one, or finishes once there is room", async () => {
    for (let count = 0; count < 3; count++) {
      const { house } = await forgotten();
      house.failWrite(count, "DISK_FULL");
      const put = await house.door().aside.putAside();
      expect(["done", "DISK_FAILED"]).toContain(put.ok ? "done" : put.code);
      house.failWrite(1_000, "DISK_FULL");
      expect(await oldOpens(house)).toBe(true);
    }
  });

  test("a list of places that is damaged opens nothing and overwrites nothing", async () => {
    const { house } = await forgotten();
    must(await house.door().aside.putAside());
    house.files.set("places", new Uint8Array([123]));
    const before = snapshotOf(house);
    const door = house.door();
    expect(await door.look()).toEqual({ state: "damaged", code: "DISK_FAILED" });
    expect(
      await door.create({ name: "Anna", role: "hurt", passphrase: "another calm one" }, () => {}),
    ).toMatchObject({ code: "DISK_FAILED" });
    expect(snapshotOf(house)).toEqual(before);
  });
});
