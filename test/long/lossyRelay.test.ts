import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Relaying, Who } from "../bench/carriersCouple.ts";
import { openBadLine } from "../support/badLine.ts";
import { launchChromium, serveModule } from "../support/chromium.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { hasCoturn, openTurnServer } from "../support/turnServer.ts";
import { bundleServer, spawnServer } from "../unit/mailboxServer.bundle.ts";
import type { BadLinksPage } from "./badLinksPage.ts";

declare const links: BadLinksPage;

/** Not every kernel has netem; through a relay it can be done without, and without namespaces. */
test.skipIf(!hasCoturn())(
  "a line that loses, delays and shuffles packets loses no word (skipped where coturn is not installed)",
  { timeout: 300_000 },
  async () => {
    const [served, program, turn, browser] = await Promise.all([
      serveModule(join(import.meta.dirname, "badLinksPage.ts")),
      bundleServer(),
      openTurnServer(),
      launchChromium(),
    ]);
    const line = await openBadLine({
      to: turn.port,
      loss: 5,
      delay: 30,
      jitter: 20,
      random: seededRandom(5),
    });
    const running = spawnServer(program.main, ["--port", "0", "--no-mailbox"]);
    const server = (await running.address) ?? "";
    const faults: string[] = [];
    try {
      const relaying: Relaying = {
        iceServers: [
          {
            urls: `turn:127.0.0.1:${line.port}`,
            username: turn.username,
            credential: turn.credential,
          },
        ],
        relayOnly: true,
      };
      const sit = async (who: Who): Promise<Page> => {
        const page = await (await browser.newContext()).newPage();
        page.on("pageerror", (error) => faults.push(String(error)));
        await page.goto(served.origin);
        await page.waitForFunction(() => "links" in globalThis);
        await page.evaluate(([...place]) => links.sitDown(...place), [
          who,
          server,
          relaying,
        ] as const);
        return page;
      };
      const [ada, ben] = [await sit("ada"), await sit("ben")];
      const { count, bytes } = await ada.evaluate(() => links.write("small", 400_000));
      const from = performance.now();
      await Promise.all([ada, ben].map((page) => page.evaluate(() => links.carry())));
      await expect
        .poll(() => ben.evaluate(() => links.heard()), { timeout: 200_000, interval: 50 })
        .toBe(count);
      const seconds = (performance.now() - from) / 1_000;
      await expect
        .poll(() => ada.evaluate(() => links.acked()), { timeout: 60_000, interval: 50 })
        .toBe(count);
      console.log(
        `${(bytes / 1e3).toFixed(0)} kB in ${seconds.toFixed(1)} s; ` +
          `${line.lost()} packets lost, ${line.overtook()} overtook others`,
      );
      expect(line.lost()).toBeGreaterThan(10);
      expect(line.overtook()).toBeGreaterThan(10);
      expect(faults).toEqual([]);
    } finally {
      line.close();
      running.child.kill();
      await Promise.all([browser.close(), served.close(), turn.stop(), running.ended]);
      await program.remove();
    }
  },
);
