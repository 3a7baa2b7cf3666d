import { resolve } from "node:path";
import { test } from "vitest";
import { systemClock } from "../../shared/base/clock.ts";
import { startRendezvous } from "../../server/rendezvous.ts";
import { openDesks } from "./harness/desks.ts";
declare const twofold: any;
test("glare", { timeout: 600000 }, async () => {
  const desks = await openDesks(resolve(import.meta.dirname, "carrierPage.ts"));
  const addresses: string[] = [];
  const stops: any[] = [];
  for (let i = 0; i < Number(process.env.POINTS ?? 2); i++) {
    const s = await startRendezvous({ host: "127.0.0.1", port: 0, clock: systemClock, log: () => {} });
    if (!s.ok) throw 1;
    addresses.push(...s.value.addresses); stops.push(s.value.stop);
  }
  const a = await desks.open(), b = await desks.open();
  const two = [[a, "ada", addresses], [b, "ben", [...addresses].reverse()]] as const;
  for (const [d, who, at] of two) await d.page.evaluate(([w, m]: any) => twofold.sitDown(w, m), [who, at] as any);
  const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
  for (let round = 0; round < 120; round++) {
    const t = Date.now();
    await Promise.all([a, b].map((d) => d.page.evaluate(() => twofold.desk().carry())));
    await a.page.evaluate((k: any) => twofold.desk().put({ name: "k" + k, count: 1, bytes: 600 }), round);
    for (;;) { const x: any = await b.page.evaluate(() => twofold.desk().summary()); if (x.count) break; await wait(30); }
    const ms = Date.now() - t;
    await wait(300);
    const ev = (await Promise.all([a, b].map((d) => d.page.evaluate(() => twofold.desk().events())))).map((l: any) => l.map((e: any) => e.type + (e.code ?? "")).join(","));
    console.log("R", round, ms, ev.join(" | "));
    const tr: any = await Promise.all([a, b].map((d) => d.page.evaluate(() => { const t = (globalThis as any).trace; (globalThis as any).trace = []; return t; })));
    if (ms > 1500) console.log("TRACE\n" + tr[0].join("\n") + "\n-----\n" + tr[1].join("\n"));
    await Promise.all([a, b].map((d) => d.page.evaluate(() => twofold.desk().stop())));
  }
  console.log("faults", a.faults(), b.faults());
  await desks.close(); for (const s of stops) await s();
});
