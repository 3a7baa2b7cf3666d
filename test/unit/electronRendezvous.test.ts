import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { isTwofoldRendezvous } from "../../electron/askHealth.ts";
import { createRendezvousHost, type RendezvousHost } from "../../electron/rendezvousHost.ts";
import { startRendezvous } from "../../server/rendezvous.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { createManualClock } from "../support/manualClock.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One computer's port: taken by one at a time. */
const createComputer = () => {
  const port = { by: undefined as string | undefined, twofold: true, host: "" };
  const clock = createManualClock();
  const open = (name: string): RendezvousHost =>
    createRendezvousHost({
      port: 47_180,
      clock,
      isTwofold: async () => port.by !== undefined && port.twofold,
      start: async (host) => {
        if (port.by !== undefined) return refuse("PORT_TAKEN");
        Object.assign(port, { by: name, host, twofold: true });
        return accept({
          addresses:
            host === "0.0.0.0"
              ? ["ws://192.168.1.5:47180", "ws://127.0.0.1:47180"]
              : [`ws://${host}:47180`],
          stop: async () => {
            port.by = undefined;
          },
        });
      },
    });
  return { port, clock, open };
};

describe("the rendezvous inside the app", () => {
  test("listens on this computer only, and not before somebody asks for it", async () => {
    const { port, open } = createComputer();
    const host = open("sam");
    expect(port.by).toBeUndefined();
    expect(host.current()).toEqual([]);
    expect(await host.addresses()).toEqual(["ws://127.0.0.1:47180"]);
    expect(port).toMatchObject({ by: "sam", host: "127.0.0.1" });
    expect(host.current()).toEqual(["ws://127.0.0.1:47180"]);
  });

  test("opens to the local network when asked, nearest address first, and closes again", async () => {
    const { port, open } = createComputer();
    const host = open("sam");
    expect(await host.openToNetwork(true)).toEqual({
      ok: true,
      value: ["ws://127.0.0.1:47180", "ws://192.168.1.5:47180"],
    });
    expect(port.host).toBe("0.0.0.0");
    expect(await host.openToNetwork(false)).toEqual({ ok: true, value: ["ws://127.0.0.1:47180"] });
    expect(port.host).toBe("127.0.0.1");
  });

  test("two profiles share one, and the second takes over when the first goes", async () => {
    const { port, clock, open } = createComputer();
    const sam = open("sam");
    const alex = open("alex");
    await sam.addresses();
    expect(await alex.addresses()).toEqual(["ws://127.0.0.1:47180"]);
    expect(port.by).toBe("sam");
    await sam.dispose();
    expect(port.by).toBeUndefined();
    clock.advance(5_000);
    await settle();
    expect(port.by).toBe("alex");
    expect(alex.current()).toEqual(["ws://127.0.0.1:47180"]);
    await alex.dispose();
    expect(clock.waiting()).toBe(0);
  });

  test("a neighbour's is not opened to the network; the wish is kept until it is ours", async () => {
    const { port, clock, open } = createComputer();
    const sam = open("sam");
    const alex = open("alex");
    await sam.addresses();
    expect(await alex.openToNetwork(true)).toMatchObject({ code: "PORT_TAKEN" });
    expect(port.host).toBe("127.0.0.1");
    await sam.dispose();
    clock.advance(5_000);
    await settle();
    expect(port).toMatchObject({ by: "alex", host: "0.0.0.0" });
  });

  test("a stranger's program at the port is not used, and not fought with", async () => {
    const { port, clock, open } = createComputer();
    Object.assign(port, { by: "stranger", twofold: false });
    const host = open("sam");
    expect(await host.addresses()).toEqual([]);
    expect(await host.openToNetwork(true)).toMatchObject({ code: "PORT_TAKEN" });
    expect(await host.openToNetwork(false)).toMatchObject({ code: "PORT_TAKEN" });
    port.by = undefined;
    clock.advance(5_000);
    await settle();
    expect(host.current()).toEqual(["ws://127.0.0.1:47180"]);
  });

  test("after the end nothing is started any more", async () => {
    const { port, clock, open } = createComputer();
    const host = open("sam");
    await host.addresses();
    await host.dispose();
    expect(await host.addresses()).toEqual([]);
    clock.advance(60_000);
    expect(port.by).toBeUndefined();
  });
});

describe("asking who listens", () => {
  const servers: Server[] = [];

  const serve = async (status: number, body: string): Promise<string> => {
    const server = createServer((_request, response) => response.writeHead(status).end(body));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  test("knows a real rendezvous of ours", async () => {
    const started = await startRendezvous({
      host: "127.0.0.1",
      port: 0,
      clock: systemClock,
      log: () => {},
    });
    if (!started.ok) throw new Error(started.code);
    const [address = ""] = started.value.addresses;
    expect(await isTwofoldRendezvous(address)).toBe(true);
    await started.value.stop();
    expect(await isTwofoldRendezvous(address)).toBe(false);
  });

  test.each([
    [200, '{"app":"something-else"}'],
    [200, "<!doctype html>"],
    [200, "null"],
    [500, '{"app":"twofold-rendezvous"}'],
  ])("does not take %d %s for one", async (status, body) => {
    expect(await isTwofoldRendezvous(await serve(status, body))).toBe(false);
  });

  test("never asks another computer", async () => {
    expect(await isTwofoldRendezvous("ws://192.0.2.1:47180")).toBe(false);
  });
});
