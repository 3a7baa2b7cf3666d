import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { Limits } from "./limits.ts";

/** Turns http requests into WebSockets; what is not a proper handshake gets a plain http refusal. */
export type Upgrader = {
  readonly upgrade: (
    request: IncomingMessage,
    head: Buffer,
    welcome: (socket: WebSocket) => void,
  ) => void;
  readonly isUpgraded: (socket: Socket) => boolean;
};

export const createUpgrader = (limits: Pick<Limits, "messageBytes">): Upgrader => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compressed, a small frame could ask for a lot of memory.
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
    maxFragments: 64,
    maxBufferedChunks: 1_024,
  });
  const upgraded = new WeakSet<Socket>();
  return {
    upgrade: (request, head, welcome) =>
      server.handleUpgrade(request, request.socket, head, (socket) => {
        upgraded.add(request.socket);
        welcome(socket);
      }),
    isUpgraded: (socket) => upgraded.has(socket),
  };
};
