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
};

export const createUpgrader = (limits: Pick<Limits, "messageBytes">): Upgrader => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compressed, a small frame could ask for a lot of memory.
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
    maxFragments: 64,
    // Pieces of a message as the network brings them, down to 256 bytes each.
    maxBufferedChunks: Math.max(1_024, limits.messageBytes / 256),
  });
  return {
    upgrade: (request, head, welcome) => {
      if (!isOwnPage(request.headers.origin)) refuseToUpgrade(request.socket, "403 Forbidden");
      else server.handleUpgrade(request, request.socket, head, welcome);
    },
  };
};

/**
 * A browser says which page asks, and lets any page of the web dial this computer. Without this, one of them could
 * take every seat here, or tell that Twofold runs. What is no browser names no page: it could as well lie.
 */
const isOwnPage = (origin: string | undefined): boolean =>
  origin === undefined || /^(?:app:\/\/twofold|http:\/\/127\.0\.0\.1(?::\d{1,5})?)$/.test(origin);

export const refuseToUpgrade = (
  socket: Socket,
  status: "403 Forbidden" | "404 Not Found",
): void => {
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};
