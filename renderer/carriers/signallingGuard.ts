import * as v from "valibot";
import type { Clock } from "../../shared/base/clock.ts";
import type { Random } from "../../shared/base/random.ts";
import { spread } from "../../shared/base/spread.ts";
import { readRendezvousFrame } from "./rendezvousFrames.ts";
import type { SignalSeal } from "./signalSeal.ts";
import { roomSignalShape, type RoomSignal } from "./signalShape.ts";

/**
 * Stands between y-webrtc and the sockets to its meeting points. Unguarded, one malformed frame is an uncaught
 * error or an unhandled rejection in y-webrtc and lib0/websocket; a meeting point that hangs up is redialled at
 * once, without end; and the name of the room is a BroadcastChannel too. So, without touching either library:
 * - y-webrtc knows the room under a name made up for this one use; the topic is put in its place on the way.
 * - y-webrtc has no password; signals are sealed and opened here, at once instead of in promises of its own, and
 *   only well-formed ones go in, under a catch.
 * What is hooked is public: `send` and `ws` of the connection, and the socket's handlers.
 */
export type SignallingGuard = {
  /** The room is known to the meeting point from the next frame on; gives the way to take it out again. */
  readonly add: (room: GuardedRoom) => () => void;
};

/** What is used of y-webrtc's SignalingConn, a WebsocketClient of lib0. */
export type SignallingConnection = {
  ws: WebSocket | null;
  send: (message: unknown) => void;
  readonly shouldConnect: boolean;
};

export type GuardedRoom = {
  /** y-webrtc's name for it. */
  readonly name: string;
  readonly topic: string;
  readonly seal: SignalSeal<RoomSignal>;
  /** Fits what y-webrtc can take now? */
  readonly takes: (signal: RoomSignal) => boolean;
  readonly onJunk: () => void;
};

/** Milliseconds. A connection that did not last so long is not made again at once. */
const shortLife = 10_000;
const redialAfter = 1_000;
const redialSpread = 1_000;

/** y-webrtc shares a connection between all rooms with that address, and so do we. */
const guards = new WeakMap<SignallingConnection, SignallingGuard>();

export const guardSignalling = (
  connection: SignallingConnection,
  clock: Clock,
  random: Random,
): SignallingGuard => {
  const known = guards.get(connection);
  if (known !== undefined) return known;
  const rooms = new Map<string, GuardedRoom>();
  let socket = connection.ws;

  const send = (message: unknown) => {
    for (const frame of outgoing(message, rooms)) {
      // Between two sockets, or while one opens, y-webrtc sends as well; it subscribes again on connecting.
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    }
  };
  const receive = (data: unknown, pass: (frame: unknown) => void) => {
    for (const frame of incoming(data, rooms)) {
      try {
        pass(frame);
      } catch {
        // y-webrtc could not use it. Nothing is half done: each signal concerns one connection attempt, and a watchdog ends those.
      }
    }
  };

  guardSocket(socket, { clock, random, receive, ended: () => !connection.shouldConnect });
  connection.send = send;
  Object.defineProperty(connection, "ws", {
    configurable: true,
    enumerable: true,
    get: () => socket,
    set: (next: WebSocket | null) => {
      socket = next;
      // lib0 sets its handlers right after; no event can come before.
      queueMicrotask(() =>
        guardSocket(next, { clock, random, receive, ended: () => !connection.shouldConnect }),
      );
    },
  });

  const guard: SignallingGuard = {
    add: (room) => {
      rooms.set(room.name, room);
      return () => {
        send({ type: "unsubscribe", topics: [room.name] });
        rooms.delete(room.name);
      };
    },
  };
  guards.set(connection, guard);
  return guard;
};

type Rooms = ReadonlyMap<string, GuardedRoom>;

const outgoingShape = v.variant("type", [
  v.object({ type: v.picklist(["subscribe", "unsubscribe"]), topics: v.array(v.string()) }),
  v.object({ type: v.literal("publish"), topic: v.string(), data: roomSignalShape }),
  v.object({ type: v.literal("ping") }),
]);

/** From y-webrtc to the meeting point. What we never use (renegotiation, rooms that are gone) does not go out. */
const outgoing = (message: unknown, rooms: Rooms): readonly unknown[] => {
  const read = v.safeParse(outgoingShape, message);
  if (!read.success) return [];
  const frame = read.output;
  if (frame.type === "ping") return [frame];
  if (frame.type === "publish") {
    const room = rooms.get(frame.topic);
    return room === undefined
      ? []
      : [{ type: "publish", topic: room.topic, data: room.seal.seal(frame.data) }];
  }
  const leaving = frame.type === "unsubscribe";
  const topics = frame.topics.flatMap((name) => {
    const topic = rooms.get(name)?.topic;
    const shared =
      leaving && [...rooms.values()].some((room) => room.topic === topic && room.name !== name);
    return topic === undefined || shared ? [] : [topic];
  });
  return topics.length === 0 ? [] : [{ type: frame.type, topics }];
};

/** From the meeting point to y-webrtc. */
const incoming = (data: unknown, rooms: Rooms): readonly unknown[] => {
  const frame = readRendezvousFrame(data);
  if (frame === undefined) {
    for (const room of rooms.values()) room.onJunk();
    return [];
  }
  if (frame.type === "pong") return [frame];
  return [...rooms.values()].flatMap((room) => {
    if (room.topic !== frame.topic) return [];
    const signal = room.seal.open(frame.data);
    if (!signal.ok && signal.code === "JUNK") room.onJunk();
    if (!signal.ok || !room.takes(signal.value)) return [];
    return [{ type: "publish", topic: room.name, data: signal.value }];
  });
};

type SocketParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly receive: (data: unknown, pass: (frame: unknown) => void) => void;
  /** The connection was given up: nothing to redial. */
  readonly ended: () => boolean;
};

/** Puts itself before the handlers that lib0/websocket has set. */
const guardSocket = (
  socket: WebSocket | null,
  { clock, random, receive, ended }: SocketParts,
): void => {
  if (socket === null) return;
  const { onmessage, onclose, onopen } = socket;
  let openedAt = Number.POSITIVE_INFINITY;
  socket.onopen = (event) => {
    openedAt = clock.now();
    onopen?.call(socket, event);
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) =>
    receive(data, (frame) =>
      onmessage?.call(socket, new MessageEvent("message", { data: JSON.stringify(frame) })),
    );
  // A close always follows an error; lib0 would count it twice.
  socket.onerror = null;
  socket.onclose = (event) => {
    const redial = () => onclose?.call(socket, event);
    if (ended() || clock.now() - openedAt >= shortLife) redial();
    else clock.after(spread(random, redialAfter, redialSpread), redial);
  };
};
