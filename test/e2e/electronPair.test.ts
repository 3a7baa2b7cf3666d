import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectronApplication } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchTwofold, whyNoWindow } from "../electron/realElectron.ts";
import { firstRun, type Person } from "../support/person.ts";
import { pair, share, writeEntry } from "../support/together.ts";

if (whyNoWindow !== undefined) console.log(whyNoWindow);

/** Somebody at a real window, as those of the browser are (test/support/person.ts). */
const atWindow = async (
  app: ElectronApplication,
  who: Pick<Person, "name" | "role" | "passphrase">,
): Promise<Person> => {
  const page = await app.firstWindow();
  page.setDefaultTimeout(30_000);
  const crashes: string[] = [];
  page.on("pageerror", (problem) => crashes.push(problem.stack ?? problem.message));
  await page.waitForLoadState("load");
  let recoveryWords: readonly string[] = [];
  return {
    ...who,
    page,
    context: app.context(),
    origin: "app://twofold",
    get recoveryWords() {
      return recoveryWords;
    },
    keepWords: (words) => {
      recoveryWords = words;
    },
    openWindow: () => Promise.reject(new Error("a window opens with its program")),
    signalling: () => "",
    contacted: () => [],
    connections: () => [],
    crashes: () => crashes,
  };
};

describe.skipIf(whyNoWindow !== undefined)("two real windows on one computer", () => {
  let folder = "";
  const apps: ElectronApplication[] = [];
  let anna: Person;
  let sam: Person;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "twofold-pair-"));
    const mark = process.pid.toString(36);
    for (const name of ["anna", "sam"]) apps.push(await launchTwofold(`${name}-${mark}`, folder));
    const [annas, sams] = apps;
    if (annas === undefined || sams === undefined) throw new Error("two windows were opened");
    anna = await atWindow(annas, {
      name: "Anna",
      role: "I was hurt",
      passphrase: "a kettle under the moon",
    });
    sam = await atWindow(sams, {
      name: "Sam",
      role: "I broke trust",
      passphrase: "eleven quiet lanterns",
    });
    await firstRun(anna);
    await firstRun(sam);
  });

  afterAll(async () => {
    for (const app of apps) await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("pair by the four words, through the meeting point inside the program, and share an entry", async () => {
    await pair(anna, sam);
    await writeEntry(anna, { title: "The first evening", words: "We sat in the kitchen." });
    await share(anna, sam);
    await sam.page.getByText("The first evening").first().waitFor();
    expect(anna.crashes()).toEqual([]);
    expect(sam.crashes()).toEqual([]);
  });
});
