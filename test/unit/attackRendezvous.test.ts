import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { joinRendezvous, runRendezvous } from "./server.harness.ts";

/** Dials as a browser does for a page of that origin; gives the status of the refusal, or 101. */
const dialFrom = (address: string, origin: string): Promise<number | undefined> => {
  const socket = new WebSocket(address, { origin });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_, response) => resolve(response.statusCode));
    socket.on("error", reject);
  });
};

for (const origin of [
  "https://example.com",
  "http://example.com",
  "null",
  "http://localhost:3000",
  "http://127.0.0.1.example.com",
  "http://127.0.0.1:47100.example.com",
  "https://127.0.0.1",
  "app://twofold.example",
]) {
  test(`a web page at ${origin} gets no seat at the meeting point of this computer`, async () => {
    const server = await runRendezvous();
    expect(await dialFrom(server.address, origin)).toBe(403);
    expect(server.stats().connections).toBe(0);
  });
}

for (const origin of ["app://twofold", "http://127.0.0.1:47100", "http://127.0.0.1"]) {
  test(`Twofold's own page at ${origin} is let in`, async () => {
    const server = await runRendezvous();
    expect(await dialFrom(server.address, origin)).toBe(101);
  });
}

test("a hundred dials from a web page leave the seats of this computer free", async () => {
  const server = await runRendezvous({ connectionsPerAddress: 4 });
  for (let dial = 0; dial < 100; dial++) await dialFrom(server.address, "https://example.com");
  await joinRendezvous(server.address);
  expect(server.stats().connections).toBe(1);
});

test("a web page cannot load what health says, so it cannot tell that Twofold runs", async () => {
  const server = await runRendezvous();
  for (const path of ["/health", "/elsewhere"]) {
    const { headers } = await fetch(`http://127.0.0.1:${server.port}${path}`);
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});
