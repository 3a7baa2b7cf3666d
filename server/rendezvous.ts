import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Clock } from "../shared/base/clock.ts";
import { accept, type Result } from "../shared/base/result.ts";
import { listAddresses } from "./addresses.ts";
import { openConnection, type Connection } from "./connection.ts";
import { createDoor, type Visitor } from "./door.ts";
import { answerHttp } from "./health.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { Ending } from "./line.ts";
import { listen, type ListenCode } from "./listen.ts";
import { createTally } from "./tally.ts";
import { createTopics } from "./topics.ts";
import { createUpgrader } from "./upgrader.ts";

export const defaultHost = "127.0.0.1";
export const defaultPort = 47_180;

export type Rendezvous = {
  /** `ws://…`, ready to be put into Twofold's settings. */
  readonly addresses: readonly string[];
  /** Ends every connection and frees the port. */
  readonly stop: () => Promise<void>;
  readonly stats: () => RendezvousStats;
};

export type RendezvousStats = {
  /** TCP connections, those still shaking hands included. */
  readonly sockets: number;
  readonly connections: number;
  readonly topics: number;
  readonly subscriptions: number;
  /** Addresses remembered, because they are here or still owe their rate. */
  readonly addresses: number;
};

export type RendezvousParts = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits?: Partial<Limits>;
  readonly clock: Clock;
  /** Plain sentences: never an address, a topic or a word of a message. */
  readonly log: (line: string) => void;
};

/** Signalling as y-webrtc's client speaks it; see server/README.md for what differs from its own server. */
export const startRendezvous = async (
  parts: RendezvousParts,
): Promise<Result<Rendezvous, ListenCode>> => {
  const { host, port, clock, log } = parts;
  const limits: Limits = { ...defaultLimits, ...parts.limits };
  const server = createServer({ maxHeaderSize: 8_192, insecureHTTPParser: false }, answerHttp);
  const house = openHouse(server, limits, clock, log);
  const listening = await listen(server, host, port);
  if (!listening.ok) {
    await house.close();
    return listening;
  }
  server.on("error", () => log("The listening socket reported an error."));
  return accept({
    addresses: listAddresses(host, listening.value),
    stop: house.close,
    stats: house.stats,
  });
};

const openHouse = (server: Server, limits: Limits, clock: Clock, log: (line: string) => void) => {
  const door = createDoor({ limits, clock });
  const topics = createTopics<Connection>(limits);
  const connections = new Set<Connection>();
  const visitors = new Map<Socket, Visitor>();
  const tally = createTally(log);
  const upgrader = createUpgrader(limits);

  const welcome = (socket: WebSocket, visitor: Visitor) => {
    const onEnded = (ending: Ending) => {
      connections.delete(connection);
      tally.add(ending);
    };
    const connection = openConnection({ socket, visitor, topics, limits, clock, onEnded });
    connections.add(connection);
  };

  server.on("connection", (socket: Socket) => {
    socket.on("error", () => socket.destroy());
    const visitor = door.enter(socket.remoteAddress);
    if (visitor === undefined) {
      socket.destroy();
      return;
    }
    visitors.set(socket, visitor);
    // One deadline for slow headers, slow bodies, slow readers of an answer and those who say nothing.
    const cancelDeadline = clock.after(limits.handshakeMs, () => {
      if (!upgrader.isUpgraded(socket)) socket.destroy();
    });
    socket.on("close", () => {
      cancelDeadline();
      visitors.delete(socket);
      visitor.leave();
    });
  });
  server.on("clientError", (_, socket) => socket.destroy());
  server.on("upgrade", (request, _socket, head) => {
    const visitor = visitors.get(request.socket);
    if (visitor === undefined) request.socket.destroy();
    else upgrader.upgrade(request, head, (socket) => welcome(socket, visitor));
  });

  let cancelRound = () => {};
  const round = () => {
    for (const connection of [...connections]) connection.beat();
    door.tidy();
    tally.tell();
    cancelRound = clock.after(limits.pingMs, round);
  };
  cancelRound = clock.after(limits.pingMs, round);

  return {
    stats: (): RendezvousStats => ({
      sockets: door.inside(),
      connections: connections.size,
      ...topics.counts(),
      addresses: door.addresses(),
    }),
    close: async () => {
      cancelRound();
      const freed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.goAway();
      // The goodbye is handed to the operating system at once; nobody is waited for.
      await new Promise<void>((resolve) => setImmediate(resolve));
      for (const connection of connections) connection.cut();
      for (const socket of visitors.keys()) socket.destroy();
      await freed;
    },
  };
};
