import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bundleProgram, bundleServer, spawnServer } from "../unit/mailboxServer.bundle.ts";
import { makeFolder } from "../unit/mailboxServer.harness.ts";
import type { LoadDone, LoadOrder } from "./mailboxLoad.ts";

const gibi = 1_024 ** 3;

/** Files that one process may have open here, less what it needs itself; two connections a couple. */
const mostCouples = Math.min(10_000, Math.floor((19_800 - 200) / 2));
const steps = [1_000, 2_000, 4_000, 8_000, mostCouples];

const readMetric = (text: string, name: string): number => {
  const line = text.split("\n").find((each) => each.startsWith(`twofold_${name} `));
  return Number(line?.split(" ").at(-1));
};

const order = (load: ChildProcess, couples: number): Promise<LoadDone> =>
  new Promise((resolve, reject) => {
    load.once("message", (done: LoadDone) => resolve(done));
    load.once("exit", () => reject(new Error("the load ended")));
    const wanted: LoadOrder = { couples };
    load.send(wanted);
  });

test(
  "ten thousand couples, both partners connected and idle, fit into one GiB",
  { timeout: 900_000 },
  async () => {
    const [server, program] = [
      await bundleServer(),
      await bundleProgram(join(import.meta.dirname, "mailboxLoad.ts")),
    ];
    const running = spawnServer(server.main, [
      "--port",
      "0",
      "--connections",
      "30000",
      "--proxy",
      "127.0.0.1",
      "--mailbox",
      await makeFolder(),
    ]);
    const address = (await running.address) ?? "";
    const load = fork(program.main, [`${address}/mailbox`]);
    onTestFinished(async () => {
      load.disconnect();
      running.child.kill();
      await Promise.all([running.ended, server.remove(), program.remove()]);
    });
    const look = async () => {
      const text = await (await fetch(`${address.replace("ws:", "http:")}/metrics`)).text();
      return {
        connections: readMetric(text, 'connections{kind="mailbox"}'),
        couples: readMetric(text, "mailbox_couples"),
        documents: readMetric(text, 'mailbox_documents{where="memory"}'),
        rss: readMetric(text, 'memory_bytes{kind="resident"}'),
        heap: readMetric(text, 'memory_bytes{kind="heap"}'),
      };
    };

    const empty = await look();
    const sizes: { readonly couples: number; readonly rss: number }[] = [];
    for (const couples of steps) {
      const began = performance.now();
      const done = await order(load, couples);
      const seconds = (performance.now() - began) / 1_000;
      const now = await look();
      const each = (now.rss - empty.rss) / couples;
      console.log(
        `${couples} couples: ${now.connections} connections, ${now.documents} documents, ` +
          `${Math.round(now.rss / 1e6)} MB resident (${Math.round(now.heap / 1e6)} MB heap), ` +
          `${(each / 1_024).toFixed(1)} KiB a couple, ${seconds.toFixed(0)} s to connect`,
      );
      expect(done.lost).toBe(0);
      expect(now).toMatchObject({ connections: 2 * couples, couples, documents: 2 * couples });
      sizes.push({ couples, rss: now.rss });
    }
    const [first, last] = [sizes.at(0), sizes.at(-1)];
    const slope =
      ((last?.rss ?? 0) - (first?.rss ?? 0)) / ((last?.couples ?? 1) - (first?.couples ?? 0));
    const forAll = (last?.rss ?? 0) + slope * (10_000 - (last?.couples ?? 0));
    console.log(
      `${(slope / 1_024).toFixed(1)} KiB for one couple more; ${Math.round(forAll / 1e6)} MB for 10,000 couples`,
    );
    expect(forAll).toBeLessThan(gibi);
  },
);
