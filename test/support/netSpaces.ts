import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { findBrowser } from "../../scripts/start/browsers.mjs";

/**
 * Computers that are not there: network namespaces of Linux, joined by virtual cables. Their names carry the test's
 * process number; what a killed run left behind is swept by the next.
 */
export type NetSpaces = {
  /** A computer without any cable, whose loopback is up. */
  readonly add: (name: string) => NetSpace;
  /** A cable between two, each with the address (as "10.77.1.2/24") that its end has. */
  readonly join: (one: End, other: End) => void;
  readonly close: () => Promise<void>;
};

export type NetSpace = {
  readonly name: string;
  /** Throws what the program said where it does not end well. */
  readonly run: (...words: readonly string[]) => string;
  readonly start: (words: readonly string[]) => Started;
  readonly openBrowser: () => Promise<Browser>;
};

export type Started = {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Resolves with the first match; fails when it ends without one. */
  readonly says: (wanted: RegExp) => Promise<RegExpExecArray>;
};

/** `card`: how the end is called in there, for `ip link` and `tc`. */
export type End = { readonly space: NetSpace; readonly card: string; readonly address: string };

const beginning = "tf-net-";

/** Why no network namespaces can be made here; undefined where they can. `nft` is asked for by name. */
export const noNetSpaces = (...programs: readonly string[]): string | undefined => {
  for (const program of ["ip", "tc", ...programs])
    if (spawnSync(program, ["-V"], { stdio: "ignore" }).error !== undefined)
      return `${program} is not installed`;
  const name = `${beginning}${process.pid}-try`;
  if (spawnSync("ip", ["netns", "add", name], { stdio: "ignore" }).status !== 0)
    return "network namespaces are not permitted";
  spawnSync("ip", ["netns", "del", name], { stdio: "ignore" });
  return undefined;
};

const run = (program: string, words: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}${stdout}`);
  return stdout;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const sweep = (): void => {
  for (const line of run("ip", ["netns", "list"]).split("\n")) {
    const [name = ""] = line.split(" ");
    const pid = Number(name.slice(beginning.length).split("-")[0]);
    if (!name.startsWith(beginning) || isAlive(pid)) continue;
    // Whatever the killed run had started in there, and nothing else.
    for (const id of run("ip", ["netns", "pids", name]).split("\n"))
      if (id !== "") spawnSync("kill", ["-9", id]);
    spawnSync("ip", ["netns", "del", name]);
  }
};

export const openNetSpaces = (): NetSpaces => {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), "twofold-net-"));
  const spaces: NetSpace[] = [];
  const children: ChildProcess[] = [];
  const browsers: Browser[] = [];
  let cables = 0;

  const add = (given: string): NetSpace => {
    const name = `${beginning}${process.pid}-${given}`;
    run("ip", ["netns", "add", name]);
    run("ip", ["-n", name, "link", "set", "lo", "up"]);
    const inside = (words: readonly string[]) => ["netns", "exec", name, ...words];
    const space: NetSpace = {
      name,
      run: (...words) => run("ip", inside(words)),
      start: (words) => {
        const started = startIn(inside(words));
        children.push(started.child);
        return started;
      },
      openBrowser: async () => {
        const wrapper = join(folder, given);
        writeFileSync(
          wrapper,
          `#!/bin/sh\nexec ip netns exec ${name} "${findBrowser()?.path ?? ""}" "$@"\n`,
        );
        chmodSync(wrapper, 0o755);
        const browser = await chromium.launch({
          executablePath: wrapper,
          args: [
            // As the app itself does it (electron/network.ts): no address hides behind a name of multicast DNS.
            // And a page that came through the browser's own pipe counts as one from far away, which may not dial home.
            `--disable-features=${["WebRtcHideLocalIpsWithMdns", "LocalNetworkAccessChecks", "LocalNetworkAccessChecksWebSockets"].join(",")}`,
            "--disable-background-networking",
            "--disable-component-update",
          ],
        });
        browsers.push(browser);
        return browser;
      },
    };
    spaces.push(space);
    return space;
  };

  return {
    add,
    join: (one, other) => {
      cables += 1;
      // Short names for a moment: fifteen letters are the most.
      const [near, far] = [`tf${process.pid}n${cables}`, `tf${process.pid}f${cables}`];
      run("ip", ["link", "add", near, "type", "veth", "peer", "name", far]);
      for (const [card, { space, card: called, address }] of [
        [near, one],
        [far, other],
      ] as const) {
        run("ip", ["link", "set", card, "netns", space.name]);
        run("ip", ["-n", space.name, "link", "set", card, "name", called]);
        run("ip", ["-n", space.name, "addr", "add", address, "dev", called]);
        run("ip", ["-n", space.name, "link", "set", called, "up"]);
      }
    },
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
      for (const child of children) child.kill("SIGKILL");
      for (const { name } of spaces) spawnSync("ip", ["netns", "del", name]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const startIn = (words: readonly string[]): Started => {
  const child = spawn("ip", [...words], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return {
    child,
    printed: () => text,
    says: (wanted) =>
      new Promise((done, fail) => {
        const look = (): void => {
          const found = wanted.exec(text);
          if (found !== null) done(found);
        };
        listeners.add(look);
        child.once("close", () => fail(new Error(`it ended: ${text}`)));
        look();
      }),
  };
};
