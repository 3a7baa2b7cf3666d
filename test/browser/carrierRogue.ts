import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

/** A meeting point that does not mean well. */
export type Rogue = {
  readonly address: string;
  /** How often somebody dialled. */
  readonly dialled: () => number;
  readonly stop: () => Promise<void>;
};

export type Behaviour = {
  readonly onConnect?: (socket: WebSocket) => void;
  readonly onText?: (text: string, socket: WebSocket, everyone: ReadonlySet<WebSocket>) => void;
};

export const startRogue = async (behaviour: Behaviour, port = 0): Promise<Rogue> => {
  const server = new WebSocketServer({ host: "127.0.0.1", port });
  let dialled = 0;
  server.on("connection", (socket) => {
    dialled += 1;
    socket.on("error", () => {});
    socket.on("message", (data) => behaviour.onText?.(String(data), socket, server.clients));
    behaviour.onConnect?.(socket);
  });
  await new Promise((listening) => server.once("listening", listening));
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dialled: () => dialled,
    stop: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((closed) => server.close(closed));
    },
  };
};

/** Everything that is not the protocol, and some that nearly is. */
export const junkFor = (topic: string): readonly (string | Uint8Array)[] => [
  "",
  "{",
  "null",
  "1",
  '"pong"',
  "[]",
  "{}",
  '{"type":"pong"}',
  '{"type":"publish"}',
  '{"type":"publish","topic":null,"data":null}',
  '{"type":"publish","topic":"__proto__","data":"AAAA"}',
  JSON.stringify({ type: "publish", topic, data: null }),
  JSON.stringify({ type: "publish", topic, data: { type: "announce", from: "stranger" } }),
  JSON.stringify({
    type: "publish",
    topic,
    data: { type: "signal", from: "x", to: "y", signal: null },
  }),
  JSON.stringify({ type: "publish", topic, data: "" }),
  JSON.stringify({ type: "publish", topic, data: "not base64 !!" }),
  JSON.stringify({ type: "publish", topic, data: "A".repeat(40) }),
  JSON.stringify({ type: "publish", topic, data: "A".repeat(100_000) }),
  "x".repeat(200_000),
  `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  Uint8Array.of(1, 2, 3),
];
