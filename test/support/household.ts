import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { arrive, firstRun, type NewPerson, type Person } from "./person.ts";
import { findFreePorts, type Started, startTwofold } from "./startProcess.ts";

/**
 * What runs on the computer of a test: `npm start`, a browser, and as many people as move in. It has ports and a
 * folder of its own.
 */
export type Household = {
  readonly browser: Browser;
  /** Where the pages come from, and where two Twofolds meet. */
  readonly origin: string;
  readonly meetingPoint: string;
  /** Everything that the server processes have printed so far. */
  readonly printed: () => string;
  /** Somebody at a browser of their own, before the first screen. */
  readonly arrive: (who: Who) => Promise<Person>;
  /** Somebody who has been through the first run. */
  readonly moveIn: (who: Who) => Promise<Person>;
  /** Somebody in a browser that is not the household's: their screen is told of too. */
  readonly welcome: (person: Person) => Person;
  readonly stopServer: () => Promise<void>;
  readonly startServer: () => Promise<void>;
  /** After a test that did not pass: prints what each person had on the screen. */
  readonly tellScreens: (context: {
    readonly task: { readonly result?: TaskResult };
  }) => Promise<void>;
  readonly end: () => Promise<void>;
};

type TaskResult = { readonly state: string };

export type Who = Omit<NewPerson, "browser" | "origin">;

export type HouseholdParts = {
  /** More words for Chromium's command line. */
  readonly switches?: readonly string[];
};

export const openHousehold = async ({ switches = [] }: HouseholdParts = {}): Promise<Household> => {
  const home = mkdtempSync(join(tmpdir(), "twofold-e2e-"));
  const port = await findFreePorts(2);
  const servers: Started[] = [];
  const startServer = async (): Promise<void> => {
    const started = startTwofold(["--no-open"], {
      TWOFOLD_HOME: home,
      TWOFOLD_PORT: String(port),
      TWOFOLD_RENDEZVOUS_PORT: String(port + 1),
    });
    servers.push(started);
    await started.says(/Ctrl-C ends it/);
  };
  const stopServer = async (): Promise<void> => {
    const running = servers.at(-1);
    running?.child.kill("SIGTERM");
    await running?.ends();
  };
  const people: Person[] = [];
  const keep = (person: Person): Person => {
    people.push(person);
    return person;
  };
  const origin = `http://127.0.0.1:${port}`;
  const [browser] = await Promise.all([launchChromium(switches), startServer()]);
  return {
    browser,
    origin,
    meetingPoint: `ws://127.0.0.1:${port + 1}`,
    printed: () => servers.map(({ printed }) => printed()).join("\n"),
    arrive: async (who) => keep(await arrive({ ...who, browser, origin })),
    moveIn: async (who) => {
      const person = keep(await arrive({ ...who, browser, origin }));
      await firstRun(person);
      return person;
    },
    welcome: keep,
    tellScreens: async ({ task }) => {
      if (task.result?.state !== "fail") return;
      for (const { name, page, crashes } of people) {
        const text = page.isClosed() ? "(closed)" : await page.locator("body").innerText();
        console.log(`--- ${name}'s screen\n${text}\n${crashes().join("\n")}`);
      }
    },
    startServer,
    stopServer,
    end: async () => {
      await browser.close();
      await stopServer();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
