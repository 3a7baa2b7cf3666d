import { beforeAll, describe, expect, test } from "vitest";
import type { SafeFileName } from "../../shared/bridge/bridge.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, writeDraft } from "../support/twoPartners.ts";
import {
  createHouse,
  createIn,
  first,
  passphrase,
  snapshotOf,
  unlockIn,
  type House,
} from "./doorKit.ts";

beforeAll(loadSodium);

const houseWithVault = async (seed = 1) => {
  const house = createHouse(seed);
  const { journal, recoveryWords } = await createIn(house);
  const draft = must(await journal.entries.draftEntry());
  await writeDraft(journal, draft, "what I wrote on the first day");
  await journal.lock();
  return { house, recoveryWords };
};

const changeFile = (
  house: House,
  name: SafeFileName,
  change: (bytes: Uint8Array) => Uint8Array,
): void => {
  const bytes = house.files.get(name);
  if (bytes === undefined) throw new Error(`no ${name}`);
  house.files.set(name, change(bytes.slice()));
};

describe("the first run", () => {
  test("makes a vault that the passphrase opens, with all that was written", async () => {
    const { house } = await houseWithVault();
    const journal = await unlockIn(house);
    expect(journal.me.read()).toEqual({ name: "Anna", role: "hurt" });
    expect(journal.cards.read()).toMatchObject([{ excerpt: "what I wrote on the first day" }]);
  });

  test("tells each of its steps in order, and shows twelve words", async () => {
    const house = createHouse();
    const steps: string[] = [];
    const created = await house.door().create(first, (step) => steps.push(step));
    expect(steps).toEqual(["measuring", "deriving", "writing"]);
    expect(must(created).recoveryWords.length).toBe(12);
  });

  test("leaves no word that was typed on the disk: not the name, the role, the passphrase or the words", async () => {
    const house = createHouse();
    const { recoveryWords } = await createIn(house);
    const all = Buffer.concat([...house.files.values()]).toString("latin1");
    for (const secret of [
      "Anna",
      "hurt",
      passphrase,
      ...recoveryWords.filter(({ length }) => length > 4),
    ])
      expect(all).not.toContain(secret);
  });

  test.each([
    [{ ...first, name: "  " }, "NAME_EMPTY"],
    [{ ...first, name: "\u0000\u0007" }, "NAME_EMPTY"],
    [{ ...first, passphrase: "nine char" }, "PASSPHRASE_SHORT"],
  ])("asks again for %j", async (run, code) => {
    const house = createHouse();
    expect(await house.door().create(run, () => {})).toMatchObject({ ok: false, code });
    expect(house.files.size).toBe(0);
    expect(house.derived).toEqual([]);
  });

  test("is refused where there is a vault, and leaves it as it was", async () => {
    const { house } = await houseWithVault();
    const before = snapshotOf(house);
    expect(await house.door().create({ ...first, name: "Another" }, () => {})).toMatchObject({
      ok: false,
      code: "EXISTS",
    });
    expect(snapshotOf(house)).toEqual(before);
  });

  test.each<SafeFileName>(["keyring", "room-vault"])(
    "is refused where only %s is left of an earlier vault",
    async (name) => {
      const { house } = await houseWithVault();
      for (const other of [...house.files.keys()]) if (other !== name) house.files.delete(other);
      const before = snapshotOf(house);
      expect(await house.door().look()).toEqual({ state: "damaged", code: "BAD_MAGIC" });
      expect(await house.door().create(first, () => {})).toMatchObject({
        ok: false,
        code: "BAD_MAGIC",
      });
      expect(snapshotOf(house)).toEqual(before);
    },
  );

  test.each<SafeFileName>(["keyring", "room-vault"])(
    "begins anew where a killed first run has left %s, and no journal was ever opened",
    async (name) => {
      const { house: earlier } = await houseWithVault();
      const house = createHouse();
      house.files.set(name, earlier.files.get(name) ?? new Uint8Array());
      expect(await house.door().look()).toEqual({ state: "new" });
      const { journal } = await createIn(house);
      await journal.lock();
      expect((await unlockIn(house)).me.read().name).toBe("Anna");
    },
  );

  test.each([0, 1, 2, 3])(
    "where the disk refuses after %i files, there is nothing or a vault that works",
    async (count) => {
      const house = createHouse();
      house.failWrite(count, "DISK_FULL");
      const created = await house.door().create(first, () => {});
      const { state } = await house.door().look();
      expect({ created: created.ok || created.code, state }).toEqual(
        created.ok ? { created: true, state: "locked" } : { created: "DISK_FAILED", state: "new" },
      );
      const journal = created.ok ? created.value.journal : (await createIn(house)).journal;
      await journal.lock();
      expect((await unlockIn(house)).me.read().name).toBe("Anna");
    },
  );

  test.each(["KEYCHAIN_LOST", "KEYCHAIN_REFUSED"] as const)(
    "writes nothing where the keychain says %s",
    async (answer) => {
      const house = createHouse();
      house.keychain.answer = answer;
      expect(await house.door().create(first, () => {})).toMatchObject({ ok: false, code: answer });
      expect(house.files.size).toBe(0);
    },
  );
});

describe("a wrong passphrase", () => {
  test("says the same as a wrong keychain secret: nothing tells which half it was", async () => {
    const { house } = await houseWithVault();
    const wrongWords = await house.door().unlock("not the passphrase");
    house.keychain.secret = new Uint8Array(32).fill(1);
    const wrongSecret = await house.door().unlock(passphrase);
    expect(wrongWords).toEqual({ ok: false, code: "WRONG_SECRET" });
    expect(wrongSecret).toEqual(wrongWords);
  });

  test("may be tried three times at once, then waits 2 s, 4 s, 8 s … up to five minutes", async () => {
    const { house } = await houseWithVault();
    const waits: number[] = [];
    for (let count = 0; count < 14; count++) {
      expect(await house.door().unlock("not the passphrase")).toMatchObject({
        ok: false,
        code: "WRONG_SECRET",
      });
      const view = await house.door().look();
      if (view.state !== "locked") throw new Error(view.state);
      waits.push(view.waitMs / 1000);
      house.clock.advance(view.waitMs);
    }
    expect(waits).toEqual([0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  test("is not even derived while the wait lasts, and the right one has to wait as well", async () => {
    const { house } = await houseWithVault();
    for (let count = 0; count < 4; count++) await house.door().unlock("not the passphrase");
    const before = house.derived.length;
    expect(await house.door().unlock(passphrase)).toMatchObject({ ok: false, code: "WAIT" });
    expect(await house.door().unlockWithWords([], "another passphrase")).toMatchObject({
      ok: false,
      code: "WAIT",
    });
    expect(house.derived.length).toBe(before);
    house.clock.advance(2_000);
    expect((await house.door().unlock(passphrase)).ok).toBe(true);
  });

  test("is forgotten once the right one came", async () => {
    const { house } = await houseWithVault();
    for (let count = 0; count < 3; count++) await house.door().unlock("not the passphrase");
    await (await unlockIn(house)).lock();
    expect(house.tries()).toMatchObject({ wrong: 0 });
    expect(await house.door().look()).toEqual({ state: "locked", waitMs: 0 });
  });

  test("does not lock anyone out for years where the computer's clock was set back", async () => {
    const { house } = await houseWithVault();
    house.clock.advance(4 * 365 * 86_400_000);
    for (let count = 0; count < 4; count++) await house.door().unlock("not the passphrase");
    const back = { ...house, clock: house.clock };
    const earlier = house.clock.now() - 4 * 365 * 86_400_000;
    Object.assign(back.clock, { now: () => earlier });
    expect(await house.door().look()).toEqual({ state: "locked", waitMs: 2_000 });
    Object.assign(back.clock, { now: () => earlier + 2_000 });
    expect((await house.door().unlock(passphrase)).ok).toBe(true);
  });

  test("is the same passphrase in whatever form a keyboard writes it", async () => {
    const house = createHouse();
    const created = must(
      await house.door().create({ ...first, passphrase: "caf\u00e9 ﬁne words" }, () => {}),
    );
    await created.journal.lock();
    expect((await house.door().unlock("cafe\u0301 fine words")).ok).toBe(true);
  });
});

describe("a damaged vault is told apart, kept and never written over", () => {
  test.each<readonly [string, (bytes: Uint8Array) => Uint8Array]>([
    ["BAD_MAGIC", (bytes) => bytes.fill(0x58, 0, 1)],
    ["BAD_MAGIC", () => new Uint8Array()],
    ["BAD_MAGIC", (bytes) => bytes.subarray(0, 31)],
    ["BAD_SUITE", (bytes) => bytes.fill(2, 4, 5)],
    ["BAD_SUITE", (bytes) => bytes.fill(9, 5, 6)],
    ["BAD_SLOT", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["BAD_SLOT", (bytes) => bytes.fill(0, 32, 33)],
    ["BAD_SLOT", (bytes) => bytes.fill(7, 33, 34)],
    ["BAD_SLOT", (bytes) => Uint8Array.from([...bytes, 0])],
    ["KDF_TOO_WEAK", (bytes) => bytes.fill(0, 8, 16)],
    [
      "KDF_TOO_STRONG",
      (bytes) => Uint8Array.from([...bytes.slice(0, 12), 6, 64, 0, 0, ...bytes.slice(16)]),
    ],
    ["KDF_TOO_STRONG", (bytes) => bytes.fill(0xff, 8, 12)],
  ])("%s", async (code, damage) => {
    const { house } = await houseWithVault();
    changeFile(house, "vault", damage);
    const before = snapshotOf(house);
    const derivations = house.derived.length;
    expect(await house.door().look()).toEqual({ state: "damaged", code });
    expect(await house.door().unlock(passphrase)).toMatchObject({ ok: false, code });
    expect(await house.door().create(first, () => {})).toMatchObject({ ok: false, code });
    expect(snapshotOf(house)).toEqual(before);
    expect(house.derived.length).toBe(derivations);
  });

  test("a header that asks for 100 GiB is refused before anything is derived", async () => {
    const { house } = await houseWithVault();
    const memKiB = 100 * 1024 * 1024;
    changeFile(house, "vault", (bytes) => {
      new DataView(bytes.buffer).setUint32(12, memKiB);
      return bytes;
    });
    const before = house.derived.length;
    expect(await house.door().unlock(passphrase)).toMatchObject({
      ok: false,
      code: "KDF_TOO_STRONG",
    });
    expect(house.derived.length).toBe(before);
  });

  test("changed where only the secret can see it: said as tampered, not as a wrong passphrase", async () => {
    const { house } = await houseWithVault();
    changeFile(house, "vault", (bytes) => bytes.fill((bytes[130] ?? 0) ^ 1, 130, 131));
    const before = snapshotOf(house);
    expect(await house.door().unlock(passphrase)).toMatchObject({
      ok: false,
      code: "VAULT_TAMPERED",
    });
    expect(house.tries().wrong).toBe(0);
    expect(snapshotOf(house)).toEqual(before);
  });

  test("a flipped bit anywhere never opens and is never written over", async () => {
    const { house } = await houseWithVault();
    const whole = house.files.get("vault")?.slice() ?? new Uint8Array();
    for (let bit = 0; bit < 138 * 8; bit += 7) {
      changeFile(house, "vault", () =>
        whole.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
      );
      const damaged = snapshotOf(house);
      expect((await house.door().unlock(passphrase)).ok).toBe(false);
      expect(snapshotOf(house)).toEqual(damaged);
      house.clock.advance(10 * 60_000);
    }
  }, 60_000);
});

describe("the keyring beside the vault", () => {
  test("missing is said, and nothing is made in its place", async () => {
    const { house } = await houseWithVault();
    house.files.delete("keyring");
    const before = snapshotOf(house);
    expect(await house.door().unlock(passphrase)).toMatchObject({
      ok: false,
      code: "KEYRING_MISSING",
    });
    expect(snapshotOf(house)).toEqual(before);
  });

  test.each<readonly [string, (bytes: Uint8Array) => Uint8Array]>([
    ["with a flipped bit", (bytes) => bytes.fill((bytes[60] ?? 0) ^ 1, 60, 61)],
    ["cut short", (bytes) => bytes.subarray(0, 40)],
    ["empty", () => new Uint8Array()],
  ])("%s is said to be damaged and kept", async (_what, damage) => {
    const { house } = await houseWithVault();
    changeFile(house, "keyring", damage);
    const before = snapshotOf(house);
    expect(await house.door().unlock(passphrase)).toMatchObject({
      ok: false,
      code: "KEYRING_DAMAGED",
    });
    expect(snapshotOf(house)).toEqual(before);
  });

  test("of another vault does not open", async () => {
    const { house } = await houseWithVault(1);
    const { house: other } = await houseWithVault(2);
    changeFile(house, "keyring", () => other.files.get("keyring") ?? new Uint8Array());
    expect(await house.door().unlock(passphrase)).toMatchObject({
      ok: false,
      code: "KEYRING_DAMAGED",
    });
  });
});

describe("the recovery words", () => {
  test("open, set a new passphrase, and the old one no longer opens", async () => {
    const { house, recoveryWords } = await houseWithVault();
    const journal = must(await house.door().unlockWithWords(recoveryWords, "a new passphrase"));
    expect(journal.cards.read()).toMatchObject([{ excerpt: "what I wrote on the first day" }]);
    await journal.lock();
    expect(await house.door().unlock(passphrase)).toMatchObject({
      ok: false,
      code: "WRONG_SECRET",
    });
    expect((await unlockIn(house, "a new passphrase")).me.read().name).toBe("Anna");
  });

  test("open without the old keychain secret, and again later", async () => {
    const { house, recoveryWords } = await houseWithVault();
    house.keychain.secret = new Uint8Array(32).fill(9);
    await must(await house.door().unlockWithWords(recoveryWords, "a new passphrase")).lock();
    await must(await house.door().unlockWithWords(recoveryWords, "a third passphrase")).lock();
    expect((await house.door().unlock("a third passphrase")).ok).toBe(true);
  });

  test("are counted like passphrases where they belong to another vault", async () => {
    const { house } = await houseWithVault(1);
    const { recoveryWords } = await houseWithVault(2);
    const before = snapshotOf(house);
    expect(await house.door().unlockWithWords(recoveryWords, "a new passphrase")).toMatchObject({
      ok: false,
      code: "WRONG_SECRET",
    });
    expect(house.tries().wrong).toBe(1);
    expect(snapshotOf(house)).toEqual(before);
  });

  test("that are no words, too few, or with a short passphrase change nothing", async () => {
    const { house, recoveryWords } = await houseWithVault();
    const before = snapshotOf(house);
    expect(
      await house.door().unlockWithWords(recoveryWords.slice(1), "a new passphrase"),
    ).toMatchObject({ ok: false, code: "BAD_WORDS" });
    expect(
      await house.door().unlockWithWords(recoveryWords.with(0, "zzzz"), "a new passphrase"),
    ).toMatchObject({ ok: false, code: "BAD_WORDS" });
    expect(await house.door().unlockWithWords(recoveryWords, "short")).toMatchObject({
      ok: false,
      code: "PASSPHRASE_SHORT",
    });
    expect(snapshotOf(house)).toEqual(before);
  });

  test("where the disk refuses the new vault, the old passphrase still opens", async () => {
    const { house, recoveryWords } = await houseWithVault();
    house.failWrite(0, "DISK_FULL");
    expect(await house.door().unlockWithWords(recoveryWords, "a new passphrase")).toMatchObject({
      ok: false,
      code: "DISK_FAILED",
    });
    expect((await house.door().unlock(passphrase)).ok).toBe(true);
  });

  test("open a vault whose header asks for too much, and mend it", async () => {
    const { house, recoveryWords } = await houseWithVault();
    changeFile(house, "vault", (bytes) => bytes.fill(0xff, 8, 16));
    await must(await house.door().unlockWithWords(recoveryWords, "a new passphrase")).lock();
    expect((await house.door().unlock("a new passphrase")).ok).toBe(true);
  });
});

describe("locking", () => {
  test("and unlocking again gives everything back, as often as one likes", async () => {
    const { house } = await houseWithVault();
    for (let count = 0; count < 3; count++) {
      const journal = await unlockIn(house);
      expect(journal.cards.read()).toMatchObject([{ excerpt: "what I wrote on the first day" }]);
      await journal.lock();
      expect(journal.cards.read()).toEqual([]);
    }
  });

  test("never saves wiped keys over the keyring, whatever was being changed just then", async () => {
    const { house } = await houseWithVault();
    const journal = await unlockIn(house);
    const changes = [
      journal.changeMe({ name: "Anna Maria" }),
      journal.changeSettings({ lockAfterMinutes: 5 }),
      journal.changeMe({ role: "both" }),
    ];
    const locked = journal.lock();
    changes.push(
      journal.changeMe({ name: "too late" }),
      journal.changeSettings({ lockAfterMinutes: 9 }),
    );
    await Promise.all([...changes, locked]);
    expect(await journal.changeMe({ name: "far too late" })).toMatchObject({
      ok: false,
      code: "STORE_CLOSED",
    });
    const again = await unlockIn(house);
    expect(again.me.read().name).not.toBe("far too late");
    expect(again.settings.read().lockAfterMinutes).toBeGreaterThanOrEqual(5);
    expect(again.cards.read()).toMatchObject([{ excerpt: "what I wrote on the first day" }]);
  });

  test("leaves no timer behind, not even with words that the disk refuses", async () => {
    const { house } = await houseWithVault();
    const journal = await unlockIn(house);
    const draft = must(await journal.entries.draftEntry());
    const page = must(await journal.openPage(draft));
    house.disk.failNext("put", "DISK_FULL", 99);
    page.setTitle("never saved");
    await journal.lock();
    expect(house.clock.waiting()).toBe(0);
  });
});
