import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findBrowser } from "../../scripts/start/browsers.mjs";
import { contentSecurityPolicy } from "../../shared/bridge/contentSecurityPolicy.ts";
import { readNetLog } from "../support/netLog.ts";
import {
  findFreePorts,
  isFree,
  type Started,
  startTwofold,
  type Surroundings,
} from "../support/startProcess.ts";

let home: string;
let port: number;
let surroundings: Surroundings;
let running: Started[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "twofold-start-"));
  port = await findFreePorts(4);
  running = [];
  surroundings = {
    TWOFOLD_HOME: home,
    TWOFOLD_PORT: String(port),
    TWOFOLD_RENDEZVOUS_PORT: String(port + 3),
  };
});
afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await Promise.all(running.map(({ ends }) => ends()));
  rmSync(home, { recursive: true, force: true });
});

const start = (words: readonly string[], more: Surroundings = {}): Started => {
  const started = startTwofold(words, { ...surroundings, ...more });
  running.push(started);
  return started;
};
const serve = async (profile: string): Promise<Started> => {
  const started = start(["--no-open", "--profile", profile]);
  await started.says(/Ctrl-C ends it/);
  return started;
};

type Answer = { readonly status: number; readonly headers: unknown; readonly text: string };

/** Plain HTTP, so that a test may send any Host and any path. */
const ask = (at: number, path: string, host = `127.0.0.1:${at}`, method = "GET"): Promise<Answer> =>
  new Promise((resolve, fail) => {
    const asking = request({ port: at, host: "127.0.0.1", path, method, headers: { host } });
    asking.on("error", fail);
    asking.on("response", (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asking.end();
  });

describe("what is served", () => {
  test("the page, with its policy, to this address alone", async () => {
    await serve("t");
    const at = port + 1;
    const page = await ask(at, "/");
    expect(page.status).toBe(200);
    expect(page.text).toContain("<title>Twofold</title>");
    expect(page.headers).toMatchObject({ "content-security-policy": contentSecurityPolicy });
    for (const host of ["rebound.example", `rebound.example:${at}`, `localhost:${at}`])
      expect((await ask(at, "/", host)).status).toBe(421);
    for (const path of [
      "/../package.json",
      "/%2e%2e/package.json",
      "/assets/../../../package.json",
    ])
      expect((await ask(at, path)).status).toBe(404);
    expect((await ask(at, "/", undefined, "POST")).status).toBe(405);
  });

  test("the page has no inline script, and all that it names is there", async () => {
    await serve("t");
    const { text } = await ask(port + 1, "/");
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(text).not.toMatch(/\son[a-z]+=/);
    const named = [...text.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(0);
    for (const path of named) expect((await ask(port + 1, path)).status).toBe(200);
  });

  test("the facts name the profile and the rendezvous, which answers", async () => {
    await serve("t");
    const { text } = await ask(port + 1, "/shell.json");
    expect(JSON.parse(text)).toMatchObject({
      facts: { kind: "browser", profile: "t" },
      rendezvous: [`ws://127.0.0.1:${port + 3}`],
    });
    expect((await ask(port + 3, "/health")).text).toContain("twofold-rendezvous");
  });
});

describe("ending", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends it within 5 seconds and frees the ports, with a page still connected",
    async (signal) => {
      const started = await serve("t");
      await ask(port + 1, "/");
      started.child.kill(signal);
      const { ms } = await started.ends();
      expect(ms).toBeLessThan(5_000);
      expect(await isFree(port + 1)).toBe(true);
      expect(await isFree(port + 3)).toBe(true);
    },
  );

  test.skipIf(process.platform === "win32")(
    "Ctrl-C also ends the browser it opened, and closing the browser ends it",
    async () => {
      const browser = join(home, "browser.sh");
      writeFileSync(browser, `#!/bin/sh\necho $$ > "${home}/pid"\nexec sleep 60\n`);
      chmodSync(browser, 0o755);
      const more = { TWOFOLD_BROWSER: browser, DISPLAY: ":0" };
      const first = start(["--browser", "--profile", "t"], more);
      await first.says(/Closing it ends Twofold/);
      await waitForFile(join(home, "pid"));
      first.child.kill("SIGINT");
      expect((await first.ends()).ms).toBeLessThan(5_000);
      expect(isAlive(join(home, "pid"))).toBe(false);

      // A window that closes by itself after a while.
      writeFileSync(browser, "#!/bin/sh\nsleep 2.5\n");
      const second = start(["--browser", "--profile", "t"], more);
      expect((await second.ends()).code).toBe(0);
    },
  );
});

test.skipIf(process.platform === "win32")(
  "a browser that hands the page to a window left open does not end the page under it",
  async () => {
    const browser = join(home, "browser.sh");
    writeFileSync(browser, "#!/bin/sh\nexit 0\n");
    chmodSync(browser, 0o755);
    const more = { TWOFOLD_BROWSER: browser, DISPLAY: ":0" };
    await start(["--browser", "--profile", "t"], more).says(/was still there/);
    expect((await ask(port + 1, "/")).status).toBe(200);
  },
);

test.skipIf(process.platform === "win32")(
  "the browser it opens asks for no name and connects to no address but this computer's",
  async () => {
    const real = findBrowser();
    const log = join(home, "net.json");
    const browser = join(home, "browser.sh");
    const words = `--headless=new --log-net-log="${log}" "$@"`;
    writeFileSync(browser, `#!/bin/sh\nexec "${real?.path}" ${words}\n`);
    chmodSync(browser, 0o755);
    const more = { TWOFOLD_BROWSER: browser, DISPLAY: ":0" };
    const started = start(["--browser", "--profile", "t"], more);
    await untilTrue(() => readText(log).includes("/shell.json"));
    // Chromium's own errands begin a moment after its first page.
    await untilTrue(() => readText(log).includes("ListAccounts"), 100).catch(() => undefined);
    started.child.kill("SIGINT");
    await started.ends();
    const { names, addresses } = readNetLog(readText(log));
    expect(names).toContain(`http://127.0.0.1:${port + 1}`);
    expect(names.filter((name) => !/^https?:\/\/(127\.0\.0\.1:\d+|~notfound)$/.test(name))).toEqual(
      [],
    );
    expect(addresses.filter((address) => !address.startsWith("127.0.0.1:"))).toEqual([]);
  },
);

describe("several at once", () => {
  test("a second start of the same profile says that it is open and ends", async () => {
    await serve("t");
    const second = start(["--no-open", "--profile", "t"]);
    expect((await second.ends()).code).toBe(0);
    expect(second.printed()).toContain("already open");
    expect((await ask(port + 1, "/")).status).toBe(200);
  });

  test("two profiles have a port each, keep it, and share one rendezvous", async () => {
    const alex = await serve("alex");
    await serve("sam");
    const facts = JSON.parse((await ask(port + 2, "/shell.json")).text) as unknown;
    expect(facts).toMatchObject({
      facts: { profile: "sam" },
      rendezvous: [`ws://127.0.0.1:${port + 3}`],
    });
    alex.child.kill("SIGINT");
    await alex.ends();
    await untilTrue(async () => !(await isFree(port + 3)));
    expect((await ask(port + 3, "/health")).status).toBe(200);
    expect(await serve("alex").then(() => ask(port + 1, "/shell.json"))).toMatchObject({
      text: expect.stringContaining(`"alex"`) as string,
    });
  });

  test("a port that another program holds is said, and no other one is taken", async () => {
    const other = start(["--no-open", "--profile", "default"]);
    await other.says(/Ctrl-C ends it/);
    writeFileSync(join(home, "blocked"), "");
    const blocked = startTwofold(["--no-open", "--profile", "default"], {
      ...surroundings,
      TWOFOLD_PORT: String(port + 3),
    });
    running.push(blocked);
    expect((await blocked.ends()).code).toBe(1);
    expect(blocked.printed()).toContain(`port ${port + 3}`);
  });
});

test("a name that is not a profile name is refused before anything is served", async () => {
  const started = start(["--no-open", "--profile", "../x"]);
  expect((await started.ends()).code).toBe(1);
  expect(started.printed()).toContain("small letters");
  expect(await isFree(port)).toBe(true);
});

const untilTrue = async (look: () => boolean | Promise<boolean>, tries = 300): Promise<void> => {
  for (let left = tries; left > 0; left--) {
    if (await look()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`it did not come true in ${tries * 50} ms`);
};

const waitForFile = (file: string): Promise<void> => untilTrue(() => readText(file).endsWith("\n"));

const readText = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

const isAlive = (pidFile: string): boolean => {
  try {
    return process.kill(Number(readFileSync(pidFile, "utf8")), 0);
  } catch {
    return false;
  }
};
