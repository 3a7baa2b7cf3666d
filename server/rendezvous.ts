import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Clock } from "../shared/base/clock.ts";
import { accept, type Result } from "../shared/base/result.ts";
import { listAddresses } from "./addresses.ts";
import type { Bus } from "./bus.ts";
import { openConnection, writePublish, type Connection } from "./connection.ts";
import { createDoor, type Visitor } from "./door.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { createAnswer } from "./health.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { Ending } from "./line.ts";
import { listen, type ListenCode } from "./listen.ts";
import type { MailboxPart } from "./mailboxPart.ts";
import { writeMetrics } from "./metrics.ts";
import { forwardedFor, type IsProxy } from "./proxies.ts";
import type { Seat } from "./seat.ts";
import { createTally } from "./tally.ts";
import { createTopics } from "./topics.ts";
import { createUpgrader, refuseToUpgrade } from "./upgrader.ts";

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
  /** Those at the meeting point. */
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
  /** Served at every path that ends in /mailbox; without one these are not there. */
  readonly mailbox?: MailboxPart;
  /** Other processes behind the same address, if there are any. It is stopped with the rendezvous. */
  readonly bus?: Bus;
  /** True for the address of a proxy, which is believed when it says for whom it stands. */
  readonly isProxy?: IsProxy;
  /** Lets everybody read the metrics, not only this computer. */
  readonly metricsOpen?: boolean;
};

/** Signalling as y-webrtc's client speaks it; see server/README.md for what differs from its own server. */
export const startRendezvous = async (
  parts: RendezvousParts,
): Promise<Result<Rendezvous, ListenCode>> => {
  const { host, port, log } = parts;
  const server = createServer({ maxHeaderSize: 8_192, insecureHTTPParser: false });
  const house = openHouse(server, parts);
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

type Arrival = { readonly visitor: Visitor; readonly shakenHands: () => void };

const openHouse = (server: Server, parts: RendezvousParts) => {
  const { clock, log, mailbox, bus, isProxy = () => false, metricsOpen = false } = parts;
  const limits: Limits = { ...defaultLimits, ...parts.limits };
  const door = createDoor({
    limits,
    clock,
    ...(mailbox === undefined
      ? {}
      : { pace: mailbox.perAddress, storing: mailbox.storingPerAddress }),
  });
  const deliver = (topic: string, data: unknown) => {
    const receivers = topics.everybodyAt(topic);
    const text = writePublish(topic, data, receivers.length);
    if (text.length <= limits.messageBytes + 64)
      for (const receiver of receivers) receiver.deliver(text);
  };
  const exchange = bus === undefined ? undefined : createExchange({ bus, limits, deliver });
  const topics = createTopics<Connection>(limits, exchange);
  const pass: Exchange["pass"] = (topic, data) => exchange?.pass(topic, data);
  const talkers = new Set<Seat>();
  const guests = new Set<Seat>();
  const arrivals = new Map<Socket, Arrival>();
  const tally = createTally(log);
  const forTalking = createUpgrader(limits);
  const forMail = mailbox === undefined ? undefined : createUpgrader(mailbox);

  const seat = (among: Set<Seat>, open: (onEnded: (ending: Ending) => void) => Seat) => {
    const taken = open((ending) => {
      among.delete(taken);
      tally.add(ending);
    });
    among.add(taken);
  };

  const welcomeTalker = (socket: WebSocket, visitor: Visitor) =>
    seat(talkers, (onEnded) =>
      openConnection({ socket, visitor, topics, limits, clock, pass, onEnded }),
    );

  const upgrade = (request: IncomingMessage, head: Buffer, { visitor, shakenHands }: Arrival) => {
    const wire = request.socket;
    if (!isMailboxPath(request.url)) {
      return forTalking.upgrade(request, head, (socket) => {
        shakenHands();
        welcomeTalker(socket, visitor);
      });
    }
    if (mailbox === undefined || forMail === undefined)
      return refuseToUpgrade(wire, "404 Not Found");
    forMail.upgrade(request, head, (socket) => {
      shakenHands();
      const { closeMs } = limits;
      seat(guests, (onEnded) => mailbox.welcome({ socket, wire, visitor, closeMs, onEnded }));
    });
  };

  server.on("connection", (socket: Socket) => {
    socket.on("error", () => socket.destroy());
    const visitor = isProxy(socket.remoteAddress)
      ? door.enterProxy()
      : door.enter(socket.remoteAddress);
    if (visitor === undefined) {
      socket.destroy();
      return;
    }
    // One deadline for slow headers, slow bodies, slow readers of an answer and those who say nothing.
    const shakenHands = clock.after(limits.handshakeMs, () => socket.destroy());
    arrivals.set(socket, { visitor, shakenHands });
    socket.on("close", () => {
      shakenHands();
      arrivals.delete(socket);
      visitor.leave();
    });
  });
  server.on("clientError", (_, socket) => socket.destroy());
  server.on("upgrade", (request, _socket, head) => {
    const arrival = arrivals.get(request.socket);
    const address = forwardedFor(request, isProxy);
    if (arrival?.visitor.standFor(address) === true) upgrade(request, head, arrival);
    else request.socket.destroy();
  });

  const everybody = () => [...talkers, ...guests];

  let cancelRound = () => {};
  const round = () => {
    for (const each of everybody()) each.beat();
    door.tidy();
    tally.tell();
    mailbox?.round();
    bus?.round();
    cancelRound = clock.after(limits.pingMs, round);
  };
  cancelRound = clock.after(limits.pingMs, round);

  const stats = (): RendezvousStats => ({
    sockets: door.inside(),
    connections: talkers.size,
    ...topics.counts(),
    addresses: door.addresses(),
  });

  const metrics = () =>
    writeMetrics({
      sockets: door.inside(),
      talkers: talkers.size,
      topics: topics.counts().topics,
      guests: guests.size,
      endings: tally.totals(),
      mailbox: mailbox?.stats(),
      bus: bus?.stats(),
    });
  server.on("request", createAnswer({ metrics, metricsOpen, bus }));

  const close = async (): Promise<void> => {
    cancelRound();
    const freed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const each of everybody()) each.goAway();
    // The goodbye is handed to the operating system at once; nobody is waited for.
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (const each of everybody()) each.cut();
    for (const socket of arrivals.keys()) socket.destroy();
    await freed;
    await mailbox?.stop();
    await bus?.stop();
  };

  return { stats, close };
};

const isMailboxPath = (url = ""): boolean => /^[^?#]*\/mailbox\/?(?:\?|$)/.test(url);
