import type { Socket } from "node:net";
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import { WebSocket } from "ws";
import type { SocketClass } from "../../renderer/carriers/mailbox/guardedSocket.ts";

/** A stock Yjs server with a disk in memory, on a free port of 127.0.0.1: nothing here is ours. */
export type StockMailbox = {
  readonly address: string;
  readonly port: number;
  /** What lies on its disk, by the document's name. */
  readonly disk: Map<string, Uint8Array>;
  /** Documents that are open now. */
  readonly open: () => readonly string[];
  /** Refuses every document from now on; undefined: lets all in. */
  readonly refuseWith: (reason: string | undefined) => void;
  /** Breaks every connection and takes none until it is healed. */
  readonly cut: () => void;
  readonly heal: () => void;
  readonly stop: () => Promise<void>;
};

export type StockParts = {
  readonly port?: number;
  readonly disk?: Map<string, Uint8Array>;
  /** Asked before a document is opened: a reason refuses it. */
  readonly refuses?: (name: string, token: string) => string | undefined;
};

export const runStockMailbox = async ({
  port = 0,
  disk = new Map(),
  refuses,
}: StockParts = {}): Promise<StockMailbox> => {
  let refusal: string | undefined;
  const server = new Server({
    port,
    address: "127.0.0.1",
    quiet: true,
    stopOnSignals: false,
    debounce: 20,
    onAuthenticate: async ({ documentName, token }) => {
      const reason = refusal ?? refuses?.(documentName, token);
      if (reason !== undefined) throw Object.assign(new Error(reason), { reason });
    },
    extensions: [
      new Database({
        fetch: async ({ documentName }) => disk.get(documentName) ?? null,
        store: async ({ documentName, state }) => {
          disk.set(documentName, new Uint8Array(state));
        },
      }),
    ],
  });
  const sockets = new Set<Socket>();
  let isCut = false;
  server.httpServer.on("connection", (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await server.listen();
  const at = server.address.port;
  return {
    address: `ws://127.0.0.1:${at}`,
    port: at,
    disk,
    open: () => [...server.hocuspocus.documents.keys()],
    refuseWith: (reason) => {
      refusal = reason;
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    heal: () => {
      isCut = false;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await server.destroy();
    },
  };
};

/** What a test hands to the carrier in place of the browser's own. */
export const nodeSocket = WebSocket as unknown as SocketClass;
