import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rendezvous } from "../../server/rendezvous.ts";
import { hasCoturn, openTurnServer, type TurnServer } from "../support/turnServer.ts";
import type { CarrierPage, Relaying, Who } from "./carrierPage.ts";
import { openDesks, type Desk, type Desks } from "./harness/desks.ts";
import { startRendezvousHere } from "./harness/rendezvous.ts";

declare const twofold: CarrierPage;

/** Whoever chooses "only through a relay" tells the partner's computer no address of their own. */
describe.skipIf(!hasCoturn())(
  "only through a relay (skipped where coturn is not installed)",
  () => {
    let desks: Desks;
    let rendezvous: Rendezvous;
    let turn: TurnServer;
    beforeAll(async () => {
      [desks, turn, rendezvous] = await Promise.all([
        openDesks(resolve(import.meta.dirname, "carrierPage.ts")),
        openTurnServer(),
        startRendezvousHere(),
      ]);
    });
    afterAll(async () => {
      await desks?.close();
      await rendezvous?.stop();
      await turn?.stop();
    });

    const seat = async (who: Who, relaying: Relaying): Promise<Desk> => {
      const desk = await desks.open();
      await desk.page.evaluate(
        ([who, meetingPoints, relaying]) => twofold.sitDown(who, meetingPoints, 1, relaying),
        [who, [...rendezvous.addresses], relaying] as const,
      );
      await desk.page.evaluate(() => twofold.desk().carry());
      return desk;
    };
    const relaying = (credential: string): Relaying => ({
      iceServers: [{ urls: `turn:127.0.0.1:${turn.port}`, username: turn.username, credential }],
      relayOnly: true,
    });
    const countAt = (desk: Desk) => desk.page.evaluate(() => twofold.desk().summary().count);

    test("words go through it, and no way in is found or told but the relay's", async () => {
      const two = await Promise.all([
        seat("ada", relaying(turn.credential)),
        seat("ben", relaying(turn.credential)),
      ]);
      const [ada, ben] = two;
      await ada.page.evaluate(() => twofold.desk().put({ name: "one", count: 3, bytes: 700 }));
      await expect.poll(() => countAt(ben), { timeout: 20_000 }).toBe(3);
      for (const desk of two) {
        const { ways } = await desk.page.evaluate(() => twofold.taps());
        expect(ways.length).toBeGreaterThan(0);
        expect(ways.filter((way) => !way.startsWith("relay "))).toEqual([]);
        await desk.close();
      }
    });

    test("a relay that lets nobody in is no reason to go directly", async () => {
      const two = await Promise.all([
        seat("ada", relaying("wrong")),
        seat("ben", relaying("wrong")),
      ]);
      const before = turn.printed().length;
      const refusals = () => turn.printed().slice(before).split("Unauthorized").length;
      // Each of them has tried, more than once.
      await expect.poll(refusals, { timeout: 30_000 }).toBeGreaterThan(4);
      for (const desk of two) {
        expect((await desk.page.evaluate(() => twofold.taps())).ways).toEqual([]);
        await desk.close();
      }
    });
  },
);
