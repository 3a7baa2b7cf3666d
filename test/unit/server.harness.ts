import { connect as connectTcp, type Socket } from "node:net";
import { onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import type { Limits } from "../../server/limits.ts";
import { startRendezvous, type Rendezvous } from "../../server/rendezvous.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";

export type Running = Rendezvous & {
  readonly clock: ManualClock;
  readonly log: readonly string[];
  readonly address: string;
  readonly port: number;
  readonly health: () => Promise<unknown>;
};

/** A server on a free port of 127.0.0.1 that ends with the test. */
export const runRendezvous = async (limits: Partial<Limits> = {}): Promise<Running> => {
  const clock = createManualClock();
  const log: string[] = [];
  const started = await startRendezvous({
    host: "127.0.0.1",
    port: 0,
    limits,
    clock,
    log: (line) => log.push(line),
  });
  if (!started.ok) throw new Error(started.code);
  onTestFinished(started.value.stop);
  const address = started.value.addresses[0] ?? "";
  const port = Number(new URL(address).port);
  const health = async () => (await fetch(`http://127.0.0.1:${port}/health`)).json();
  return { ...started.value, clock, log, address, port, health };
};

export type Client = {
  readonly socket: WebSocket;
  readonly say: (frame: unknown) => void;
  readonly sayRaw: (data: string | Buffer) => void;
  /** The next message from the server, in order. */
  readonly hear: () => Promise<unknown>;
  /** Waits until the server has dealt with everything said so far. */
  readonly settle: () => Promise<void>;
  readonly closed: Promise<number>;
  readonly unheard: () => readonly unknown[];
};

export const joinRendezvous = async (address: string): Promise<Client> => {
  const socket = new WebSocket(address, { perMessageDeflate: true });
  const heard: unknown[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(Buffer.isBuffer(data) ? data.toString() : "null");
    const listener = listeners.shift();
    if (listener === undefined) heard.push(message);
    else listener(message);
  });
  socket.on("error", () => {});
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.on("open", () => resolve());
    void closed.then((code) => reject(new Error(`not let in: ${code}`)));
  });
  const hear = async (): Promise<unknown> =>
    heard.length > 0 ? heard.shift() : new Promise((resolve) => listeners.push(resolve));
  const say = (frame: unknown) => socket.send(JSON.stringify(frame));
  return {
    socket,
    say,
    sayRaw: (data) => socket.send(data, ignoreError),
    hear,
    settle: async () => {
      say({ type: "ping" });
      const answer = await hear();
      if (JSON.stringify(answer) !== '{"type":"pong"}')
        throw new Error("heard something unexpected");
    },
    closed,
    unheard: () => heard,
  };
};

/** A subscribed client, as y-webrtc's is right after connecting. */
export const joinTopic = async (address: string, ...topics: string[]): Promise<Client> => {
  const client = await joinRendezvous(address);
  client.say({ type: "subscribe", topics });
  await client.settle();
  return client;
};

/** Bare TCP, for what no WebSocket library would send. */
export const openTcp = async (port: number): Promise<Socket & { readonly gone: Promise<void> }> => {
  const socket = connectTcp({ host: "127.0.0.1", port });
  onTestFinished(() => {
    socket.destroy();
  });
  socket.on("error", ignoreError);
  const gone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  await new Promise<void>((resolve) => socket.on("connect", () => resolve()));
  return Object.assign(socket, { gone });
};

/** Shakes hands as a WebSocket and then never answers a ping. */
export const openHalf = async (
  port: number,
): Promise<Socket & { readonly gone: Promise<void> }> => {
  const socket = await openTcp(port);
  const answered = new Promise<void>((resolve) => socket.once("data", () => resolve()));
  socket.write(
    `GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}\r\n\r\n`,
  );
  await answered;
  return socket;
};

/** For what the server learns of by itself, such as the end of a connection. */
export const eventually = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { interval: 5, timeout: 20_000 });

const ignoreError = () => {};
