import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Rendezvous } from "../../server/rendezvous.ts";
import { wholeSuite } from "../support/wholeSuite.ts";
import type { PairingPage, SeenWire } from "./carrierPairingPage.ts";
import { junkFor, startRogue } from "./carrierRogue.ts";
import { openDesks, type Desk, type Desks } from "./harness/desks.ts";
import { startRendezvousHere } from "./harness/rendezvous.ts";

declare const twofold: PairingPage;

let desks: Desks;
let rendezvous: Rendezvous;
beforeAll(async () => {
  [desks, rendezvous] = await Promise.all([
    openDesks(resolve(import.meta.dirname, "carrierPairingPage.ts")),
    startRendezvousHere(),
  ]);
});
afterAll(async () => {
  await desks?.close();
  await rendezvous?.stop();
});

type Seat = {
  readonly desk: Desk;
  readonly wires: () => Promise<readonly SeenWire[]>;
  readonly troubles: () => Promise<readonly string[]>;
};
const seats: Seat[] = [];
let allowed: readonly string[] = [];
/** Nobody leaves with an uncaught error, or having contacted anyone but the configured meeting points. */
const leaveAll = async () => {
  for (const { desk } of seats.splice(0)) {
    expect(desk.faults()).toEqual([]);
    const known = [desks.origin, ...rendezvous.addresses, ...allowed].map(
      (address) => new URL(address).origin,
    );
    expect([...desk.contacted()].filter((origin) => !known.includes(origin))).toEqual([]);
    await desk.close();
  }
  allowed = [];
};
afterEach(leaveAll);

const sit = async (
  role: "inviter" | "joiner",
  key = 7,
  addresses = rendezvous.addresses,
): Promise<Seat> => {
  const desk = await desks.open();
  await desk.page.evaluate(([role, key, addresses]) => twofold.meet(role, key, addresses), [
    role,
    key,
    [...addresses],
  ] as const);
  const seat: Seat = {
    desk,
    wires: () => desk.page.evaluate(() => twofold.wires()),
    troubles: () => desk.page.evaluate(() => twofold.troubles()),
  };
  seats.push(seat);
  return seat;
};

const hasWires = (seat: Seat, count: number) =>
  expect
    .poll(async () => (await seat.wires()).length, { timeout: 20_000, interval: 50 })
    .toBe(count);

describe("meeting with an invitation", () => {
  test(
    "the two find each other, whoever comes first, and see the same two fingerprints",
    { timeout: 60_000 },
    async () => {
      for (const first of ["inviter", "joiner"] as const) {
        const one = await sit(first);
        const other = await sit(first === "inviter" ? "joiner" : "inviter");
        await hasWires(one, 1);
        await hasWires(other, 1);
        const [[mine], [theirs]] = [await one.wires(), await other.wires()];
        expect([mine?.local, mine?.remote]).toEqual([theirs?.remote, theirs?.local]);
        expect(mine?.local).toMatch(/^sha-256 [0-9A-F:]{95}$/);
        expect(mine?.initiator).toBe(!theirs?.initiator);
        await one.desk.close();
        await other.desk.close();
        seats.length = 0;
      }
    },
  );

  test(
    "six megabytes arrive whole and in order, however fast they are sent, and so does the last word",
    { timeout: 60_000 },
    async () => {
      const [inviter, joiner] = [await sit("inviter"), await sit("joiner")];
      await hasWires(joiner, 1);
      await hasWires(inviter, 1);
      await inviter.desk.page.evaluate(() => twofold.send(0, 100, 65_535));
      await expect
        .poll(async () => (await joiner.wires())[0]?.heard.length, { timeout: 30_000 })
        .toBe(100);
      expect(
        (await joiner.wires())[0]?.heard.every(
          ({ length, inOrder }) => length === 65_535 && inOrder,
        ),
      ).toBe(true);
      await joiner.desk.page.evaluate(() => {
        twofold.sendText(0, "the last word");
        twofold.hangUp(0);
      });
      await expect
        .poll(async () => (await inviter.wires())[0], { timeout: 10_000 })
        .toMatchObject({ text: "the last word", closed: true });
      // Hanging up is not told to the one who did.
      expect((await joiner.wires())[0]?.closed).toBe(false);
    },
  );

  test("an open wire outlives the meeting", { timeout: 60_000 }, async () => {
    const [inviter, joiner] = [await sit("inviter"), await sit("joiner")];
    await hasWires(joiner, 1);
    await hasWires(inviter, 1);
    await inviter.desk.page.evaluate(() => twofold.leave());
    await joiner.desk.page.evaluate(() => twofold.leave());
    await joiner.desk.page.evaluate(() => twofold.sendText(0, "still here"));
    await expect
      .poll(async () => (await inviter.wires())[0]?.text, { timeout: 10_000 })
      .toBe("still here");
  });

  test.runIf(wholeSuite)(
    "the other's disappearing is told on an open wire",
    { timeout: 60_000 },
    async () => {
      const [inviter, joiner] = [await sit("inviter"), await sit("joiner")];
      await hasWires(joiner, 1);
      await hasWires(inviter, 1);
      await joiner.desk.page.goto("about:blank");
      await expect
        .poll(async () => (await inviter.wires())[0]?.closed, { timeout: 40_000 })
        .toBe(true);
    },
  );

  test.runIf(wholeSuite)(
    "four can come, the fifth is one too many, and a place becomes free again",
    { timeout: 90_000 },
    async () => {
      const inviter = await sit("inviter");
      const joiners = [];
      for (let index = 0; index < 4; index++) joiners.push(await sit("joiner"));
      await hasWires(inviter, 4);
      const fifth = await sit("joiner");
      await expect.poll(() => inviter.troubles(), { timeout: 10_000 }).toContain("TOO_MUCH");
      expect(await fifth.wires()).toEqual([]);
      await joiners[0]?.desk.page.evaluate(() => {
        twofold.leave();
        twofold.hangUp(0);
      });
      await hasWires(fifth, 1);
    },
  );

  test(
    "someone without the invitation's key is not answered and disturbs nobody",
    { timeout: 60_000 },
    async () => {
      const stranger = await sit("joiner", 8);
      const inviter = await sit("inviter");
      const joiner = await sit("joiner");
      await hasWires(joiner, 1);
      expect(await stranger.wires()).toEqual([]);
      expect(await inviter.wires()).toHaveLength(1);
      expect(
        inviter.desk
          .frames()
          .filter((frame) => /fingerprint|candidate|hello|127\.0\.0\.1/.test(frame)),
      ).toEqual([]);
      expect((await inviter.desk.page.evaluate(() => twofold.taps())).connections).toEqual([
        { iceServers: [], iceTransportPolicy: "all" },
      ]);
    },
  );

  test("a STUN server that is none breaks nothing", { timeout: 30_000 }, async () => {
    const [inviter, joiner] = [await sit("inviter", 8), await desks.open()];
    await joiner.page.evaluate(
      (addresses) =>
        twofold.meet("joiner", 8, addresses, [{ urls: "nonsense" }, { urls: "turn:127.0.0.1" }]),
      [...rendezvous.addresses],
    );
    await hasWires(inviter, 1);
    expect(joiner.faults()).toEqual([]);
    await joiner.close();
  });

  test(
    "a meeting point that talks junk and says everything twice disturbs nobody",
    { timeout: 60_000 },
    async () => {
      const rogue = await startRogue({
        onText: (text, socket, everyone) => {
          for (const junk of junkFor("cm9vbS1mb3ItcGFpcmluZw")) socket.send(junk);
          if (text.includes('"publish"'))
            for (const client of everyone) for (const said of [text, text]) client.send(said);
        },
      });
      allowed = [rogue.address];
      const addresses = [rogue.address, ...rendezvous.addresses];
      const [inviter, joiner] = [
        await sit("inviter", 7, addresses),
        await sit("joiner", 7, addresses),
      ];
      await hasWires(inviter, 1);
      await hasWires(joiner, 1);
      expect(await inviter.troubles()).toEqual([]);
      await rogue.stop();
    },
  );

  test(
    "where no meeting point answers, that is said; when one does, they meet",
    { timeout: 60_000 },
    async () => {
      const gone = await startRogue({});
      await gone.stop();
      allowed = [gone.address];
      const joiner = await sit("joiner", 7, [gone.address]);
      await expect.poll(() => joiner.troubles(), { timeout: 15_000 }).toEqual(["NO_RENDEZVOUS"]);
      const started = await startRendezvousHere(Number(new URL(gone.address).port));
      const inviter = await sit("inviter", 7, [gone.address]);
      await hasWires(inviter, 1);
      await hasWires(joiner, 1);
      await started.stop();
    },
  );
});
