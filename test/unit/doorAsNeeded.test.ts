import { describe, expect, test } from "vitest";
import { createDoorAsNeeded } from "../../renderer/doorAsNeeded.ts";
import { accept } from "../../shared/base/result.ts";
import { createHouse, createIn, type House, passphrase } from "./doorKit.ts";

/** A door to this house; the rest of it comes when and as the test says. */
const doorTo = (house: House, disk: { broken: boolean } = { broken: false }) => {
  const painted: (() => void)[] = [];
  let loads = 0;
  const door = createDoorAsNeeded({
    safe: { read: async (name) => accept(house.files.get(name)) },
    tries: { read: house.tries, write: () => {} },
    clock: house.clock,
    load: async () => {
      loads += 1;
      if (disk.broken) throw new Error("no such chunk");
      return house.door();
    },
    afterPaint: (go) => painted.push(go),
  });
  return { door, painted, loads: () => loads };
};

const lived = async (): Promise<House> => {
  const house = createHouse();
  await (await createIn(house)).journal.lock();
  return house;
};

describe("a door that comes as it is needed", () => {
  test("shows the unlock screen before anything else is asked for, which comes once that is painted", async () => {
    const { door, painted, loads } = doorTo(await lived());
    expect(await door.look()).toEqual({ state: "locked", waitMs: 0 });
    expect(loads()).toBe(0);
    expect(door.holdsWords()).toBe(false);
    for (const go of painted) go();
    expect(loads()).toBe(1);
  });

  test("opens for a passphrase that was typed before the rest was there, and asks for the rest once", async () => {
    const { door, painted, loads } = doorTo(await lived());
    await door.look();
    const opening = door.unlock(passphrase);
    for (const go of painted) go();
    expect(await opening).toMatchObject({ ok: true });
    expect(loads()).toBe(1);
  });

  test("says the same wait after wrong tries as the whole door does", async () => {
    const house = await lived();
    for (let i = 0; i < 5; i += 1)
      await house
        .door()
        .unlock("another four words")
        .catch(() => {});
    const whole = await house.door().look();
    expect(whole).not.toEqual({ state: "locked", waitMs: 0 });
    expect(await doorTo(house).door.look()).toEqual(whole);
  });

  test("shows what the whole door shows of a vault that is damaged, and of a computer without one", async () => {
    const house = await lived();
    house.files.set("vault", new Uint8Array(200));
    expect(await doorTo(house).door.look()).toEqual(await house.door().look());
    expect(await doorTo(createHouse()).door.look()).toEqual({ state: "new" });
  });

  test("whose rest the disk refuses opens nothing, says so, and opens when it is asked again", async () => {
    const disk = { broken: true };
    const house = await lived();
    const { door } = doorTo(house, disk);
    expect(await door.unlock(passphrase)).toMatchObject({ ok: false, code: "NOT_LOADED" });
    expect(house.tries().wrong).toBe(0);
    disk.broken = false;
    expect(await door.unlock(passphrase)).toMatchObject({ ok: true });
  });

  test("never takes a computer that it could not look at for a new one", async () => {
    const disk = { broken: true };
    const { door } = doorTo(createHouse(), disk);
    expect(await door.look()).toEqual({ state: "damaged", code: "NOT_LOADED" });
    disk.broken = false;
    expect(await door.look()).toEqual({ state: "new" });
  });
});
