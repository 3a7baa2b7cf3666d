import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { openShell, type Shell } from "../../../scripts/shell/main.ts";
import { serveModule } from "../../support/chromium.ts";
import { openKeptBrowser, type KeptBrowser } from "../../support/keptBrowser.ts";
import { findFreePorts } from "../../support/startProcess.ts";
import { must } from "../../support/twoPartners.ts";
import type { BuildOptions } from "./build.ts";
import { benchFolder, historyFile } from "./historyFile.ts";

/** A browser keeps what it has by origin, so the port is the same in every run. */
const port = 47_811;
/** Another build than this one's may be measured beside it. */
const dist = process.env["BENCH_DIST"] ?? join(import.meta.dirname, "../../../dist");

/** One partner's computer after so many years: the built app in a Chromium whose disk holds the history. */
export type Home = {
  readonly origin: string;
  readonly browser: KeptBrowser;
  /** The folder of the browser's profile: gone after `close`. */
  readonly profile: string;
  readonly close: () => Promise<void>;
};

export const openHome = async (years: number, options: BuildOptions = {}): Promise<Home> => {
  const shell = await serveApp();
  const filled = await filledProfile(years, options, shell);
  const profile = mkdtempSync(join(tmpdir(), "twofold-bench-home-"));
  cpSync(filled, profile, { recursive: true });
  const browser = await openKeptBrowser(profile);
  return {
    origin: shell.origin,
    browser,
    profile,
    close: async () => {
      await browser.close();
      await shell.stop();
      rmSync(profile, { recursive: true, force: true });
    },
  };
};

const serveApp = async (): Promise<Shell> => {
  const opened = await openShell({
    dist,
    home: mkdtempSync(join(tmpdir(), "twofold-bench-shell-")),
    profile: "default",
    version: "0.1.0",
    firstPort: port,
    rendezvousPort: await findFreePorts(1),
    lan: false,
    log: () => {},
  });
  return must(opened);
};

/** The profile that every run begins with a copy of; made once for each history. */
const filledProfile = async (
  years: number,
  options: BuildOptions,
  shell: Shell,
): Promise<string> => {
  const file = await historyFile(years, options);
  const profile = join(benchFolder, `profile-${basename(file, ".bin")}`);
  if (existsSync(profile)) return profile;
  rmSync(`${profile}.part`, { recursive: true, force: true });
  const browser = await openKeptBrowser(`${profile}.part`);
  const page = await browser.context.newPage();
  await fill(page, file, shell.origin);
  await browser.close();
  renameSync(`${profile}.part`, profile);
  return profile;
};

const fill = async (page: Page, file: string, origin: string): Promise<void> => {
  const loader = await serveModule(join(import.meta.dirname, "load.page.ts"));
  const handle = openSync(file, "r");
  const { size } = statSync(file);
  await page.route(`${origin}/bench/**`, async (route) => {
    const address = new URL(route.request().url());
    if (address.pathname === "/bench/")
      return route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><script type="module" src="/bench/entry.js"></script>`,
      });
    if (address.pathname !== "/bench/history")
      return route.fulfill({
        response: await route.fetch({
          url: `${loader.origin}${address.pathname.slice("/bench".length)}`,
        }),
      });
    const from = Number(address.searchParams.get("from"));
    const body = Buffer.alloc(Number(address.searchParams.get("to")) - from);
    readSync(handle, body, 0, body.length, from);
    return route.fulfill({ body });
  });
  await page.goto(`${origin}/bench/`);
  await page.waitForFunction(() => "loadHistory" in globalThis);
  await page.evaluate((length) => globalThis.loadHistory("/bench/history", length), size);
  closeSync(handle);
  await loader.close();
};
