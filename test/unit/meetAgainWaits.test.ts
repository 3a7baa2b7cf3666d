import { expect, test } from "vitest";
import { accept } from "../../shared/base/result.ts";
import { createShelfGate } from "../../shared/journal/travel/shelfGate.ts";

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

const written = (log: string[], name: string) => async () => {
  log.push(name);
  return accept(name);
};

test("what is asked for while it is held waits, and goes on in the order in which it came", async () => {
  const gate = createShelfGate();
  const log: string[] = [];
  gate.hold();
  const both = [gate.pass(written(log, "one")), gate.pass(written(log, "two"))];
  await turns();
  expect(log).toEqual([]);
  gate.letGo();
  await Promise.all(both);
  expect(log).toEqual(["one", "two"]);
});

test("what waits at one that is shut is refused and never happens", async () => {
  const gate = createShelfGate();
  const log: string[] = [];
  gate.hold();
  const asked = gate.pass(written(log, "one"));
  gate.shut();
  expect(await asked).toMatchObject({ ok: false, code: "STORE_CLOSED" });
  gate.letGo();
  expect(await gate.pass(written(log, "two"))).toMatchObject({ ok: false });
  expect(log).toEqual([]);
});

test("it is still once what was under way before has ended", async () => {
  const gate = createShelfGate();
  let finish = (): void => {};
  const under = gate.pass(() => new Promise<string>((done) => (finish = () => done("ended"))));
  gate.hold();
  let still = false;
  const waiting = gate.still().then(() => (still = true));
  await turns();
  expect(still).toBe(false);
  finish();
  await under;
  await waiting;
  expect(still).toBe(true);
});
